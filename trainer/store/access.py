"""Who may lead a meeting: its trainers, and every organiser."""

from typing import Any

from sqlalchemy import Engine, exists, or_, select

from trainer.store.models import Meeting, User, db, meeting_trainer


def may_lead(user: Any, meeting_id: str) -> bool:
    """May `user` (perhaps nobody who is logged in) see and steer this meeting, as things are now?"""
    return bool(user.is_authenticated) and leads(db.engine, user.id, meeting_id)


def leads(engine: Engine, user_id: int, meeting_id: str) -> bool:
    """The same for a page that was opened before: an account or a trainer may have been removed since."""
    there = exists().where(Meeting.id == meeting_id)
    trains = exists().where(meeting_trainer.c.user_id == user_id, meeting_trainer.c.meeting_id == meeting_id)
    query = select(User.id).where(User.id == user_id, there, or_(User.is_organiser, trains))
    with engine.connect() as connection:
        return connection.scalar(query) is not None
