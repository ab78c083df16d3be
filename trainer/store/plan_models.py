"""The tables of a course's plan: what a project team filled in, and the links with which it does."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.models import Day, db


class PlanAnswer(db.Model):  # type: ignore[name-defined,misc]
    """What is filled in in one field of a course's plan; without who wrote it, or when.

    `field` is a `plans.sheet.Field.key`, `others` the texts beside it as JSON.
    """

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(String(200), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    others: Mapped[str] = mapped_column(Text)


class PlanRow(db.Model):  # type: ignore[name-defined,misc]
    """A row of a table in a course's plan; a table that nobody wrote in has none yet."""

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), primary_key=True)
    section: Mapped[str] = mapped_column(String(60), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int]


class PlanLink(db.Model):  # type: ignore[name-defined,misc]
    """A link with which somebody without an account fills in a course's plan, until it expires or is deleted.

    Only the hash of its token is stored. `about` says for whom it is, in the words of whoever made it.
    """

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=lambda: str(uuid.uuid4()))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    about: Mapped[str] = mapped_column(String(60))
    expires: Mapped[date] = mapped_column(Day)
