"""The worked example in docs/adding-a-kind.md is a kind that works."""

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from jinja2 import DictLoader, Environment, StrictUndefined

from trainer import kinds
from trainer.curriculum.model import Step
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Command, Distribution, Post, Submission

DOCS = Path(__file__).parents[2] / "docs" / "adding-a-kind.md"


def files() -> dict[str, str]:
    """The files of the example by name."""
    text = DOCS.read_text("utf-8")
    found = re.findall(r"`trainer/kinds/weerbericht/([\w.]+)`[^\n]*:\n\n```\w+\n(.*?)\n```", text, re.DOTALL)
    return dict(found)


@pytest.fixture(scope="module")
def kind() -> Any:
    module = ModuleType("weerbericht")
    exec(compile(files()["__init__.py"], "weerbericht/__init__.py", "exec"), module.__dict__)
    return module.__dict__["KIND"]


@pytest.fixture(scope="module")
def step(kind: Any) -> Step:
    problems = Problems()
    part = read_part(files()["sample.md"].encode(), "weerbericht.md", kind.parse, problems)
    assert part is not None, problems.sorted()
    return next(part.steps())


def test_example_has_the_files_that_a_kind_needs() -> None:
    assert set(files()) == {"__init__.py", "sample.md", "own.html", "screen.html", "style.css"}


def test_example_can_be_registered(kind: Any) -> None:
    assert kinds.registry([("weerbericht", kind)]) == {"weerbericht": kind}


def test_example_works_from_form_to_report(kind: Any, step: Step) -> None:
    state = kind.start(step.settings)
    payloads = [
        kind.accept(step.settings, state, Submission("", {"weather": (value,)}), ()) for value in "0022"
    ]
    posts = [Post(str(number), "", f"a{number}", sent[""]) for number, sent in enumerate(payloads)]
    state = kind.apply(step.settings, state, Command("show"), posts)
    assert msgspec.json.decode(msgspec.json.encode(state), type=kind.State) == state
    assert [row["count"] for row in kind.screen(step.settings, state, posts)["rows"]] == [2, 0, 2]
    question = "Kies het weer dat bij je past. Uitleggen hoeft niet."
    expected = Distribution("weer", question, ("Zon", "Wolken", "Regen"), (2, 0, 2), 4)
    assert kind.report(step.settings, state, posts) == (expected,)


@pytest.mark.parametrize("name", ["own", "screen"])
def test_example_fragments_render(name: str, kind: Any, step: Step) -> None:
    environment = Environment(autoescape=True, undefined=StrictUndefined, loader=DictLoader(files()))
    state = kind.start(step.settings)
    views = {
        "own": kind.own(step.settings, state, "", (), ()),
        "screen": kind.screen(step.settings, state, ()),
    }
    values = {"step": step, "settings": step.settings, "state": state, "view": views[name], "item": ""}
    assert 'class="k-weerbericht"' in environment.get_template(f"{name}.html").render(values)
