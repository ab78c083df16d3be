"""Nobody can compute how few people chose an answer, also somebody who knows how it was hidden."""

import itertools
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from trainer.exports.disclosure import MINIMUM, shown_cells

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


def suspects(answered: int, options: int, single: bool) -> Iterator[Table]:
    """Every table that a reader must reckon with, knowing the total (or that there is none)."""
    for total in {answered, *range(MINIMUM)}:
        if single:
            yield from ((counts, total) for counts in compositions(total, options))
        else:
            every = itertools.product(range(total + 1), repeat=options)
            yield from ((counts, total) for counts in every if sum(counts) >= total)


def computable(table: Table, single: bool) -> list[int]:
    """The small counts of `table` that follow from what is published about it."""
    counts, answered = table
    seen = published(table)
    same = [
        other for other, total in suspects(answered, len(counts), single) if published((other, total)) == seen
    ]
    return [
        count
        for place, count in enumerate(counts)
        if 0 < count < MINIMUM and {other[place] for other in same} == {count}
    ]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_single_choice_gives_no_small_count_away(counts: list[int]) -> None:
    assert computable((tuple(counts), sum(counts)), single=True) == []


@settings(max_examples=120, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=3), st.integers(0, 9))
def test_multiple_choice_gives_no_small_count_away(counts: list[int], missing: int) -> None:
    answered = max(max(counts), sum(counts) - missing)

    assert computable((tuple(counts), answered), single=False) == []


def test_no_table_up_to_sixteen_people_over_three_options_gives_a_small_count_away() -> None:
    groups: dict[object, list[tuple[int, ...]]] = {}
    for answered in range(17):
        for counts in compositions(answered, 3):
            groups.setdefault(published((counts, answered)), []).append(counts)

    told = [
        group[0]
        for group in groups.values()
        for place in range(3)
        if len(values := {counts[place] for counts in group}) == 1 and 0 < values.pop() < MINIMUM
    ]

    assert told == []


def test_fewer_than_five_answers_shows_nothing() -> None:
    assert shown_cells((4, 0), 4) is None


def test_counts_of_five_and_more_are_shown() -> None:
    assert shown_cells((5, 9, 6), 20) == (True, True, True)


def test_one_small_count_takes_the_smallest_other_with_it() -> None:
    assert shown_cells((8, 7, 2), 17) == (True, False, False)


def test_equal_candidates_are_hidden_together() -> None:
    assert shown_cells((7, 7, 9, 2), 25) == (False, False, True, False)


def test_two_small_counts_hide_each_other() -> None:
    assert shown_cells((10, 3, 2), 15) == (True, False, False)


def test_small_counts_that_must_all_be_four_take_a_larger_one_with_them() -> None:
    assert shown_cells((10, 4, 4), 18) == (False, False, False)


def test_nothing_but_fours_hides_the_total_as_well() -> None:
    assert shown_cells((4, 4, 4), 12) is None


@given(st.permutations([0, 2, 5, 5, 8]))
def test_the_order_of_the_options_does_not_matter(counts: list[int]) -> None:
    shown = shown_cells(counts, 20)

    assert shown is not None
    assert sorted(zip(counts, shown, strict=True)) == [
        (0, False), (2, False), (5, True), (5, True), (8, True),
    ]  # fmt: skip
