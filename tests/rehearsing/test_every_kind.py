"""In every kind twelve people take part in its sample, and the trainer's buttons all go on."""

import copy
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rehearsing.practice import LONG, PEOPLE, Practice
from tests.support.hall import Hall
from tests.support.samples import write_samples
from trainer import kinds
from trainer.curriculum.model import Step
from trainer.kinds.contract import Rejected
from trainer.store.database import transaction
from trainer.store.models import Course, Meeting, db

# Buttons that are pressed one after the other; each may bring others.
PRESSES = 6
SENDERS = PEOPLE - 4


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample of each kind as a programme."""
    return write_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Hall]:
    """An installation that offers the samples, for all tests here."""
    hall = Hall(tmp_path_factory.mktemp("samples-hall"), content=samples)
    yield hall
    hall.stop()


@pytest.mark.parametrize("name", list(kinds.discover()))
def test_twelve_people_take_part_in_the_sample(
    name: str, building: Hall, request: pytest.FixtureRequest
) -> None:
    hall, kind = _planned(building, f"voorbeeld-{name}"), kinds.discover()[name]
    practice = Practice(hall, step=_step(hall, name).id)
    request.addfinalizer(lambda: practice.rehearsals.end(hall.meeting))
    practice.pass_time(LONG)
    assert practice.inside == PEOPLE
    if kind.takes_posts:
        assert practice.senders >= SENDERS

    pressed = _press(practice)

    assert [each for each in pressed.values() if isinstance(each, Rejected)] == []
    hall.do("close")
    assert hall.host.room(hall.meeting) is None


def _planned(building: Hall, programme: str) -> Hall:
    """A planned meeting of a programme, in the same process."""
    hall, day = copy.copy(building), building.host.clock.now().date()
    hall.meeting = str(uuid.uuid4())
    planned = Meeting(id=hall.meeting, part="dagdeel-1", position=0, date=day, phase="planned")
    course = Course(title=programme, programme=programme, meetings=[planned])
    with hall.app.app_context():
        transaction(lambda: db.session.add(course))
    return hall


def _step(hall: Hall, name: str) -> Step:
    """The first step of the kind in its sample."""
    course, part = f"voorbeeld-{name}", "dagdeel-1"
    found = hall.host.library.programmes[course].parts
    return next(step for one in found if one.id == part for step in one.steps() if step.kind == name)


def _press(practice: Practice) -> dict[str, object]:
    """What became of each button, the first one that was not pressed yet first."""
    pressed: dict[str, object] = {}
    for _ in range(PRESSES):
        offered = [each for each in practice.controls() if each.enabled]
        fresh = next((each for each in offered if f"{each.name} {each.args}" not in pressed), None)
        if fresh is None:
            break
        pressed[f"{fresh.name} {fresh.args}"] = practice.hall.ask(f"do:{fresh.name}", **fresh.args)
        practice.pass_time(30)
    return pressed
