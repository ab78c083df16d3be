"""The log: every change by an organiser or a trainer is made here, together with the line that says so."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Date, Engine, bindparam, func, insert, select, text

from trainer.store.database import transaction
from trainer.store.log_models import LogLine
from trainer.store.models import Course, db

Result = TypeVar("Result")

# Who works from the command line, where nobody logs in.
OPERATOR = "Beheerder van de computer"
LONGEST_ABOUT = 200


class What(StrEnum):
    """What somebody did."""

    COURSE_MADE = "course-made"
    COURSE_CHANGED = "course-changed"
    COURSE_COPIED = "course-copied"
    COURSE_ARCHIVED = "course-archived"
    COURSE_TAKEN_OUT = "course-taken-out"
    COURSE_DELETED = "course-deleted"
    MEETING_PLANNED = "meeting-planned"
    MEETING_MOVED = "meeting-moved"
    MEETING_TRAINERS = "meeting-trainers"
    MEETING_OPENED = "meeting-opened"
    MEETING_TAKEN_BACK = "meeting-taken-back"
    MEETING_CLOSED = "meeting-closed"
    MEETING_DELETED = "meeting-deleted"
    TEXT_SAVED = "text-saved"
    TEXT_RESTORED = "text-restored"
    TEXT_NATIONAL = "text-national"
    TEXT_SHARED = "text-shared"
    TEXT_TAKEN_OVER = "text-taken-over"
    TEXT_IMPORTED = "text-imported"
    TEXTS_EXPORTED = "texts-exported"
    PICTURE_ADDED = "picture-added"
    PICTURE_REMOVED = "picture-removed"
    TRAINER_INVITED = "trainer-invited"
    ORGANISER_INVITED = "organiser-invited"
    ACCOUNT_MADE = "account-made"
    ACCOUNT_REMOVED = "account-removed"
    COURSE_JOINED = "course-joined"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105
    RESET_LINK = "reset-link"
    PASSWORD_RESET = "password-reset"  # noqa: S105
    LOGGED_OUT = "logged-out"
    FACTOR_ON = "factor-on"
    FACTOR_OFF = "factor-off"
    SPARE_CODES = "spare-codes"
    LOCATION_MADE = "location-made"
    LOCATION_RENAMED = "location-renamed"
    LOCATION_REMOVED = "location-removed"
    COURSE_GIVEN = "course-given"
    ORGANISER_MOVED = "organiser-moved"
    SHARED_TAKEN_BACK = "shared-taken-back"
    LINK_MADE = "link-made"
    LINK_WITHDRAWN = "link-withdrawn"
    EVALUATION_TAKEN = "evaluation-taken"
    REPORT_TAKEN = "report-taken"
    COMPARISON_TAKEN = "comparison-taken"
    PLAN_TAKEN = "plan-taken"
    LOG_TAKEN = "log-taken"
    BACKUP_MADE = "backup-made"
    BACKUP_RESTORED = "backup-restored"


class Unlogged(StrEnum):
    """Why a change, or a file that is given, leaves no line."""

    NOTHING = "nothing was changed"
    NOBODY = "nobody did it: Kwartier did, by itself"
    TOGETHER = "several people write it together, and who wrote what is not stored"
    GUEST = "somebody did it who has no account"
    LOGGING_IN = "somebody logs in, which is not stored"
    PHONE = "a participant did it"
    PLAIN = "it says when a meeting is, and no more"


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did. `who` is the name that others see, `course` the title of course `course_id`.

    `location_id` is of whom the course is, or who did it: its organisers read the line.
    """

    what: What
    who: str
    day: date
    about: str = ""
    course_id: int | None = None
    course: str = ""
    location_id: int | None = None


Said = Deed | Unlogged | Sequence[Deed]
# The same deed of a meeting, when only its id is at hand.
MEETING_DEED = text(
    "INSERT INTO log_line (id, day, who, what, about, course_id, location_id, course)"
    " SELECT :id, :day, :who, :what, :about, course.id, course.location_id, course.title"
    " FROM meeting JOIN course ON course.id = meeting.course_id WHERE meeting.id = :meeting_id"
).bindparams(bindparam("day", type_=Date))


