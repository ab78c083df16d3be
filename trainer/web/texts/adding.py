"""A new step or block in a course's own text: a werkvorm, with its sample as a start."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer import kinds as kind_registry
from trainer.curriculum.editing import (
    BadEdit,
    add_block,
    add_option,
    add_step,
    fresh_id,
    section,
    set_minutes,
    set_setting,
    set_title,
)
from trainer.curriculum.filling import remove_group
from trainer.curriculum.part import DEFAULT_KIND
from trainer.curriculum.pieces import Piece, read_pieces
from trainer.curriculum.units import groups_of, units_of
from trainer.kinds.contract import Kind
from trainer.web.accounts import host
from trainer.web.sent import all_typed, typed
from trainer.web.texts.editing import PREFIX, Desk, desk_or_404, save, saved, tried

adding = Blueprint("adding", __name__, url_prefix=PREFIX)
LONGEST_TITLE = 120
# Around a sample, so that it is read as a part.
AROUND = "---\n---\n"
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something new may come; `value` is what the form sends."""

    value: str
    label: str


@adding.route("/<part_id>/opbouw/nieuw", methods=["GET", "POST"])
@login_required
def show(course_id: int, part_id: str) -> ResponseReturnValue:
    """Asks which werkvorm, where, and under which title."""
    desk = desk_or_404(course_id, part_id)
    answer, error = tried(lambda: _added(desk), gone="Dit blok is er niet meer. Kies een ander blok.")
    if answer is not None:
        return answer
    page = render_template(
        "editing/add.html",
        desk=desk,
        kinds=kind_registry.discover().values(),
        places=places_of(desk),
        typed=all_typed() or request.args,
        error=error,
        default=DEFAULT_KIND,
    )
    return page, 400 if request.method == "POST" else 200


def places_of(desk: Desk) -> Sequence[Place]:
    """The ends of blocks, beside which steps an alternative may come, and a new block behind each."""
    blocks = desk.pieces.blocks
    ends = [Place(f"in:{block.id}", f"In het blok '{block.heading.title}'") for block in blocks]
    beside = [
        Place(f"naast:{step.id}", f"Als keuze naast '{step.heading.title}'")
        for block in blocks
        for step in block.steps
    ]
    behind = [Place(f"na:{block.id}", f"Een nieuw blok na '{block.heading.title}'") for block in blocks]
    return [*ends, *behind, *beside]


def _added(desk: Desk) -> ResponseReturnValue:
    kind = kind_registry.discover().get(all_typed().get("werkvorm", ""))
    title, minutes = typed("titel"), all_typed().get("minuten", "").strip()
    if kind is None:
        raise BadEdit("Kies een werkvorm uit de lijst.")
    if not title or len(title) > LONGEST_TITLE:
        raise BadEdit(f"Geef het onderdeel een titel van hoogstens {LONGEST_TITLE} tekens.")
    if not (minutes.isascii() and minutes.isdigit() and 0 < int(minutes[:4]) <= 480):
        raise BadEdit("Vul bij de minuten een heel getal in, zoals 15.")
    taken = {piece.id for text in (desk.source, desk.national) for piece in read_pieces(text)}
    id_ = fresh_id(title, taken)
    where, _, beside = all_typed().get("plek", "").partition(":")
    text = sample_of(desk, kind, id_, title, int(minutes), level=2 if where == "na" else 3)
    match where:
        case "in":
            source = add_step(desk.source, beside, text)
        case "naast":
            source = add_option(desk.source, beside, text)
        case "na":
            source = add_block(desk.source, text, beside)
        case _:
            raise BadEdit("Kies een plek uit de lijst.")
    outcome = save(desk, source, f"Toegevoegd: {title}")
    return saved(desk, outcome, url_for("steps.show", **desk.where, step_id=id_))


def sample_of(desk: Desk, kind: Kind, id_: str, title: str, minutes: int, level: int) -> str:
    """The first step of a kind's sample under another title and id, without pictures that are not there."""
    sample = (kind_registry.path(kind) / "sample.md").read_text("utf-8")
    block = read_pieces(sample).blocks[0]
    start: Piece = block.steps[0] if block.steps else block
    text = section(sample, start.id).replace(f"#{start.id}", f"#{id_}", 1)
    whole = set_minutes(set_title(AROUND + text, id_, title), id_, minutes)
    # A sheet or an agreement is shared by all steps that name it: a new one is of its own.
    for name in {"blad", "lijst"} & start.heading.attributes.keys():
        whole = set_setting(whole, id_, name, id_)
    lines = _without_missing(desk, whole.removeprefix(AROUND)).splitlines()
    kept = [line for line in lines if all(_is_there(desk, name) for name in PICTURE.findall(line))]
    return "#" * level + "\n".join(kept).lstrip("#")


def _without_missing(desk: Desk, text: str) -> str:
    """The text without slides and the like that show a picture which this programme does not have."""
    units = units_of(text)
    for group in reversed(groups_of(units)):
        names = PICTURE.findall("".join(units[at].text for at in group))
        if not all(_is_there(desk, name) for name in names):
            text = remove_group(text, group.start)
    return text


def _is_there(desk: Desk, name: str) -> bool:
    return host().library.has_image(desk.course, name)
