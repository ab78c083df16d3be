"""Of the cards that the gate let through, a trainer shows all, or one by one, and holds some back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.kinds import batches as b
from trainer.kinds.batches import Batches
from trainer.kinds.contract import Card, Command, Count, Post, Rejected, Seen
from trainer.kinds.gate import FALLEN


def seeing(*keys: str) -> Seen:
    return Seen(tuple(Card(key, "", {"text": f"text-{key}"}) for key in keys))


def ids(found: tuple[Card, ...]) -> list[str]:
    return [card.id for card in found]


def showing(*keys: str) -> Batches:
    return Batches(shown=keys)


def test_cards_that_came_through_are_ready_in_the_order_of_their_random_ids() -> None:
    assert ids(b.ready(Batches(), seeing("c", "a", "b"))) == ["a", "b", "c"]


def test_cards_of_a_later_batch_come_after_what_is_on_the_screen() -> None:
    assert ids(b.drawn(showing("m", "n"), seeing("z", "m", "n", "a"))) == ["m", "n", "a", "z"]


def test_show_one_leaves_the_others() -> None:
    state = b.show(Batches(), "b")

    assert ids(b.shown(state, seeing("a", "b"))) == ["b"]
    assert ids(b.ready(state, seeing("a", "b"))) == ["a"]


def test_show_all_skips_what_is_held_back() -> None:
    state = b.show_all(b.hold(Batches(), "b"), seeing("a", "b", "c"))

    assert ids(b.shown(state, seeing("a", "b", "c"))) == ["a", "c"]


def test_show_all_leaves_what_is_on_the_screen_in_its_place() -> None:
    assert b.show_all(showing("c"), seeing("a", "b", "c")).shown == ("c", "a", "b")


def test_hold_takes_off_the_screen_and_show_brings_back_at_the_end() -> None:
    state = b.hold(showing("a", "b"), "a")

    assert ids(b.shown(state, seeing("a", "b"))) == ["b"]
    assert ids(b.shown(b.show(state, "a"), seeing("a", "b"))) == ["b", "a"]


def test_card_that_the_gate_did_not_let_through_is_nowhere() -> None:
    state = Batches(shown=("a", "z"), held=("y",))

    assert (ids(b.drawn(state, seeing("a"))), ids(b.shown(state, seeing("a")))) == (["a"], ["a"])


@pytest.mark.parametrize("name", ["show", "hold"])
def test_apply_on_a_card_that_is_not_there_is_refused_kindly(name: str) -> None:
    command = Command(name, {"id": ("a",)})

    assert b.apply(showing("a", "b"), seeing("b"), command) == Rejected("gone", "Deze kaart is er niet meer.")


def test_several_cards_are_shown_or_held_back_by_one_command() -> None:
    seen = seeing("a", "b", "c")
    held = b.apply(showing("a", "b"), seen, Command("hold", {"id": ("a", "b")}))

    assert held == Batches(held=("a", "b"))
    assert b.apply(held, seen, Command("show", {"id": ("b", "c", "b")})) == Batches(("b", "c"), ("a",))


def test_of_several_cards_one_that_was_taken_back_is_passed_over() -> None:
    command = Command("show", {"id": ("a", "b")})

    assert b.apply(Batches(), seeing("b"), command) == showing("b")


def test_apply_another_command_is_none() -> None:
    assert b.apply(Batches(), seeing(), Command("dance")) is None


def test_status_says_where_a_card_is() -> None:
    state = Batches(shown=("a",), held=("b",))

    assert [b.status(state, key) for key in "abc"] == ["shown", "held", "ready"]


def test_controls_always_offer_to_look_for_new_cards() -> None:
    enabled = [control.name for control in b.controls(Batches(), seeing(), closed=False) if control.enabled]

    assert enabled == ["draw", "close"]


def test_controls_with_cards_to_show_put_that_first() -> None:
    styles = {control.name: control.style for control in b.controls(Batches(), seeing("a"), closed=True)}

    assert styles == {"show-all": "primary", "draw": "normal", "open": "normal"}


def test_where_tells_a_phone_which_of_its_cards_others_can_see() -> None:
    own = [Post("a", "", "me", {}), Post("b", "", "me", {}), Post("d", "", "me", {}, seen=FALLEN)]

    assert b.where(own, seeing("b", "c")) == {
        "a": {"seen": False, "fell": False},
        "b": {"seen": True, "fell": False},
        "d": {"seen": False, "fell": True},
    }


def test_summary_counts_cards_that_the_trainers_know_and_phones_in_threes() -> None:
    seen = Seen(seeing("a", "b", "c").cards, counts={"": Count(6, 1)})

    assert b.summary(Batches(shown=("a",), held=("b",)), seen) == {
        "received": Count(6, 1), "shown": 1, "ready": 1,
    }  # fmt: skip


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)
MOVES = st.lists(
    st.tuples(st.sampled_from(["show", "show-all", "hold"]), st.sampled_from("abcdefgh"), KEYS), max_size=12
)


@given(MOVES)
def test_any_history_shows_only_what_came_through_and_is_not_held(
    moves: list[tuple[str, str, list[str]]],
) -> None:
    state = Batches()
    for name, key, present in moves:
        seen = seeing(*present)
        result = b.apply(state, seen, Command(name, {"id": (key,)}))
        state = result if isinstance(result, Batches) else state
        assert len(state.shown) == len(set(state.shown))
        assert not set(state.shown) & set(state.held)
        assert set(ids(b.shown(state, seen))) <= set(present)
        held = {card for card in present if card in state.held}
        assert {*ids(b.shown(state, seen)), *ids(b.ready(state, seen)), *held} == set(present)
