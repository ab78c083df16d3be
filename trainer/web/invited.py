"""A link that makes an account: made here, and shown on the page that can also send it by mail."""

from trainer.store.models import Course, Location
from trainer.web.accounts import INVITATION_LASTS, invite, today
from trainer.web.deeds import my_name
from trainer.web.mailing import shown


def invited(course: Course | None = None, location: Location | None = None) -> str:
    """Makes a link for a trainer of `course`, or else an organiser of `location`, and shows it."""
    token = invite(
        today(),
        is_organiser=course is None,
        course_id=course.id if course else None,
        location_id=location.id if location else None,
        who=my_name(),
    )
    return shown(token, today() + INVITATION_LASTS, course, location)
