"""On a real server: a trainer begins a rehearsal with a form, and twelve people take part in every kind."""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.pages import Control, Phone
from tests.support.samples import write_samples
from tests.support.server import RunningServer, csrf_token, wait_for
from tests.support.trainers import Trainer
from trainer import kinds
from trainer.curriculum.parse import read_library

PEOPLE = 12
ENOUGH = PEOPLE - 5
PRESSES = 4
PATIENCE, SOON = 30.0, 5.0
# Here three of a group of four must listen to who tells. Some people say nothing: there may be no such group.
BY_GROUP = "omdenken"
TAKEN_PART_IN = [name for name, kind in kinds.discover().items() if kind.takes_posts]
BUTTON = re.compile(r"<button\b[^>]*data-command=\"(do:[\w-]+)\"[^>]*>")


class Rehearsal:
    """A meeting that a trainer opened to rehearse it, and its control."""

    def __init__(self, trainer: Trainer, programme: str, step: str) -> None:
        self.trainer = trainer
        self.meeting = _plan(trainer, programme)
        link = f"{trainer.server.url}/beheer/bijeenkomsten/{self.meeting}/oefenen"
        form = {
            "csrf_token": csrf_token(trainer.session.get(link).text),
            "people": str(PEOPLE),
            "step": step,
        }
        opened = trainer.session.post(link, data=form)
        assert opened.url.endswith(f"/regie/{self.meeting}"), opened.text

    def control(self) -> Control:
        return self.trainer.control(self.meeting)

    def count(self, table: str, what: str = "*") -> int:
        """How many rows of the meeting, or different values of a column, are in the database."""
        path = self.trainer.server.folder / "data" / "kwartier.db"
        query = f"SELECT count({what}) FROM {table} WHERE meeting_id = ?"
        with closing(sqlite3.connect(path, timeout=10)) as database:
            return int(database.execute(query, [self.meeting]).fetchone()[0])

    def end(self) -> None:
        page = f"{self.trainer.server.url}/beheer/bijeenkomsten/{self.meeting}"
        form = {"csrf_token": csrf_token(self.trainer.session.get(page).text)}
        assert self.trainer.session.post(f"{page}/oefening-stoppen", data=form).ok


