"""Stickers: yellow and blue, up to a number of each; what a phone may send, the questions, and the end."""

import msgspec
import pytest

from tests.kinds.stage_support import ask
from tests.support.fragments import Page
from trainer.kinds.contract import Command, Rejected
from trainer.kinds.stickers import StickersState
from trainer.kinds.stickers.colours import BLUE, YELLOW
from trainer.kinds.stickers.tests.support import shown, wall

# What a phone may send


def test_accept_knows_the_colour_by_its_field() -> None:
    assert wall().offer("me", geel=" lui ") == {"geel": {"colour": "geel", "text": "lui"}}
    assert wall().offer("me", geel="", blauw="dapper") == {"blauw": {"colour": "blauw", "text": "dapper"}}


def test_accept_counts_each_colour_on_its_own() -> None:
    stage = wall()
    for number in range(3):
        stage.send("me", geel=f"geel {number}")

    assert stage.offer("me", geel="vierde") == Rejected(
        "full", "Je hebt al 3 keer geel. Haal er eerst een weg."
    )
    assert stage.offer("me", blauw="eerste") == {"blauw": {"colour": "blauw", "text": "eerste"}}


def test_accept_nothing_or_both_or_too_long_is_refused() -> None:
    assert wall().offer("me") == Rejected("empty", "Je hebt nog niets geschreven.")
    assert wall().offer("me", geel="a", blauw="b") == Rejected("invalid", "Stuur één sticker tegelijk.")
    assert wall().offer("me", geel="x" * 62) == Rejected(
        "too-long", "Je tekst is 2 tekens te lang. Kort hem in en stuur opnieuw."
    )


def test_accept_after_closing_is_refused_until_reopened() -> None:
    stage = wall().press("close")
    assert stage.offer("me", geel="a") == Rejected("closed", "Het insturen is gesloten.")

    assert stage.press("open").offer("me", geel="a") == {"geel": {"colour": "geel", "text": "a"}}


def test_own_lists_the_stickers_by_colour_with_what_is_left() -> None:
    stage = wall()
    for colour in ("geel", "blauw", "geel"):
        stage.send("me", **{colour: colour})

    assert [
        (row["colour"], [found["id"] for found in row["stickers"]], row["left"])
        for row in stage.own("me")["colours"]
    ] == [(YELLOW, ["me", "me1"], 1), (BLUE, ["me0"], 2)]


def test_own_says_which_stickers_others_can_see() -> None:
    stage = shown("ace")
    stage.send("a", geel="nog een")

    yellow, _ = stage.own("a")["colours"]
    assert [found["seen"] for found in yellow["stickers"]] == [True, False]


def test_each_form_asks_whether_a_sticker_may_be_alone() -> None:
    stage = wall()

    assert [form.options["alone"] for form in Page(stage.play.own(stage.sitting, "me")).forms] == [["ja"]] * 2


def test_questions_come_one_by_one_on_screen_and_phone() -> None:
    stage = wall().press(ask("question", number="1"))
    assert stage.view("screen")["question"].plain == "Hoe is plakken?"

    stage.press(ask("question", number="2"))
    assert stage.view("phone")["question"].plain == "Hoe is geplakt worden?"
    assert [control.label for control in stage.controls if control.name == "question"] == ["Verberg de vraag"]

    assert stage.press(ask("question", number="0")).view("screen")["question"] is None


# The rest


def test_nothing_is_kept() -> None:
    stage = shown()

    assert stage.play.kind.intimate(stage.play.settings)
    assert stage.report == ()


@pytest.mark.parametrize(
    "command", [Command("dance"), ask("colour", colour="rood"), ask("question", number="3")]
)
def test_unknown_command_is_refused(command: Command) -> None:
    assert wall().refusal(command) == Rejected("unknown", "Deze knop bestaat hier niet.")


def test_state_survives_storage() -> None:
    state = shown().press(ask("middle", id="b"), ask("question", number="1"), "close").state

    assert msgspec.json.decode(msgspec.json.encode(state), type=StickersState) == state
