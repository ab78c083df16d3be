"""Builds evaluations that may be shown from meetings in the database."""

import logging
import time
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import selectinload

from trainer.exports.comparison import Held
from trainer.exports.evaluation import Evaluation, MeetingReport, evaluate_course, evaluate_meeting
from trainer.library.texts import Library
from trainer.meetings.host import Host
from trainer.store.access import compares
from trainer.store.models import Course, Meeting, User, db
from trainer.web.courses import describe

log = logging.getLogger(__name__)


def of_meeting(host: Host, meeting: Meeting) -> Evaluation | None:
    """The evaluation of a meeting; None unless it is closed, and of a rehearsal."""
    if meeting.phase != "closed" or meeting.rehearsal:
        return None
    title = describe(host.library, meeting).title
    exercises, form = host.kept(meeting.id, of_form=False), host.kept(meeting.id, of_form=True)
    report = MeetingReport(title, meeting.date, exercises, form)
    return evaluate_meeting(report, _heading(meeting.course))


def of_course(host: Host, course: Course) -> tuple[Evaluation | None, tuple[str, ...]]:
    """The evaluation of a course's closed meetings, and the titles of those whose stored data is damaged.

    The evaluation leaves damaged meetings out, and is None when no other is closed. Raises DBAPIError when
    the database cannot be read now.
    """
    found, missing = _readable(host, course.meetings)
    meetings = [evaluation for _, evaluation in found]
    evaluation = evaluate_course(course.title, meetings, course.place) if meetings else None
    return evaluation, tuple(describe(host.library, meeting).title for meeting in missing)


def held(host: Host, user: User) -> tuple[tuple[Held, ...], tuple[str, ...]]:
    """Every closed meeting that `user` may compare, and the titles of those whose stored data is damaged.

    Raises DBAPIError when the database cannot be read now.
    """
    course = selectinload(Meeting.course)
    related = (
        selectinload(Meeting.trainers),
        course.selectinload(Course.variants),
        course.joinedload(Course.location),
    )
    query = select(Meeting).where(Meeting.phase == "closed").options(*related)
    mine = [meeting for meeting in db.session.scalars(query) if compares(user, meeting)]
    found, missing = _readable(host, mine)
    damaged = (f"{meeting.course.title}: {describe(host.library, meeting).title}" for meeting in missing)
    return tuple(_held(host.library, *one) for one in found), tuple(damaged)


def _held(library: Library, meeting: Meeting, evaluation: Evaluation) -> Held:
    course, programme = meeting.course, library.programme(meeting.course.programme)
    titles = {part.id: part.title for part in programme.parts} if programme else {}
    return Held(
        id=meeting.id,
        programme=course.programme,
        course=course.id,
        title=course.title,
        place=course.place,
        location=course.location_id,
        location_name=course.location.name if course.location else "",
        part=meeting.part,
        # The national title: courses may have one of their own.
        part_title=titles.get(meeting.part) or describe(library, meeting).title,
        order=list(titles).index(meeting.part) if meeting.part in titles else len(titles),
        day=meeting.date,
        evaluation=evaluation,
    )


def _readable(
    host: Host, meetings: Iterable[Meeting]
) -> tuple[list[tuple[Meeting, Evaluation]], list[Meeting]]:
    """The meetings that have an evaluation, with it; and those whose stored data is damaged."""
    found: list[tuple[Meeting, Evaluation]] = []
    missing: list[Meeting] = []
    for meeting in list(meetings):
        # After a start each takes as long as parsing a part: meetings that run get their turn in between.
        time.sleep(0)
        try:
            evaluation = of_meeting(host, meeting)
        except DBAPIError:
            # Busy or full: that passes, and leaving meetings out now would give a wrong evaluation.
            raise
        except Exception as error:
            # Log only the type: the message may hold what somebody wrote.
            log.error("meeting %s is left out of an evaluation (%s)", meeting.id, type(error).__name__)
            missing.append(meeting)
            continue
        if evaluation is not None:
            found.append((meeting, evaluation))
    return found, missing


def _heading(course: Course) -> str:
    return f"{course.title}, {course.place}" if course.place else course.title
