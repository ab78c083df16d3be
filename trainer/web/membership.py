"""Who may see which course and meeting. Whatever a user may not see is a 404, as if it did not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort
from flask_login import login_required

from trainer.store.access import is_national, manages, manages_course, organises, oversees
from trainer.store.models import Course, Location, Meeting, User, db
from trainer.web.accounts import me


def organiser_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Restricts a view to organisers: trainers get 404, anonymous users the login page."""
    return _only(lambda user: user.is_organiser, view)


def national_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Restricts a view to national organisers: others get 404, anonymous users the login page."""
    return _only(is_national, view)


def _only(may: Callable[[User], bool], view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not may(me()):
            abort(404)
        return view(*args, **kwargs)

    return login_required(guarded)  # type: ignore[no-any-return]


def meeting_or_404(meeting_id: str) -> Meeting:
    """A meeting that the logged-in user manages; aborts with 404 for any other."""
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or not manages(me(), meeting):
        abort(404)
    return meeting


def course_or_404(course_id: int) -> Course:
    """A course that the logged-in user manages as a whole; aborts with 404 for any other."""
    course = db.session.get(Course, course_id)
    if course is None or not manages_course(me(), course):
        abort(404)
    return course


def organised_or_404(course_id: int) -> Course:
    """A course of which the logged-in user is an organiser; aborts with 404 for any other."""
    course = db.session.get(Course, course_id)
    if course is None or not organises(me(), course):
        abort(404)
    return course


def location_or_404(location_id: int) -> Location:
    """A location that the logged-in user oversees; aborts with 404 for any other."""
    location = db.session.get(Location, location_id)
    if location is None or not oversees(me(), location):
        abort(404)
    return location
