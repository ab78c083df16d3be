"""The tables. Nothing a participant did has a time, an address or a device beside it."""

import uuid
from datetime import date

from flask_login import UserMixin
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, ForeignKey, MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)


meeting_trainer = Table(
    "meeting_trainer",
    Base.metadata,
    Column("meeting_id", ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
)


class User(UserMixin, db.Model):  # type: ignore[name-defined,misc]
    """An organiser or a trainer. Participants have no account."""

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    is_organiser: Mapped[bool] = mapped_column(default=False)

    meetings: Mapped[list["Meeting"]] = relationship(secondary=meeting_trainer, back_populates="trainers")


class Invitation(db.Model):  # type: ignore[name-defined,misc]
    """A link that lets somebody make an account, once; only the hash of its token is kept."""

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    is_organiser: Mapped[bool] = mapped_column(default=False)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    expires: Mapped[date]
    used: Mapped[bool] = mapped_column(default=False)


class Course(db.Model):  # type: ignore[name-defined,misc]
    """One group that follows a programme at one location.

    `responsible` is the organisation that answers for what people send, and `contact` how to reach it.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    programme: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(120), default="")
    responsible: Mapped[str] = mapped_column(String(120), default="", server_default="")
    contact: Mapped[str] = mapped_column(String(120), default="", server_default="")
    retention_days: Mapped[int] = mapped_column(default=30)

    meetings: Mapped[list["Meeting"]] = relationship(
        back_populates="course", cascade="all, delete-orphan", order_by="Meeting.date, Meeting.position"
    )


class Meeting(db.Model):  # type: ignore[name-defined,misc]
    """One part, given live to one course.

    `source` is the part's Markdown as it was when the meeting was opened; `state` is the live state as
    JSON; `version` guards it: it is only ever replaced by a newer one.
    """

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=lambda: str(uuid.uuid4()))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    date: Mapped[date]
    start: Mapped[str] = mapped_column(String(5), default="09:30")
    phase: Mapped[str] = mapped_column(String(10), default="planned")
    code: Mapped[str | None] = mapped_column(String(8), unique=True)
    secret: Mapped[str | None] = mapped_column(String(32), unique=True)
    source: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(Text, default="")

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
    more. Rows lie in the order of their authors, which are random: nothing in the file tells which came
    first.
    """

    __tablename__ = "post"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(String(80), primary_key=True)
    item: Mapped[str] = mapped_column(String(80), primary_key=True)
    author: Mapped[str] = mapped_column(String(32), primary_key=True)
    slot: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36))
    payload: Mapped[str] = mapped_column(Text)

    __table_args__ = {"sqlite_with_rowid": False}
