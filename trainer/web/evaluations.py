"""From meetings in the database to evaluations that may be shown."""

from typing import TYPE_CHECKING

from trainer.exports.evaluation import Evaluation, MeetingReport, evaluate_course, evaluate_meeting
from trainer.store.models import Course, Meeting
from trainer.web.courses import describe

if TYPE_CHECKING:
    from trainer.host import Host


def of_meeting(host: "Host", meeting: Meeting) -> Evaluation | None:
    """The evaluation of a closed meeting; None for one that is not closed."""
    if meeting.phase != "closed":
        return None
    title = describe(host.library, meeting).title
    report = MeetingReport(title, meeting.date, host.kept(meeting.id))
    return evaluate_meeting(report, _heading(meeting.course))


def of_course(host: "Host", course: Course) -> Evaluation | None:
    """The evaluation of the closed meetings of a course; None when there is none yet."""
    meetings = [found for meeting in course.meetings if (found := of_meeting(host, meeting)) is not None]
    return evaluate_course(course.title, meetings, course.place) if meetings else None


def _heading(course: Course) -> str:
    return f"{course.title}, {course.place}" if course.place else course.title
