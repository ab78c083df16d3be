"""Who may see which course and meeting. What somebody may not see is not there: 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort
from flask_login import login_required

from trainer.store.access import manages, manages_course
from trainer.store.models import Course, Meeting, db
from trainer.web.accounts import me


def organiser_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """For views that only organisers have; others get 404, and who is not logged in is asked to."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not me().is_organiser:
            abort(404)
        return view(*args, **kwargs)

    return login_required(guarded)  # type: ignore[no-any-return]


def meeting_or_404(meeting_id: str) -> Meeting:
    """A meeting that the user who is logged in manages."""
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or not manages(me(), meeting):
        abort(404)
    return meeting


def course_or_404(course_id: int) -> Course:
    """A course of which the user manages every meeting."""
    course = db.session.get(Course, course_id)
    if course is None or not manages_course(me(), course):
        abort(404)
    return course
