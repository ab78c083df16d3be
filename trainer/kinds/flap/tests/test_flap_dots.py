"""Flap: everybody gives dots to groups and loose cards, and the counts come when the trainer shows them."""

from typing import Any

import msgspec
import pytest

from tests.kinds.stage_support import Stage, ask
from tests.support.fragments import read_page
from trainer.kinds.contract import Rejected, Texts, Totals
from trainer.kinds.flap.dots import LOCKED, TOLD
from trainer.kinds.flap.moves import FlapState
from trainer.kinds.flap.tests.support import flap, loose, on_screen

ROUND = "stippen-01"


def opened(most: int = 3) -> Stage:
    """A group 'Rust' with the cards a and b, the loose cards c and d, and open dots."""
    stage = flap("abcd", f"stippen={most}").press("draw", "show-all", ask("group", title="Rust"))
    return stage.press(ask("move", id="a", group="g1"), ask("move", id="b", group="g1"), "dots-open")


def given(stage: Stage, **ballots: str) -> Stage:
    """Ballots by phone: '02' is a dot for the first option and one for the third."""
    for phone, dots in ballots.items():
        stage.send(phone, ROUND, dot=tuple(dots))
    return stage


def counts(stage: Stage, name: str = "screen") -> list[tuple[str, int, bool]]:
    return [(row["label"], row["count"], row["tie"]) for row in stage.view(name)["dots"]["counted"]]


def labels(stage: Stage, name: str = "phone") -> list[str]:
    return [row["label"] for row in stage.view(name)["dots"]["rows"]]


# Giving


def test_options_are_groups_with_cards_and_then_loose_cards() -> None:
    assert labels(opened().press("dots-clear", ask("group", title="Leeg"), "dots-open")) == [
        "Rust",
        "tekst c",
        "tekst d",
    ]


def test_ballot_is_stored_under_its_round_and_replaces_the_one_before() -> None:
    stage = given(opened(), a="02")
    assert stage.own("a")["given"] == {"post": "a0", "numbers": (1, 3)}

    assert given(stage, a="1").own("a")["given"] == {"post": "a1", "numbers": (2,)}


@pytest.mark.parametrize(
    ("item", "dots", "code"),
    [
        (ROUND, "012", "many"),
        (ROUND, "3", "invalid"),
        (ROUND, "", "empty"),
        ("stippen-02", "0", "closed"),
    ],
)
def test_ballot_that_does_not_fit_is_refused(item: str, dots: str, code: str) -> None:
    refused = opened(most=2).offer("a", item, dot=tuple(dots))

    assert isinstance(refused, Rejected)
    assert refused.code == code


def test_same_number_twice_is_one_dot() -> None:
    assert opened().offer("a", ROUND, dot=("1", "1")) == {ROUND: {"choices": [1]}}


def test_no_card_comes_in_while_the_dots_lie_there() -> None:
    assert opened().offer("a", text="te laat") == Rejected("closed", "Het insturen is gesloten.")


def test_dots_wait_for_three_phones_and_stay_as_they_were_for_one_more() -> None:
    stage = given(opened(), a="0", b="0")
    refused = stage.refusal("dots-show")
    assert refused is not None
    assert refused.code == "few"
    assert counts(stage) == []

    given(stage, c="01").press("dots-show", "dots-open")
    given(stage, d="1").press("dots-show")
    assert counts(stage) == [("Rust", 3, False), ("tekst c", 1, False), ("tekst d", 0, False)]


def test_ties_are_told_and_the_most_comes_first() -> None:
    stage = given(opened(), a="12", b="12", c="0", d="2", e="1").press("dots-show")

    expected = [("tekst c", 3, True), ("tekst d", 3, True), ("Rust", 1, False)]
    assert (counts(stage), counts(stage, "phone")) == (expected, expected)
    assert stage.play.shared("screen", stage.sitting).count("gelijk") == 2


def test_dots_on_paper_are_counted_with_the_others() -> None:
    stage = given(opened(), a="0", b="0", c="0")
    stage.send("papier", ROUND, paper=True, dot="1")

    assert counts(stage.press("dots-show"))[:2] == [("Rust", 3, False), ("tekst c", 1, False)]


def test_hidden_dots_come_back_unchanged_and_nobody_can_give_any_meanwhile() -> None:
    stage = given(opened(), a="0", b="0", c="0").press("dots-show", "dots-hide")
    assert on_screen(stage) == [("Rust", [("tekst a", 1), ("tekst b", 1)]), *loose("c", "d")]
    assert stage.offer("d", ROUND, dot="1") == Rejected("closed", "De stippen zijn gesloten.")

    assert counts(stage.press("dots-show"))[0] == ("Rust", 3, False)


def test_forms_are_for_phones_and_for_paper_while_the_dots_are_open() -> None:
    stage = opened()
    (on_phone,) = read_page(stage.play.shared("phone", stage.sitting)).forms
    (on_paper,) = read_page(stage.play.enter(stage.sitting)).forms

    for form in (on_phone, on_paper):
        assert (form.attributes["data-item"], form.options["dot"]) == (ROUND, ["0", "1", "2"])
    assert read_page(stage.play.own(stage.sitting, "a")).forms == []


