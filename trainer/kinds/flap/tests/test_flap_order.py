"""Flap: cards in groups and on piles."""

from tests.kinds.stage_support import ask
from trainer.kinds import contract
from trainer.kinds.contract import Command, Rejected
from trainer.kinds.flap.cards import Card, Group, Order, add_group, faces, merge, merge_same, move, split
from trainer.kinds.flap.tests.support import drawn, flap, loose, on_screen

# Groups and piles


def test_group_and_move_order_the_screen() -> None:
    stage = drawn().press("show-all", ask("group", title=" Rust  "), ask("move", id="c", group="g1"))
    assert on_screen(stage) == [("Rust", [("tekst c", 1)]), *loose("a", "b")]

    assert on_screen(stage.press(ask("rename", group="g1", title="Stilte")))[0][0] == "Stilte"
    assert on_screen(stage.press(ask("ungroup", group="g1"))) == loose("a", "b", "c")


def test_move_out_of_a_group_makes_the_card_loose() -> None:
    order = move(move(add_group(Order(), "Rust"), "a", "g1"), "a", "")

    assert order.groups == (Group("g1", "Rust", ()),)


def test_group_without_title_or_beyond_twelve_is_refused() -> None:
    stage = flap().press(*[ask("group", title=f"Groep {n}") for n in range(11)])

    assert stage.refusal(ask("group", title=" ")) == Rejected("empty", "Je hebt nog niets geschreven.")
    assert stage.press(ask("group", title="Groep 12")).refusal(ask("group", title="Nog een")) == Rejected(
        "full", "Meer dan 12 groepen past niet op het scherm."
    )


def test_group_that_is_gone_is_refused_kindly() -> None:
    assert flap().refusal(ask("rename", group="g1", title="x")) == Rejected(
        "gone", "Deze groep is er niet meer."
    )


def test_merge_counts_and_keeps_the_card_on_top() -> None:
    stage = drawn().press("show-all", ask("merge", id="a", into="c"))
    assert on_screen(stage) == [("", [("tekst c", 2), ("tekst b", 1)])]

    assert on_screen(stage.press(ask("split", id="c"))) == loose("a", "b", "c")


def test_merge_whose_top_card_is_taken_back_has_another_face() -> None:
    stage = drawn("abcd").press("show-all", ask("merge", id="a", into="c"))

    stage.withdraw("c")
    assert on_screen(stage.press("cards")) == loose("a", "b", "d")


def test_merge_with_a_shown_card_keeps_the_shown_text() -> None:
    stage = drawn().press(ask("show", id="b"), ask("merge", id="b", into="a"))

    assert on_screen(stage) == [("", [("tekst b", 2)])]


def test_merge_with_a_held_card_is_refused() -> None:
    stage = drawn().press(ask("hold", id="a"))
    refused = Rejected("held", "Een van deze kaarten houd je achter. Toon die eerst.")

    assert stage.refusal(ask("merge", id="a", into="b")) == refused
    assert stage.refusal(ask("merge", id="b", into="a")) == refused


def test_hold_goes_for_the_whole_pile() -> None:
    stage = drawn("abcd").press("show-all", ask("merge", id="a", into="b"), ask("hold", id="b"))
    assert on_screen(stage) == loose("c", "d")

    stage.withdraw("b")
    assert on_screen(stage.press("cards")) == loose("c", "d")


def test_same_merges_what_says_the_same() -> None:
    stage = drawn("", a="Rust!", b="rust", c="ritme").press("same", "show-all")

    assert on_screen(stage) == [("", [("Rust!", 2), ("ritme", 1)])]


def test_merge_moves_the_cards_into_the_group_of_the_top_one() -> None:
    order = merge(move(add_group(Order(), "Rust"), "b", "g1"), "a", "b")

    assert order == Order((Group("g1", "Rust", ("b", "a")),), (("b", "a"),))
    assert split(order, "a").groups == order.groups


def test_faces_do_not_know_what_is_not_there() -> None:
    seen = [contract.Card("a", "", {"text": "tekst a"})]

    assert faces(Order(piles=(("x", "a"),)), seen) == (Card("a", "tekst a", 1, ""),)
    assert merge_same(Order(), []) == Order()


def test_several_cards_are_moved_shown_and_merged_by_one_press() -> None:
    stage = drawn("abcd").press(
        ask("group", title="Rust"),
        Command("move", {"id": ("a", "d"), "group": ("g1",)}),
        Command("show", {"id": ("a", "b", "c", "d")}),
        Command("merge", {"id": ("b", "c")}),
    )

    assert on_screen(stage) == [("Rust", [("tekst a", 1), ("tekst d", 1)]), ("", [("tekst b", 2)])]


def test_of_several_cards_those_that_were_taken_back_are_passed_over() -> None:
    stage = drawn("abcd")
    stage.withdraw("b")

    assert on_screen(stage.press(Command("show", {"id": ("a", "b", "c")}))) == loose("a", "c")
