"""Builds the reports of meetings and courses from what is in the database."""

import logging

from sqlalchemy.exc import DBAPIError

from trainer.exports.evaluation import MeetingReport
from trainer.exports.harvest import Harvest, HarvestReport, Note, harvest
from trainer.meetings.host import Host
from trainer.store.expiry import within_time
from trainer.store.models import Course, Meeting, db
from trainer.store.notes import notes
from trainer.web.accounts import today
from trainer.web.courses import describe
from trainer.web.reports.outputs import given_of

log = logging.getLogger(__name__)


def harvest_of(host: Host, meeting: Meeting) -> Harvest | None:
    """What is there of a meeting; None unless it is closed, and of a rehearsal. Raises MeetingUnreadable."""
    if meeting.phase != "closed" or meeting.rehearsal:
        return None
    found = host.kept_by_step(meeting.id)
    is_form = {step.id: host.kinds[step.kind].is_form for step, _ in found}
    form = tuple(row for step, rows in found if is_form[step.id] for row in rows)
    stored = notes(db.session.connection(), meeting.id)
    return harvest(
        given_of(meeting),
        MeetingReport(describe(host.library, meeting).title, meeting.date, (), form),
        meeting.closed_on,
        [(step.id, step.title, rows) for step, rows in found if not is_form[step.id]],
        {section: Note(*note) for section, note in stored.items()},
    )


def report_of_meeting(host: Host, meeting: Meeting) -> HarvestReport | None:
    """The report of a meeting; None as `harvest_of` says."""
    found, course = harvest_of(host, meeting), meeting.course
    if found is None:
        return None
    return HarvestReport(f"Verslag {found.title}", course.title, course.place, today(), (found,))


def report_of_course(host: Host, course: Course) -> HarvestReport | None:
    """The report of a course: those of its closed meetings, as trainers made them; None while there are none.

    A meeting whose stored data is damaged is named. Raises DBAPIError when the database cannot be read now.
    """
    harvests: list[Harvest] = []
    unread: list[str] = []
    for meeting in course.meetings:
        try:
            found = harvest_of(host, meeting)
        except DBAPIError:
            raise
        except Exception as error:
            # Log only the type: the message may hold what somebody wrote.
            log.error("meeting %s is left out of its course's report (%s)", meeting.id, type(error).__name__)
            unread.append(describe(host.library, meeting).title)
            continue
        if found is not None:
            harvests.append(found)
    if not harvests:
        return None
    title = f"Verslag {course.title}"
    return HarvestReport(title, course.title, course.place, today(), tuple(harvests), tuple(unread))


def may_add(meeting: Meeting) -> bool:
    """May texts be added to the report of a meeting? They may quote what people wrote, and go with it."""
    return within_time(meeting.phase, meeting.closed_on, meeting.course.retention_days, today())