# What is not provably within its time goes, so a damaged day and one that is still to come do too.
_PAST = "FROM log_line WHERE NOT coalesce(date(day) IS day AND day BETWEEN :first AND :today, 0)"
_COUNT_PAST = text(f"SELECT count(*) {_PAST}").bindparams(
    bindparam("first", type_=Date), bindparam("today", type_=Date)
)
DELETE_PAST = text(f"DELETE {_PAST}").bindparams(
    bindparam("first", type_=Date), bindparam("today", type_=Date)
)


def period(today: date, days: int) -> dict[str, date]:
    """The days that the log keeps today, as `DELETE_PAST` takes them."""
    return {"first": today - timedelta(days=days), "today": today}


def lines_past(engine: Engine, today: date, days: int) -> int:
    """How many lines are past their time."""
    with engine.connect() as connection:
        return connection.scalar(_COUNT_PAST, period(today, days)) or 0


def change(work: Callable[[], Result], said: Said | Callable[[Result], Said]) -> Result:
    """Runs `work` in a transaction that also writes which deed it was, or says why it is none.

    `said` may be asked of what `work` returned. Raises what `transaction` does.
    """

    def both() -> Result:
        result = work()
        # What was made just now has its number from here on.
        db.session.flush()
        _write(said(result) if callable(said) else said)
        return result

    return transaction(both)


def row_of_meeting(deed: Deed, meeting_id: str) -> dict[str, Any]:
    """The row of a deed, as `MEETING_DEED` takes it."""
    return {
        "id": uuid.uuid4().hex,
        "day": deed.day,
        "who": deed.who,
        "what": deed.what.value,
        "about": deed.about[:LONGEST_ABOUT],
        "meeting_id": meeting_id,
    }


def _write(said: Said) -> None:
    if isinstance(said, Unlogged):
        return
    for deed in [said] if isinstance(said, Deed) else said:
        # A course that was deleted meanwhile has no number any more.
        there = select(Course.id).where(Course.id == deed.course_id).scalar_subquery()
        db.session.execute(
            insert(LogLine).values(
                id=uuid.uuid4().hex,
                day=deed.day,
                who=deed.who,
                what=deed.what.value,
                about=deed.about[:LONGEST_ABOUT],
                course_id=there,
                location_id=deed.location_id,
                course=deed.course,
            )
        )


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody did on a day, and how many `times`."""

    day: date
    who: str
    what: str
    about: str
    course: str
    times: int


def lines(
    location_id: int | None, course_id: int | None = None, *, limit: int | None = None, offset: int = 0
) -> Sequence[Line]:
    """The lines of a location or, with None, of none, perhaps of one course.

    The newest day comes first; a day has no order in time.
    """
    columns = (LogLine.day, LogLine.who, LogLine.what, LogLine.about, LogLine.course)
    query = select(*columns, func.count().label("times")).group_by(*columns, LogLine.course_id)
    query = query.where(LogLine.location_id.is_not_distinct_from(location_id))
    if course_id is not None:
        query = query.where(LogLine.course_id == course_id)
    order = (LogLine.day.desc(), LogLine.course, LogLine.who, LogLine.what, LogLine.about, LogLine.course_id)
    found = db.session.execute(query.order_by(*order).limit(limit).offset(offset))
    return [Line(*row) for row in found]


def courses(location_id: int | None) -> Sequence[tuple[int, str]]:
    """The courses of which a location has lines, or none has: number and title of now, by title."""
    mine = LogLine.location_id.is_not_distinct_from(location_id)
    there = select(LogLine.course_id).where(LogLine.course_id.is_not(None), mine).distinct()
    query = select(Course.id, Course.title).where(Course.id.in_(there)).order_by(Course.title, Course.id)
    return [(row.id, row.title) for row in db.session.execute(query)]
