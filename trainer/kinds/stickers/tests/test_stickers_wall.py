"""The wall of stickers: what comes on it, what waits for others, and what the trainer turns to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.stage_support import ask
from trainer.kinds.contract import Count, Rejected
from trainer.kinds.stickers.tests.support import GONE, let_through, on_screen, shown, stick, wall

# The wall


def test_wall_is_empty_until_shown_and_then_shuffled_by_id() -> None:
    stage = wall("fedcba").press("draw")
    assert on_screen(stage) == []
    assert let_through(stage) == [f"tekst {key}" for key in "abcdef"]

    assert on_screen(stage.press("show-all")) == [
        ("stigma", "tekst a"), ("kracht", "tekst b"), ("stigma", "tekst c"),
        ("kracht", "tekst d"), ("stigma", "tekst e"), ("kracht", "tekst f"),
    ]  # fmt: skip


def test_control_before_drawing_has_a_count_in_threes_and_no_text() -> None:
    view = wall("abcde").view("control")

    assert (view["received"], view["stickers"]) == (Count(3), [])


@pytest.mark.parametrize("view", ["control", "screen"])
def test_count_is_of_all_who_took_a_colour_whichever_it_was(view: str) -> None:
    stage = wall()
    for number, colour in enumerate(["geel", "blauw", "blauw"]):
        stage.send(f"first-{number}", **{colour: "tekst"})
    assert stage.view(view)["received"] == Count(3)

    stage.send("first-0", blauw="nog een")
    assert stage.view(view)["received"] == Count(3)
    for number in range(3):
        stage.send(f"late-{number}", geel="tekst")
    assert stage.view(view)["received"] == Count(6)


@pytest.mark.parametrize(("waiting", "third"), [("ac", "e"), ("bd", "f")])
def test_stickers_of_two_phones_wait_for_a_third_of_their_colour(waiting: str, third: str) -> None:
    stage = wall(waiting)
    refused = stage.refusal("draw")
    assert refused is not None
    assert refused.code == "few"

    stick(stage, third)
    assert let_through(stage.press("draw")) == [f"tekst {key}" for key in waiting + third]


def test_two_colours_do_not_make_a_batch_together() -> None:
    refused = wall("abcd").refusal("draw")

    assert refused is not None
    assert refused.code == "few"


@pytest.mark.parametrize(("three", "one"), [("ace", "b"), ("bdf", "a")])
def test_one_of_a_colour_beside_three_of_the_other_waits(three: str, one: str) -> None:
    stage = shown(three + one)

    assert let_through(stage) == [f"tekst {key}" for key in three]
    assert [text for _, text in on_screen(stage)] == [f"tekst {key}" for key in three]


def test_what_waited_comes_once_there_are_three_of_its_colour() -> None:
    stage = shown("aceb")
    stick(stage, "d")
    refused = stage.refusal("draw")
    assert refused is not None
    assert refused.code == "few"

    stick(stage, "f")
    assert let_through(stage.press("draw")) == [f"tekst {key}" for key in "acebdf"]


def test_new_sticker_of_a_colour_that_was_drawn_waits_for_three_new_ones() -> None:
    stage = shown("ace")
    for number, key in enumerate("ab"):
        stage.send(key, geel=f"nieuw {number}")
    stage.send("a", geel="nog een van dezelfde")
    refused = stage.refusal("draw")
    assert refused is not None
    assert refused.code == "few"

    stage.send("c", geel="nieuw 2")
    assert len(let_through(stage.press("draw"))) == 7


def test_sticker_that_may_be_alone_comes_without_the_others() -> None:
    stage = wall("ac")
    stage.send("d", blauw="tekst d", alone=True)

    assert let_through(stage.press("draw")) == ["tekst d"]


def test_wall_turns_from_yellow_to_blue_and_to_both() -> None:
    stage = shown().press(ask("colour", colour="geel"))
    assert on_screen(stage) == [("stigma", "tekst a"), ("stigma", "tekst c"), ("stigma", "tekst e")]

    stage.press(ask("colour", colour="blauw"))
    assert on_screen(stage) == [("kracht", "tekst b"), ("kracht", "tekst d"), ("kracht", "tekst f")]
    assert len(on_screen(stage.press(ask("colour", colour="")))) == 6


@pytest.mark.parametrize(("turned", "offered"), [("", "geel"), ("geel", "blauw"), ("blauw", "geel")])
def test_turning_offers_the_other_colour(turned: str, offered: str) -> None:
    stage = shown().press(ask("colour", colour=turned))

    assert f"Draai de muur naar {offered}" in [control.label for control in stage.controls]


def test_middle_shows_one_sticker_and_back_the_wall() -> None:
    stage = shown().press(ask("middle", id="b"))
    view = stage.view("screen")

    assert view["middle"] == {"colour": "blauw", "word": "kracht", "text": "tekst b"}
    assert view["stickers"] == []
    assert len(on_screen(stage.press("back"))) == 6


def test_middle_that_was_taken_back_leaves_the_wall_with_the_next_press() -> None:
    stage = wall("abcdef")
    stage.send("g", blauw="tekst g")
    stage.press("draw", "show-all", ask("middle", id="b"))

    stage.withdraw("b")
    assert stage.press("close").view("screen")["middle"] is None
    assert [text for _, text in on_screen(stage)] == [f"tekst {key}" for key in "acdefg"]


def test_stickers_fall_when_fewer_than_three_of_their_colour_stay() -> None:
    stage = shown()

    stage.withdraw("b")
    assert [text for _, text in on_screen(stage.press("close"))] == ["tekst a", "tekst c", "tekst e"]


def test_middle_that_is_held_back_leaves_the_screen() -> None:
    assert shown().press(ask("middle", id="b"), ask("hold", id="b")).view("screen")["middle"] is None


def test_middle_of_what_was_not_drawn_is_refused() -> None:
    assert wall("abcdef").refusal(ask("middle", id="a")) == GONE


def test_held_sticker_does_not_come_with_show_all() -> None:
    stage = wall("ace").press("draw", ask("hold", id="a"), "show-all")

    assert [text for _, text in on_screen(stage)] == ["tekst c", "tekst e"]


NAMES = ("draw", "show", "show-all", "hold", "middle", "back", "colour", "question", "page", "close", "open")
PRESSES = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from("abcdef"),
    st.sampled_from(["", "geel", "blauw"]),
    st.sampled_from("0123"),
)
PHONES = st.tuples(st.sampled_from(["send", "withdraw"]), st.sampled_from("abcdef"))


@given(st.lists(PRESSES | PHONES, max_size=20))
def test_any_history_shows_no_sticker_that_the_trainer_did_not_show(history: list[Any]) -> None:
    stage = wall("abcde")
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
        seen = {each for each in "abcdef" if f"tekst {each}" in screen}
        assert seen <= set(stage.state.batches.shown) & {card.id for card in stage.seen.cards}
        for colour in ("geel", "blauw"):
            assert len([card for card in stage.seen.cards if card.item == colour]) in (0, 3)
        stage.view("control")
        for control in stage.controls:
            if control.enabled and control.name != "draw":
                answer = stage.play.press(stage.sitting, ask(control.name, **control.args))
                assert not isinstance(answer, Rejected), control
