"""The gate and cards: those of a batch come from three phones at every moment, or are not there."""

import inspect
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.gate_support import House, Step, card, cards, code
from tests.kinds.stage_support import votes
from trainer import kinds
from trainer.kinds import gate
from trainer.kinds.contract import ROOM, Count, Kind, Post, Rejected
from trainer.kinds.posts import Posts

# Drawing


def test_draw_lets_new_cards_of_three_phones_through_together() -> None:
    step = Step().send(*cards("c", "a", "b", "a2"))
    assert step.cards == []

    assert step.ask(draw=("",)) is None
    assert step.cards == ["a", "a2", "b", "c"]


@pytest.mark.parametrize("keys", [(), ("a",), ("a", "b"), ("a", "a2", "a3", "b")])
def test_draw_of_fewer_than_three_phones_must_wait(keys: tuple[str, ...]) -> None:
    step = Step().send(*cards(*keys))

    assert step.ask(draw=("",)) == Rejected(
        "few",
        "Er zijn nog geen drie telefoons met iets nieuws. Wacht even, of vraag wie het hardop wil zeggen.",
    )
    assert step.cards == []


def test_draw_of_what_leaves_the_house_needs_five_phones() -> None:
    step = Step(kind=House()).send(*cards("a", "b", "c", "d"))
    assert step.ask(draw=("",)) == Rejected(
        "few", "Er zijn nog geen vijf telefoons met iets nieuws. Wacht tot er meer mensen klaar zijn."
    )

    assert step.send(card("e")).ask(draw=("",)) is None


def test_draw_of_a_straggler_waits_for_two_others_beside_whom_it_is_new() -> None:
    step = Step().send(*cards("a", "b", "c"))
    assert step.ask(draw=("",)) is None

    assert code(step.send(card("d")).ask(draw=("",))) == "few"
    assert step.send(*cards("a2", "e")).ask(draw=("",)) is None
    assert step.cards == ["a", "a2", "b", "c", "d", "e"]


@pytest.mark.parametrize("how", ["paper", "alone"])
def test_draw_lets_paper_and_cards_that_may_be_alone_through_without_the_others(how: str) -> None:
    step = Step().send(*cards("a", "b"), *cards("p", "q", "r", **{how: True}))

    assert step.ask(draw=("",)) is None
    assert step.cards == ["p", "q", "r"]


def test_draw_of_the_whole_lets_no_paper_through_while_phones_must_wait() -> None:
    step = Step().send(*cards("a", "b"), card("p", paper=True))
    assert code(step.ask(draw=("",), whole=True)) == "few"

    assert step.send(card("c")).ask(draw=("",), whole=True) is None
    assert step.cards == ["a", "b", "c", "p"]


def test_draw_of_the_whole_may_be_paper_when_there_is_nothing_else() -> None:
    assert Step().send(card("p", paper=True)).ask(draw=("",), whole=True) is None


def test_draw_does_not_bring_what_was_taken_back() -> None:
    step = Step().send(*cards("a", "b"), card("c", leaving=True))

    assert code(step.ask(draw=("",))) == "few"


def test_draw_of_several_items_wants_three_phones_for_each() -> None:
    step = Step().send(*(card(key, item="1") for key in "abc"), card("d", item="2"))

    assert step.ask(draw=("1", "2")) is None
    assert step.cards == ["a", "b", "c"]


def test_what_is_seen_of_a_card_does_not_say_whose_it_is() -> None:
    step = Step().send(*(Post(key, "", f"phone-{key}", {"text": key}) for key in "abc"))

    assert step.ask(draw=("",)) is None
    assert "phone" not in str(gate.seen(step.posts, step.pictures))


# Leaving


def test_settle_lets_what_was_taken_back_go_and_the_others_stay() -> None:
    step = Step().send(*cards("a", "b", "c", "d"))
    assert step.ask(draw=("",)) is None

    step.withdraw("a")
    assert step.cards == ["a", "b", "c", "d"]
    step.posts = gate.settled(step.posts)
    assert step.cards == ["b", "c", "d"]


def test_settle_takes_a_batch_along_when_fewer_than_three_phones_would_stay() -> None:
    step = Step().send(*cards("a", "b", "b2", "c"))
    assert step.ask(draw=("",)) is None

    step.withdraw("a")
    step.posts = gate.settled(step.posts)
    assert step.cards == []


def test_card_that_fell_is_never_shown_again() -> None:
    step = Step().send(*cards("a", "b", "c"))
    assert step.ask(draw=("",)) is None
    step.withdraw("a")
    step.posts = gate.settled(step.posts)

    assert step.send(*cards("d", "e", "f")).ask(1, draw=("",)) is None
    assert step.cards == ["d", "e", "f"]


