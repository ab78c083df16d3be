"""The gate and what lasts: what stays on the wall, and what may still go out of the results."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.kinds.gate_support import Step, card, cards
from tests.kinds.kept_support import TOTALS, drawn, wall
from trainer.kinds import keeping
from trainer.kinds.disclosure import Kept
from trainer.kinds.posts import Doubles
from trainer.kinds.values import Picture, Tally

# What may stay on the wall


def test_wall_keeps_what_was_shown_and_nothing_else() -> None:
    step = drawn(*cards(*"abcd")).send(card("e"))

    assert ids(keeping.lasting((wall(*"abe"),), step.posts)) == ["a", "b"]


def test_wall_keeps_nothing_that_was_never_on_the_screen() -> None:
    step = Step().send(*cards(*"abcd"))
    assert step.ask(draw=("",)) is None

    assert ids(keeping.lasting((wall(*"abcd"),), step.look("a", "b").posts)) == ["a", "b"]


@pytest.mark.parametrize(("sent", "left"), [("abcd", ["b", "c", "d"]), ("abc", [])])
def test_wall_loses_what_was_taken_back_and_what_falls_with_it(sent: str, left: list[str]) -> None:
    step = drawn(*cards(*sent)).withdraw("a")

    assert ids(keeping.lasting((wall(*sent),), step.posts)) == left


def test_wall_of_an_exercise_that_reports_no_texts_is_empty() -> None:
    assert keeping.lasting((TOTALS,), drawn(*cards(*"abc")).posts) == ()


# What goes out of the results of a sealed step


@pytest.mark.parametrize(("more", "left"), [(5, 0), (6, 1), (8, 1), (9, 4), (11, 4), (12, 7)])
def test_texts_may_go_as_long_as_five_of_a_whole_number_of_threes_are_left(more: int, left: int) -> None:
    phones = "abcdefghijkl"[:more]
    step = drawn(*cards(*phones))
    report = (wall(*phones),)

    assert keeping.spare(report, step.posts).get("kaarten", 0) == left


def test_several_texts_of_one_phone_let_no_more_go() -> None:
    step = drawn(*cards("a", "a2", "a3", *"bcdef"))

    assert keeping.spare((wall("a", "a2", "a3", *"bcdef"),), step.posts) == {"kaarten": 1}


def test_who_may_be_one_person_lets_one_less_go() -> None:
    step = drawn(*cards(*"abcdef"))
    doubles = replace(step.posts, doubles=Doubles(left={"a": 1}, late={"f": 1}))

    assert keeping.spare((wall(*"abcdef"),), doubles) == {}


def test_paper_of_six_beside_four_phones_lets_one_go() -> None:
    step = drawn(*cards(*"abcd"), *cards(*"pqrstu", paper=True))

    assert keeping.spare((wall(*"abcdpqrstu"),), step.posts) == {"kaarten": 1}


@pytest.mark.parametrize("people", [6, 7])
def test_picture_on_a_wall_does_not_say_how_many_gave_the_dots_in_it(people: int) -> None:
    counted = Picture(Tally((4, 5, 3), people), Tally((1, 0, 1), 1), number=1, doubles=people - 6)

    assert keeping.as_drawn(counted) == Picture(Tally((4, 5, 3), 12), Tally((1, 0, 1), 2), number=1)


KEPT = Kept("kaarten", "Waar denk je aan?", texts=("hoop", "hoop", "lef"))


def loose(*found: str) -> list[tuple[str, str]]:
    return [(text, "") for text in found]


def test_one_of_two_texts_that_are_the_same_goes_once() -> None:
    assert keeping.without(KEPT, loose("lef", "hoop"), 3) == (replace(KEPT, texts=("hoop", "lef")), 2)


def test_nothing_of_a_row_is_left_when_more_went_than_could() -> None:
    assert keeping.without(KEPT, loose("lef"), 1) == (Kept("kaarten", "Waar denk je aan?", few=True), 0)


def test_what_is_on_the_wall_beside_it_does_not_come_into_the_results() -> None:
    assert keeping.without(KEPT, loose("lef", "hoop", "hoop", "moed"), 0) == (KEPT, 0)


def test_text_that_went_takes_its_group_along_and_one_that_was_moved_has_the_new_one() -> None:
    grouped = replace(KEPT, groups=("Samen", "", "Zelf"))

    assert keeping.without(grouped, [("hoop", "Samen"), ("lef", "Durven")], 1) == (
        replace(KEPT, texts=("hoop", "lef"), groups=("Samen", "Durven")),
        0,
    )


def ids(found: Sequence[Any]) -> list[str]:
    return [post.id for post in found]
