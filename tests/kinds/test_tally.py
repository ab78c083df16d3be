"""Counting: the pieces that several kinds share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.stage_support import votes
from trainer.kinds.contract import Count, Post, Tally
from trainer.kinds.tally import bars, parse_choices, people, percent, tally


def test_tally_counts_one_item_and_no_other() -> None:
    assert tally(votes("1", 0, 2, 2) + votes("2", 1), "1", 3) == Tally((1, 0, 2), 3)


def test_tally_does_not_count_who_skipped_or_what_is_not_there() -> None:
    posts = [
        Post("a", "1", "x", {}),
        Post("b", "1", "y", {"choices": [7]}),
        Post("c", "1", "z", {"choices": ["0"]}),
    ]
    assert tally(posts, "1", 3) == Tally((0, 0, 0), 0)


def test_tally_counts_somebody_with_several_answers_once() -> None:
    posts = [Post("a", "1", "x", {"choices": [0, 2]}), Post("b", "1", "y", {"choices": [2]})]
    assert tally(posts, "1", 3) == Tally((1, 0, 2), 2)


def test_tallies_add_up_also_when_one_has_no_answers() -> None:
    assert Tally((1, 2), 3) + Tally() + Tally((0, 1), 1) == Tally((1, 3), 4)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(), "nog geen drie"),
        (Count(crowd=5), "nog geen vijf"),
        (Count(5, crowd=5), "5 of meer"),
        (Count(0, 2), "2"),
        (Count(3), "3 of meer"),
        (Count(6, 2), "8 of meer"),
    ],
)
def test_count_of_who_took_part_says_no_more_than_it_knows(count: Count, words: str) -> None:
    assert str(count) == words


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 0, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (5, 5, 100)]
)
def test_percent_rounds_halves_up(part: int, whole: int, expected: int) -> None:
    assert percent(part, whole) == expected


def test_bars_have_a_label_a_count_and_a_share() -> None:
    assert bars(("ja", "nee"), Tally((1, 3), 4)) == (
        {"label": "ja", "count": 1, "percent": 25},
        {"label": "nee", "count": 3, "percent": 75},
    )


@pytest.mark.parametrize(("count", "words"), [(0, "0 mensen"), (1, "1 mens"), (2, "2 mensen")])
def test_people_are_counted_in_words(count: int, words: str) -> None:
    assert people(count) == words


@given(st.lists(st.text(max_size=4)))
def test_parse_choices_gives_offered_answers_or_nothing(values: list[str]) -> None:
    found = parse_choices(values, 3)
    assert found is None or set(found) <= {0, 1, 2}
