"""Accounts that somebody removes while somebody else is busy with them."""

from trainer.store.models import User, db


class AccountGone(LookupError):
    """There is no such account any more: somebody removed it a moment ago."""


class Names(dict[int, str]):
    """The names of accounts by their ids. Raises AccountGone for one that is not there."""

    def __missing__(self, user_id: int) -> str:
        raise AccountGone


def account(user_id: int) -> User:
    """The account with this id, as it is now. Raises AccountGone."""
    found = db.session.get(User, user_id, populate_existing=True)
    if found is None:
        raise AccountGone
    return found
