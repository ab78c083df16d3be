"""Nobody can compute that few people chose an answer, or nearly all: not even who knows how it is hidden."""

import itertools
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.thorough import examples
from trainer.kinds.contract import ROOM, Picture, Tally, Totals
from trainer.kinds.disclosure import MINIMUM, Kept, protected, shown_cells

Table = tuple[tuple[int, ...], int]


def published(table: Table) -> object:
    """All that a reader sees of a table."""
    counts, answered = table
    shown = shown_cells(counts, answered)
    if shown is None:
        return None
    return answered, tuple(count if visible else None for count, visible in zip(counts, shown, strict=True))


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide `total` people over `parts` options."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


@cache
def suspects(answered: int, options: int, single: bool) -> dict[object, list[tuple[int, ...]]]:
    """By what a reader sees: every table he must reckon with, knowing the total (or that there is none)."""
    found: dict[object, list[tuple[int, ...]]] = {}
    for total in {answered, *range(MINIMUM)}:
        if single:
            tables = compositions(total, options)
        else:
            every = itertools.product(range(total + 1), repeat=options)
            tables = (counts for counts in every if sum(counts) >= total)
        for counts in tables:
            found.setdefault(published((counts, total)), []).append(counts)
    return found


def computable(table: Table, single: bool) -> list[int]:
    """The small counts of `table` that follow from what is published about it."""
    counts, answered = table
    same = suspects(answered, len(counts), single)[published(table)]
    return [
        count
        for place, count in enumerate(counts)
        if 0 < count < MINIMUM and {other[place] for other in same} == {count}
    ]


@examples(50)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_single_choice_gives_no_small_count_away(counts: list[int]) -> None:
    assert computable((tuple(counts), sum(counts)), single=True) == []


@examples(50)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=3), st.integers(0, 9))
def test_multiple_choice_gives_no_small_count_away(counts: list[int], missing: int) -> None:
    answered = max(max(counts), sum(counts) - missing)

    assert computable((tuple(counts), answered), single=False) == []


def alike(options: int, most: int = 16) -> list[list[tuple[int, ...]]]:
    """Every table of up to `most` people, those that are published alike together."""
    groups: dict[object, list[tuple[int, ...]]] = {}
    for answered in range(most + 1):
        for counts in compositions(answered, options):
            groups.setdefault(published((counts, answered)), []).append(counts)
    return list(groups.values())


@pytest.mark.parametrize("options", [2, 3, 4])
def test_no_table_up_to_sixteen_people_gives_a_small_count_away(options: int) -> None:
    told = [
        group[0]
        for group in alike(options)
        for place in range(options)
        if len(values := {counts[place] for counts in group}) == 1 and 0 < values.pop() < MINIMUM
    ]

    assert told == []


@pytest.mark.parametrize("options", [2, 3, 4])
def test_no_table_up_to_sixteen_people_tells_that_nearly_all_gave_one_answer(options: int) -> None:
    told = [
        group[0]
        for group in alike(options)
        for place in range(options)
        if all(sum(counts) and counts[place] > sum(counts) - ROOM for counts in group)
    ]

    assert told == []


def test_fewer_than_five_answers_shows_nothing() -> None:
    assert shown_cells((4, 0), 4) is None


def test_counts_of_five_and_more_are_shown() -> None:
    assert shown_cells((5, 9, 6), 20) == (True, True, True)


def test_one_small_count_takes_the_smallest_other_with_it() -> None:
    assert shown_cells((8, 7, 2), 17) == (True, False, False)


@pytest.mark.parametrize("counts", [(9, 0, 0), (8, 1, 0), (7, 2, 0), (7, 1, 1)])
def test_what_all_but_two_or_fewer_gave_is_hidden(counts: tuple[int, ...]) -> None:
    assert shown_cells(counts, 9) == (False, False, False)


def test_what_all_but_three_gave_is_shown() -> None:
    assert shown_cells((6, 2, 1), 9) == (True, False, False)


def test_answer_that_all_gave_among_others_is_hidden_in_multiple_choice() -> None:
    assert shown_cells((9, 5, 6), 9) == (False, True, True)


def test_equal_candidates_are_hidden_together() -> None:
    assert shown_cells((7, 7, 9, 2), 25) == (False, False, True, False)


def test_two_small_counts_hide_each_other() -> None:
    assert shown_cells((10, 3, 2), 15) == (True, False, False)


def test_small_counts_that_must_all_be_four_take_a_larger_one_with_them() -> None:
    assert shown_cells((10, 4, 4), 18) == (False, False, False)


def test_nothing_but_fours_hides_the_total_as_well() -> None:
    assert shown_cells((4, 4, 4), 12) is None


def test_one_or_two_who_gave_none_of_the_shown_answers_take_a_larger_one_with_them() -> None:
    assert shown_cells((0, 0, 1, 5, 6), 12) == (False, False, False, False, True)
    assert shown_cells((5, 6, 1, 1), 13) == (False, True, False, False)
    assert shown_cells((5, 6, 2, 1), 14) == (True, True, False, False)


@given(st.permutations([0, 3, 5, 5, 8]))
def test_the_order_of_the_options_does_not_matter(counts: list[int]) -> None:
    shown = shown_cells(counts, 21)

    assert shown is not None
    assert sorted(zip(counts, shown, strict=True)) == [
        (0, False), (3, False), (5, True), (5, True), (8, True),
    ]  # fmt: skip


# With paper, which the trainer knows exactly

ROW = Totals("vraag", "Hoe was het?", "vraag", ("goed", "slecht"))


def picture(phones: tuple[int, ...], paper: tuple[int, ...]) -> Picture:
    return Picture(Tally(phones, sum(phones)), Tally(paper, sum(paper)))


def shown(phones: tuple[int, ...], paper: tuple[int, ...]) -> Kept:
    return protected(ROW, picture(phones, paper))


def test_paper_is_added_to_what_may_be_shown_of_the_phones() -> None:
    kept = shown((6, 9), (1, 2))

    assert (kept.counts, kept.answered, kept.paper) == ((7, 11), 18, False)


def test_paper_does_not_make_a_small_count_of_phones_large() -> None:
    assert shown((3, 9), (20, 0)).counts == (None, None)


def test_paper_alone_is_kept_of_five_people_and_says_so() -> None:
    assert shown((0, 4), (5, 6)) == Kept(ROW.id, ROW.question, ROW.options, (5, 6), 11, paper=True)
    assert shown((0, 0), (5, 6)) == Kept(ROW.id, ROW.question, ROW.options, (5, 6), 11, paper=True)


def test_phones_that_show_nothing_look_the_same_however_many_they_are() -> None:
    assert shown((4, 4), (5, 6)) == shown((0, 1), (5, 6))


def test_paper_of_fewer_than_five_people_is_hidden_as_that_of_phones() -> None:
    kept = shown((0, 0), (3, 1))

    assert (kept.counts, kept.answered) == ((None, None), None)


@pytest.mark.parametrize("paper", [(0, 0), (1, 0), (4, 4), (5, 0), (7, 6), (0, 20)])
def test_who_knows_the_paper_can_compute_no_small_count_of_phones(paper: tuple[int, int]) -> None:
    groups: dict[object, list[tuple[int, ...]]] = {}
    for phones in (counts for total in range(17) for counts in compositions(total, 2)):
        groups.setdefault(shown(phones, paper), []).append(phones)

    told = [
        (seen, values)
        for seen, group in groups.items()
        for values in ({each[0] for each in group}, {each[1] for each in group}, {sum(e) for e in group})
        if len(values) == 1 and 0 < next(iter(values)) < MINIMUM
    ]
    assert told == []
