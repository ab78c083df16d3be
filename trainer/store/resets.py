"""Links for a new password: who made one for whom, and which accounts got a password by one.

The functions that change rows are called in a transaction. `docs/decisions/0048-a-link-for-a-new-password.md`
has the reasons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ForeignKey, String, delete, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.access import answers_for
from trainer.store.accounts import AccountGone, account
from trainer.store.models import Day, User, db, new_session_key

LINK_LASTS = timedelta(days=1)


class ResetLink(db.Model):  # type: ignore[name-defined,misc]
    """The one link with which an account gets another password; only the hash of its token is stored.

    `maker_id` is the organiser who made it, or None for the operator.
    """

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    expires: Mapped[date] = mapped_column(Day)


class Reset(db.Model):  # type: ignore[name-defined,misc]
    """That an account got another password by a link of `who`, and whether its owner was told.

    It is kept for thirty days: whoever logs in after a reset reads of all of these.
    """

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(Day, primary_key=True)
    who: Mapped[str] = mapped_column(String(200), primary_key=True)
    told: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class Held:
    """A link that works: whose account it is for, and who made it."""

    user: User
    maker: User | None
    expires: date


def replace_link(user_id: int, maker_id: int | None, token_hash: str, day: date) -> None:
    """Stores a new link for an account; the one of before is void. Raises AccountGone, of its maker too."""
    end_link(user_id)
    # From here on nobody else writes.
    account(user_id)
    if maker_id is not None:
        account(maker_id)
    made = ResetLink(user_id=user_id, maker_id=maker_id, token_hash=token_hash, expires=day + LINK_LASTS)
    db.session.add(made)


def end_link(user_id: int) -> None:
    """Voids the link of an account, if it has one."""
    db.session.execute(delete(ResetLink).where(ResetLink.user_id == user_id))


def end_links_of(user_id: int) -> None:
    """Voids the link of an account, and all that it made."""
    mine = or_(ResetLink.user_id == user_id, ResetLink.maker_id == user_id)
    db.session.execute(delete(ResetLink).where(mine))


def find_link(token_hash: str, day: date) -> Held | None:
    """The link with this hash, if it still works: also whoever made it must still be allowed to."""
    query = select(ResetLink).where(ResetLink.token_hash == token_hash, ResetLink.expires >= day)
    link = db.session.scalar(query)
    return _held(link.user_id, link.maker_id, link.expires) if link is not None else None


def claim_link(token_hash: str, day: date) -> Held | None:
    """Uses up a link; of two who do so at once one gets it. None when it does not work."""
    there = ResetLink.token_hash == token_hash, ResetLink.expires >= day
    columns = ResetLink.user_id, ResetLink.maker_id, ResetLink.expires
    row = db.session.execute(delete(ResetLink).where(*there).returning(*columns)).first()
    # From here on nobody else writes: what was read before may have changed.
    db.session.expire_all()
    return _held(*row) if row is not None else None


def _held(user_id: int, maker_id: int | None, expires: date) -> Held | None:
    try:
        user, maker = account(user_id), account(maker_id) if maker_id is not None else None
    except AccountGone:
        return None
    if maker is not None and not answers_for(maker, user):
        return None
    return Held(user, maker, expires)


def change_password(user: User, password_hash: str) -> None:
    """Gives an account another password: its sessions end, and so does its link."""
    user.password_hash, user.session_key = password_hash, new_session_key()
    end_link(user.id)


def note_reset(user_id: int, day: date, who: str) -> None:
    """Notes that an account got another password by a link, to tell its owner."""
    db.session.merge(Reset(user_id=user_id, day=day, who=who, told=False))


def is_to_be_told(user_id: int) -> bool:
    """Was there a reset of which the owner of this account was not told?"""
    return bool(db.session.scalar(select(func.count()).where(Reset.user_id == user_id, ~Reset.told)))


def tell(user_id: int) -> Sequence[tuple[date, str]]:
    """The day and maker of each reset that is still kept, the last one first; they are told from here on."""
    found = db.session.scalars(select(Reset).where(Reset.user_id == user_id))
    resets = sorted(found, key=lambda each: (each.day, each.who), reverse=True)
    for each in resets:
        each.told = True
    return [(each.day, each.who) for each in resets]
