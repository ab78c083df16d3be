"""The tables. Nothing a participant did is stored with a time, an address or a device."""

import secrets
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from flask_login import UserMixin
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Column,
    Date,
    Dialect,
    ForeignKey,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, attribute_keyed_dict, mapped_column, relationship

from trainer.live.bounds import USUAL_RETENTION_DAYS, USUAL_START

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


# Read in place of a stored value that is not a day; `store/sanity.py` corrects the row.
UNKNOWN_DAY = date.min


class Day(TypeDecorator[date]):
    """A day. A damaged one must not keep a whole list of meetings from being read."""

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None]:
        read = super().result_processor(dialect, coltype)

        def lenient(stored: Any) -> date | None:
            try:
                return read(stored) if read else stored
            except (TypeError, ValueError):
                return UNKNOWN_DAY

        return lenient


class Base(DeclarativeBase):
    """What all tables have in common: constraints have names, so that migrations can change them."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)


meeting_trainer = Table(
    "meeting_trainer",
    Base.metadata,
    Column("meeting_id", ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
)


def new_session_key() -> str:
    """The key that an account's sessions carry; making a new one ends them all."""
    return secrets.token_urlsafe(16)


class Location(db.Model):  # type: ignore[name-defined,misc]
    """Courses, and the organisers who see these and no others. Where nobody needs any, there is none."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)


class User(UserMixin, db.Model):  # type: ignore[name-defined,misc]
    """An organiser, of one location or without one, or a trainer. Participants have no account."""

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    is_organiser: Mapped[bool] = mapped_column(default=False)
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    session_key: Mapped[str] = mapped_column(String(32), index=True, unique=True, default=new_session_key)

    location: Mapped[Location | None] = relationship()
    meetings: Mapped[list["Meeting"]] = relationship(secondary=meeting_trainer, back_populates="trainers")

    def get_id(self) -> str:
        """What a session holds of the account: not its id, which never changes and so cannot be revoked."""
        return self.session_key


class Invitation(db.Model):  # type: ignore[name-defined,misc]
    """A link that lets somebody make one account; only the hash of its token is stored.

    A `first_run` link is for the first organiser: it is void when a newer one or an organiser is made.
    """

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    is_organiser: Mapped[bool] = mapped_column(default=False)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    expires: Mapped[date] = mapped_column(Day)
    used: Mapped[bool] = mapped_column(default=False)
    first_run: Mapped[bool] = mapped_column(default=False)

    location: Mapped[Location | None] = relationship()


class Course(db.Model):  # type: ignore[name-defined,misc]
    """One group that follows a programme.

    `place` says where it meets, as somebody typed it; `location` whose it is. `responsible` is the
    organisation accountable for what people send, `contact` how to reach it. `notebook` is what no other
    course ever has, not even one that gets its number; '' in courses from before that. One that is `archived`
    is not in the first list, and is otherwise as any other.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    programme: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(120), default="")
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    responsible: Mapped[str] = mapped_column(String(120), default="", server_default="")
    contact: Mapped[str] = mapped_column(String(120), default="", server_default="")
    retention_days: Mapped[int] = mapped_column(default=USUAL_RETENTION_DAYS)
    notebook: Mapped[str] = mapped_column(
        String(32), default=lambda: secrets.token_hex(16), server_default=""
    )
    archived: Mapped[bool] = mapped_column(default=False, server_default=false())

    location: Mapped[Location | None] = relationship()
    meetings: Mapped[list["Meeting"]] = relationship(
        back_populates="course", cascade="all, delete-orphan", order_by="Meeting.date, Meeting.position"
    )
    pictures: Mapped[list["CoursePicture"]] = relationship(
        cascade="all, delete-orphan", order_by="CoursePicture.name"
    )
    # By part.
    variants: Mapped[dict[str, "Variant"]] = relationship(
        cascade="all, delete-orphan", collection_class=attribute_keyed_dict("part")
    )

    @property
    def area(self) -> str:
        """The name of its location, or else the place that was typed: other courses there are near."""
        return self.location.name if self.location else self.place


class Variant(db.Model):  # type: ignore[name-defined,misc]
    """What a course gives of a part: its Markdown, and the national text that it was made from.

    `number` is that of the version that it is.
    """

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(String(80), primary_key=True)
    base: Mapped[str] = mapped_column(Text, deferred=True)
    source: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(default=0, server_default="0")


