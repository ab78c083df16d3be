"""Who may see which course and meeting. What somebody may not see is not there: 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort
from flask_login import login_required

from trainer.store.models import Course, Meeting, User, db
from trainer.web.accounts import me


def organiser_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """For views that only organisers have; others get 404, and who is not logged in is asked to."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not me().is_organiser:
            abort(404)
        return view(*args, **kwargs)

    return login_required(guarded)  # type: ignore[no-any-return]


def may_see(user: User, meeting: Meeting) -> bool:
    return user.is_organiser or user in meeting.trainers


def meeting_or_404(meeting_id: str) -> Meeting:
    """A meeting that the user who is logged in may see."""
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or not may_see(me(), meeting):
        abort(404)
    return meeting


def course_or_404(course_id: int) -> Course:
    """A course of which the user may see every meeting."""
    course = db.session.get(Course, course_id)
    if course is None or not (
        me().is_organiser or (course.meetings and all(may_see(me(), m) for m in course.meetings))
    ):
        abort(404)
    return course
