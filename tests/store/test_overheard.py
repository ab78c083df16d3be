"""On plain HTTP others can read along: everybody is told, and personal exercises wait for the trainers."""

import sqlite3
from dataclasses import replace

import pytest

from tests.support.hall import Hall
from trainer.kinds.contract import Command
from trainer.live.audience import Audience, Role
from trainer.live.commands import NOT_NOW
from trainer.meetings.posting import NOT_YET

STICKERS, FLAP, GAME = "stickers", "wat-brengt-ervaring", "diagnose-me"
HELD = "Anderen op deze wifi kunnen meelezen."
WAIT = "De trainer opent deze oefening zo."


@pytest.fixture
def plain(hall: Hall) -> Hall:
    """A meeting that phones reach over plain HTTP, at the address of the laptop on the WiFi."""
    hall.host.settings = replace(hall.host.settings, base_url="http://10.0.0.5:8000")
    return hall


def html(hall: Hall, role: str) -> str:
    return str(hall.host.messages.message(hall.room, Audience(Role(role)))["html"])


@pytest.mark.parametrize(
    ("address", "overheard"),
    [
        ("http://10.0.0.5:8000", True),
        ("http://kwartier.example", True),
        ("https://kwartier.example", False),
        ("http://localhost:8000", False),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
    ],
)
def test_only_plain_http_on_a_network_can_be_overheard(hall: Hall, address: str, overheard: bool) -> None:
    hall.host.settings = replace(hall.host.settings, base_url=address)

    assert hall.host.overheard is overheard


def test_control_says_so_in_the_lobby(plain: Hall) -> None:
    assert "kan meelezen wat telefoons sturen" in html(plain, "control")


@pytest.mark.parametrize("step", [STICKERS, GAME])
def test_a_personal_exercise_waits(plain: Hall, step: str) -> None:
    phone = plain.phone()
    plain.do("goto", step=step)

    assert HELD in html(plain, "control")
    assert WAIT in html(plain, "phone")
    assert "<form" not in html(plain, "phone")
    assert plain.post(phone, step, geel="lui", vulnerability="bang", passion="zingen") == NOT_YET
    assert plain.host.steering.act(plain.meeting, phone, step, Command("mine")) == NOT_YET


def test_accepting_opens_the_exercise_that_is_on_screen_and_no_other(plain: Hall) -> None:
    phone = plain.phone()
    plain.do("goto", step=STICKERS)
    plain.do("accept-plain")

    assert plain.post(phone, STICKERS, geel="lui") is None
    plain.do("goto", step=GAME)
    assert HELD in html(plain, "control")
    assert plain.post(phone, GAME, vulnerability="bang", passion="zingen") == NOT_YET
    plain.do("accept-plain")
    assert plain.post(phone, GAME, vulnerability="bang", passion="zingen") is None
    assert HELD not in html(plain, "control")


def test_an_exercise_that_was_opened_is_not_asked_about_again(plain: Hall) -> None:
    plain.do("goto", step=STICKERS)
    plain.do("accept-plain")
    plain.do("goto", step=FLAP)

    plain.do("goto", step=STICKERS)

    assert HELD not in html(plain, "control")


def test_nothing_is_accepted_before_there_is_an_exercise(plain: Hall) -> None:
    refused = plain.ask("accept-plain")

    assert (refused, plain.state.plain_accepted) == (NOT_NOW, ())


def test_accepting_is_remembered_over_a_restart(plain: Hall) -> None:
    plain.do("goto", step=STICKERS)
    plain.do("accept-plain")

    again = plain.restarted()

    assert again.state.plain_accepted == (STICKERS,)


@pytest.mark.parametrize("stored", [False, True])
def test_a_yes_to_all_exercises_that_was_stored_before_opens_none(plain: Hall, stored: bool) -> None:
    plain.do("goto", step=STICKERS)
    plain.stop()
    with sqlite3.connect(plain.folder / "data" / "kwartier.db") as database:
        database.execute(
            "UPDATE meeting SET state = json_set(state, '$.plain_accepted', json(?)) WHERE id = ?",
            (str(stored).lower(), plain.meeting),
        )

    again = plain.restarted()
    again.host.settings = plain.host.settings

    assert again.state.plain_accepted == ()
    assert HELD in html(again, "control")


def test_other_exercises_do_not_wait(plain: Hall) -> None:
    phone = plain.phone()
    plain.do("goto", step=FLAP)

    assert plain.post(phone, FLAP, text="moed") is None


def test_over_tls_nothing_waits_and_nobody_is_asked(hall: Hall) -> None:
    hall.host.settings = replace(hall.host.settings, base_url="https://kwartier.example")
    phone = hall.phone()
    hall.do("goto", step=STICKERS)

    assert hall.post(phone, STICKERS, geel="lui") is None
    assert HELD not in html(hall, "control")
