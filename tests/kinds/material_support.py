"""Steps for the tests of single kinds, read from Markdown as in a part."""

from typing import Any

from trainer import kinds
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Post

HEAD = "---\ntitel: Proef\n---\n\n## Blok {#blok minuten=30}\n\n"


def read(kind: str, body: str, attributes: str = "") -> tuple[Any, list[str]]:
    """The settings of a step with this material (None when anything is wrong), and the problems.

    The heading of the step is line 7, its body begins at line 9.
    """
    problems = Problems()
    heading = f"### Stap {{#stap werkvorm={kind} {attributes}}}\n\n"
    part = read_part(f"{HEAD}{heading}{body}\n".encode(), "proef.md", kinds.interpret, problems)
    settings = next(step for step in part.steps() if step.kind == kind).settings if part else None
    return settings, [f"{each.line} {each.code}" for each in problems.sorted()]


def settings_of(kind: str, body: str, attributes: str = "") -> Any:
    settings, problems = read(kind, body, attributes)
    assert problems == []
    return settings


def votes(item: str, *answers: int | tuple[int, ...]) -> list[Post]:
    """A post with `choices` for each answer, each by another phone."""
    return [
        Post(
            f"{item}-{number}",
            item,
            f"a{number}",
            {"choices": [answer] if isinstance(answer, int) else [*answer]},
        )
        for number, answer in enumerate(answers)
    ]
