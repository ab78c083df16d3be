"""Steps for the tests of single kinds, read from Markdown as in a part."""

from functools import cache
from typing import Any

from tests.kinds.contract_support import Play
from trainer import kinds
from trainer.curriculum.model import Part
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems

HEAD = "---\ntitel: Proef\n---\n\n## Blok {#blok minuten=30}\n\n"


def read(kind: str, body: str, attributes: str = "") -> tuple[Any, list[str]]:
    """The settings of a step with this material (None when anything is wrong), and the problems.

    The heading of the step is line 7, its body begins at line 9.
    """
    part, problems = _part(kind, body, attributes)
    settings = next(step for step in part.steps() if step.kind == kind).settings if part else None
    return settings, problems


def play_of(kind: str, body: str, attributes: str = "") -> Play:
    """A kind with a step of this material, to be played."""
    part, problems = _part(kind, body, attributes)
    assert part is not None, problems
    return Play(kinds.discover()[kind], next(step for step in part.steps() if step.kind == kind), part)


def settings_of(kind: str, body: str, attributes: str = "") -> Any:
    settings, problems = read(kind, body, attributes)
    assert problems == []
    return settings


@cache
def _part(kind: str, body: str, attributes: str) -> tuple[Part | None, list[str]]:
    problems = Problems()
    heading = f"### Stap {{#stap werkvorm={kind} {attributes}}}\n\n"
    part = read_part(f"{HEAD}{heading}{body}\n".encode(), "proef.md", kinds.interpret, problems)
    return part, [f"{each.line} {each.code}" for each in problems.sorted()]
