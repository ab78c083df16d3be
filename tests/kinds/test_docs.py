"""The worked example in docs/adding-a-kind.md is a kind that works."""

import re
from types import ModuleType
from typing import Any

import pytest

from tests.kinds.contract_support import Play
from tests.kinds.stage_support import votes
from tests.support.example import files
from tests.support.sources import ROOT
from trainer import kinds
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds import gate
from trainer.kinds.contract import NOTHING_SEEN, Ask, Command, Count, Kind, Rejected, Submission, Totals
from trainer.kinds.gate import Granted
from trainer.kinds.posts import Posts


@pytest.fixture(scope="module")
def kind() -> Any:
    module = ModuleType("weerbericht")
    exec(compile(files()["__init__.py"], "weerbericht/__init__.py", "exec"), module.__dict__)
    return module.__dict__["KIND"]


@pytest.fixture(scope="module")
def game(kind: Any) -> Play:
    problems = Problems()
    part = read_part(files()["sample.md"].encode(), "weerbericht.md", kind.parse, problems)
    assert part is not None, problems.sorted()
    return Play(kind, next(part.steps()), part)


def test_example_can_be_registered(kind: Any) -> None:
    assert kinds.registry([("weerbericht", kind)]) == {"weerbericht": kind}


def asked(kind: Any, game: Play) -> Ask:
    """What the button 'Toon het weer' asks of the gate."""
    found = kind.apply(game.settings, kind.start(game.settings), Command("show"), NOTHING_SEEN)
    assert isinstance(found, Ask)
    return found


def test_example_shows_the_weather_of_three_phones(kind: Any, game: Play) -> None:
    posts, ask = Posts(votes("", 0, 0, 2), ever={"": 3}), asked(kind, game)
    assert kind.screen(game.settings, kind.start(game.settings), gate.seen(posts, {}))["rows"] == ()

    granted = gate.grant(kind, posts, {}, ask, 0)
    assert isinstance(granted, Granted)
    view = kind.screen(game.settings, ask.state, gate.seen(posts, granted.pictures))
    assert ([row["count"] for row in view["rows"]], view["answered"]) == ([2, 0, 1], Count(3))


def test_example_of_two_phones_must_wait(kind: Any, game: Play) -> None:
    answer = gate.grant(kind, Posts(votes("", 0, 2)), {}, asked(kind, game), 0)

    assert isinstance(answer, Rejected)
    assert answer.code == "few"


def test_example_takes_a_choice_until_the_weather_is_shown(kind: Any, game: Play) -> None:
    sent = Submission("", {"weather": ("2",)})

    assert kind.accept(game.settings, kind.start(game.settings), sent, ()) == {"": {"choices": [2]}}
    assert isinstance(kind.accept(game.settings, asked(kind, game).state, sent, ()), Rejected)


def test_example_asks_for_totals_to_be_kept(kind: Any, game: Play) -> None:
    question = "Kies het weer dat bij je past. Uitleggen hoeft niet."

    assert kind.report(game.settings, kind.start(game.settings)) == (
        Totals("weer", question, "", ("Zon", "Wolken", "Regen")),
    )


def test_table_has_every_attribute_of_a_kind() -> None:
    words = (ROOT / "docs" / "adding-a-kind.md").read_text("utf-8")
    rows = [row for row in words.splitlines() if row.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}

    assert sorted(Kind.__annotations__.keys() - named) == []
