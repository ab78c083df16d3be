"""A course's own texts: which it has, their versions, what is different between two, and going back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer.curriculum.differences import compare
from trainer.curriculum.merging import minutes
from trainer.curriculum.model import Part
from trainer.curriculum.problems import Problem
from trainer.library.versions import Conflict, Refused, Saved, State
from trainer.store.log import Unlogged, What, change
from trainer.store.models import Course, Version
from trainer.web.accounts import host, me
from trainer.web.courses import day_in_words
from trainer.web.deeds import by_me
from trainer.web.forms import ActionForm
from trainer.web.membership import course_or_404
from trainer.web.texts.sharing import offers

texts = Blueprint("texts", __name__, url_prefix="/beheer/trajecten/<row:course_id>/teksten")

Outcome = Saved | Refused | Conflict
# The first of the pages on which a text is changed.
EDITOR = "outline.show"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A part as the list of a course's texts shows it.

    `number` is the version that is given, 0 for the national text; `draft` that of a later one with problems;
    `news` says that the national text is newer, and `waiting` are versions that two people saved at once.
    `offers` are courses of the same place with another text.
    """

    part: Part
    number: int
    draft: int
    news: bool
    waiting: Sequence[int]
    offers: Sequence[Course]


def moment_in_words(made: str) -> str:
    """'maandag 2 maart 2026, 09:30 uur', for when a version was made; '' when nobody knows it."""
    try:
        moment = datetime.strptime(made, "%Y-%m-%d %H:%M")
    except (TypeError, ValueError):
        return ""
    return f"{day_in_words(moment.date())}, {moment:%H:%M} uur"


@texts.app_context_processor
def _way_to_editor() -> dict[str, str]:
    return {"editor": EDITOR if EDITOR in current_app.view_functions else ""}


def found_or_404(course_id: int, part_id: str) -> tuple[Course, Part]:
    """A course that the user manages, and what it gives as one of its parts; aborts with 404 otherwise."""
    course = course_or_404(course_id)
    part = host().library.part(course, part_id)
    if part is None:
        abort(404)
    return course, part


def editable(course: Course) -> Course:
    """The course, where its texts may change; aborts with the way to read them for one in the archive."""
    if course.archived:
        flash("Deze teksten kun je lezen, en niet veranderen.", "info")
        abort(redirect(url_for("texts.overview", course_id=course.id)))
    return course


def line_of(course: Course, part: Part) -> TextLine:
    """What a course's own version of a part is at."""
    versions = host().versions
    latest = versions.latest(course, part.id)
    variant = course.variants.get(part.id)
    draft = latest.number if latest and latest.state == State.DRAFT else 0
    news = versions.is_behind(course, part.id)
    waiting = [one.number for one in versions.unjoined(course, part.id)]
    number = variant.number if variant else 0
    return TextLine(part, number, draft, news, waiting, offers(course, part.id))


def after_saving(course_id: int, part_id: str, outcome: Outcome) -> ResponseReturnValue:
    """Says what became of what somebody saved, and sends them on to where they can go on with it."""
    if isinstance(outcome, Conflict):
        flash("Iemand anders veranderde hetzelfde. Kies hieronder wat het wordt.", "warn")
        return redirect(
            url_for("decisions.join", course_id=course_id, part_id=part_id, number=outcome.number)
        )
    tell(outcome)
    return redirect(url_for("texts.versions", course_id=course_id, part_id=part_id))


def tell(outcome: Saved | Refused) -> None:
    """Says what became of what somebody saved."""
    if isinstance(outcome, Refused):
        flash(f"Niet bewaard: {_first(outcome.problems)}.", "danger")
    elif outcome.problems:
        flash("Bewaard als concept. Er zit nog een fout in. De groep krijgt deze tekst nog niet.", "warn")
    elif outcome.merged:
        flash("Bewaard. Iemand anders had ook iets bewaard. Het staat er allebei in.", "ok")
    else:
        flash(f"Bewaard als versie {outcome.number}.", "ok")


def _first(problems: Sequence[Problem]) -> str:
    return problems[0].message if problems else "de tekst kan niet gelezen worden"


@texts.get("")
@login_required
def overview(course_id: int) -> ResponseReturnValue:
    """Every part of a course: whose text it gives, and what is to be looked at."""
    course = course_or_404(course_id)
    lines = [line_of(course, part) for part in host().library.parts(course)]
    return render_template(
        "organiser/texts.html", course=course, lines=lines, flaws=host().library.flaws(course)
    )


