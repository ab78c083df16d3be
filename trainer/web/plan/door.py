"""The links with which people without an account come in at a plan: given out, used, and taken back."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from trainer import cookies
from trainer.store.access import plans
from trainer.store.log import What, change
from trainer.store.models import Course, db
from trainer.store.plan_links import LINK_LASTS, LinksFull, find_link, make_link, revoke_link
from trainer.store.plans import CourseGone
from trainer.web.accounts import host, me, today
from trainer.web.deeds import by_me
from trainer.web.forms import ActionForm
from trainer.web.mailing import MailForm, mailed, needs_mail, send, status_of, whole
from trainer.web.plan.access import inviter_or_404, planner_or_404
from trainer.web.sent import typed

blueprint = Blueprint("plan_door", __name__)
LONGEST_ABOUT = 60


@blueprint.post("/beheer/trajecten/<row:course_id>/plan/uitnodigen")
def invite(course_id: int) -> ResponseReturnValue:
    """Makes a link for somebody, shown on this page only."""
    course = inviter_or_404(course_id)
    about = typed("about")[:LONGEST_ABOUT]
    try:
        token = change(lambda: make_link(course_id, about, today()), by_me(What.LINK_MADE, course))
    except LinksFull:
        flash("Dit plan heeft al heel veel links. Trek er eerst een in.", "danger")
        return redirect(url_for("plan.page", course_id=course_id) + "#links", 303)
    except CourseGone:
        return render_template("plan/gone.html"), 404
    return _shown(course, token, about, today() + LINK_LASTS)


@blueprint.post("/beheer/trajecten/<row:course_id>/plan/uitnodigen/mail")
def mail(course_id: int) -> ResponseReturnValue:
    """Sends a link that was just made to whoever it is for."""
    course = inviter_or_404(course_id)
    needs_mail()
    form, token = MailForm(), typed("token")
    found = find_link(token, today())
    if found is None or found.course_id != course_id:
        return render_template("plan/gone.html"), 404
    about, until, link = found.about, found.expires, whole("plan_door.enter", token)
    subject, title = "Link naar een plan in Kwartier", course.title
    told = send(form, subject, "mail/plan.txt", link=link, until=until, title=title)
    return _shown(course, token, about, until, **mailed(token, form, told)), status_of(told)


def _shown(course: Course, token: str, about: str, until: date, **mail: Any) -> str:
    """The page with a link, which is shown nowhere else."""
    return render_template(
        "plan/invited.html",
        course=course,
        link=whole("plan_door.enter", token),
        about=about,
        until=until,
        **(mail or mailed(token)),
    )


@blueprint.post("/beheer/trajecten/<row:course_id>/plan/intrekken")
def revoke(course_id: int) -> ResponseReturnValue:
    """Takes a link back: whoever came in by it is out at once."""
    course = inviter_or_404(course_id)
    link_id = typed("link")
    change(lambda: revoke_link(course_id, link_id), by_me(What.LINK_WITHDRAWN, course))
    flash("De link is ingetrokken. Wie hem had, kan niet meer bij het plan.", "ok")
    return redirect(url_for("plan.page", course_id=course_id) + "#links", 303)


@blueprint.route("/plan/<token>", methods=["GET", "POST"])
def enter(token: str) -> ResponseReturnValue:
    """Where a link leads. Only a press lets somebody in, so that a program that looks at links does not.

    From then on the right is in a cookie: the address of the plan itself says nothing.
    """
    link = find_link(token, today())
    if link is None:
        return render_template("plan/gone.html"), 404
    course = db.session.get_one(Course, link.course_id)
    target = url_for("plan.page", course_id=course.id)
    if current_user.is_authenticated and plans(me(), course):
        return redirect(target, 303)
    form = ActionForm()
    if not form.validate_on_submit():
        return render_template("plan/enter.html", form=form, course=course, until=link.expires)
    response = redirect(target, 303)
    seconds = max(1, (link.expires - today()).days + 1) * 24 * 3600
    host().cookies.give(response, cookies.plan(course.id), token, seconds)
    return response


@blueprint.post("/beheer/trajecten/<row:course_id>/plan/dicht")
def leave(course_id: int) -> ResponseReturnValue:
    """Forgets the link in this browser, which may be of somebody else."""
    planner = planner_or_404(course_id)
    if not planner.guest:
        return redirect(url_for("plan.page", course_id=course_id), 303)
    response = redirect(url_for("plan_door.left"), 303)
    host().cookies.take_back(response, cookies.plan(course_id))
    return response


@blueprint.get("/plan-gesloten")
def left() -> ResponseReturnValue:
    """What somebody sees whose browser forgot the link."""
    return render_template("plan/left.html")
