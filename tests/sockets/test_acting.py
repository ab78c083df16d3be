"""What a phone does that changes the exercise for everybody: all pages show it, the phones at one moment."""

import re

import pytest

from tests.sockets.conftest import Stage
from tests.support.pages import Phone
from tests.support.server import wait_for

STEP = "diagnose-me"
WORDS = ("moe", "bang", "boos")


@pytest.fixture
def at_the_table(either_stage: Stage) -> Stage:
    """Three phones wrote a card, and the cards are on the table."""
    either_stage.at(STEP)
    for word in WORDS:
        phone = either_stage.phone()
        assert phone.post(STEP, vulnerability=word, passion="zingen") == {"ok": True}
    either_stage.control.go("do:start")
    return either_stage


def phones(stage: Stage) -> list[Phone]:
    return [page for page in stage.pages if isinstance(page, Phone)]


def whose_turn(stage: Stage) -> Phone:
    def found() -> Phone | None:
        return next((each for each in phones(stage) if 'data-act="open"' in each.own.get("html", "")), None)

    return wait_for(found, "somebody who has the turn")


def opens(phone: Phone) -> None:
    number = re.search(r'data-arg-card="(\d+)"', phone.own["html"])
    assert number
    assert phone.send("act", step=STEP, name="open", args={"card": [number[1]]}) == {"ok": True}


def test_a_card_that_a_phone_opens_is_seen_by_all(at_the_table: Stage) -> None:
    screen = at_the_table.screen()

    opens(whose_turn(at_the_table))

    for page in (screen, at_the_table.control):
        page.shows("zingen")
    for phone in phones(at_the_table):
        wait_for(lambda phone=phone: "Dit ben ik" in phone.own.get("html", ""), "the button on every phone")
        assert phone.own["key"] == phone.view["key"]


def test_an_action_that_is_refused_looks_on_the_other_phones_like_one_that_is_not(
    at_the_table: Stage,
) -> None:
    has_turn = whose_turn(at_the_table)
    acting, watching = [phone for phone in phones(at_the_table) if phone is not has_turn]
    before = len(watching.views), len(watching.owns)

    assert acting.send("act", step=STEP, name="open", args={"card": ["1"]})["code"] == "turn"

    wait_for(lambda: len(watching.views) > before[0] and len(watching.owns) > before[1], "the same frames")


def test_what_was_taken_back_leaves_with_what_a_phone_does_next(at_the_table: Stage) -> None:
    screen, has_turn = at_the_table.screen(), whose_turn(at_the_table)
    owner = next(phone for phone in phones(at_the_table) if phone is not has_turn)
    wait_for(lambda: "Je kaart gaat van tafel" in owner.own["html"], "the warning")
    assert owner.take_back(STEP) == {"ok": True}
    wait_for(lambda: "Haal het meteen weg" in owner.own["html"], "the notice of it")
    screen.send("hello")
    assert "Wie aan de beurt is, kiest een kaart" in screen.view["html"]

    opens(has_turn)

    # Of two others each would know whose card was the other: they fall too, and the table is empty.
    screen.shows("Alle kaarten zijn open")
    wait_for(lambda: "Haal het meteen weg" not in owner.own["html"], "the notice to be gone")