@texts.get("/<part_id>")
@login_required
def versions(course_id: int, part_id: str) -> ResponseReturnValue:
    """All versions of a part."""
    course, part = found_or_404(course_id, part_id)
    opened = host().versions.opened(course, part_id)
    return render_template(
        "organiser/versions.html",
        course=course,
        part=part,
        line=line_of(course, part),
        history=host().versions.history(course, part_id),
        problems=opened.problems if opened else (),
    )


@texts.get("/<part_id>/versies/<row:number>", defaults={"against": "eerder"})
@texts.get("/<part_id>/versies/<row:number>/<any(landelijk, nu):against>")
@login_required
def version(course_id: int, part_id: str, number: int, against: str) -> ResponseReturnValue:
    """What is different in a version: from the one it was made from, the national text, or the one of now."""
    course, part = found_or_404(course_id, part_id)
    shown = _version_or_404(course, part_id, number)
    other = _other(course, part_id, shown, against)
    if other is None:
        abort(404)
    old, new = (shown.source, other) if against == "nu" else (other, shown.source)
    return render_template(
        "organiser/version.html",
        course=course,
        part=part,
        shown=shown,
        against=against,
        comparison=host().offload(compare, old, new),
        minutes=(minutes(old), minutes(new)),
        latest=host().versions.latest(course, part_id),
        began=f"versie {shown.began}" if shown.began else "de landelijke tekst",
    )


def _other(course: Course, part_id: str, shown: Version, against: str) -> str | None:
    """The text that a version is compared with."""
    versions = host().versions
    if against == "landelijk":
        return shown.base
    if against == "nu":
        opened = versions.opened(course, part_id)
        return opened.source if opened else None
    before = versions.version(course, part_id, shown.began) if shown.began else None
    return before.source if before else shown.base


@texts.route("/<part_id>/versies/<row:number>/terugzetten", methods=["GET", "POST"])
@login_required
def restore(course_id: int, part_id: str, number: int) -> ResponseReturnValue:
    """Asks whether an earlier version is to be given again, and makes a new version that is as it was."""
    course, part = found_or_404(course_id, part_id)
    old = _version_or_404(editable(course), part_id, number)
    form, who = ActionForm(), me().name
    if form.validate_on_submit():
        deed = by_me(What.TEXT_RESTORED, course, part.title)
        saved = change(
            lambda: host().versions.restore(course, part_id, number, who=who),
            lambda done: deed if done else Unlogged.NOTHING,
        )
        if saved is not None:
            tell(saved)
        return redirect(url_for("texts.versions", course_id=course_id, part_id=part_id))
    now = host().versions.opened(course, part_id)
    comparison = host().offload(compare, now.source if now else "", old.source)
    return _going_back(course, part, form, comparison, (now.source if now else "", old.source), old)


@texts.route("/<part_id>/landelijk", methods=["GET", "POST"])
@login_required
def national(course_id: int, part_id: str) -> ResponseReturnValue:
    """Asks whether a part is to be the national one again, and lets the course follow that."""
    course, part = found_or_404(course_id, part_id)
    form, who = ActionForm(), me().name
    if editable(course) and form.validate_on_submit():
        deed = by_me(What.TEXT_NATIONAL, course, part.title)
        if change(
            lambda: host().versions.to_national(course, part_id, who=who),
            lambda done: deed if done else Unlogged.NOTHING,
        ):
            flash("De groep krijgt nu de landelijke tekst. Jullie versies blijven hier staan.", "ok")
        return redirect(url_for("texts.versions", course_id=course_id, part_id=part_id))
    now, text = host().versions.opened(course, part_id), host().library.national(course, part_id)
    if now is None or text is None:
        abort(404)
    comparison = host().offload(compare, now.source, text)
    return _going_back(course, part, form, comparison, (now.source, text), None)


def _going_back(
    course: Course,
    part: Part,
    form: ActionForm,
    comparison: object,
    sources: tuple[str, str],
    old: Version | None,
) -> ResponseReturnValue:
    return render_template(
        "organiser/going_back.html",
        course=course,
        part=part,
        form=form,
        comparison=comparison,
        minutes=tuple(map(minutes, sources)),
        old=old,
    )


def _version_or_404(course: Course, part_id: str, number: int) -> Version:
    found = host().versions.version(course, part_id, number)
    if found is None:
        abort(404)
    return found
