"""The whole Markdown of a part, for whoever writes it: with the problems that `trainer check` would tell."""

from collections.abc import Sequence

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer.curriculum.editing import BadEdit
from trainer.curriculum.pieces import read_pieces
from trainer.curriculum.problems import Problem
from trainer.web.accounts import host
from trainer.web.forms import ActionForm
from trainer.web.sent import all_typed
from trainer.web.texts.editing import PREFIX, Desk, desk_or_404, save, saved, take_turn, total_of
from trainer.web.texts.previews import asked_for, drawn

whole = Blueprint("whole", __name__, url_prefix=PREFIX)


@whole.route("/<part_id>/tekst", methods=["GET", "POST"])
@login_required
def show(course_id: int, part_id: str) -> ResponseReturnValue:
    """The text, and a field for it. 'Kijk na' says what is wrong with it, and saves nothing."""
    desk = desk_or_404(course_id, part_id)
    if view := asked_for():
        return drawn(desk, view)
    sent, error = ActionForm().validate_on_submit(), ""
    text = all_typed().get("tekst", "") if sent else desk.source
    if sent and all_typed().get("doe") == "bewaar":
        try:
            return saved(desk, save(desk, text, "Als tekst bewerkt"), request.path)
        except BadEdit as wrong:
            error = wrong.args[0]
    if sent:
        take_turn()
    problems = found_in(desk, text) if sent else desk.opened.problems
    page = render_template(
        "editing/text.html",
        desk=desk,
        text=text,
        problems=problems,
        total=total_of(read_pieces(text)),
        steps=[piece for piece in read_pieces(text) if piece.id],
        error=error,
        dirty=sent,
    )
    return page, 400 if error else 200


@whole.post("/<part_id>/tekst/controle")
@login_required
def check(course_id: int, part_id: str) -> ResponseReturnValue:
    """What is wrong with a text as it is typed: `{problems: [{line, message, code}], minutes}`."""
    desk = desk_or_404(course_id, part_id)
    take_turn()
    text = all_typed().get("tekst", "")
    problems = [
        {"line": each.line, "message": each.message, "code": each.code} for each in found_in(desk, text)
    ]
    return jsonify(problems=problems, minutes=total_of(read_pieces(text)))


def found_in(desk: Desk, text: str) -> Sequence[Problem]:
    """The problems of a text as the course's own version."""
    return host().library.check(desk.course, desk.part_id, text)
