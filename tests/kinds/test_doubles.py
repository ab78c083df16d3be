"""Somebody who leaves and comes back has two phones, and is one person: in the room and in what leaves it."""

from dataclasses import replace

import pytest

from tests.kinds.gate_support import House, Room, Step, cards, code, vote
from trainer.kinds import gate, keeping
from trainer.kinds.contract import Kind, Post, Texts, Totals
from trainer.kinds.disclosure import Kept, shown_cells
from trainer.kinds.posts import Doubles, Posts


def after_leaving(left: str, late: str, more: int = 0) -> Doubles:
    """The phones `left` went, one after the other; then the phones `late` came in."""
    order = {phone: place for place, phone in enumerate(left, 1)}
    return Doubles(order, dict.fromkeys(late, len(left)), more)


def step_with(doubles: Doubles, kind: Kind | None = None) -> Step:
    return Step(Posts(doubles=doubles), kind=kind or Room())


# How many people


def test_listener_who_came_back_to_tell_is_not_hidden_by_the_phone_that_ticked() -> None:
    ticked = [vote(phone, 0) for phone in "abc"]
    tells = Post("t", "1-t", "t", {"tells": True})
    posts = Posts([*ticked, tells], doubles=after_leaving("a", "t"), openly="tells")

    assert (posts.is_crowd(set("abc"), 3), replace(posts, openly="").is_crowd(set("abc"), 3)) == (False, True)


@pytest.mark.parametrize(
    ("left", "late", "phones", "doubles"),
    [
        ("a", "d", "abd", 1),
        ("a", "de", "abde", 1),
        ("ab", "de", "abde", 2),
        ("ab", "d", "abcd", 1),
        ("a", "d", "bcd", 0),
        ("a", "d", "abc", 0),
        ("", "", "abc", 0),
    ],
)
def test_who_left_is_at_most_one_of_those_that_came_later(
    left: str, late: str, phones: str, doubles: int
) -> None:
    assert after_leaving(left, late).among(set(phones)) == doubles


def test_who_leaves_twice_and_comes_back_twice_has_three_phones() -> None:
    doubles = Doubles(left={"a": 1, "b": 2}, late={"b": 1, "c": 2})

    assert doubles.among({"a", "b", "c"}) == 2
    assert doubles.among({"a", "c"}) == 1


def test_who_came_before_somebody_left_is_not_the_same() -> None:
    everybody_goes_home = Doubles(left={"a": 1, "b": 2, "c": 3, "d": 4}, late={"b": 1})

    assert everybody_goes_home.among(set("bcd")) == 0
    assert everybody_goes_home.among(set("abcd")) == 1


def test_who_left_before_the_server_was_started_may_be_anybody() -> None:
    assert Doubles(more=2).among(set("abcd")) == 2
    assert not Posts(doubles=Doubles(more=2)).is_crowd(set("abcd"), 3)
    assert Posts(doubles=Doubles(more=2)).is_crowd(set("abcde"), 3)


# The room


def test_cards_of_two_people_and_one_who_came_back_wait_for_another() -> None:
    step = step_with(after_leaving("a", "z")).send(*cards("a", "b", "z"))

    assert code(step.ask(draw=("",))) == "few"
    assert step.send(*cards("c")).ask(draw=("",)) is None
    assert sorted(step.cards) == ["a", "b", "c", "z"]


def test_votes_of_two_people_and_one_who_came_back_wait_for_another() -> None:
    step = step_with(after_leaving("a", "z")).vote(vote("a", 0), vote("b", 1), vote("z", 2))

    assert code(step.count()) == "few"
    assert step.vote(vote("c", 2)).count() is None
    assert step.phones() == (1, 1, 2)


def test_picture_waits_when_who_changed_may_be_two_people() -> None:
    step = step_with(after_leaving("a", "z")).vote(*(vote(phone, 0) for phone in "abcdefz"))
    assert step.count() is None

    step.vote(vote("a", 1), vote("b", 1), vote("z", 1))

    assert code(step.count()) == "few"
    assert step.vote(vote("c", 1)).count() is None


def test_cards_fall_when_what_stays_of_their_batch_may_be_of_two_people() -> None:
    step = step_with(after_leaving("a", "z")).send(*cards("a", "b", "c", "z"))
    assert step.ask(draw=("",)) is None

    step.posts = gate.settled(step.withdraw("c").posts)

    assert step.cards == []


# What leaves the house


def test_texts_of_four_people_and_one_who_came_back_are_not_kept() -> None:
    step = step_with(after_leaving("a", "z")).send(*cards(*"abcdz"))
    assert step.ask(draw=("",)) is None
    report = (Texts("kaarten", "Wat?", tuple("abcdz")),)

    assert keeping.keep(report, step.look().posts, {}) == (Kept("kaarten", "Wat?", few=True),)


def test_totals_of_four_people_and_one_who_came_back_are_not_kept() -> None:
    report = (Totals("tempo", "Tempo?", "1", ("laag", "goed", "hoog")),)
    four = Posts([vote(phone, 0) for phone in "abcdz"], doubles=after_leaving("a", "z"))
    five = Posts([vote(phone, 0) for phone in "abcdez"], doubles=after_leaving("a", "z"))

    assert keeping.keep(report, four, {})[0].answered is None
    assert keeping.keep(report, five, {})[0].answered == 6


def test_totals_on_the_screen_hide_what_the_export_would() -> None:
    step = step_with(after_leaving("a", "z"), House()).vote(*(vote(phone, 0) for phone in "abcdez"))

    assert step.count() is None
    assert step.pictures["1"].doubles == 1


def test_count_of_four_people_and_one_who_came_back_is_hidden() -> None:
    counts = (5, 9, 8)

    assert shown_cells(counts, 22) == (True, True, True)
    # Five would be told by the rest: so another is hidden with it.
    assert shown_cells(counts, 22, doubles=1) == (False, True, False)
