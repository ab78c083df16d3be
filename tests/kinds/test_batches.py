"""Texts appear in shuffled batches, when the trainer says so, and a straggler waits."""

from dataclasses import replace

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from trainer.kinds import batches as b
from trainer.kinds.batches import Batches
from trainer.kinds.contract import Command, Post, Rejected

FEW = Rejected("few", "Wacht tot er 3 nieuwe teksten zijn, of sluit het insturen.")


def posts(*ids: str) -> list[Post]:
    return [Post(key, "", f"author-{key}", {"text": f"text-{key}"}) for key in ids]


def ids(found: tuple[Post, ...]) -> list[str]:
    return [post.id for post in found]


def drawn(*keys: str) -> Batches:
    result = b.draw(Batches(), posts(*keys), closed=True)
    assert isinstance(result, Batches)
    return result


def test_draw_takes_all_new_in_order_of_random_id() -> None:
    assert b.draw(Batches(), posts("c", "a", "b"), closed=False) == Batches(drawn=("a", "b", "c"))


def test_draw_second_batch_comes_after_the_first() -> None:
    assert b.draw(drawn("m", "n", "o"), posts("z", "m", "n", "o", "a", "b"), closed=False) == Batches(
        drawn=("m", "n", "o", "a", "b", "z")
    )


def test_draw_fewer_than_three_waits() -> None:
    assert b.draw(Batches(), posts("a", "b"), closed=False) == FEW
    assert b.draw(drawn("a", "b", "c"), posts("a", "b", "c", "d", "e"), closed=False) == FEW


def test_draw_few_after_closing_is_allowed() -> None:
    assert b.draw(Batches(), posts("a"), closed=True) == Batches(drawn=("a",), last=True)


def test_draw_counts_people_and_not_posts() -> None:
    three_of_one = [msgspec.structs.replace(post, author="one") for post in posts("a", "b", "c")]

    assert b.draw(Batches(), three_of_one, closed=False) == FEW


def test_draw_nothing_new_is_refused_even_when_closed() -> None:
    assert b.draw(drawn("a"), posts("a"), closed=True) == FEW


def test_show_one_leaves_the_others() -> None:
    state = b.show(drawn("a", "b"), "b")

    assert ids(b.shown(state, posts("a", "b"))) == ["b"]
    assert ids(b.ready(state, posts("a", "b"))) == ["a"]


def test_show_all_skips_what_is_held_back() -> None:
    state = b.show_all(b.hold(drawn("a", "b", "c"), "b"))

    assert ids(b.shown(state, posts("a", "b", "c"))) == ["a", "c"]


def test_hold_takes_off_the_screen_and_show_brings_back() -> None:
    state = b.hold(b.show_all(drawn("a", "b")), "a")

    assert ids(b.shown(state, posts("a", "b"))) == ["b"]
    assert b.status(state, "a") == "held"
    assert ids(b.shown(b.show(state, "a"), posts("a", "b"))) == ["a", "b"]


def test_shown_order_is_the_drawn_order() -> None:
    assert ids(b.shown(b.show(b.show(drawn("a", "b"), "b"), "a"), posts("b", "a"))) == ["a", "b"]


def test_show_what_was_not_drawn_changes_nothing() -> None:
    assert b.show(drawn("a"), "z") == drawn("a")
    assert b.hold(drawn("a"), "z") == drawn("a")


def test_apply_on_a_card_that_was_taken_back_is_refused_kindly() -> None:
    command = Command("show", {"id": ("a",)})

    assert b.apply(drawn("a", "b"), posts("b"), False, command) == Rejected(
        "gone", "Deze kaart is er niet meer."
    )


def test_apply_another_command_is_none() -> None:
    assert b.apply(Batches(), posts(), False, Command("dance")) is None


def test_controls_without_posts_only_offer_to_close() -> None:
    enabled = [control.name for control in b.controls(Batches(), [], closed=False) if control.enabled]

    assert enabled == ["close"]


def test_summary_explains_why_few_wait() -> None:
    assert b.summary(drawn("a", "b", "c"), posts("a", "b", "c", "d"), closed=False) == {
        "received": 4,
        "waiting": 1,
        "shown": 0,
        "hint": "Nieuwe teksten komen per 3 of meer. Zo blijft geheim wie ze schreef.",
    }


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)
MOVES = st.lists(
    st.tuples(st.sampled_from(["draw", "show", "show-all", "hold"]), st.sampled_from("abcdefgh"), KEYS),
    max_size=12,
)


@given(MOVES)
def test_apply_any_history_shows_only_what_was_drawn(moves: list[tuple[str, str, list[str]]]) -> None:
    state = Batches()
    for name, key, present in moves:
        result = b.apply(state, posts(*present), False, Command(name, {"id": (key,)}))
        if isinstance(result, Batches):
            state = result
        assert set(state.shown) <= set(state.drawn)
        assert not set(state.shown) & set(state.held)
        assert len(state.drawn) == len(set(state.drawn))
        assert set(ids(b.shown(state, posts(*present)))) <= set(present)


@given(KEYS, st.randoms())
def test_draw_any_order_of_arrival_gives_the_same(keys: list[str], random: object) -> None:
    shuffled = list(keys)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert b.draw(Batches(), posts(*keys), True) == b.draw(Batches(), posts(*shuffled), True)


def test_batches_are_not_changed_by_drawing() -> None:
    before = drawn("a", "b", "c")
    copy = replace(before)

    b.show_all(before)
    b.hold(before, "a")

    assert before == copy
