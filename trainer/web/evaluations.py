"""Builds evaluations that may be shown from meetings in the database."""

import logging

from sqlalchemy.exc import DBAPIError

from trainer.exports.evaluation import Evaluation, MeetingReport, evaluate_course, evaluate_meeting
from trainer.meetings.host import Host
from trainer.store.models import Course, Meeting
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
    meetings: list[Evaluation] = []
    missing: list[str] = []
    for meeting in course.meetings:
        try:
            found = of_meeting(host, meeting)
        except DBAPIError:
            # Busy or full: that passes, and leaving meetings out now would give a wrong evaluation.
            raise
        except Exception as error:
            # Log only the type: the message may hold what somebody wrote.
            log.error(
                "meeting %s is left out of its course's evaluation (%s)", meeting.id, type(error).__name__
            )
            missing.append(describe(host.library, meeting).title)
            continue
        if found is not None:
            meetings.append(found)
    evaluation = evaluate_course(course.title, meetings, course.place) if meetings else None
    return evaluation, tuple(missing)


def _heading(course: Course) -> str:
    return f"{course.title}, {course.place}" if course.place else course.title
