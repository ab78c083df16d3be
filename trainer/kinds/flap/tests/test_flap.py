"""Flap: answers come in, wait, are drawn, shown and ordered; nothing is seen before its time."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.stage_support import ask
from tests.support.fragments import Page
from trainer.kinds.contract import Count, Rejected, Texts, Written
from trainer.kinds.flap.moves import FlapState
from trainer.kinds.flap.tests.support import drawn, flap, loose, on_screen
from trainer.kinds.flap.words import Word

GONE = Rejected("gone", "Deze kaart is er niet meer.")
UNKNOWN = Rejected("unknown", "Deze knop bestaat hier niet.")


# What a phone may send


def test_accept_cleans_the_text_and_stores_it_under_no_item() -> None:
    assert flap().offer("me", "anders", text="  veel\u202e\n rust ") == {"": {"text": "veel rust"}}


def test_accept_more_than_the_most_is_refused() -> None:
    stage = flap(attributes="max=2")
    stage.send("me", text="een")
    assert stage.offer("me", text="twee") == {"": {"text": "twee"}}

    stage.send("me", text="twee")
    refused = Rejected("full", "Je hebt er al 2 ingestuurd. Haal er eerst een weg.")
    assert stage.offer("me", text="nog een") == refused


def test_accept_too_long_or_empty_is_refused() -> None:
    assert flap().offer("me", text="x" * 81) == Rejected(
        "too-long", "Je tekst is 1 teken te lang. Kort hem in en stuur opnieuw."
    )
    assert flap().offer("me", text=" \u200b ") == Rejected("empty", "Je hebt nog niets geschreven.")


def test_accept_after_closing_is_refused_until_reopened() -> None:
    stage = flap().press("close")
    assert stage.offer("me", text="te laat") == Rejected("closed", "Het insturen is gesloten.")

    assert stage.press("open").offer("me", text="toch nog") == {"": {"text": "toch nog"}}


def test_own_lists_the_cards_of_this_phone_and_says_which_can_be_seen() -> None:
    stage = drawn()
    stage.send("a", text="nog een")

    assert stage.own("a") == {
        "cards": [
            {"id": "a", "text": "tekst a", "seen": True, "fell": False},
            {"id": "a0", "text": "nog een", "seen": False, "fell": False},
        ],
        "left": 3,
        "closed": False,
        "given": {"post": "", "numbers": ()},
    }


# Batches, on every view


def test_nothing_is_seen_before_drawing() -> None:
    stage = flap("abcd")

    assert on_screen(stage) == []
    assert stage.view("control")["received"] == Count(3)
    assert "tekst" not in str(stage.view("control")["sections"])


def test_drawn_cards_are_for_the_trainers_only() -> None:
    stage = drawn("cab")

    seen = stage.view("control")["sections"][0]["cards"]
    assert [found["text"] for found in seen] == ["tekst a", "tekst b", "tekst c"]
    assert on_screen(stage) == []


def test_show_one_then_all_but_the_held_one() -> None:
    stage = drawn().press(ask("show", id="b"))
    assert on_screen(stage) == loose("b")

    assert on_screen(stage.press(ask("hold", id="a"), "show-all")) == loose("b", "c")


@pytest.mark.parametrize("closed", [False, True])
def test_cards_of_one_or_two_phones_wait_also_when_nobody_can_send_any_more(closed: bool) -> None:
    stage = drawn().press("show-all")
    stage.send("d", text="tekst d")
    stage.send("e", text="tekst e")
    stage.send("e", text="nog een")

    refused = stage.press(*["close"] * closed).refusal("draw")
    assert refused is not None
    assert refused.code == "few"
    assert on_screen(stage.press("show-all")) == loose("a", "b", "c")


def test_card_that_may_be_alone_is_drawn_without_the_others() -> None:
    stage = flap("a")
    stage.send("b", text="tekst b", alone=True)

    assert on_screen(stage.press("draw", "show-all")) == loose("b")


def test_form_asks_whether_a_card_may_be_alone() -> None:
    stage = flap()
    (form,) = Page(stage.play.own(stage.sitting, "me")).forms

    assert form.options["alone"] == ["ja"]


def test_withdrawn_card_leaves_with_the_next_press_and_then_is_gone_everywhere() -> None:
    stage = drawn("abcd").press("show-all", ask("group", title="Rust"), ask("move", id="a", group="g1"))

    stage.withdraw("a")
    assert on_screen(stage)[0] == ("Rust", [("tekst a", 1)])

    assert on_screen(stage.press("cards")) == loose("b", "c", "d")
    assert stage.refusal(ask("hold", id="a")) == GONE


def test_withdrawn_card_takes_the_two_others_of_its_batch_along() -> None:
    stage = drawn("abc").press("show-all")

    stage.withdraw("a")
    assert on_screen(stage.press("cards")) == []


# Word cloud, pages, definition


def test_cloud_shows_only_what_is_shown() -> None:
    stage = drawn("", a="rust", b="ritme", c="geheim").press(ask("show", id="a"), "cloud")

    assert stage.view("screen")["cloud"] == (Word("rust", 1, 1),)


def test_pages_appear_when_the_cards_do_not_fit() -> None:
    stage = flap()
    for number in range(40):
        stage.send(f"{number:03}", text=f"{number:03} {'woorden ' * 9}")
    stage.press("draw", "show-all")
    pages = [control for control in stage.controls if control.name == "page"]
    first = on_screen(stage)

    assert [(control.args["number"], control.enabled) for control in pages] == [("-1", False), ("1", True)]
    assert stage.press(ask("page", number="1")).view("screen")["page"] == 2
    assert on_screen(stage) != first


def test_definition_is_on_screen_and_phone_and_can_be_emptied() -> None:
    stage = flap(attributes="definitie=ja").press(ask("define", text="Herstel is van jezelf."))
    assert [stage.view(name)["definition"] for name in ("screen", "phone")] == ["Herstel is van jezelf."] * 2

    assert stage.press(ask("define", text="")).state.definition == ""


@pytest.mark.parametrize("name", ["", "dance", "define"])
def test_command_that_this_flap_does_not_have_is_refused(name: str) -> None:
    assert flap().refusal(ask(name, text="x")) == UNKNOWN


# What is kept, and storage


def test_report_has_what_is_on_the_screen_and_the_definition() -> None:
    stage = flap("abc", "definitie=ja").press("draw", "show-all", ask("hold", id="b"))
    stage.press(ask("define", text="Samen"))

    assert stage.report == (
        Texts("antwoorden", "Wat is herstel?", ("a", "c")),
        Written("definitie", "Onze definitie", "Samen"),
    )


def test_kept_are_the_texts_of_five_phones_and_only_what_was_shown() -> None:
    stage = flap("abcdef").press("draw", "show-all", ask("hold", id="b"))

    (kept,) = stage.kept
    assert kept.texts == ("tekst a", "tekst c", "tekst d", "tekst e", "tekst f")


def test_kept_is_nothing_when_one_of_five_phones_is_held_back() -> None:
    stage = flap("abcde").press("draw", "show-all", ask("hold", id="b"))

    assert stage.kept == ()


def test_kept_are_cards_that_say_the_same_as_the_one_on_top_and_no_others_that_lie_under_it() -> None:
    stage = flap("abcd", e="Hoop", f="hoop!", g="nooit gezien").press("draw")
    stage.press(ask("merge", id="f", into="e"), ask("merge", id="g", into="e"), "show-all")

    (kept,) = stage.kept
    assert kept.texts == ("Hoop", "hoop!", "tekst a", "tekst b", "tekst c", "tekst d")


def test_kept_is_what_lay_under_another_card_once_it_was_on_the_screen_itself() -> None:
    stage = flap("abcde", f="al gezien").press("draw", "show-all", ask("merge", id="f", into="a"))

    (kept,) = stage.kept
    assert kept.texts == ("al gezien", "tekst a", "tekst b", "tekst c", "tekst d", "tekst e")


def test_personal_flap_keeps_nothing() -> None:
    stage = flap("abcdef", "persoonlijk=ja").press("draw", "show-all")

    assert stage.play.kind.intimate(stage.play.settings)
    assert (stage.report, stage.kept) == ((), ())


def test_flap_is_not_personal_of_itself() -> None:
    stage = flap()

    assert not stage.play.kind.intimate(stage.play.settings)


def test_state_survives_storage() -> None:
    stage = drawn("abcd").press("show-all", ask("group", title="Rust"), ask("move", id="a", group="g1"))
    stage.press(ask("merge", id="b", into="c"), ask("hold", id="d"))

    assert msgspec.json.decode(msgspec.json.encode(stage.state), type=FlapState) == stage.state


KEYS = "abcdef"
NAMES = (
    "show-all",
    "draw",
    "close",
    "open",
    "cloud",
    "cards",
    "same",
    "page",
    "define",
    "group",
    "rename",
    "ungroup",
    "show",
    "hold",
    "move",
    "merge",
    "split",
)
PRESSES = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(KEYS),
    st.sampled_from(KEYS),
    st.sampled_from(["", "g1", "g2"]),
)
PHONES = st.tuples(st.sampled_from(["send", "withdraw"]), st.sampled_from(KEYS))


@given(st.lists(PRESSES | PHONES, max_size=25))
def test_any_history_shows_each_shown_text_once_and_no_other(history: list[Any]) -> None:
    stage = flap("abcd", "definitie=ja max=1").press("draw", "show-all")
    for name, key, *rest in history:
        there = [post for post in stage.sitting.posts.here if post.author == key]
        if name == "send" and not there and not stage.state.closed:
            stage.send(key, text=f"tekst {key}")
        elif name == "withdraw" and there:
            stage.withdraw(key)
        elif rest:
            into, group = rest
            stage.refusal(ask(name, id=key, into=into, group=group, title="T", text="tekst", number="1"))
        shown = {card.id for card in stage.seen.cards} & set(stage.state.batches.shown)
        counts = [count for _, part in on_screen(stage) for _, count in part]
        texts = {text[-1] for _, part in on_screen(stage) for text, _ in part}
        assert sum(counts) == len(shown)
        assert texts <= shown
        stage.view("control")
        for control in stage.controls:
            if control.enabled and control.name != "draw":
                answer = stage.play.press(stage.sitting, ask(control.name, **control.args))
                assert not isinstance(answer, Rejected), control
