"""Who comes in at the plan of a course: an account that may, or a link that was given out."""

from dataclasses import dataclass

from flask import abort, make_response, render_template, request
from flask_login import current_user

from trainer import cookies
from trainer.store.access import manages_course, opens_plan, plans
from trainer.store.models import Course, db
from trainer.store.plan_links import find_link
from trainer.web.accounts import host, login_manager, me, today


@dataclass(frozen=True, slots=True)
class Planner:
    """Whoever fills in the plan of a course. `invites`: may they make and take back links?"""

    course: Course
    guest: bool
    invites: bool


def planner_or_404(course_id: int) -> Planner:
    """Who asks for the plan of a course. Aborts with 404, or for whoever is not logged in with that page.

    Whoever came in by a link that works no more is told so.
    """
    course = db.session.get(Course, course_id)
    known = current_user.is_authenticated
    if known and course is not None and plans(me(), course):
        return Planner(course, guest=False, invites=manages_course(me(), course))
    token = host().cookies.read(request.cookies, cookies.plan(course_id))
    if course is not None and token and opens_plan(find_link(token, today()), course_id, today()):
        return Planner(course, guest=True, invites=False)
    if token and not known:
        # A guest has no account: a page that asks for a password would not tell what is the matter.
        abort(make_response(render_template("plan/gone.html"), 404))
    return abort(404) if known else abort(login_manager.unauthorized())


def inviter_or_404(course_id: int) -> Course:
    """The course, for whoever may give out links to its plan. Aborts as `planner_or_404` does."""
    planner = planner_or_404(course_id)
    if not planner.invites:
        abort(404)
    return planner.course
