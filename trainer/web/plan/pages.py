"""The plan van aanpak of a course: filled in by several people, read, printed, and taken along."""

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.exports.plan import PlanDocument
from trainer.exports.plan_formats import PLAN_FORMATS
from trainer.plans.answers import Said
from trainer.plans.sheet import Sheet, actions, fill
from trainer.store.log import Unlogged, What, change
from trainer.store.models import Course, db
from trainer.store.plan_links import links
from trainer.store.plans import CourseGone, filled, write
from trainer.web.accounts import host, today
from trainer.web.deeds import by_me
from trainer.web.downloads import as_file, stem_of
from trainer.web.forms import ActionForm
from trainer.web.plan.access import Planner, planner_or_404
from trainer.web.plan.acts import Outcome, act, read_sent

# How a page that saves by itself says so: it gets the body of the page, and nothing else.
FRAGMENT = "X-Kwartier-Fragment"
REFUSED = {
    Said.TOO_LONG: "Deze tekst is te lang. Kort hem in. Wat er stond, staat er nog.",
    Said.TOO_MANY: "Hier staan al te veel teksten naast elkaar. Kies daar eerst uit.",
    Said.NO_ROW: "Iemand haalde deze rij weg, en de tabel is vol. Kopieer je tekst.",
}

blueprint = Blueprint("plan", __name__, url_prefix="/beheer")


@blueprint.app_context_processor
def _has_plan() -> dict[str, object]:
    return {"has_plan": lambda: host().library.plan is not None}


def sheet_of(course: Course) -> Sheet | None:
    """The plan of a course; None while its form cannot be read."""
    form = host().library.plan
    return fill(form, filled(db.session.connection(), course.id)) if form else None


@blueprint.get("/trajecten/<row:course_id>/plan")
def page(course_id: int) -> ResponseReturnValue:
    """The plan, to fill in; `?weg=` names a row of which it asks whether it may go."""
    planner = planner_or_404(course_id)
    return _page(planner, Outcome(asked=request.args.get("weg", "")))


@blueprint.get("/trajecten/<row:course_id>/plan/nu")
def now(course_id: int) -> ResponseReturnValue:
    """The body of that page, for a page that looks whether somebody else wrote something."""
    planner = planner_or_404(course_id)
    return _body(planner, Outcome(), {}) if host().library.plan else ("", 503)


@blueprint.post("/trajecten/<row:course_id>/plan")
def save(course_id: int) -> ResponseReturnValue:
    """Saves what was written, and does what a button asked for."""
    planner = planner_or_404(course_id)
    form = host().library.plan
    if form is None:
        return _page(planner, Outcome()), 503
    writings, asked = read_sent()
    try:
        write_all = partial(write, form, course_id, writings)
        said = change(write_all, Unlogged.TOGETHER) if writings else {}
        outcome = act(form, course_id, asked)
    except CourseGone:
        abort(404)
    if request.headers.get(FRAGMENT):
        return _body(planner, outcome, said)
    if any(each in REFUSED for each in said.values()):
        typed = {key: writings[key].text for key, each in said.items() if each in REFUSED}
        return _page(planner, outcome, said, typed), 422
    if outcome.message:
        flash(outcome.message, outcome.category)
    elif Said.BESIDE in said.values():
        flash("Iemand anders schreef ook iets. Alles is bewaard. Kies hieronder welke tekst blijft.", "warn")
    else:
        flash("Bewaard.", "ok")
    address = url_for("plan.page", course_id=course_id, weg=outcome.asked or None)
    return redirect(f"{address}#{outcome.target}" if outcome.target else address, 303)


@blueprint.get("/trajecten/<row:course_id>/plan/lezen")
def read(course_id: int) -> ResponseReturnValue:
    """The plan, to read and to print."""
    planner = planner_or_404(course_id)
    sheet = sheet_of(planner.course)
    if sheet is None:
        return redirect(url_for("plan.page", course_id=course_id))
    return render_template(
        "plan/read.html",
        planner=planner,
        course=planner.course,
        sheet=sheet,
        actions=actions(sheet),
        day=today(),
    )


@blueprint.get("/trajecten/<row:course_id>/plan.<name>")
def file(course_id: int, name: str) -> ResponseReturnValue:
    """The plan as a file, in the format `name`; made off the loop, because that takes a while."""
    planner = planner_or_404(course_id)
    course, sheet = planner.course, sheet_of(planner.course)
    if sheet is None or name not in PLAN_FORMATS:
        abort(404)
    chosen = PLAN_FORMATS[name]
    mark = course.notebook[:16] or str(course.id)
    plan = PlanDocument(mark, course.title, course.place, today(), sheet, host().clock.now())
    content: bytes = host().offload(chosen.render, plan)
    stem = stem_of(course.title)
    deed = Unlogged.GUEST if planner.guest else by_me(What.PLAN_TAKEN, course, name)
    return as_file(content, chosen.mimetype, f"plan-van-aanpak-{stem}.{name}", deed)


def _page(
    planner: Planner,
    outcome: Outcome,
    said: Mapping[str, Said] | None = None,
    typed: Mapping[str, str] | None = None,
) -> str:
    course = planner.course
    given = links(course.id, today()) if planner.invites else ()
    return render_template(
        "plan/page.html",
        action=ActionForm(),
        links=given,
        **_values(planner, outcome, said or {}, typed or {}),
    )


def _body(planner: Planner, outcome: Outcome, said: Mapping[str, Said]) -> str:
    return render_template("plan/body.html", **_values(planner, outcome, said, {}))


def _values(
    planner: Planner, outcome: Outcome, said: Mapping[str, Said], typed: Mapping[str, str]
) -> dict[str, object]:
    db.session.expire_all()
    sheet = sheet_of(planner.course)
    return {
        "planner": planner,
        "course": planner.course,
        "sheet": sheet,
        "actions": actions(sheet) if sheet else (),
        "outcome": outcome,
        "said": said,
        "typed": typed,
        "refused": REFUSED,
        "formats": PLAN_FORMATS.values(),
    }
