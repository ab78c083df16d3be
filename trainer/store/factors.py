"""The second factor of accounts: its tables, and who must have one.

The functions that change rows are called in a transaction. `docs/decisions/0042-a-second-factor.md` has the
reasons.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ForeignKey, String, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.models import Meeting, User, db, meeting_trainer, new_session_key


class SecondFactor(db.Model):  # type: ignore[name-defined,misc]
    """What an account logs in with besides a password.

    `secret` is what its app has as well, encrypted. `used` is the last window of half a minute of which a
    code was accepted, and `wrong` how many wrong codes were typed since a right one.
    """

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(200))
    used: Mapped[int] = mapped_column(default=0)
    wrong: Mapped[int] = mapped_column(default=0)


class SpareCode(db.Model):  # type: ignore[name-defined,misc]
    """The hash of a code on paper that stands in for the app, once; a code that was used has no row."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)


def find_factor(user_id: int) -> SecondFactor | None:
    """The second factor of an account; None when it has none."""
    return db.session.get(SecondFactor, user_id, populate_existing=True)


def must_have_one(user: User, demand: str) -> bool:
    """Is this an account that must have a second factor? `demand` is the setting."""
    return demand == "everybody" or (demand == "organisers" and user.is_organiser)


def must_set_up(user: User, demand: str) -> bool:
    """Is this an account that must have a second factor, and has none?"""
    return must_have_one(user, demand) and find_factor(user.id) is None


def is_stale(user: User, demand: str) -> bool:
    """Is a session of this account of before the setting, and over? It holds while a meeting goes on."""
    return must_set_up(user, demand) and not leads_now(user.id)


def end_stale_sessions(demand: str) -> None:
    """Ends the sessions of every account for which a second factor became demanded."""
    for user in db.session.scalars(select(User)):
        if is_stale(user, demand):
            user.session_key = new_session_key()


def leads_now(user_id: int) -> bool:
    """Is a meeting open that this account leads? A rehearsal is none."""
    query = (
        select(func.count())
        .select_from(meeting_trainer.join(Meeting.__table__))
        .where(meeting_trainer.c.user_id == user_id)
        .where(Meeting.phase.in_(("lobby", "live")), Meeting.rehearsal.is_(False))
    )
    return bool(db.session.scalar(query))


def use_window(user_id: int, window: int, latest: int) -> bool:
    """Uses up the code of a window; False when that, or a later one, was used.

    A window after `latest` was noted by a clock that has been set back since, and counts for nothing.
    """
    unused = or_(SecondFactor.used < window, SecondFactor.used > latest)
    noted = update(SecondFactor).where(SecondFactor.user_id == user_id, unused).values(used=window)
    changed: Any = db.session.execute(noted)
    return bool(changed.rowcount)


def use_spare(user_id: int, code_hash: str) -> bool:
    """Uses up a spare code; False when the account has no such code."""
    found = SpareCode.user_id == user_id, SpareCode.code_hash == code_hash
    changed: Any = db.session.execute(delete(SpareCode).where(*found))
    return bool(changed.rowcount)


def spares_left(user_id: int) -> int:
    """How many spare codes an account has left."""
    return db.session.scalar(select(func.count()).where(SpareCode.user_id == user_id)) or 0


def replace_spares(user_id: int, hashes: Iterable[str]) -> None:
    """Gives an account other spare codes; those of before are void."""
    db.session.execute(delete(SpareCode).where(SpareCode.user_id == user_id))
    db.session.add_all(SpareCode(user_id=user_id, code_hash=each) for each in hashes)


def remove_factor(user_id: int) -> None:
    """Leaves an account with its password alone."""
    replace_spares(user_id, ())
    db.session.execute(delete(SecondFactor).where(SecondFactor.user_id == user_id))


def count_wrong(user_id: int) -> None:
    """Counts a wrong code."""
    mine = SecondFactor.user_id == user_id
    db.session.execute(update(SecondFactor).where(mine).values(wrong=SecondFactor.wrong + 1))


def forget_wrong(user_id: int) -> int:
    """How many wrong codes were counted since this was last asked."""
    mine = SecondFactor.user_id == user_id
    wrong = db.session.scalar(select(SecondFactor.wrong).where(mine)) or 0
    db.session.execute(update(SecondFactor).where(mine).values(wrong=0))
    return wrong
