"""The table of the log: what organisers and trainers did, by day, and nothing that participants did."""

import uuid
from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.models import Day, db


class LogLine(db.Model):  # type: ignore[name-defined,misc]
    """One deed. `who` and `course` are names as they were then; `what` is a `store.log.What`.

    `location_id` is of whom the course was, or else of whom did it: its organisers read the line.

    Texts of versions are saved with the time, and posts come between openings and closings: beside a line
    that stands in order, these would tell the time of a deed. So ids are random, and rows are ordered by
    these: nothing in the file tells which came first on a day.
    """

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid.uuid4().hex)
    day: Mapped[date] = mapped_column(Day)
    who: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(String(30))
    about: Mapped[str] = mapped_column(String(200), default="")
    # None once the course is deleted, since another may get its number.
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="SET NULL"), index=True)
    location_id: Mapped[int | None] = mapped_column(
        ForeignKey("location.id", ondelete="SET NULL"), index=True
    )
    course: Mapped[str] = mapped_column(String(120), default="")

    __table_args__: ClassVar = {"sqlite_with_rowid": False}