class Version(db.Model):  # type: ignore[name-defined,misc]
    """A text of a part that somebody saved for a course; it is never changed.

    `base` is the national text of then. `who` is the name of an account, `made` the day and time of saving
    ('2026-03-02 09:30'), or '' where nobody knows it. `state` is a `library.versions.State`. `began` is the
    version that somebody began with, 0 for the national text, and `joined` one that was merged into this.
    """

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    base: Mapped[str] = mapped_column(Text, deferred=True)
    source: Mapped[str] = mapped_column(Text, deferred=True)
    who: Mapped[str] = mapped_column(String(80), default="")
    made: Mapped[str] = mapped_column(String(16), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(10))
    began: Mapped[int] = mapped_column(default=0)
    joined: Mapped[int | None]


class CoursePicture(db.Model):  # type: ignore[name-defined,misc]
    """A picture for the course's own texts, as `library.pictures` made it. No two anywhere share a `name`,
    apart from those of a copy of a course."""

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    description: Mapped[str] = mapped_column(String(300))
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Meeting(db.Model):  # type: ignore[name-defined,misc]
    """One part, given live to one course.

    `source` is the part's Markdown as it was when the meeting was opened; `state` is the live state as
    JSON, which only a newer `version` replaces. `screens` counts how often the screens were closed,
    `departed` how many phones left, and `returned` how many of those, at most, came in again. `date` is the
    plan, which any trainer may change; `closed_on` is the day on which the meeting was closed, from which
    the retention of its texts counts. Until then it may hold the day on which the meeting was found
    unreadable, or impossible to close.

    A `rehearsal` is opened like any other and leaves nothing: when it ends, the row is what it was before.

    `shared_key` is what all its phones have alike, to read afterwards what was shared. `unwilling` are the
    steps for which somebody said no while it was open, and `shared` those that are shared now that it is
    over: both as JSON, or '' for none.
    """

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=lambda: str(uuid.uuid4()))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    # Declared before `date`, which from there on names the column and not the type.
    closed_on: Mapped[date | None] = mapped_column(Day)
    date: Mapped[date] = mapped_column(Day)
    start: Mapped[str] = mapped_column(String(5), default=USUAL_START)
    phase: Mapped[str] = mapped_column(String(10), default="planned")
    code: Mapped[str | None] = mapped_column(String(8), unique=True)
    secret: Mapped[str | None] = mapped_column(String(32), unique=True)
    source: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=0)
    screens: Mapped[int] = mapped_column(default=0)
    departed: Mapped[int] = mapped_column(default=0, server_default="0")
    returned: Mapped[int] = mapped_column(default=0, server_default="0")
    rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[str] = mapped_column(Text, default="")
    shared_key: Mapped[str] = mapped_column(String(32), default="", server_default="")
    unwilling: Mapped[str] = mapped_column(Text, default="", server_default="")
    shared: Mapped[str] = mapped_column(Text, default="", server_default="")

    course: Mapped[Course] = relationship(back_populates="meetings")
    trainers: Mapped[list[User]] = relationship(secondary=meeting_trainer, back_populates="meetings")


class Participant(db.Model):  # type: ignore[name-defined,misc]
    """A phone that joined a meeting: a hash of its token with the meeting's id, and nothing else."""

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)

    __table_args__ = {"sqlite_with_rowid": False}


class StoredPost(db.Model):  # type: ignore[name-defined,misc]
    """What one phone sent in one step.

    `slot` is '' where a phone may have one post for an item, and the post's own id where it may have
    more. Without a rowid, rows are ordered by their authors, which are random: nothing in the file tells
    which came first. `paper`, `alone`, `leaving` and `seen` are as in `kinds.contract.Post`.
    """

    __tablename__ = "post"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(String(80), primary_key=True)
    item: Mapped[str] = mapped_column(String(80), primary_key=True)
    author: Mapped[str] = mapped_column(String(32), primary_key=True)
    slot: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36))
    payload: Mapped[str] = mapped_column(Text)
    paper: Mapped[bool] = mapped_column(default=False, server_default=false())
    alone: Mapped[bool] = mapped_column(default=False, server_default=false())
    leaving: Mapped[bool] = mapped_column(default=False, server_default=false())
    seen: Mapped[str] = mapped_column(String(200), default="", server_default="")

    __table_args__ = {"sqlite_with_rowid": False}


class Result(db.Model):  # type: ignore[name-defined,misc]
    """What is kept of one question of a sealed step: all that can leave the meeting.

    `row` is a `kinds.disclosure.Kept` without its texts, with small counts already hidden. `texts` are the
    texts as JSON: whatever a kind calls its fields, free text is nowhere else once a meeting is closed.
    None when there are none, or when they were deleted.
    """

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(String(80), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    row: Mapped[str] = mapped_column(Text)
    texts: Mapped[str | None] = mapped_column(Text)
