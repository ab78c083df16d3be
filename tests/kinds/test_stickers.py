"""Stickers: yellow and blue, up to a number of each, on a wall that the trainer shows and turns."""

from typing import Any

import msgspec
import pytest
from contract_support import Page
from hypothesis import given
from hypothesis import strategies as st
from stage_support import Stage, ask

from trainer.kinds.contract import Command, Count, Rejected
from trainer.kinds.stickers import StickersState
from trainer.kinds.stickers.colours import BLUE, YELLOW

BODY = "Schrijf stickers.\n\n- Hoe is plakken?\n- Hoe is geplakt worden?"
COLOUR = {"a": "geel", "b": "blauw", "c": "geel", "d": "blauw"}
GONE = Rejected("gone", "Deze kaart is er niet meer.")


def wall(keys: str = "") -> Stage:
    """A wall for which each of these phones wrote a sticker: a and c a yellow one, b and d a blue one."""
    stage = Stage("stickers", BODY)
    for key in keys:
        stick(stage, key)
    return stage


def stick(stage: Stage, key: str) -> None:
    stage.send(key, **{COLOUR[key]: f"tekst {key}"})


def shown(keys: str = "abcd") -> Stage:
    return wall(keys).press("draw", "show-all")


def on_screen(stage: Stage) -> list[tuple[str, str]]:
    return [(found["word"], found["text"]) for found in stage.view("screen")["stickers"]]


# What a phone may send


def test_accept_knows_the_colour_by_its_field() -> None:
    assert wall().offer("me", geel=" lui ") == {"": {"colour": "geel", "text": "lui"}}
    assert wall().offer("me", geel="", blauw="dapper") == {"": {"colour": "blauw", "text": "dapper"}}


def test_accept_counts_each_colour_on_its_own() -> None:
    stage = wall()
    for number in range(3):
        stage.send("me", geel=f"geel {number}")

    assert stage.offer("me", geel="vierde") == Rejected(
        "full", "Je hebt al 3 keer geel. Haal er eerst een weg."
    )
    assert stage.offer("me", blauw="eerste") == {"": {"colour": "blauw", "text": "eerste"}}


def test_accept_nothing_or_both_or_too_long_is_refused() -> None:
    assert wall().offer("me") == Rejected("empty", "Je hebt nog niets geschreven.")
    assert wall().offer("me", geel="a", blauw="b") == Rejected("invalid", "Stuur één sticker tegelijk.")
    assert wall().offer("me", geel="x" * 62) == Rejected(
        "too-long", "Je tekst is 2 tekens te lang. Kort hem in en stuur opnieuw."
    )


def test_accept_after_closing_is_refused_until_reopened() -> None:
    stage = wall().press("close")
    assert stage.offer("me", geel="a") == Rejected("closed", "Het insturen is gesloten.")

    assert stage.press("open").offer("me", geel="a") == {"": {"colour": "geel", "text": "a"}}


def test_own_lists_the_stickers_by_colour_with_what_is_left() -> None:
    stage = wall()
    for colour in ("geel", "blauw", "geel"):
        stage.send("me", **{colour: colour})

    assert [
        (row["colour"], [found["id"] for found in row["stickers"]], row["left"])
        for row in stage.own("me")["colours"]
    ] == [(YELLOW, ["me", "me1"], 1), (BLUE, ["me0"], 2)]


def test_own_says_which_stickers_others_can_see() -> None:
    stage = shown("abc")
    stage.send("a", geel="nog een")

    yellow, _ = stage.own("a")["colours"]
    assert [found["seen"] for found in yellow["stickers"]] == [True, False]


def test_each_form_asks_whether_a_sticker_may_be_alone() -> None:
    stage = wall()

    assert [form.options["alone"] for form in Page(stage.play.own(stage.sitting, "me")).forms] == [["ja"]] * 2


# The wall


def test_wall_is_empty_until_shown_and_then_shuffled_by_id() -> None:
    stage = wall("dcba").press("draw")
    assert on_screen(stage) == []
    assert [found["text"] for found in stage.view("control")["stickers"]] == [
        "tekst a", "tekst b", "tekst c", "tekst d",
    ]  # fmt: skip

    assert on_screen(stage.press("show-all")) == [
        ("stigma", "tekst a"), ("kracht", "tekst b"), ("stigma", "tekst c"), ("kracht", "tekst d"),
    ]  # fmt: skip