def test_settle_looks_at_each_batch_by_itself() -> None:
    step = Step().send(*cards("a", "b", "c"))
    assert step.ask(1, draw=("",)) is None
    assert step.send(*cards("d", "e", "f")).ask(2, draw=("",)) is None

    step.withdraw("a")
    step.posts = gate.settled(step.posts)
    assert step.cards == ["d", "e", "f"]


def test_settle_looks_at_each_item_of_one_draw_by_itself() -> None:
    step = Step().send(*(card(f"{key}{item}", item=item) for key in "abc" for item in "12"))
    assert step.ask(draw=("1", "2")) is None

    step.withdraw("a1")
    step.posts = gate.settled(step.posts)
    assert step.cards == ["a2", "b2", "c2"]


@pytest.mark.parametrize("how", ["paper", "alone"])
def test_settle_leaves_cards_that_need_no_others(how: str) -> None:
    step = Step().send(*cards("p", "q", **{how: True}))
    assert step.ask(draw=("",)) is None

    step.withdraw("p")
    step.posts = gate.settled(step.posts)
    assert step.cards == ["q"]


def test_nothing_was_shown_of_what_only_was_sent_or_had_to_wait() -> None:
    step = Step().send(*cards("a", "b")).vote(*votes("1", 0, 4))

    assert (code(step.ask(draw=("",))), code(step.count())) == ("few", "few")
    assert not gate.was_shown(step.posts, step.pictures)


def test_something_was_shown_of_votes_that_were_counted_and_taken_back() -> None:
    step = Step().vote(*votes("1", 0, 0, 4))
    assert step.count() is None
    assert gate.was_shown(step.posts, step.pictures)

    step.withdraw("1-a0", "1-a1", "1-a2")
    assert gate.was_shown(step.posts, {})


def test_something_was_shown_of_cards_also_when_they_fell() -> None:
    step = Step().send(*cards("a", "b", "c"))
    assert step.ask(draw=("",)) is None
    assert gate.was_shown(step.posts, step.pictures)

    step.withdraw("a")
    step.posts = gate.settled(step.posts)
    assert (step.cards, gate.was_shown(step.posts, step.pictures)) == ([], True)


CARDS = st.one_of(
    st.tuples(st.just("send"), st.sampled_from("abcdefg"), st.sampled_from(["", "", "", "paper", "alone"])),
    st.tuples(st.just("withdraw"), st.sampled_from("abcdefg"), st.integers(0, 9)),
    st.tuples(st.sampled_from(["draw", "settle"]), st.none(), st.none()),
)


@given(st.lists(CARDS, max_size=40))
def test_any_history_shows_cards_of_three_phones_of_each_batch_or_of_none(history: list[Any]) -> None:
    step, batches, fallen = Step(), list[list[Post]](), set[str]()
    for number, (name, who, how) in enumerate(history):
        before = set(step.cards)
        if name == "send":
            author = f"paper-{number}" if how == "paper" else who
            step.send(card(f"{who}{number}", author=author, **{how: True} if how else {}))
        elif name == "withdraw":
            own = [post for post in step.posts.here if post.author == who and not post.leaving]
            step.withdraw(*[post.id for post in own[how : how + 1]])
        elif name == "draw":
            step.ask(number, draw=("",))
            new = set(step.cards) - before
            batches.append([p for p in step.posts.here if p.id in new and not (p.paper or p.alone)])
        else:
            step.posts = gate.settled(step.posts)
        now = set(step.cards)
        if name in ("send", "withdraw"):
            assert now == before, "nothing is seen of what a phone does by itself"
        fallen |= before - now
        assert not now & fallen, "what is gone stays gone"
        for batch in batches:
            there = {post.author for post in batch if post.id in now}
            assert len(there) == 0 or len(there) >= ROOM


# Counts of who took part


@pytest.mark.parametrize(("ever", "phones"), [(0, 0), (1, 0), (2, 0), (3, 3), (5, 3), (6, 6)])
def test_count_of_phones_goes_by_whole_threes(ever: int, phones: int) -> None:
    assert gate.seen(Posts(ever={"1": ever}), {}).count("1") == Count(phones, 0)


def test_count_of_paper_is_exact_and_apart() -> None:
    posts = Posts(votes("1", 0, 1, paper=True), ever={"1": 4})

    assert gate.seen(posts, {}).count("1") == Count(3, 2)


# Kinds


def takes(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def test_no_function_of_a_kind_is_given_posts_of_others() -> None:
    told = {name: takes(found)[1:] for name, found in vars(Kind).items() if inspect.isfunction(found)}

    assert [name for name, given in told.items() if "posts" in given] == []
    for kind in kinds.discover().values():
        assert {name: takes(getattr(kind, name)) for name in told} == told, kind.name
