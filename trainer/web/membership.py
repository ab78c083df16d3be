"""Who may see which course and meeting. Whatever a user may not see is a 404, as if it did not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort
from flask_login import login_required

from trainer.store.access import manages, manages_course
from trainer.store.models import Course, Meeting, db
from trainer.web.accounts import me


def organiser_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Restricts a view to organisers: trainers get 404, anonymous users the login page."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not me().is_organiser:
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