# What the dots lie on


@pytest.mark.parametrize(
    "command",
    [
        ask("rename", group="g1", title="Stilte"),
        ask("ungroup", group="g1"),
        ask("group", title="Nog een"),
        ask("move", id="a", group=""),
        ask("merge", id="c", into="d"),
        ask("show", id="c"),
        ask("same"),
    ],
)
def test_layout_stays_until_the_dots_are_taken_away(command: Any) -> None:
    stage = given(opened(), a="0", b="0", c="0").press("dots-show")
    assert stage.refusal(command) == LOCKED

    assert stage.press("dots-clear").refusal(command) is None


def test_card_that_is_held_back_or_taken_back_keeps_its_number_and_not_its_words() -> None:
    stage = given(opened(), a="1", b="1", c="2").press(ask("hold", id="c"))
    assert labels(stage) == ["Rust", "", "tekst d"]

    assert counts(stage.press("dots-show")) == [("", 2, False), ("tekst d", 1, False), ("Rust", 0, False)]
    assert "tekst c" not in stage.play.shared("screen", stage.sitting)


def test_new_round_counts_no_dots_of_the_one_before() -> None:
    stage = given(opened(), a="0", b="0", c="0").press("dots-clear", "dots-open")
    assert stage.own("a")["given"] == {"post": "", "numbers": ()}

    for phone in "abc":
        stage.send(phone, "stippen-02", dot="1")
    assert counts(stage.press("dots-show"))[0] == ("tekst c", 3, False)


@pytest.mark.parametrize("then", [(), ("dots-hide",), ("dots-open",)])
@pytest.mark.parametrize("layout", [(), (ask("group", title="Nieuw"), ask("move", id="c", group="g2"))])
def test_no_round_follows_on_counts_that_everybody_saw(
    then: tuple[str, ...], layout: tuple[Any, ...]
) -> None:
    # The same three would give the same again, and the difference be the dot of a fourth.
    stage = given(opened(), a="0", b="0", c="0").press("dots-show", *then, "dots-clear", *layout)

    assert stage.refusal("dots-open") == TOLD
    assert "dots-open" not in stage.enabled()
    assert TOLD.message.partition(".")[0] in stage.play.shared("control", stage.sitting)


def test_dots_need_two_to_twenty_things_to_lie_on() -> None:
    stage = flap("abcdefghijklmnopqrstu", "stippen=2").press("draw", ask("show", id="a"))
    assert "dots-open" not in stage.enabled()

    assert "dots-open" in stage.press(ask("show", id="b")).enabled()
    assert "dots-open" not in stage.press("show-all").enabled()
    assert stage.view("control")["too_many"]


def test_flap_without_dots_has_no_button_for_them() -> None:
    stage = flap("abc").press("draw", "show-all")

    assert [control.name for control in stage.controls if control.name.startswith("dots")] == []
    assert stage.refusal("dots-open") == Rejected("unknown", "Deze knop bestaat hier niet.")


# What is kept, size and storage


def test_report_has_totals_by_number_and_what_was_typed_with_the_texts() -> None:
    stage = given(opened(), a="0", b="0", c="0").press("dots-show")

    assert stage.report == (
        Texts("antwoorden", "Wat is herstel?", ("a", "b", "c", "d"), groups={"a": "1. Rust", "b": "1. Rust"}),
        Totals("stippen", "Stippen: Wat is herstel?", ROUND, ("Groep 1", "Losse kaart 2", "Losse kaart 3")),
    )


def test_dots_that_nobody_saw_are_not_reported() -> None:
    stage = given(opened(), **dict.fromkeys("abcdefgh", "0"))
    assert [row.id for row in stage.report] == ["antwoorden"]

    stage.press("dots-show", "dots-hide")
    assert [row.id for row in stage.report] == ["antwoorden", "stippen"]

    stage.press("dots-open")
    assert [row.id for row in stage.report] == ["antwoorden"]


def test_kept_are_totals_of_five_phones() -> None:
    stage = given(opened(), **dict.fromkeys("abcde", "0"), f="1", g="1", h="2").press("dots-show")

    kept = stage.kept[1]
    assert (kept.answered, kept.counts) == (8, (5, None, None))


def test_private_fragment_with_dots_is_smaller_than_with_the_form_for_cards() -> None:
    stage = flap("", "stippen=5 max=1")
    for phone in "abcdefghijkl":
        stage.send(phone, text="x" * 80)
    before = len(stage.play.own(stage.sitting, "a"))
    stage.press("draw", "show-all", "dots-open")
    stage.send("a", ROUND, dot=tuple(str(number) for number in range(7, 12)))

    assert len(stage.play.own(stage.sitting, "a")) + len(ROUND) < before


def test_state_with_dots_survives_storage() -> None:
    stage = given(opened(), a="0", b="0", c="0").press("dots-show")

    assert msgspec.json.decode(msgspec.json.encode(stage.state), type=FlapState) == stage.state
