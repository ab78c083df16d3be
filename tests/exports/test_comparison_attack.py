"""Whoever makes every comparison, one after the other, learns nothing that the meetings do not say.

The attacker knows the rules, and which meetings each selection has. She makes every selection by course,
location, place, dagdeel and period, grouped in every way, and puts all figures beside each other: as a
national organiser, who has the meetings of all locations, and as the organisers of each, who have theirs.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain, combinations, product
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.held import answers, marks, meeting
from trainer.exports.comparison import Asked, Group, Held, Per, Selection, compare
from trainer.exports.comparison_files import RENDERERS
from trainer.exports.evaluation import Figure

# Two courses at two places, two dagdelen each, on four days; one of a location, and one of none.
SPOTS = [(1, "Gouda", 1, 1), (1, "Gouda", 2, 2), (2, "Delft", 1, 3), (2, "Delft", 2, 4)]
LOCATIONS = {1: 7, 2: None}
DAYS = tuple(date(2026, month, 1) for month in range(1, 5))
One = TypeVar("One")
Table = tuple[int, ...]
small = st.lists(st.integers(0, 7), min_size=3, max_size=3).map(tuple)
rooms = st.lists(small, min_size=1, max_size=4)


def held(tables: Sequence[Table]) -> list[Held]:
    return [
        meeting(
            answers(*table),
            course=course,
            location=LOCATIONS[course],
            place=place,
            part=part,
            day=DAYS[month - 1],
        )
        for table, (course, place, part, month) in zip(tables, SPOTS, strict=False)
    ]


def subsets(of: Sequence[One]) -> Iterator[frozenset[One]]:
    return map(frozenset, chain.from_iterable(combinations(of, size) for size in range(len(of) + 1)))


@cache
def selections() -> tuple[Selection, ...]:
    """Every one that can be made of these meetings, each grouped in every way."""
    since, until = (None, *DAYS[1:]), (None, *DAYS[:-1])
    return tuple(
        Selection("klein", courses, locations, places, parts, start, end, per)
        for courses, locations, places, parts, start, end, per in product(
            subsets((1, 2)),
            subsets((7,)),
            subsets(("gouda", "delft")),
            subsets(("dagdeel-1", "dagdeel-2")),
            since,
            until,
            Per,
        )
    )


@cache
def deciding() -> tuple[Selection, ...]:
    """One selection for each set of meetings and each grouping: what the others show is the same."""
    spots = held([(5, 6, 9)] * len(SPOTS))
    distinct = {(tuple(one.id for one in spots if each.has(one)), each.per): each for each in selections()}
    return tuple(distinct.values())


def groups(meetings: Sequence[Held], selection: Selection) -> Iterator[tuple[frozenset[str], Group]]:
    """Each group that is shown, with the meetings of which the attacker knows that they are in it."""
    for asked in compare(meetings, selection).questions:
        for group in asked.groups:
            yield frozenset(_members(meetings, selection, asked, group)), group


def _members(meetings: Sequence[Held], selection: Selection, asked: Asked, group: Group) -> Iterable[str]:
    for one in filter(selection.has, meetings):
        alone = compare([one], selection).questions
        if any(each.label == group.label for found in alone for each in found.groups):
            yield one.id


def views(meetings: Sequence[Held]) -> list[list[Held]]:
    """What the national organiser has, and what the organisers of each location have."""
    owned = {one.location for one in meetings}
    return [list(meetings), *([one for one in meetings if one.location == owner] for owner in owned)]


def published(meetings: Sequence[Held]) -> dict[str, list[Figure]]:
    """The total and the counts in the meeting's own evaluation."""
    return {
        one.id: [question.answered, *(row.figure for row in question.rows)]
        for one in meetings
        for question in one.evaluation.questions
    }


@settings(max_examples=40, deadline=None)
@given(rooms)
def test_every_figure_is_a_sum_of_figures_that_meetings_show(tables: list[Table]) -> None:
    """So a difference of two selections is one of such sums, which anybody can make by hand."""
    meetings = held(tables)
    known = published(meetings)

    for theirs, selection in product(views(meetings), deciding()):
        for members, group in groups(theirs, selection):
            shown = [known[one] for one in sorted(members) if known[one][0].exact]
            sums = [sum(column, Figure(0, exact=True)) for column in zip(*shown, strict=True)]
            seen = [group.question.answered, *(row.figure for row in group.question.rows)]
            assert seen == (sums or [Figure(0, exact=False)] * len(seen))


@settings(max_examples=20, deadline=None)
@given(rooms)
def test_no_figure_and_no_difference_of_nested_selections_is_one_to_four(tables: list[Table]) -> None:
    meetings = held(tables)
    seen = [
        (members, [group.question.answered.least, *(row.figure.least for row in group.question.rows)])
        for theirs, selection in product(views(meetings), deciding())
        for members, group in groups(theirs, selection)
    ]
    distinct = {(members, tuple(numbers)) for members, numbers in seen}

    small = [number for _, numbers in distinct for number in numbers if 0 < number < 5]
    differences = [
        large - less
        for (outer, more), (inner, fewer) in product(distinct, repeat=2)
        if inner <= outer
        for large, less in zip(more, fewer, strict=True)
    ]

    assert small == []
    assert [one for one in differences if one < 0 or 0 < one < 5] == []


@cache
def worlds() -> dict[tuple[object, ...], list[Table]]:
    """By what a meeting's evaluation shows: every room of so many people that could be behind it."""
    found: dict[tuple[object, ...], list[Table]] = {}
    for table in product(range(8), repeat=3):
        kept = answers(*table)
        found.setdefault((kept.counts, kept.answered), []).append(table)
    return found


@settings(max_examples=15, deadline=None)
@given(st.lists(small, min_size=2, max_size=4), st.data())
def test_any_rooms_with_the_same_evaluations_have_the_same_comparisons(
    tables: list[Table], data: st.DataObject
) -> None:
    """Comparisons rule out no room that the evaluations of the meetings leave possible."""
    kept = [answers(*table) for table in tables]
    others = [data.draw(st.sampled_from(worlds()[one.counts, one.answered])) for one in kept]

    both = zip(views(held(tables)), views(held(others)), strict=True)
    for (mine, theirs), selection in product(both, deciding()):
        one, other = compare(mine, selection), compare(theirs, selection)
        assert one == other
        assert RENDERERS["csv"](one) == RENDERERS["csv"](other)
        assert RENDERERS["json"](one) == RENDERERS["json"](other)


many = st.lists(st.integers(0, 8), min_size=10, max_size=10)


@settings(max_examples=60, deadline=None)
@given(st.lists(many, min_size=1, max_size=4), st.sampled_from(list(Per)))
def test_mean_of_any_group_holds_the_true_mean_of_what_is_counted(tables: list[list[int]], per: Per) -> None:
    """A mean is from five people at least, and its ends do not leave the true one out."""
    meetings = [
        meeting(marks(*table), course=course, place=place, part=part, day=DAYS[month - 1])
        for table, (course, place, part, month) in zip(tables, SPOTS, strict=False)
    ]
    true = {one.id: table for one, table in zip(meetings, tables, strict=True)}
    known = published(meetings)

    for members, group in groups(meetings, Selection("klein", per=per)):
        counted = [true[one] for one in members if known[one][0].exact]
        if group.mean:
            people = sum(map(sum, counted))
            mean = (
                sum(mark * count for table in counted for mark, count in enumerate(table, start=1)) / people
            )
            assert people >= 5
            assert group.mean.low - 1e-9 <= mean <= group.mean.high + 1e-9
