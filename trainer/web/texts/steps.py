"""The form of one block or step, for whoever never saw Markdown: a field for each thing under a heading."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer import kinds as kind_registry
from trainer.curriculum.editing import BadEdit, section, with_section
from trainer.curriculum.filling import (
    add_group,
    add_unit,
    move_group,
    move_unit,
    remove_group,
    remove_unit,
)
from trainer.curriculum.model import StepSource
from trainer.curriculum.part import DEFAULT_KIND
from trainer.curriculum.pieces import NoSuchPiece, Piece, raw_lines, read_pieces
from trainer.curriculum.problems import Problem, Problems
from trainer.curriculum.units import Sort, Unit, groups_of, units_of
from trainer.kinds.contract import Kind
from trainer.kinds.settings import COMMON, Described, described
from trainer.library.versions import Saved
from trainer.web.forms import ActionForm
from trainer.web.sent import all_typed
from trainer.web.texts.editing import PREFIX, Desk, desk_or_404, outline_url, save, saved, total_of
from trainer.web.texts.outline import faults_of, kind_title
from trainer.web.texts.previews import asked_for, drawn
from trainer.web.texts.typed import typed_fields, typed_section

steps = Blueprint("steps", __name__, url_prefix=PREFIX)


@dataclass(frozen=True, slots=True)
class Field:
    """A unit as the form shows it; `columns` are the names of the cells of a row."""

    at: int
    unit: Unit
    label: str
    number: int
    first: bool
    last: bool
    columns: Sequence[str] = ()
    problems: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The fields under one title (a slide, a scene), or those before the first one: then `at` is 0."""

    at: int
    number: int
    first: bool
    last: bool
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting of the werkvorm, and what the heading says of it: '' for nothing."""

    about: Described
    value: str


@steps.route("/<part_id>/onderdeel/<step_id>", methods=["GET", "POST"])
@login_required
def show(course_id: int, part_id: str, step_id: str) -> ResponseReturnValue:
    """The form of a block or step. Only 'Bewaar' saves: everything else gives the same form again."""
    desk = desk_or_404(course_id, part_id)
    if view := asked_for():
        return drawn(desk, view)
    try:
        return _answer(desk, step_id)
    except NoSuchPiece:
        abort(404)


def _answer(desk: Desk, step_id: str) -> ResponseReturnValue:
    """What follows on a button, or the form. Raises NoSuchPiece."""
    error, status = "", 200
    text = typed_fields(desk, step_id) if request.method == "POST" else section(desk.source, step_id)
    try:
        if ActionForm().validate_on_submit():
            text = typed_section(desk, step_id)
            done = all_typed().get("doe", "")
            if done == "bewaar":
                return _saved(desk, step_id, text)
            text = _pressed(text, done)
    except BadEdit as wrong:
        error, status = wrong.args[0], 400
    return _page(desk, step_id, text, error), status


def _saved(desk: Desk, step_id: str, text: str) -> ResponseReturnValue:
    source = with_section(desk.source, step_id, text)
    title = read_pieces(source).find(step_id).heading.title
    outcome = save(desk, source, f"Veranderd: {title}")
    # Whoever made a fault here sees it here.
    faulty = isinstance(outcome, Saved) and outcome.problems
    return saved(desk, outcome, request.path if faulty else outline_url(desk, step_id))


def _pressed(text: str, done: str) -> str:
    """The text after a button that adds, moves or takes away a field. Raises BadEdit and NoSuchPiece."""
    what, _, place = done.partition(":")
    if not (place.isascii() and place.isdigit() and len(place) < 6):
        return text
    at = int(place)
    changes: Mapping[str, Callable[[], str]] = {
        "erbij": lambda: add_unit(text, at, _sort_of(text, at)),
        "tekst": lambda: add_unit(text, at, Sort.TEXT, "Nieuwe tekst"),
        "punt": lambda: add_unit(text, at, Sort.ITEM),
        "notitie": lambda: add_unit(text, at or len(units_of(text)) - 1, Sort.NOTE, "Nieuwe notitie"),
        "weg": lambda: remove_unit(text, at),
        "omhoog": lambda: move_unit(text, at, -1),
        "omlaag": lambda: move_unit(text, at, 1),
        "groep-erbij": lambda: _another(text, at),
        "groep-weg": lambda: remove_group(text, at),
        "groep-omhoog": lambda: move_group(text, at, -1),
        "groep-omlaag": lambda: move_group(text, at, 1),
    }
    return changes[what]() if what in changes else text


def _sort_of(text: str, at: int) -> Sort:
    units = units_of(text)
    if at >= len(units):
        raise NoSuchPiece(str(at))
    return Sort.ROW if units[at].sort in (Sort.ROW, Sort.FIXED) else Sort.ITEM


def _another(text: str, at: int) -> str:
    """A group like the one before it: slides are separated, and sheets have a field each."""
    units = units_of(text)
    group = next((group for group in groups_of(units) if group.start == at), None)
    if group is None:
        raise NoSuchPiece(str(at))
    sheet = any(unit.id for unit in units if unit.sort is Sort.ITEM)
    kind = _kind(units[0].text)
    slides = any(unit.sort is Sort.RULE for unit in units) or (kind is not None and kind.shows_notes)
    return add_group(text, at, "Nieuwe titel", Sort.ITEM if sheet else Sort.TEXT, rule=slides)


def _page(desk: Desk, step_id: str, text: str, error: str) -> str:
    source = with_section(desk.source, step_id, text)
    piece = read_pieces(source).find(step_id)
    kind = _kind(text)
    problems = [] if request.method == "POST" else list(_problems(desk, step_id))
    groups = groups_in(text, _by_unit(piece, text, problems))
    return render_template(
        "editing/step.html",
        desk=desk,
        id=step_id,
        piece=piece,
        total=total_of(read_pieces(source)),
        kind=kind,
        kind_title=kind_title(piece) if not piece.steps else "",
        basis=json.dumps(text),
        groups=groups,
        choices=choices_of(kind, piece, text) if kind and not _only_notes(piece, text) else (),
        typed=all_typed(),
        error=error,
        problems=problems,
        dirty=request.method == "POST",
        has_note=any(unit.sort is Sort.NOTE for unit in units_of(text)),
        focus=all_typed().get("doe", ""),
    )


def groups_in(text: str, problems: Mapping[int, Sequence[str]]) -> Sequence[Group]:
    """The fields of a section, by the titles in it."""
    units = units_of(text)
    ranges = groups_of(units)
    first = ranges[0].start if ranges else len(units)
    before = [at for at in range(1, first) if units[at].sort is not Sort.RULE]
    found = [Group(0, 0, True, True, fields_of(units, before, problems))]
    for number, each in enumerate(ranges):
        fields = fields_of(units, list(each), problems)
        found.append(Group(each.start, number + 1, number == 0, number + 1 == len(ranges), fields))
    return found


def fields_of(
    units: Sequence[Unit], places: Sequence[int], problems: Mapping[int, Sequence[str]]
) -> list[Field]:
    """The fields of some units; the head of a table gives the rows below it their names."""
    found: list[Field] = []
    columns: Sequence[str] = ()
    numbers: dict[Sort, int] = {}
    for at in places:
        unit = units[at]
        if unit.sort is Sort.FIXED:
            columns = Unit(Sort.ROW, unit.text.splitlines()[0]).cells
        numbers[unit.sort] = numbers.get(unit.sort, 0) + 1
        first = units[at - 1].sort is not unit.sort
        last = at + 1 >= len(units) or units[at + 1].sort is not unit.sort
        shown = columns if unit.sort in (Sort.ROW, Sort.FIXED) else ()
        faults = problems.get(at, ())
        found.append(Field(at, unit, unit.sort.value, numbers[unit.sort], first, last, shown, faults))
    return found


def choices_of(kind: Kind, piece: Piece, text: str) -> Sequence[Choice]:
    """The settings of a werkvorm with what the heading says of each."""
    given = {name: value for name, value in piece.heading.attributes.items() if name not in COMMON}
    units = units_of(text)
    body = "".join(unit.text + unit.gap for unit in units[1:] if unit.sort is not Sort.NOTE)
    source = StepSource("", 1, piece.id, piece.heading.title, kind.name, {}, body, 2, "", None)
    settings = type(kind.parse(source, Problems()))
    return [Choice(each, given.get(each.name, "")) for each in described(settings)]


def _kind(text: str) -> Kind | None:
    pieces = read_pieces(f"---\n---\n{text}")
    name = next(iter(pieces)).heading.attributes.get("werkvorm", DEFAULT_KIND) if pieces.blocks else ""
    return kind_registry.discover().get(name)


def _only_notes(piece: Piece, text: str) -> bool:
    """Is it a block whose steps have all there is to see?"""
    return bool(piece.steps) and not any(
        unit.sort not in (Sort.NOTE, Sort.HEADING) for unit in units_of(text)
    )


def _problems(desk: Desk, step_id: str) -> Sequence[Problem]:
    return faults_of(desk.pieces, desk.opened.problems).get(step_id, ())


def _by_unit(piece: Piece, text: str, problems: Sequence[Problem]) -> Mapping[int, Sequence[str]]:
    """The messages of problems by the unit in which their line is."""
    found: dict[int, list[str]] = {}
    line = piece.first
    for at, unit in enumerate(units_of(text)):
        end = line + len(raw_lines(unit.text + unit.gap))
        for problem in problems:
            if line < problem.line <= end:
                found.setdefault(at, []).append(problem.message)
        line = end
    return found
