"""The pages of a running meeting, as a browser first gets them."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support import hall as halls
from tests.support.hall import Hall
from tests.support.klein import klein_part
from tests.support.server import ROOT
from trainer.live.audience import Audience, Role
from trainer.store.models import Meeting, User, db

STEPS = [step.id for step in klein_part().steps()]
PATHS = {"phone": "/m/{}", "control": "/regie/{}", "screen": "/scherm/{}"}


def without_timer(html: str) -> str:
    return re.sub(r'data-left="[^"]*"|data-timer-text>[^<]*', "", html)


def without_keys(html: str) -> str:
    """Without what is random, and as long for every phone."""
    return re.sub(r'data-lock="[0-9a-f]{64}"', "", html)


@pytest.fixture
def phone(hall: Hall) -> FlaskClient:
    """A phone that joined."""
    browser = hall.app.test_client()
    browser.set_cookie("kwartier_phone", hall.phone())
    return browser


@pytest.fixture
def trainer(hall: Hall) -> Iterator[FlaskClient]:
    """An organiser who is logged in."""
    from trainer.web.accounts import start_session

    with hall.app.app_context():
        user = User(login="t", name="Trainer Toos", password_hash="x", is_organiser=True)
        user.meetings = list(db.session.query(Meeting))
        db.session.add(user)
        db.session.commit()
    browser = hall.app.test_client()
    with hall.app.test_request_context():
        start_session(db.session.get(User, 1))
        from flask import session

        kept = dict(session)
    with browser.session_transaction() as session_:
        session_.update(kept)
    yield browser


def page(hall: Hall, browser: FlaskClient, role: str) -> str:
    answer = browser.get(PATHS[role].format(hall.meeting))
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_phone_that_did_not_join_is_sent_to_the_beginning(still_hall: Hall) -> None:
    answer = still_hall.app.test_client().get(f"/m/{still_hall.meeting}")

    assert (answer.status_code, answer.location) == (302, "/")


@pytest.mark.parametrize(("role", "door"), [("control", "/inloggen"), ("screen", "/scherm")])
def test_the_pages_of_trainers_ask_who_you_are(still_hall: Hall, role: str, door: str) -> None:
    answer = still_hall.app.test_client().get(PATHS[role].format(still_hall.meeting))

    assert answer.status_code == 302
    assert answer.location.startswith(door)


@pytest.mark.parametrize("role", PATHS)
def test_a_meeting_that_is_not_there_is_not_found(hall: Hall, trainer: FlaskClient, role: str) -> None:
    for meeting in ("nergens", "../../etc", hall.meeting[:-1]):
        assert trainer.get(PATHS[role].format(meeting)).status_code == 404


def test_a_meeting_that_was_not_opened_is_not_found(hall: Hall, trainer: FlaskClient) -> None:
    with hall.app.app_context():
        planned = db.session.query(Meeting).filter(Meeting.phase == "planned").one().id

    assert trainer.get(f"/regie/{planned}").status_code == 404


def phases(hall: Hall) -> Iterator[str]:
    """Goes through the whole meeting: the lobby, every step (with its timer standing still), and the end."""
    yield "lobby"
    for step in STEPS:
        hall.do("goto", step=step)
        hall.do("timer-pause")
        yield step
    hall.do("close")
    yield "closed"


@pytest.mark.parametrize("role", PATHS)
def test_every_page_has_its_first_view_and_nothing_inline(
    hall: Hall, phone: FlaskClient, trainer: FlaskClient, role: str
) -> None:
    for phase in phases(hall):
        check_page(page(hall, phone if role == "phone" else trainer, role), role, phase)


def check_page(html: str, role: str, phase: str) -> None:
    assert f'data-role="{role}"' in html
    assert html.count("<h1") >= 1
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", html) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []
    assert re.findall(r'(?:src|href|action)="((?:https?:)?//[^"]*)"', html) == []
    assert "Undefined" not in html
    assert ("Geheim" in html) == (role == "control" and phase in ("welkom", *STEPS[1:4]))


@pytest.mark.parametrize(
    ("step", "item", "form"),
    [
        ("wat-brengt-ervaring", "", {"text": "heel persoonlijk"}),
        ("over-de-lijn", "1", {"place": "2"}),
        ("hoe-was-het", "", {"vraag-beter": "niets"}),
    ],
)
def test_the_page_is_the_same_for_a_phone_that_sent_something(
    step: str, item: str, form: dict[str, str], hall: Hall, phone: FlaskClient
) -> None:
    hall.do("goto", step=step)
    cookie = phone.get_cookie("kwartier_phone")
    assert cookie is not None
    assert hall.post(cookie.value, step, item, **form) is None

    other = hall.app.test_client()
    other.set_cookie("kwartier_phone", hall.phone())

    pages = [without_keys(without_timer(page(hall, each, "phone"))) for each in (phone, other)]
    assert pages[0] == pages[1]


def test_the_screen_has_the_code_and_a_qr_in_black_on_white(hall: Hall, trainer: FlaskClient) -> None:
    html = page(hall, trainer, "screen")

    assert f"{hall.code[:3]} {hall.code[3:]}" in html
    assert 'fill="#fff"' in html
    assert 'stroke="#000"' in html


def test_after_the_end_a_phone_takes_hand_outs_and_homework_home(hall: Hall, phone: FlaskClient) -> None:
    hall.do("start")
    hall.do("close")

    html = page(hall, phone, "phone")

    assert 'href="/programma/klein/bijlage/leeslijst"' in html
    assert "Vraag iemand wat hielp." in html
    assert "Schrijf op wat jou hielp." in html


def test_a_hand_out_is_for_everybody(still_hall: Hall) -> None:
    answer = still_hall.app.test_client().get("/programma/klein/bijlage/leeslijst")

    assert answer.status_code == 200
    assert "Om thuis te lezen." in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "klein/bijlage/nergens",
        "nergens/bijlage/leeslijst",
        "klein/programma.md",
        "klein/dagdeel-1.md",
        "klein/nergens.png",
        "klein/../klein/dagdeel-1.md",
        "klein/..%2f..%2f..%2fsecret.png",
        "../programma/x.png",
    ],
)
def test_nothing_but_hand_outs_and_pictures_of_a_programme_is_given_out(still_hall: Hall, path: str) -> None:
    assert still_hall.app.test_client().get(f"/programma/{path}").status_code == 404


def test_the_files_of_kinds_are_given_out_and_no_others(still_hall: Hall) -> None:
    browser = still_hall.app.test_client()

    assert browser.get("/kinds/flap/style.css").content_type == "text/css; charset=utf-8"
    for path in ("flap/__init__.py", "flap/sample.md", "nergens/style.css", "flap/..%2fcontract.py"):
        assert browser.get(f"/kinds/{path}").status_code == 404


def test_files_with_a_version_in_their_address_are_kept(hall: Hall, trainer: FlaskClient) -> None:
    addresses = set(re.findall(r'(?:src|href)="(/(?:static|kinds)/[^"]+)"', page(hall, trainer, "control")))

    # A sheet, two fonts, the first script and that of the page.
    assert len(addresses) == 5
    for address in addresses:
        answer = trainer.get(address)
        assert (address, answer.status_code) == (address, 200)
        assert answer.cache_control.max_age == 31_536_000


@pytest.fixture
def training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Hall, FlaskClient]]:
    """The first dagdeel of the training, in which kinds have scripts of their own, and a phone in it."""
    monkeypatch.setattr(halls, "PROGRAMMES", ROOT / "content")
    hall = Hall(tmp_path)
    phone = hall.app.test_client()
    phone.set_cookie("kwartier_phone", hall.phone())
    yield hall, phone
    hall.stop()


def test_a_page_has_the_scripts_of_the_kinds_in_its_meeting(training: tuple[Hall, FlaskClient]) -> None:
    hall, phone = training
    scripts = json.loads(unescape(re.findall(r'data-behaviours="([^"]*)"', page(hall, phone, "phone"))[0]))

    assert set(scripts) == {"beeldkaarten", "herstelgrafiek", "werkblad"}
    assert phone.get(scripts["beeldkaarten"]).content_type == "text/javascript; charset=utf-8"


def test_a_page_begins_with_the_script_of_the_kind_that_it_shows(training: tuple[Hall, FlaskClient]) -> None:
    hall, phone = training
    loads = re.compile(r'<link rel="modulepreload" href="/static/(kind-[a-z_]+)-')
    before = loads.findall(page(hall, phone, "phone"))

    hall.do("start")
    hall.do("goto", step=next(step.id for step in hall.room.part.steps() if step.kind == "beeldkaarten"))

    assert (before, loads.findall(page(hall, phone, "phone"))) == ([], ["kind-beeldkaarten"])


def test_the_trainer_is_greeted_by_name_and_the_phone_is_not(
    hall: Hall, phone: FlaskClient, trainer: FlaskClient
) -> None:
    assert "Trainer Toos" not in page(hall, phone, "phone")
    assert "Trainer Toos" not in page(hall, trainer, "screen")


@pytest.mark.parametrize("role", PATHS)
def test_the_page_and_the_message_are_the_same_view(
    hall: Hall, phone: FlaskClient, trainer: FlaskClient, role: str
) -> None:
    for phase in phases(hall):
        # Twice at most: the minute on the clock may change between the two.
        same = any(is_same(hall, phone if role == "phone" else trainer, role) for _ in range(2))
        assert (phase, same) == (phase, True)


def is_same(hall: Hall, browser: FlaskClient, role: str) -> bool:
    with hall.app.test_request_context():
        message = hall.host.messages.message(hall.room, Audience(Role(role)))
    return one_line(message["html"]) in one_line(page(hall, browser, role))


def one_line(html: str) -> str:
    return " ".join(html.split())


def test_the_exercises_of_a_meeting_can_be_done_on_paper(hall: Hall, trainer: FlaskClient) -> None:
    answer = trainer.get(f"/regie/{hall.meeting}/papier")

    found = [(step, hall.room.kind(step)) for step in hall.room.part.steps()]
    exercises = [step for step, kind in found if kind.takes_posts or kind.printed]
    assert (answer.status_code, answer.text.count('class="sheet"')) == (200, len(exercises))


def test_the_paper_of_a_meeting_is_for_its_trainers(still_hall: Hall) -> None:
    answer = still_hall.app.test_client().get(f"/regie/{still_hall.meeting}/papier")

    assert answer.status_code == 302
