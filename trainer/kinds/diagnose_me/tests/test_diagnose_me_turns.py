"""Diagnose me!: one card at a time is open, and one phone at a time may choose the next."""

import pytest

from tests.kinds.stage_support import ask
from trainer.kinds.contract import Rejected
from trainer.kinds.diagnose_me.game import ANOTHER
from trainer.kinds.diagnose_me.tests.support import (
    GONE,
    NOT_YOUR_TURN,
    SECRET,
    card,
    dealt,
    labels,
    opened,
    says_so,
)

# A turn


def test_turn_chooses_a_closed_card_on_the_own_phone_alone() -> None:
    stage = dealt()

    assert [stage.own(who)["choices"] for who in "abc"] == [(), (1, 2, 3), ()]
    assert stage.act("a", "open", card="1") == NOT_YOUR_TURN


def test_open_shows_the_card_on_the_screen_and_to_the_reader() -> None:
    stage = opened()

    assert stage.view("screen")["open"] == card("c")
    assert (stage.own("b")["reading"], stage.own("a")["reading"]) == (card("c"), None)
    assert stage.view("screen")["closed"] == (1, 2, 4)


def test_open_second_card_before_the_first_is_resolved_is_refused() -> None:
    stage = opened()
    busy = Rejected("busy", "Er ligt nog een kaart open. Raad eerst van wie hij is.")

    assert stage.act("b", "open", card="1") == busy
    assert stage.act("b", "pass") == busy
    assert stage.refusal("open") == busy


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", "", "²", "99999999"])
def test_open_a_card_that_is_not_there_is_refused(number: str) -> None:
    assert dealt().act("b", "open", card=number) == GONE


def test_mine_is_for_the_owner_alone_and_gives_the_next_turn() -> None:
    stage = opened()
    assert says_so(stage, "a") == SECRET

    assert says_so(stage, "c") is None
    assert stage.own("c")["choices"] == (1, 2, 4)
    assert stage.view("screen")["claimed"] is True


def test_mine_that_was_pressed_at_another_card_is_not_said_of_the_one_that_lies_open_now() -> None:
    stage = opened("abcdef")
    pressed_at = str(stage.own("a")["open"])
    stage.press("away", "open")
    owner = stage.state.open
    before = stage.state

    assert stage.act(owner, "mine", card=pressed_at) == ANOTHER
    assert stage.state == before
    assert says_so(stage, owner) is None


def test_mine_tells_nobody_whose_card_it_was() -> None:
    stage = opened()
    assert says_so(stage, "c") is None

    assert [stage.own(who)["claimed"] for who in "abc"] == [False, False, True]
    views = [stage.view(name) for name in ("screen", "phone", "control")]
    assert stage.state.turn == "c"
    assert [name for view in views for name in view if view[name] == "c"] == []


def test_claim_button_is_on_every_phone_with_a_card() -> None:
    stage = opened()

    assert [stage.own(who)["may_claim"] for who in "abcz"] == [True, True, True, False]


def test_silent_owner_is_left_alone_and_the_turn_goes_to_who_had_none() -> None:
    stage = opened().press(ask("silent", 0))
    assert stage.view("screen")["silent"] is True
    assert stage.own("a")["my_turn"] is True

    assert says_so(stage, "c") is None
    assert stage.own("c")["my_turn"] is True


def test_owner_without_a_phone_says_so_aloud() -> None:
    stage = opened().press("told")

    assert stage.view("screen")["claimed"] is True
    assert labels(stage)[:2] == ["Open zelf een kaart", "Geef iemand anders de beurt"]


@pytest.mark.parametrize("others", [(), ("away",), ("turn",), ("open",), ("finish",), ("finish", "resume")])
def test_what_a_trainer_heard_shows_on_no_phone(others: tuple[str, ...]) -> None:
    # The owner may not even have said anything: a glance at the phones would tell whose card it is.
    stage = opened().press("told", *others)

    assert [stage.own(who)["claimed"] for who in "abcd"] == [False] * 4


@pytest.mark.parametrize("who", "acd")
def test_turn_after_a_trainer_heard_the_owner_goes_to_anybody(who: str) -> None:
    assert opened().press(ask("told", "acd".index(who))).own(who)["my_turn"] is True


def test_pass_gives_somebody_else_the_turn() -> None:
    stage = dealt()
    assert stage.act("b", "pass") is None

    assert stage.own("a")["my_turn"] is True
    assert stage.act("b", "pass") == NOT_YOUR_TURN


def test_turn_by_the_trainer_goes_to_another() -> None:
    stage = dealt(turn=0).press("turn")

    assert [stage.own(who)["my_turn"] for who in "abc"] == [False, True, False]


def test_away_takes_a_card_off_the_screen_for_good() -> None:
    view = dealt().press("open", "away").view("screen")

    assert (view["open"], view["closed"]) == (None, (2, 3))
