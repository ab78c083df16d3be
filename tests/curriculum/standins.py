"""The stand-ins that these tests read with: two kinds, and one image that is there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from trainer.curriculum.files import Missing
from trainer.curriculum.model import EarlierStep, Part, StepSource
from trainer.curriculum.parse import read_part
from trainer.curriculum.problems import Problems, unknown
from trainer.kinds.settings import choice, earlier_step, flag, read_settings, setting

Read = Callable[..., tuple[Part | None, list[str]]]


@dataclass(frozen=True, slots=True)
class Plain:
    """The settings of `uitleg`: none."""


@dataclass(frozen=True, slots=True)
class Flap:
    """One setting of each sort."""

    most: int = setting("max", "Max", default=5, low=1, high=20)
    define: bool = flag("definitie", "Definitie")
    form: str = choice("vorm", "Vorm", ("stellingen", "keuze"))
    source: EarlierStep | None = earlier_step("van", "Van")


KINDS: dict[str, type] = {"uitleg": Plain, "flap": Flap}


def interpret(step: StepSource, problems: Problems) -> Any:
    """The settings of a step, as the kinds layer gives them."""
    if step.kind not in KINDS:
        problems.add(step.path, step.line, unknown("werkvorm", step.kind, KINDS), "step.unknown-kind")
        return None
    return read_settings(KINDS[step.kind], step, problems)


def read(text: str | bytes, **options: Any) -> tuple[Part | None, list[str]]:
    """The part in `text`, and its problems as a user sees them."""
    data = text.encode() if isinstance(text, str) else text
    problems = Problems()
    options.setdefault("images", there)
    part = read_part(data, "dagdeel-1.md", interpret, problems, base="/programma/training/", **options)
    return part, [str(problem) for problem in problems.sorted()]


def there(image: str) -> None:
    if image != "er-is.png":
        raise Missing
