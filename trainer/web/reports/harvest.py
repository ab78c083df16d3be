"""The report of a meeting and of a course: made ready by trainers, read, printed, and taken along."""

from collections.abc import Mapping, Sequence
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer.exports.harvest import HarvestReport, absent
from trainer.exports.harvest_formats import HARVEST_FORMATS
from trainer.plans.answers import Said, chosen, joined
from trainer.store.log import Unlogged, What, change
from trainer.store.models import Course, Meeting, db
from trainer.store.notes import NoReport, settle_note, write_notes
from trainer.store.sharing import take_back
from trainer.web.accounts import host, today
from trainer.web.courses import describe
from trainer.web.deeds import by_me
from trainer.web.downloads import as_file, stem_of
from trainer.web.keepsakes import may_read, shared_of
from trainer.web.membership import course_or_404, meeting_or_404
from trainer.web.plan.acts import CHANGED, TOO_LONG, read_sent
from trainer.web.reports.harvests import harvest_of, may_add, report_of_course, report_of_meeting
from trainer.web.sent import all_typed, typed

REFUSED = {
    Said.TOO_LONG: "Deze tekst is te lang. Kort hem in. Wat er stond, staat er nog.",
    Said.TOO_MANY: "Hier staan al te veel teksten naast elkaar. Kies daar eerst uit.",
}

blueprint = Blueprint("harvest", __name__, url_prefix="/beheer")


@blueprint.get("/bijeenkomsten/<meeting_id>/verslag")
@login_required
def edit(meeting_id: str) -> ResponseReturnValue:
    """What is in the report of a meeting, to leave out and to add to."""
    return _page(meeting_or_404(meeting_id))


@blueprint.post("/bijeenkomsten/<meeting_id>/verslag")
@login_required
def save(meeting_id: str) -> ResponseReturnValue:
    """Saves what was written and left out, and chooses between texts when a button asks for that."""
    meeting = meeting_or_404(meeting_id)
    found = harvest_of(host(), meeting)
    if found is None:
        abort(404)
    writings, asked = read_sent()
    late: list[str] = []
    if not may_add(meeting):
        late = [writing.text for writing in writings.values() if writing.text]
        writings = {}
    matter = [section.key for section in found.sections if section.has_matter]
    keys = [section.key for section in found.sections]
    out = _changed(matter)
    try:
        said = change(lambda: write_notes(meeting_id, keys, writings, out), Unlogged.TOGETHER)
        told = _settle(meeting_id, keys, asked)
    except NoReport:
        abort(404)
    if late:
        return _page(meeting_or_404(meeting_id), late=late), 422
    if any(each in REFUSED for each in said.values()):
        texts = {key: writings[key].text for key, each in said.items() if each in REFUSED}
        return _page(meeting_or_404(meeting_id), said, texts), 422
    if told:
        flash(*told)
    elif Said.BESIDE in said.values():
        flash("Iemand anders schreef ook iets. Alles is bewaard. Kies hieronder welke tekst blijft.", "warn")
    else:
        flash("Bewaard.", "ok")
    return redirect(url_for("harvest.edit", meeting_id=meeting_id), 303)


@blueprint.post("/bijeenkomsten/<meeting_id>/niet-delen")
@login_required
def unshare(meeting_id: str) -> ResponseReturnValue:
    """Shares a step with the group no longer."""
    meeting = meeting_or_404(meeting_id)
    step_id = typed("step")
    deed = by_me(What.SHARED_TAKEN_BACK, meeting.course)
    change(lambda: take_back(meeting.id, {step_id}), lambda done: deed if done else Unlogged.NOTHING)
    flash("De groep kan dit niet meer lezen.", "ok")
    return redirect(url_for("harvest.edit", meeting_id=meeting_id), 303)


@blueprint.get("/bijeenkomsten/<meeting_id>/verslag/lezen")
@login_required
def read(meeting_id: str) -> ResponseReturnValue:
    """The report of a meeting as it goes out, to read and to print."""
    meeting = meeting_or_404(meeting_id)
    report = report_of_meeting(host(), meeting)
    if report is None:
        return redirect(url_for("harvest.edit", meeting_id=meeting_id))
    back = url_for("harvest.edit", meeting_id=meeting_id)
    return render_template("harvest/read.html", report=report, absent=absent(report), back=back)