def test_control_before_drawing_has_a_count_in_threes_and_no_text() -> None:
    view = wall("abcd").view("control")

    assert (view["received"], view["stickers"]) == (Count(3), [])


def test_stickers_of_two_phones_wait_for_a_third() -> None:
    stage = wall("ab")
    refused = stage.refusal("draw")
    assert refused is not None
    assert refused.code == "few"

    stick(stage, "c")
    assert len(stage.press("draw").view("control")["stickers"]) == 3


def test_wall_turns_from_yellow_to_blue_and_to_both() -> None:
    stage = shown().press(ask("colour", colour="geel"))
    assert on_screen(stage) == [("stigma", "tekst a"), ("stigma", "tekst c")]

    stage.press(ask("colour", colour="blauw"))
    assert on_screen(stage) == [("kracht", "tekst b"), ("kracht", "tekst d")]
    assert len(on_screen(stage.press(ask("colour", colour="")))) == 4


@pytest.mark.parametrize(("turned", "offered"), [("", "geel"), ("geel", "blauw"), ("blauw", "geel")])
def test_turning_offers_the_other_colour(turned: str, offered: str) -> None:
    stage = shown().press(ask("colour", colour=turned))

    assert f"Draai de muur naar {offered}" in [control.label for control in stage.controls]


def test_middle_shows_one_sticker_and_back_the_wall() -> None:
    stage = shown().press(ask("middle", id="b"))
    view = stage.view("screen")

    assert view["middle"] == {"colour": "blauw", "word": "kracht", "text": "tekst b"}
    assert view["stickers"] == []
    assert len(on_screen(stage.press("back"))) == 4


def test_middle_that_was_taken_back_leaves_the_wall_with_the_next_press() -> None:
    stage = shown().press(ask("middle", id="b"))

    stage.withdraw("b")
    assert stage.press("close").view("screen")["middle"] is None
    assert [text for _, text in on_screen(stage)] == ["tekst a", "tekst c", "tekst d"]


def test_middle_that_is_held_back_leaves_the_screen() -> None:
    assert shown().press(ask("middle", id="b"), ask("hold", id="b")).view("screen")["middle"] is None


def test_middle_of_what_was_not_drawn_is_refused() -> None:
    assert wall("abcd").refusal(ask("middle", id="a")) == GONE


def test_held_sticker_does_not_come_with_show_all() -> None:
    stage = wall("abc").press("draw", ask("hold", id="a"), "show-all")

    assert [text for _, text in on_screen(stage)] == ["tekst b", "tekst c"]


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


NAMES = ("draw", "show", "show-all", "hold", "middle", "back", "colour", "question", "page", "close", "open")
PRESSES = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from("abcd"),
    st.sampled_from(["", "geel", "blauw"]),
    st.sampled_from("0123"),
)
PHONES = st.tuples(st.sampled_from(["send", "withdraw"]), st.sampled_from("abcd"))


@given(st.lists(PRESSES | PHONES, max_size=20))
def test_any_history_shows_no_sticker_that_the_trainer_did_not_show(history: list[Any]) -> None:
    stage = wall("abc")
    for name, key, *rest in history:
        there = [post for post in stage.sitting.posts.here if post.author == key]
        if name == "send" and not there and not stage.state.closed:
            stick(stage, key)
        elif name == "withdraw" and there:
            stage.withdraw(key)
        elif rest:
            colour, number = rest
            stage.refusal(ask(name, id=key, colour=colour, number=number))
        screen = str(stage.view("screen"))
        seen = {each for each in "abcd" if f"tekst {each}" in screen}
        assert seen <= set(stage.state.batches.shown) & {card.id for card in stage.seen.cards}
        stage.view("control")
        for control in stage.controls:
            if control.enabled and control.name != "draw":
                answer = stage.play.press(stage.sitting, ask(control.name, **control.args))
                assert not isinstance(answer, Rejected), control
