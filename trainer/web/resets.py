"""A link for a new password: made, used once, and told to whoever has the account at the next login."""

import secrets
from datetime import date

from flask import flash

from trainer.store.access import location_of
from trainer.store.log import OPERATOR, Deed, Unlogged, What, change
from trainer.store.models import User
from trainer.store.resets import (
    Held,
    change_password,
    claim_link,
    find_link,
    is_to_be_told,
    note_reset,
    replace_link,
    tell,
)
from trainer.web.accounts import LinkIsGone, hash_token, host, shown_names, start_session, today
from trainer.web.courses import day_in_words


def make_reset(user: User, maker: User | None) -> str:
    """Makes a link for a new password, which voids the one of before; returns its token.

    The operator is no `maker`. Only the hash is stored, so the token can never be shown again.
    """
    token, names = secrets.token_urlsafe(32), shown_names()
    who, maker_id = (names[maker.id], maker.id) if maker else (OPERATOR, None)
    deed = Deed(What.RESET_LINK, who, today(), names[user.id], location_id=location_of(user))
    user_id, token_hash = user.id, hash_token(token)
    change(lambda: replace_link(user_id, maker_id, token_hash, today()), deed)
    return token


def find_reset(token: str) -> Held | None:
    """The link with this token, if it still works."""
    return find_link(hash_token(token), today())


def use_reset(token: str, password_hash: str) -> None:
    """Gives an account another password by a link, and ends all its sessions; a second factor stays.

    Raises LinkIsGone, alike for every reason for which a link does not work.
    """
    day, names = today(), shown_names()

    def work() -> Held:
        held = claim_link(hash_token(token), day)
        if held is None:
            raise LinkIsGone
        change_password(held.user, password_hash)
        note_reset(held.user.id, day, _maker(held))
        return held

    def _maker(held: Held) -> str:
        return names[held.maker.id] if held.maker else OPERATOR

    def deed(held: Held) -> Deed:
        about, location_id = f"met een link van {_maker(held)}", location_of(held.user)
        return Deed(What.PASSWORD_RESET, names[held.user.id], day, about, location_id=location_id)

    change(work, deed)
    host().signals.hang_up_strangers()


def enter(user: User) -> None:
    """Logs in whoever proved to have an account, and says so if its password was set by a link."""
    start_session(user)
    if is_to_be_told(user.id):
        for day, who in change(lambda: tell(user.id), Unlogged.LOGGING_IN):
            flash(_told(day, who), "warn")


def _told(day: date, who: str) -> str:
    by = "de beheerder" if who == OPERATOR else who
    return (
        f"Op {day_in_words(day)} is je wachtwoord veranderd, met een link van {by}."
        " Was jij dat niet? Zeg het de beheerder."
    )
