"""What trainers see of their plan on control: the points at the first block, the goals where people agree."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

import tests.support.hall as halls
from tests.support.hall import Hall
from tests.support.plans import SMALL
from trainer.live.audience import CONTROLS, PHONES, SCREENS, Audience
from trainer.plans.answers import Answer, Writing
from trainer.store.database import transaction
from trainer.store.models import Meeting, db
from trainer.store.plans import write

AGREEMENT = """
### Wat spreken we af? {#wat-spreken-we-af werkvorm=afspraken}

Maak samen een afspraak.
"""
POINT, GOAL, DEED = "Er is geen lift", "Iedereen kent de weg", "Bordjes ophangen"


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """A meeting of which the first block has a text and an agreement, in a course with a plan."""
    content = tmp_path / "content"
    shutil.copytree(halls.PROGRAMMES, content)
    part = content / "klein" / "dagdeel-1.md"
    head, _, rest = part.read_text("utf-8").partition("\n## ")
    title, _, rest = rest.partition("\n")
    first = "## Begin {#begin minuten=5}\n\nWelkom.\n"
    agree = f"## Afspreken {{#afspreken minuten=5}}\n{AGREEMENT}"
    text = f"{head}\n{first}\n{agree}\n## {title}\n{rest}".replace("minuten: ", "oud: ")
    part.write_text("\n".join(line for line in text.split("\n") if not line.startswith("oud: ")), "utf-8")
    (content / "plan-van-aanpak").mkdir()
    (content / "plan-van-aanpak" / "plan.md").write_text(SMALL, "utf-8")
    monkeypatch.setattr(halls, "PROGRAMMES", content)
    hall = Hall(tmp_path)
    form, empty = hall.host.library.plan, Answer().version
    assert form is not None, hall.host.library.problems
    answers = {
        "training/letop": f"- {POINT}",
        "doelen/1/doel": GOAL,
        "doelen/1/wat": DEED,
        "doelen/1/wie": "Team Oost",
    }
    with hall.app.app_context():
        course = db.session.get_one(Meeting, hall.meeting).course_id
        writings = {key: Writing(text, empty) for key, text in answers.items()}
        transaction(lambda: write(form, course, writings))
    return hall


def shown(hall: Hall, audience: Audience) -> tuple[bool, bool]:
    """Whether an audience sees the point, and the goal."""
    html = hall.host.messages.message(hall.room, audience)["html"]
    return POINT in html, GOAL in html


def test_points_are_at_the_first_block_and_before_it_and_goals_at_the_agreement(hall: Hall) -> None:
    assert shown(hall, CONTROLS) == (True, False)

    hall.do("start")
    assert shown(hall, CONTROLS) == (True, False)

    hall.do("goto", step="wat-spreken-we-af")
    assert shown(hall, CONTROLS) == (False, True)
    html = hall.host.messages.message(hall.room, CONTROLS)["html"]
    assert [words for words in (DEED, "Wie: Team Oost.") if words not in html] == []

    hall.do("next")
    assert shown(hall, CONTROLS) == (False, False)


@pytest.mark.parametrize("audience", [SCREENS, PHONES], ids=["screen", "phone"])
@pytest.mark.parametrize("step", ["begin", "wat-spreken-we-af"])
def test_nobody_else_sees_anything_of_the_plan(hall: Hall, audience: Audience, step: str) -> None:
    assert shown(hall, audience) == (False, False)

    hall.do("start")
    hall.do("goto", step=step)

    assert shown(hall, audience) == (False, False)


def test_control_goes_on_when_the_plan_cannot_be_read(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hall.do("start")
    broken: Callable[[], None] = hall.host.engine.connect

    def fail() -> None:
        raise OperationalError("SELECT", {}, Exception("locked"))

    monkeypatch.setattr(hall.host.engine, "connect", fail)
    assert shown(hall, CONTROLS) == (False, False)
    assert "cannot be read (OperationalError)" in caplog.text

    monkeypatch.setattr(hall.host.engine, "connect", broken)
    assert shown(hall, CONTROLS) == (True, False)
