"""The page with a link that makes an account, which is shown once."""

from flask import render_template, request, url_for

from trainer.store.models import Course, Location
from trainer.web.accounts import INVITATION_LASTS, host, invite, today
from trainer.web.deeds import my_name


def invited(course: Course | None = None, location: Location | None = None) -> str:
    """Makes a link for a trainer of `course`, or else an organiser of `location`, and shows it."""
    token = invite(
        today(),
        is_organiser=course is None,
        course_id=course.id if course else None,
        location_id=location.id if location else None,
        who=my_name(),
    )
    base = host().public_url or request.host_url.rstrip("/")
    return render_template(
        "organiser/invited.html",
        link=base + url_for("auth.welcome", token=token),
        course=course,
        location=location,
        until=today() + INVITATION_LASTS,
    )
