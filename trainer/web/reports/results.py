"""Evaluations to read, print and download, and an overview of the programmes."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer.exports.evaluation import Evaluation
from trainer.exports.formats import FORMATS
from trainer.store.log import What
from trainer.store.models import Course
from trainer.web.accounts import host
from trainer.web.courses import describe
from trainer.web.deeds import by_me
from trainer.web.downloads import as_file, stem_of
from trainer.web.membership import course_or_404, meeting_or_404
from trainer.web.reports import evaluations

results = Blueprint("results", __name__, url_prefix="/beheer")


@results.get("/bijeenkomsten/<meeting_id>/evaluatie")
@login_required
def meeting(meeting_id: str) -> ResponseReturnValue:
    """The evaluation of a meeting."""
    found = meeting_or_404(meeting_id)
    evaluation = evaluations.of_meeting(host(), found)
    line = describe(host().library, found)
    return render_template(
        "organiser/evaluation.html",
        evaluation=evaluation,
        line=line,
        course=found.course,
        formats=FORMATS.values(),
    )


@results.get("/bijeenkomsten/<meeting_id>/evaluatie.<name>")
@login_required
def meeting_file(meeting_id: str, name: str) -> ResponseReturnValue:
    """The same as a file, in the format `name`."""
    found = meeting_or_404(meeting_id)
    title, about = f"{found.course.title} {found.part}", f"{describe(host().library, found).title}, {name}"
    return _file(evaluations.of_meeting(host(), found), name, title, found.course, about)


@results.get("/trajecten/<row:course_id>/evaluatie")
@login_required
def course(course_id: int) -> ResponseReturnValue:
    """The evaluation of all meetings of a course."""
    found = course_or_404(course_id)
    evaluation, missing = evaluations.of_course(host(), found)
    return render_template(
        "organiser/evaluation.html",
        evaluation=evaluation,
        line=None,
        course=found,
        formats=FORMATS.values(),
        missing=missing,
    )


@results.get("/trajecten/<row:course_id>/evaluatie.<name>")
@login_required
def course_file(course_id: int, name: str) -> ResponseReturnValue:
    """The same as a file, in the format `name`."""
    found = course_or_404(course_id)
    return _file(evaluations.of_course(host(), found)[0], name, found.title, found, name)


@results.get("/programmas")
@login_required
def programmes() -> ResponseReturnValue:
    """The programmes that are offered, and what is wrong with the others."""
    kinds = {name: kind.title for name, kind in host().kinds.items()}
    return render_template("organiser/programmes.html", library=host().library, kinds=kinds)


def _file(
    evaluation: Evaluation | None, name: str, title: str, course: Course, about: str
) -> ResponseReturnValue:
    """Renders the file off the loop: a workbook takes long enough to be noticed in a running meeting."""
    if evaluation is None or name not in FORMATS:
        abort(404)
    chosen = FORMATS[name]
    content: bytes = host().offload(chosen.render, evaluation)
    stem = stem_of(title)
    deed = by_me(What.EVALUATION_TAKEN, course, about)
    return as_file(content, chosen.mimetype, f"evaluatie-{stem}.{name}", deed)