@blueprint.get("/bijeenkomsten/<meeting_id>/verslag.<form>")
@login_required
def meeting_file(meeting_id: str, form: str) -> ResponseReturnValue:
    """The same as a file, in the format `form`."""
    meeting = meeting_or_404(meeting_id)
    title, about = (
        f"{meeting.course.title} {meeting.part}",
        f"{describe(host().library, meeting).title}, {form}",
    )
    return _file(report_of_meeting(host(), meeting), form, title, meeting.course, about)


@blueprint.get("/trajecten/<row:course_id>/verslag")
@login_required
def course(course_id: int) -> ResponseReturnValue:
    """The report of a course, to read, print and download; it is made ready for each meeting by itself."""
    found = course_or_404(course_id)
    report = report_of_course(host(), found)
    if report is None:
        return render_template("harvest/none.html", title=found.title, course=found)
    closed = [meeting for meeting in found.meetings if meeting.phase == "closed" and not meeting.rehearsal]
    return render_template(
        "harvest/read.html",
        report=report,
        absent=absent(report),
        course=found,
        lines=[describe(host().library, meeting) for meeting in closed],
        formats=HARVEST_FORMATS.values(),
    )


@blueprint.get("/trajecten/<row:course_id>/verslag.<form>")
@login_required
def course_file(course_id: int, form: str) -> ResponseReturnValue:
    """The same as a file, in the format `form`."""
    found = course_or_404(course_id)
    return _file(report_of_course(host(), found), form, found.title, found, form)


def _page(
    meeting: Meeting,
    said: Mapping[str, Said] | None = None,
    written: Mapping[str, str] | None = None,
    late: Sequence[str] = (),
) -> str:
    db.session.expire_all()
    report = report_of_meeting(host(), meeting)
    if report is None:
        title = describe(host().library, meeting).title
        return render_template("harvest/none.html", title=title, course=meeting.course)
    return render_template(
        "harvest/edit.html",
        meeting=meeting,
        report=report,
        harvest=report.harvests[0],
        absent=absent(report),
        formats=HARVEST_FORMATS.values(),
        adds=may_add(meeting),
        said=said or {},
        typed=written or {},
        late=late,
        refused=REFUSED,
        shared=shared_of(host(), meeting, report.title) if may_read(meeting, today()) else (),
    )


def _changed(keys: list[str]) -> Mapping[str, bool]:
    """The sections that somebody left out or put back; what the page showed already is no change."""
    sent = all_typed()
    shown = {key: sent[f"w:{key}"] == "1" for key in keys if f"w:{key}" in sent}
    return {key: f"i:{key}" not in sent for key, was in shown.items() if (f"i:{key}" in sent) != was}


def _settle(meeting_id: str, keys: list[str], asked: str) -> tuple[str, str] | None:
    """Chooses between the texts of a section, and returns what is said of it; None when nothing is asked."""
    name, _, rest = asked.partition(":")
    key, _, rest = rest.partition(":")
    whole, _, which = rest.partition(":")
    if key not in keys or name not in ("pick", "join"):
        return None
    place = int(which) if which.isascii() and which.isdigit() and len(which) < 3 else -1
    decide = partial(chosen, whole=whole, which=place) if name == "pick" else partial(joined, whole=whole)
    if change(lambda: settle_note(meeting_id, key, decide), Unlogged.TOGETHER):
        return "De tekst is gekozen.", "ok"
    return (CHANGED if name == "pick" else TOO_LONG), "danger"


def _file(
    report: HarvestReport | None, form: str, title: str, course: Course, about: str
) -> ResponseReturnValue:
    """Made off the loop, because a document takes long enough to be noticed in a running meeting."""
    if report is None or form not in HARVEST_FORMATS:
        abort(404)
    chosen_format = HARVEST_FORMATS[form]
    content: bytes = host().offload(chosen_format.render, report)
    stem = stem_of(title)
    deed = by_me(What.REPORT_TAKEN, course, about)
    return as_file(content, chosen_format.mimetype, f"verslag-{stem}.{form}", deed)
