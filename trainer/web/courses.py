"""Courses and meetings: how they are made, and how pages list them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, pairwise
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import selectinload

from trainer.curriculum.model import Programme
from trainer.library.texts import Library
from trainer.library.versions import Versions
from trainer.live.bounds import USUAL_RETENTION_DAYS
from trainer.plans.dates import MONTHS
from trainer.store.access import manages, manages_course, sees
from trainer.store.locations import belongs
from trainer.store.models import UNKNOWN_DAY, Course, Meeting, User, db
from trainer.web.accounts import shown_names

OPEN = ("lobby", "live")
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as a list shows it."""

    meeting: Meeting
    title: str
    minutes: int | None
    offered: bool

    @property
    def has_day(self) -> bool:
        """Is it known on which day it is?"""
        return self.meeting.date != UNKNOWN_DAY

    @property
    def is_open(self) -> bool:
        """Is it in its lobby, or running?"""
        return self.meeting.phase in OPEN

    @property
    def is_rehearsal(self) -> bool:
        """Is it open only to rehearse it?"""
        return self.is_open and self.meeting.rehearsal

    @property
    def can_be_rehearsed(self) -> bool:
        """Can it be opened as a rehearsal? Not once it has begun, in earnest or not."""
        waits = self.meeting.phase in ("planned", "lobby")
        return self.offered and waits and not self.is_rehearsal

    @property
    def is_closed(self) -> bool:
        """Is it over, with nothing left but results?"""
        return self.meeting.phase == "closed"


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course with the meetings that a user may see, in order.

    `upcoming` is the open meeting, or else the next one; `whole` says that the user manages the whole course.
    `turned` are the titles of meetings that come too early, each with the one that should be before it.
    """

    course: Course
    programme: str
    lines: tuple[MeetingLine, ...]
    upcoming: MeetingLine | None
    whole: bool
    turned: tuple[tuple[str, str], ...] = ()


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
    planned = [describe(library, meeting) for meeting in course.meetings]
    lines = tuple(line for line in planned if manages(user, line.meeting))
    waiting = [line for line in lines if not line.is_closed]
    upcoming = next((line for line in waiting if line.is_open), waiting[0] if waiting else None)
    programme = library.programme(course.programme)
    title = programme.title if programme else course.programme
    order = [part.id for part in programme.parts] if programme else []
    whole, turned = manages_course(user, course), out_of_order(planned, order)
    return CourseCard(course, title, lines, upcoming, whole, turned)


def out_of_order(lines: Sequence[MeetingLine], parts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The titles of meetings that come too early, each with the one that should be before it.

    `parts` are in the order of the programme. A part that is given again is not too late, and what was given
    can no longer be changed.
    """
    first: dict[str, tuple[int, MeetingLine]] = {}
    by_time = sorted(lines, key=lambda line: (line.meeting.date, line.meeting.start, line.meeting.position))
    for place, line in enumerate(by_time):
        if line.meeting.date != UNKNOWN_DAY:
            first.setdefault(line.meeting.part, (place, line))
    given = [first[part] for part in parts if part in first]
    return tuple(
        (late.title, early.title)
        for (before, early), (after, late) in pairwise(given)
        if before > after and not (early.is_closed and late.is_closed)
    )


def todays(found: Iterable[CourseCard], day: date) -> Sequence[tuple[CourseCard, MeetingLine]]:
    """The meetings that are open, and those of `day` that are still to come, by the time at which they begin.

    Nothing is to come of a course in the archive.
    """
    now = [
        (card, line)
        for card in found
        for line in card.lines
        if line.is_open or (line.meeting.date == day and not line.is_closed and not card.course.archived)
    ]
    return sorted(now, key=lambda each: (not each[1].is_open, each[1].meeting.start, each[0].course.id))


def cards(library: Library, user: User) -> Sequence[CourseCard]:
    """Every course that `user` may see: open ones first, then by next meeting, finished ones last."""
    meetings = selectinload(Course.meetings).selectinload(Meeting.trainers)
    query = select(Course).options(meetings, selectinload(Course.variants))
    mine = [course for course in db.session.scalars(query) if sees(user, course)]
    return sorted((card(library, course, user) for course in mine), key=_order)


def _order(one: CourseCard) -> tuple[int, date, int]:
    if one.upcoming is None:
        return 2, date.max, -one.course.id
    return (0 if one.upcoming.is_open else 1), one.upcoming.meeting.date, one.course.id


