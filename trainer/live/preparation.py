"""A part as trainers prepare it: what is left to see to, and each block with its choices, text and notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from trainer.curriculum.model import Block, Handout
from trainer.live.leading import leaders, named
from trainer.live.moments import later
from trainer.live.order import OptionGroup, groups_of
from trainer.live.ready import Point, handout, points
from trainer.live.views import Scene, View, agenda, clock_time

TWO = ("1", "2")
_WHO = re.compile(r"<p><strong>Wie:</strong>\s*(.*?)</p>", re.DOTALL)
# The sorts of points in the order in which they are seen to, each with its title.
SORTS = (
    ("look", "Regelen"),
    ("film", "Film zoeken"),
    ("print", "Bijlagen afdrukken"),
    ("lay", "Klaarleggen"),
)


def preparation(scene: Scene, handouts: Sequence[Handout] = ()) -> View:
    """What the page 'Voorbereiden' shows of a scene at its planned start; `handouts` are its programme's."""
    blocks = [_block(scene, block, row) for block, row in zip(scene.part.blocks, agenda(scene), strict=True)]
    minutes = sum(block["minutes"] for block in blocks if not block["skipped"])
    todo = _todo(scene, handouts)
    return {
        "title": scene.part.title,
        "goal": scene.part.goal,
        "blocks": blocks,
        "minutes": minutes,
        "planned": scene.part.minutes,
        "begins": clock_time(scene.planned_start),
        "ends": clock_time(later(scene.planned_start, minutes=minutes)),
        "trainers": (*scene.state.trainers, "", "")[:2],
        "expected": scene.state.expected,
        "decide": tuple(_decide(scene, blocks)),
        "todo": todo,
        "left": sum(not line["ticked"] for group in todo for line in group["lines"]),
    }


def _block(scene: Scene, block: Block, row: View) -> View:
    """A block with its choices and its text; notes say the names of whoever leads."""
    names = leaders(scene.state, block.id)
    skipped = row["state"] == "skipped"
    # A block that is one step has its notes there.
    notes = block.notes or (block.steps[0].notes if len(block.steps) == 1 else Markup())
    who = _WHO.search(notes)
    texts = [block.notes, *(step.notes for step in block.steps)]
    return {
        "id": block.id,
        "title": block.title,
        "minutes": row["minutes"],
        "planned_minutes": block.minutes,
        "start": row["expected_start"],
        "skipped": skipped,
        "swapped": row["swapped"],
        "names": names,
        # Does it make a difference who is trainer 1?
        "swappable": not who or any(named(each, TWO) != each for each in texts),
        "who": _begun(named(Markup(who[1]), names)) if who else Markup(),
        "notes": named(block.notes, names),
        "options": [_options(scene, group) for group in groups_of(replace(scene.part, blocks=(block,)))],
        "steps": [
            shown | {"step": step, "notes": named(step.notes, names)}
            for step, shown in zip(block.steps, row["steps"], strict=True)
        ],
    }


def _begun(text: str) -> Markup:
    """HTML that now begins a sentence: with a capital."""
    return Markup(text[:1].upper() + text[1:])


def _options(scene: Scene, group: OptionGroup) -> View:
    chosen = scene.state.choices.get(group.id)
    given = group.options[0][0] if chosen is None else chosen
    return {
        "group": group.id,
        "decided": chosen is not None,
        "given": next(title for number, title in group.options if number == given),
        "choices": [
            {"option": number, "title": title, "chosen": number == chosen} for number, title in group.options
        ],
    }


def _decide(scene: Scene, blocks: Sequence[View]) -> Iterator[View]:
    """What trainers choose on the page itself, and whether they did."""
    names = [name for name in scene.state.trainers if name]
    yield {
        "text": "Wie is trainer 1 en wie is trainer 2?",
        "about": "Trainers",
        "href": "wie",
        "done": len(names) == 2,
        "outcome": " en ".join(names),
    }
    people = scene.state.expected
    yield {
        "text": "Hoeveel mensen komen er?",
        "about": "Groep",
        "href": "wie",
        "done": bool(people),
        "outcome": "1 mens" if people == 1 else f"{people} mensen",
    }
    for block in blocks:
        for group in block["options"] if not block["skipped"] else ():
            # A block may have two choices: which they are, tells them apart.
            titles = " of ".join(choice["title"] for choice in group["choices"])
            yield {
                "text": f"Kies bij '{block['title']}': {titles}",
                "about": block["title"],
                "href": f"kies-{block['id']}",
                "done": group["decided"],
                "outcome": group["given"],
            }


def _todo(scene: Scene, handouts: Sequence[Handout]) -> list[View]:
    """The points of all that will be given, by sort; a hand-out once."""
    given = {block.id: block.title for block in scene.part.blocks if block.id not in scene.state.skipped}
    steps = {
        step["id"]: step["chosen"] for row in agenda(scene) for step in row["steps"] if row["id"] in given
    }
    lines: dict[str, dict[str, View]] = {sort: {} for sort, _ in SORTS}
    for point in points(scene.part):
        if point.block in given and (not point.step or steps[point.step]):
            line = _line(scene, point, handouts)
            if line is not None:
                lines[point.sort].setdefault(point.key, line | {"block_title": given[point.block]})
    return [
        {"sort": sort, "title": title, "lines": list(lines[sort].values())}
        for sort, title in SORTS
        if lines[sort]
    ]


def _line(scene: Scene, point: Point, handouts: Sequence[Handout]) -> dict[str, Any] | None:
    """A point as it is shown; None for what is called like a hand-out and is none."""
    found = handout(Markup(point.text).unescape(), handouts) if point.sort == "print" else None
    if point.sort == "print" and found is None and not point.certain:
        return None
    text = escape(found.title) if found else named(point.text, leaders(scene.state, point.block))
    return {
        "key": point.key,
        "text": Markup(text[:1].upper() + text[1:]),
        "block": point.block,
        "ticked": point.key in scene.state.ticked,
        "handout": found.id if found else "",
    }
