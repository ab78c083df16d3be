"""Every kind of exercise, discovered from the folders here: adding a folder adds a kind.

A kind is pure functions without web, database or clock. Of what others sent it gets what `gate.py` lets
through. Nothing outside this room knows a kind by its name.
"""

import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from trainer.curriculum.ids import PLACE_MARK
from trainer.curriculum.model import StepSource
from trainer.curriculum.problems import Problems, unknown
from trainer.curriculum.render import render
from trainer.kinds.contract import Kind
from trainer.kinds.sizes import is_too_large


class BadKind(Exception):
    """A folder in `trainer/kinds` holds no kind, or one whose name is missing, wrong or already taken."""


@cache
def discover() -> Mapping[str, Kind]:
    """Every kind by name, in the order of their folders. Raises BadKind; the program then cannot start."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            found.append((module.name, getattr(import_module(f"{__name__}.{module.name}"), "KIND", None)))
    return MappingProxyType(registry(found))


def registry(found: Iterable[tuple[str, object]]) -> dict[str, Kind]:
    """Kinds by name from (folder, its `KIND`). Raises BadKind when `KIND` is missing or badly named."""
    kinds: dict[str, Kind] = {}
    for name, kind in sorted(found, key=lambda pair: pair[0]):
        if not isinstance(kind, Kind):
            raise BadKind(f"trainer/kinds/{name}/__init__.py must have KIND = an instance of Kind")
        if not getattr(kind, "name", ""):
            raise BadKind(f"the kind in trainer/kinds/{name} has no name")
        if kind.name in kinds:
            other = folder(kinds[kind.name])
            raise BadKind(
                f"two kinds are called {kind.name!r}: trainer/kinds/{other} and trainer/kinds/{name}"
            )
        if folder(kind) != name:
            raise BadKind(f"the kind {kind.name!r} must be in trainer/kinds/{folder(kind)}, not in {name}")
        kinds[kind.name] = kind
    return kinds


def folder(kind: Kind) -> str:
    """The name of a kind's folder, which holds its fragments, style and texts."""
    return kind.name.replace("-", "_")


def path(kind: Kind) -> Path:
    """The folder that holds a kind's module."""
    return Path(str(import_module(type(kind).__module__).__file__)).parent


def interpret(step: StepSource, problems: Problems) -> Any:
    """The settings of a step, read by its kind; None, with a problem reported, when there is no such kind."""
    kind = discover().get(step.kind)
    if kind is None:
        problems.add(step.path, step.line, unknown("werkvorm", step.kind, discover()), "step.unknown-kind")
        return None
    before = len(problems.found)
    settings = kind.parse(step, problems)
    if len(problems.found) == before and _is_too_large(step, kind, settings):
        message = f"'{step.kind}' vraagt meer dan een telefoon in een keer kan sturen; vraag minder"
        problems.add(step.path, step.line, message, "step.too-large")
    return settings


def _is_too_large(step: StepSource, kind: Kind, settings: Any) -> bool:
    places = {f"{step.id}{PLACE_MARK}{each.id}": kind.at(settings, each.id) for each in kind.places(settings)}
    return any(is_too_large(step_id, kind, each) for step_id, each in (places or {step.id: settings}).items())


@cache
def facilitation(kind: Kind) -> Markup:
    """The trainers' guide to leading this exercise, as HTML."""
    return render((path(kind) / "begeleiding.md").read_text("utf-8"))
