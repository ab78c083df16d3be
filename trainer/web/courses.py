"""Courses and meetings: how they are made, and how pages list them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import selectinload

from trainer.curriculum.model import Programme
from trainer.library.texts import Library
from trainer.live.bounds import USUAL_RETENTION_DAYS
from trainer.store.access import manages, manages_course
from trainer.store.models import UNKNOWN_DAY, Course, Meeting, User, db
from trainer.web.accounts import shown_names

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as a list shows it."""

    meeting: Meeting
    title: str
    minutes: int | None
    offered: bool

    @property
    def is_open(self) -> bool:
        """Is it in its lobby, or running?"""
        return self.meeting.phase in ("lobby", "live")

    @property
    def is_closed(self) -> bool:
        """Is it over, with nothing left but results?"""
        return self.meeting.phase == "closed"


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course with the meetings that a user may see, in order.

    `upcoming` is the open meeting, or else the next one; `whole` says that the user manages the whole course.
    """

    course: Course
    programme: str
    lines: tuple[MeetingLine, ...]
    upcoming: MeetingLine | None
    whole: bool


def day_in_words(day: date) -> str:
    """'maandag 2 maart 2026'."""
    if day == UNKNOWN_DAY:
        return "datum klopt niet"
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def describe(library: Library, meeting: Meeting) -> MeetingLine:
    """A meeting with the title of its part, or the part's id made readable when its text is nowhere."""
    part, offered = library.given(meeting), library.part(meeting.course, meeting.part) is not None
    title = part.title if part else meeting.part.replace("-", " ").capitalize()
    return MeetingLine(meeting, title, part.minutes if part else None, offered)


def card(library: Library, course: Course, user: User) -> CourseCard:
    """A course as `user` may see it."""
    seen = [m for m in course.meetings if manages(user, m)]
    lines = tuple(describe(library, meeting) for meeting in seen)
    waiting = [line for line in lines if not line.is_closed]
    upcoming = next((line for line in waiting if line.is_open), waiting[0] if waiting else None)
    programme = library.programme(course.programme)
    title = programme.title if programme else course.programme
    return CourseCard(course, title, lines, upcoming, whole=manages_course(user, course))


def cards(library: Library, user: User) -> Sequence[CourseCard]:
    """Every course that `user` may see: open ones first, then by next meeting, finished ones last."""
    meetings = selectinload(Course.meetings).selectinload(Meeting.trainers)
    query = select(Course).options(meetings, selectinload(Course.variants))
    found = [card(library, course, user) for course in db.session.scalars(query)]
    mine = [one for one in found if one.lines or user.is_organiser]
    return sorted(mine, key=_order)


def _order(one: CourseCard) -> tuple[int, date, int]:
    if one.upcoming is None:
        return 2, date.max, -one.course.id
    return (0 if one.upcoming.is_open else 1), one.upcoming.meeting.date, one.course.id


def make_course(
    programme: Programme, settings: Mapping[str, str], first: date, start: str, trainers: Iterable[User]
) -> Course:
    """Makes a course with a meeting for every part, a week apart; call it inside a transaction.

    `settings` are its title, its place, who is responsible, and how to reach them.
    """
    course = Course(programme=programme.id, retention_days=USUAL_RETENTION_DAYS, **settings)
    people = list(trainers)
    for number, part in enumerate(programme.parts):
        course.meetings.append(
            Meeting(
                part=part.id,
                position=number,
                date=first + timedelta(weeks=number),
                start=start,
                phase="planned",
                trainers=list(people),
            )
        )
    db.session.add(course)
    return course


def add_meeting(course_id: int, part: str, day: date, start: str) -> Meeting:
    """Adds a planned meeting to a course, with the trainers of its last one; call it inside a transaction.

    A part may be given more than once, for example because a meeting was called off.
    """
    course = db.session.get_one(Course, course_id)
    last = max(course.meetings, key=lambda meeting: meeting.position, default=None)
    added = Meeting(
        part=part,
        position=last.position + 1 if last else 0,
        date=day,
        start=start,
        phase="planned",
        trainers=list(last.trainers) if last else [],
    )
    course.meetings.append(added)
    return added


def keep_for(course_id: int, days: int) -> bool:
    """Sets the number of days the texts of a course are kept; call it inside a transaction.

    False when that would exceed what participants were told at the door: once a meeting was opened, the
    number may only go down. One statement, because a meeting may be opened concurrently.
    """
    opened = select(Meeting).where(Meeting.course_id == course_id, Meeting.phase != "planned").exists()
    may_be = or_(Course.retention_days >= days, ~opened)
    statement = update(Course).where(Course.id == course_id, may_be).values(retention_days=days)
    return db.session.connection().execute(statement).rowcount == 1


def choices() -> Sequence[tuple[str, str]]:
    """All organisers and trainers as (id, name) options, sorted by name."""
    found = ((str(user_id), name) for user_id, name in shown_names().items())
    return sorted(found, key=lambda one: (one[1].casefold(), one[0]))


def people(ids: Iterable[str]) -> list[User]:
    """The users with these ids."""
    numbers = [int(one) for one in ids]
    return list(db.session.scalars(select(User).where(User.id.in_(numbers)).order_by(User.name)))
