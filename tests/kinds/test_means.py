"""The mean of marks gives no hidden count away, not even to who knows how it is made."""

import itertools
from collections.abc import Sequence

import pytest

from tests.kinds.test_disclosure import compositions
from trainer.kinds.contract import Picture, Tally, Totals
from trainer.kinds.disclosure import Kept, protected

MARKS = tuple(str(mark) for mark in range(1, 11))


def kept(phones: Sequence[int], paper: Sequence[int] = (), doubles: int = 0, first: int = 1) -> Kept:
    """What is kept of so many of each mark."""
    options = tuple(str(mark) for mark in range(first, first + len(phones)))
    row = Totals("cijfer", "Welk cijfer?", "cijfer", options, marks=True)
    picture = Picture(Tally(tuple(phones), sum(phones)), Tally(tuple(paper), sum(paper)), doubles=doubles)
    return protected(row, picture)


def marks(*given: int) -> Kept:
    """What is kept when each of these marks was given once."""
    return kept([given.count(mark) for mark in range(1, 11)])


def test_mean_of_five_is_told_in_halves() -> None:
    assert marks(7, 8, 6, 8, 7).mean == 7.0
    assert marks(7, 8, 7, 8, 8).mean == 7.5


def test_mean_of_four_is_not_told() -> None:
    assert marks(7, 8, 6, 8).mean is None


def test_mean_of_a_question_that_is_none_of_marks_is_not_made() -> None:
    row = Totals("keuze", "Hoeveel?", "keuze", ("1", "2", "3"))

    assert protected(row, Picture(Tally((5, 6, 7), 18))).mean is None


@pytest.mark.parametrize("given", [(10,) * 5, (1,) * 5, (10, 10, 9, 9, 9), (1, 1, 2, 2, 3)])
def test_mean_that_tells_that_nobody_gave_the_other_end_is_not_told(given: tuple[int, ...]) -> None:
    assert marks(*given).mean is None


def test_mean_near_an_end_is_told_of_more_people() -> None:
    assert marks(8, 9, 8, 9, 9).mean is None
    assert marks(8, 9, 8, 9, 8, 9).mean == 8.5


def test_mean_that_follows_from_what_is_shown_is_told() -> None:
    assert kept((0, 0, 6, 6)).mean == 3.5


def test_mean_is_of_phones_and_paper_together() -> None:
    assert kept((0, 0, 0, 0, 2, 2, 2, 2, 0, 0), (0, 0, 0, 0, 6, 0, 0, 0, 0, 0)).mean == 6.0


def test_mean_of_paper_alone_is_that_of_paper() -> None:
    assert kept((0, 0, 0, 0, 0, 0, 0, 0, 0, 4), (0, 0, 0, 0, 1, 2, 1, 1, 0, 0)).mean == 6.5


def seen(kept: Kept) -> tuple[object, ...]:
    return kept.counts, kept.answered, kept.mean


def alike(options: int, most: int, paper: Sequence[int]) -> list[list[tuple[int, ...]]]:
    """Every table of up to `most` phones; together those that look the same to who knows the paper."""
    groups: dict[object, list[tuple[int, ...]]] = {}
    for answered in range(most + 1):
        for counts in compositions(answered, options):
            groups.setdefault(seen(kept(counts, paper)), []).append(counts)
    return list(groups.values())


CASES = [
    (3, 14, ()),
    (4, 12, ()),
    (5, 10, ()),
    (4, 10, (1, 0, 0, 0)),
    (4, 9, (0, 2, 0, 9)),
    (4, 9, (5, 0, 0, 6)),
]


@pytest.mark.parametrize(("options", "most", "paper"), CASES)
def test_no_hidden_count_follows_from_what_is_shown_and_the_mean(
    options: int, most: int, paper: tuple[int, ...]
) -> None:
    told = [
        (group[0], place)
        for group in alike(options, most, paper)
        for place in range(options)
        if len(values := {counts[place] for counts in group}) == 1 and 0 < values.pop() < 5
    ]

    assert told == []


@pytest.mark.parametrize(("options", "most", "paper"), CASES)
def test_mean_tells_of_no_hidden_mark_that_nobody_gave_it(
    options: int, most: int, paper: tuple[int, ...]
) -> None:
    """With a mean, each mark that was given by few may be one that nobody gave, or somebody did."""
    told = []
    for group, place in itertools.product(alike(options, most, paper), range(options)):
        shown = kept(group[0], paper)
        hidden = [number for number, count in enumerate(shown.counts) if count is None]
        is_of_phones = shown.mean is not None and not shown.paper
        somebody = any(counts[number] for counts in group for number in hidden)
        if (
            is_of_phones
            and somebody
            and place in hidden
            and len({counts[place] > 0 for counts in group}) == 1
        ):
            told.append((group[0], place))

    assert told == []


def test_means_are_told_of_most_groups() -> None:
    """A rule that hides everything would be safe, and of no use."""
    groups = [(7, 7, 8, 8, 6, 9), (6, 7, 7, 8, 8, 9, 5, 7), (8,) * 6 + (7,) * 7 + (9, 9, 6), (5, 6, 8, 9, 7)]

    assert [marks(*group).mean for group in groups] == [7.5, 7.0, 7.5, 7.0]