def make_course(
    programme: Programme,
    settings: Mapping[str, Any],
    days: Iterable[date],
    start: str,
    trainers: Iterable[User],
) -> Course:
    """Makes a course with a meeting for every part, on these days; call it inside a transaction.

    `settings` are its title, its location, its place, who is responsible, and how to reach them.
    """
    course = Course(programme=programme.id, retention_days=USUAL_RETENTION_DAYS, **settings)
    people = list(trainers)
    for number, (part, day) in enumerate(zip(programme.parts, days, strict=False)):
        course.meetings.append(_planned(part.id, number, day, start, people))
    db.session.add(course)
    return course


def copy_course(course_id: int, title: str, first: date, weeks: int, versions: Versions, who: str) -> Course:
    """Makes a course with the plan of another, its own texts too; call it inside a transaction.

    What trainers chose for a meeting, and what anybody sent, is not the plan. A part that was given twice is
    planned once, as it was the last time.
    """
    source = db.session.get_one(Course, course_id)
    columns = ("programme", "location_id", "place", "responsible", "contact", "retention_days")
    course = Course(title=title, **{name: getattr(source, name) for name in columns})
    db.session.add(course)
    db.session.flush()
    for part in source.variants:
        versions.share(source, part, course, who=who)
    lasts = {meeting.part: meeting for meeting in source.meetings}
    days = days_apart(first, weeks)
    for number, (meeting, day) in enumerate(zip(lasts.values(), days, strict=False)):
        course.meetings.append(_planned(meeting.part, number, day, meeting.start, meeting.trainers))
    return course


def days_apart(first: date, weeks: int) -> Iterator[date]:
    """`first` and the days after it, always so many weeks later."""
    return (first + timedelta(weeks=weeks * number) for number in count())


def _planned(part: str, position: int, day: date, start: str, trainers: Iterable[User]) -> Meeting:
    return Meeting(
        part=part, position=position, date=day, start=start, phase="planned", trainers=list(trainers)
    )


def add_meeting(course_id: int, part: str, day: date, start: str) -> Meeting:
    """Adds a planned meeting to a course, with the trainers of its last one; call it inside a transaction.

    A part may be given more than once, for example because a meeting was called off.
    """
    course = db.session.get_one(Course, course_id)
    last = max(course.meetings, key=lambda meeting: meeting.position, default=None)
    position = last.position + 1 if last else 0
    added = _planned(part, position, day, start, last.trainers if last else ())
    course.meetings.append(added)
    return added


def put_away(course_id: int) -> bool:
    """Puts a course in the archive, unless a meeting of it is open; call it inside a transaction.

    One statement, because a meeting may be opened concurrently.
    """
    opened = select(Meeting).where(Meeting.course_id == course_id, Meeting.phase.in_(OPEN)).exists()
    statement = update(Course).where(Course.id == course_id, ~opened).values(archived=True)
    return db.session.connection().execute(statement).rowcount == 1


def take_out(course_id: int) -> None:
    """Takes a course out of the archive; call it inside a transaction."""
    db.session.get_one(Course, course_id).archived = False


def keep_for(course_id: int, days: int) -> bool:
    """Sets the number of days the texts of a course are kept; call it inside a transaction.

    False when that would exceed what participants were told at the door: once a meeting was opened, the
    number may only go down. One statement, because a meeting may be opened concurrently.
    """
    opened = select(Meeting).where(Meeting.course_id == course_id, Meeting.phase != "planned").exists()
    may_be = or_(Course.retention_days >= days, ~opened)
    statement = update(Course).where(Course.id == course_id, may_be).values(retention_days=days)
    return db.session.connection().execute(statement).rowcount == 1


def choices(location_id: int | None) -> Sequence[tuple[str, str]]:
    """Who may train courses of a location, as (id, name) options, sorted by name.

    Its organisers, and who trains there already. Accounts that are nobody's are for courses without one.
    """
    names, here = shown_names(), db.session.scalars(select(User.id).where(belongs(location_id)))
    return sorted(((str(one), names[one]) for one in here), key=lambda one: (one[1].casefold(), one[0]))


def people(ids: Iterable[str]) -> list[User]:
    """The users with these ids."""
    numbers = [int(one) for one in ids]
    return list(db.session.scalars(select(User).where(User.id.in_(numbers)).order_by(User.name)))
