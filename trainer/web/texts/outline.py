"""The blocks and steps of a part as a course gives it: minutes, order, and what is left out or added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer import kinds as kind_registry
from trainer.curriculum import editing as edits
from trainer.curriculum.editing import BadEdit
from trainer.curriculum.part import DEFAULT_KIND
from trainer.curriculum.pieces import Piece, Pieces, read_pieces
from trainer.curriculum.problems import Problem
from trainer.web.sent import all_typed
from trainer.web.texts.editing import (
    PREFIX,
    Desk,
    desk_or_404,
    minutes_of,
    minutes_within,
    save,
    saved,
    total_of,
    tried,
)

outline = Blueprint("outline", __name__, url_prefix=PREFIX)
NOTES = {
    "omhoog": "Verplaatst",
    "omlaag": "Verplaatst",
    "weglaten": "Weggelaten",
    "terug": "Teruggehaald",
    "minuten": "Minuten veranderd",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A block or step in the outline; one that is `left` out is in the national text alone.

    `problems` are the faults in what is directly under its heading. `too_long` is how long its steps take
    together, when that is longer than the block.
    """

    id: str
    title: str
    kind: str
    minutes: str
    option: str | None
    up: bool
    down: bool
    left: bool = False
    problems: Sequence[Problem] = ()
    steps: Sequence["Line"] = ()
    too_long: int = 0


@outline.route("/<part_id>/opbouw", methods=["GET", "POST"])
@login_required
def show(course_id: int, part_id: str) -> ResponseReturnValue:
    """The outline of a part. Every change of it is a version."""
    desk = desk_or_404(course_id, part_id)
    gone = "Dit onderdeel is er niet meer. Kijk hieronder hoe het nu is."
    answer, error = tried(lambda: _changed(desk), gone)
    if answer is not None:
        return answer
    page = render_template(
        "editing/outline.html",
        desk=desk,
        lines=lines_of(desk),
        total=total_of(desk.pieces),
        error=error,
        typed=all_typed(),
        elsewhere=[problem for problem in desk.opened.problems if not _places(desk, problem)],
    )
    return page, 400 if request.method == "POST" else 200


def _changed(desk: Desk) -> ResponseReturnValue:
    """Saves what was pressed, together with the minutes that were typed on the same page."""
    done, _, id_ = all_typed().get("doe", "minuten").partition(":")
    source = _with_minutes(desk)
    match done:
        case "omhoog":
            source = edits.move(source, id_, -1)
        case "omlaag":
            source = edits.move(source, id_, 1)
        case "weglaten":
            source = edits.leave_out(source, id_)
        case "terug":
            source = edits.bring_back(source, id_, desk.national)
        case "minuten":
            pass
        case _:
            abort(400)
    note = _note(desk, done, id_)
    outcome = save(desk, source, note)
    back = url_for("outline.show", **desk.where, bij=f"{done}-{id_}" if id_ else None, _anchor=id_ or None)
    if done == "weglaten":
        # A title may end in a question mark of its own.
        flash(f"{note}{'' if note.endswith(('?', '!', '…')) else '.'} {_way_back(desk, id_)}", "ok")
    return saved(desk, outcome, back)


def _way_back(desk: Desk, id_: str) -> str:
    """How what was left out comes back: from the list it is as it is nationally."""
    own, national = (
        [p.text(each.first, each.end).strip() for each in p if each.id == id_]
        for p in (desk.pieces, read_pieces(desk.national))
    )
    if own == national:
        return "Je kunt het terughalen."
    kept = "Jullie tekst ervan staat nog bij Versies."
    return f"Haal je het terug? Dan krijg je de landelijke tekst. {kept}" if national else kept


def _with_minutes(desk: Desk) -> str:
    source = desk.source
    for name, value in all_typed().items():
        prefix, _, id_ = name.partition("minuten-")
        if prefix or not id_:
            continue
        wanted = value.strip()
        if wanted and not (wanted.isascii() and wanted.isdigit() and len(wanted) < 4 and int(wanted)):
            raise BadEdit("Vul bij de minuten een heel getal in, zoals 15.")
        source = edits.set_minutes(source, id_, int(wanted) if wanted else None)
    return source


def _note(desk: Desk, done: str, id_: str) -> str:
    title = next((p.heading.title for p in (*desk.pieces, *read_pieces(desk.national)) if p.id == id_), "")
    return f"{NOTES[done]}: {title}" if title else NOTES[done]


def lines_of(desk: Desk) -> Sequence[Line]:
    """The blocks of a text with their steps, and between them what the national text has besides."""
    here, national = desk.pieces, read_pieces(desk.national)
    known = {piece.id for piece in here}
    faults = faults_of(here, desk.opened.problems)
    below = {block.id: block.steps for block in national.blocks}
    found = []
    for block in here.blocks:
        steps = [_line(step, block.steps, faults) for step in block.steps]
        steps = _with_left(steps, below.get(block.id, ()), known)
        found.append(_line(block, here.blocks, faults, steps))
    return _with_left(found, national.blocks, known)


def faults_of(pieces: Pieces, problems: Sequence[Problem]) -> Mapping[str, Sequence[Problem]]:
    """The problems of a text by the id of the heading under which they are."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        for piece in pieces:
            if piece.first < problem.line <= piece.below:
                found.setdefault(piece.id, []).append(problem)
    return found


def _places(desk: Desk, problem: Problem) -> bool:
    return any(piece.first < problem.line <= piece.below for piece in desk.pieces)


def _line(
    piece: Piece,
    row: Sequence[Piece],
    faults: Mapping[str, Sequence[Problem]],
    steps: Sequence[Line] = (),
) -> Line:
    at = row.index(piece)
    run = edits.run_of(row, at)
    minutes, together = minutes_of(piece), minutes_within(piece)
    return Line(
        id=piece.id,
        title=piece.heading.title,
        kind=kind_title(piece) if not piece.steps else "",
        minutes=str(minutes) if minutes else "",
        option=piece.option,
        up=at > 0 and (at > run.start or run.start > 0),
        down=at + 1 < len(row),
        problems=faults.get(piece.id, ()),
        steps=steps,
        too_long=together if together > minutes else 0,
    )


def _with_left(found: Sequence[Line], national: Sequence[Piece], known: set[str]) -> list[Line]:
    """Lines with what is left out of them, each behind what it follows in the national text."""
    placed = list(found)
    before = ""
    for piece in national:
        if piece.id not in known:
            at = next((n for n, line in enumerate(placed) if line.id == before), -1) + 1
            minutes = minutes_of(piece)
            shown = str(minutes) if minutes else ""
            placed.insert(
                at, Line(piece.id, piece.heading.title, kind_title(piece), shown, None, False, False, True)
            )
        before = piece.id
    return placed


def kind_title(piece: Piece) -> str:
    """What the werkvorm of a step is called; '' for a text, and for one that does not exist."""
    kind = kind_registry.discover().get(piece.heading.attributes.get("werkvorm", DEFAULT_KIND))
    return kind.title if kind and kind.name != DEFAULT_KIND else ""