def _plan(trainer: Trainer, programme: str) -> str:
    """A new course of a programme; the id of its first meeting."""
    beheer = f"{trainer.server.url}/beheer"
    new = trainer.session.get(f"{beheer}/trajecten/nieuw").text
    form = {
        "csrf_token": csrf_token(new),
        "programme": programme,
        "title": programme,
        "place": "Voorbeeldwijk",
        "trainers": re.findall(r'name="trainers" value="(\d+)" checked', new),
        "first_date": date.today().isoformat(),
        "start": "09:30",
    }
    course = trainer.session.post(f"{beheer}/trajecten/nieuw", data=form)
    return re.search(r"/bijeenkomsten/([0-9a-f-]{36})/openen", course.text)[1]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample of each kind as a programme."""
    return write_samples(tmp_path_factory.mktemp("content"))


@pytest.fixture(scope="module")
def trainer(tmp_path_factory: pytest.TempPathFactory, content: Path) -> Iterator[Trainer]:
    settings = {"CONTENT_DIR": str(content), "POST_RATE": "100", "POST_BURST": "1000"}
    server = RunningServer(tmp_path_factory.mktemp("server"), **settings).start()
    yield Trainer(server).make_account()
    server.stop()


@pytest.fixture(scope="module")
def steps(content: Path) -> dict[str, str]:
    """The id of the step of each sample, by kind."""
    library, _ = read_library(content, kinds.interpret)
    every = [step for programme in library.values() for part in programme.parts for step in part.steps()]
    return {step.kind: step.id for step in reversed(every)}


@pytest.fixture(scope="module")
def rehearsals(trainer: Trainer, steps: dict[str, str]) -> dict[str, Rehearsal]:
    """One of every kind that phones take part in, all at the same time, on the fastest clock."""
    opened = {}
    for name in TAKEN_PART_IN:
        opened[name] = Rehearsal(trainer, f"voorbeeld-{name}", steps[name])
        control = opened[name].control()
        control.go("pace", to="16")
        control.close()
    return opened


@pytest.mark.parametrize("name", TAKEN_PART_IN)
def test_twelve_people_take_part_and_all_buttons_go_on(name: str, rehearsals: dict[str, Rehearsal]) -> None:
    rehearsal = rehearsals[name]
    wait_for(lambda: rehearsal.count("participant") == PEOPLE, "everybody to come in", PATIENCE)
    wait_for(
        lambda: rehearsal.count("post", "DISTINCT author") >= ENOUGH,
        "most people to send something",
        PATIENCE,
    )
    control = rehearsal.control()
    counted = f'<strong class="num">{PEOPLE}</strong> bedachte deelnemers'
    wait_for(lambda: counted in control.view["html"], "all to be counted", PATIENCE)

    pressed: dict[str, Any] = {}
    for _ in range(PRESSES):
        fresh = next((each for each in _buttons(control) if str(each) not in pressed), None)
        if fresh is not None:
            pressed[str(fresh)] = _press(control, fresh, SOON if name == BY_GROUP else PATIENCE)
    control.close()
    rehearsal.end()

    refused = [each for each in pressed.items() if each[1] != {"ok": True}]
    assert [each for each in refused if name != BY_GROUP or each[1]["code"] != "few"] == []
    assert [rehearsal.count(table) for table in ("participant", "post", "result")] == [0, 0, 0]


def test_a_real_phone_takes_part_and_sees_what_the_people_do(trainer: Trainer, steps: dict[str, str]) -> None:
    rehearsal, step = Rehearsal(trainer, "voorbeeld-diagnose-me", steps["diagnose-me"]), steps["diagnose-me"]
    control = rehearsal.control()
    control.go("pace", to="16")
    code = re.search(r'class="code">(\w{3} \w{3})<', control.view["html"])[1]
    phone = Phone(trainer.server, trainer.server.secret_of(code))
    phone.connect()
    assert "Schrijf hier niets over jezelf." in phone.view["html"]
    assert phone.post(step, vulnerability="bedacht", passion="oefenen") == {"ok": True}
    wait_for(lambda: rehearsal.count("post") > ENOUGH, "most people to write a card", PATIENCE)

    assert _press(control, {"name": "do:start"}) == {"ok": True}
    wait_for(lambda: _is_open(phone, control), "somebody to open a card", PATIENCE)

    rehearsal.end()
    wait_for(lambda: not phone.socket.connected, "the phone to be let go of")
    control.close()


def _buttons(control: Control) -> list[dict[str, str]]:
    """The buttons of the exercise that can be pressed, as control shows them."""
    found = [each[0] for each in BUTTON.finditer(control.view["html"]) if " disabled" not in each[0]]
    args = [dict(re.findall(r'data-arg-(\w+)="([^"]*)"', tag)) for tag in found]
    return [{"name": BUTTON.search(tag)[1], **each} for tag, each in zip(found, args, strict=True)]


def _press(control: Control, button: dict[str, str], patience: float = PATIENCE) -> dict[str, Any]:
    """Presses a button; again when one of the people was first, or too few of them sent something yet."""
    args = {key: value for key, value in button.items() if key != "name"}
    end = time.monotonic() + patience
    while (answer := control.command(button["name"], **args)).get("code") in ("stale", "few"):
        if time.monotonic() > end:
            break
        time.sleep(0.2)
    return answer


def _is_open(phone: Phone, control: Control) -> bool:
    """Does a card lie open? The turn may be of the phone itself, or of somebody who dropped out."""
    if "Dit ben ik" not in phone.own.get("html", ""):
        time.sleep(1.0)
    if "Dit ben ik" not in phone.own.get("html", ""):
        control.command("do:turn")
    return "Dit ben ik" in phone.own.get("html", "")
