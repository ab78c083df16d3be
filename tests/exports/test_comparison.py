"""Evaluations of several courses and places side by side."""

from datetime import date

import pytest

from tests.exports.held import answers, marks, meeting
from trainer.exports.comparison import Comparison, Group, Held, Per, Selection, compare
from trainer.exports.timeline import timeline

ALL = Selection("klein")


def by(per: Per, *held: Held) -> dict[str, list[str]]:
    """The figures of the first question, by group."""
    groups = compare(held, Selection("klein", per=per)).questions[0].groups
    return {group.label: figures(group) for group in groups}


def figures(group: Group) -> list[str]:
    return [str(row.figure) for row in group.question.rows]


def only(comparison: Comparison) -> Group:
    ((group,),) = (asked.groups for asked in comparison.questions)
    return group


def test_courses_stand_side_by_side() -> None:
    assert by(Per.COURSE, meeting(answers(5, 6, 9)), meeting(answers(7, 8, 9), course=2, place="")) == {
        "Traject 1, Gouda": ["5", "6", "9"],
        "Traject 2": ["7", "8", "9"],
    }


@pytest.mark.parametrize(
    ("per", "labels"),
    [
        (Per.COURSE, ["Traject 1, Gouda", "Traject 2, gouda"]),
        (Per.PLACE, ["gouda"]),
        (Per.PART, ["Dagdeel 1", "Dagdeel 2"]),
        (Per.MONTH, ["december 2025", "maart 2026"]),
        (Per.YEAR, ["2025", "2026"]),
        (
            Per.MEETING,
            ["Traject 2, gouda: Dagdeel 2, 1 december 2025", "Traject 1, Gouda: Dagdeel 1, 2 maart 2026"],
        ),
    ],
)
def test_meetings_are_grouped_and_groups_are_in_order(per: Per, labels: list[str]) -> None:
    one = meeting(answers(5, 6, 9))
    other = meeting(answers(5, 6, 9), course=2, place="gouda ", part=2, day=date(2025, 12, 1))

    assert list(by(per, one, other)) == labels


def test_group_adds_up_what_its_meetings_show() -> None:
    group = only(compare([meeting(answers(5, 6, 9)), meeting(answers(7, 5, 8), part=2)], ALL))

    assert (str(group.question.answered), figures(group)) == ("40", ["12", "11", "17"])
    assert (group.asked, group.silent, group.partial) == (2, 0, 0)


def test_meeting_that_hides_a_count_makes_the_sum_at_least() -> None:
    group = only(compare([meeting(answers(5, 6, 9)), meeting(answers(2, 1, 9), part=2)], ALL))

    assert figures(group) == ["minstens 5", "minstens 6", "18"]
    assert (group.hidden, group.partial) == ((1, 1, 0), 1)
    assert [group.share(row) for row in group.question.rows] == [15, 18, 56]


def test_meeting_that_hides_its_total_is_left_out_and_counted() -> None:
    group = only(compare([meeting(answers(5, 6, 9)), meeting(answers(1, 1, 2), part=2)], ALL))

    assert (str(group.question.answered), figures(group)) == ("20", ["5", "6", "9"])
    assert (group.asked, group.silent) == (2, 1)


def test_table_that_hides_its_total_makes_the_sums_of_its_meeting_at_least() -> None:
    tables = (answers(5, 6, 9), answers(1, 1, 2))

    group = only(compare([meeting(exercises=tables)], Selection("klein", of_form=False)))

    assert (str(group.question.answered), figures(group)) == (
        "minstens 20", ["minstens 5", "minstens 6", "minstens 9"],
    )  # fmt: skip
    assert (group.asked, group.silent, group.partial) == (1, 0, 1)
    assert [group.share(row) for row in group.question.rows] == [None, None, None]


def test_group_of_which_all_meetings_are_hidden_shows_nothing() -> None:
    group = only(compare([meeting(answers(1, 1, 2)), meeting(answers(0, 0, 4), part=2)], ALL))

    assert (group.question.tells, group.silent, group.mean) == (False, 2, None)


def test_mean_of_a_group_follows_from_its_sums() -> None:
    held = [meeting(marks(0, 0, 0, 0, 0, 0, 10, 10)), meeting(marks(0, 0, 0, 0, 0, 0, 0, 10, 10), part=2)]

    assert str(only(compare(held, ALL)).mean) == "8"


def test_other_wording_is_another_question() -> None:
    held = [meeting(answers(5, 6, 9)), meeting(answers(5, 6, 9, question="En vandaag?"), course=2)]

    assert [asked.question for asked in compare(held, ALL).questions] == ["Wat vond je ervan?", "En vandaag?"]


def test_exercises_are_compared_apart_from_the_form() -> None:
    held = [meeting(answers(5, 6, 9), exercises=(answers(7, 7, 7, question="Waar sta jij?"),))]

    found = compare(held, Selection("klein", of_form=False))

    assert [asked.question for asked in found.questions] == ["Waar sta jij?"]


@pytest.mark.parametrize(
    ("selection", "left"),
    [
        (ALL, 3),
        (Selection("ander"), 0),
        (Selection("klein", courses=frozenset({2})), 1),
        (Selection("klein", places=frozenset({"gouda"})), 2),
        (Selection("klein", parts=frozenset({"dagdeel-2"})), 1),
        (Selection("klein", since=date(2026, 4, 1)), 1),
        (Selection("klein", until=date(2026, 3, 2)), 2),
        (Selection("klein", courses=frozenset({1}), places=frozenset({"delft"})), 0),
    ],
)
def test_selection_chooses_meetings(selection: Selection, left: int) -> None:
    held = [
        meeting(answers(5, 6, 9)),
        meeting(answers(5, 6, 9), part=2, day=date(2026, 4, 1)),
        meeting(answers(5, 6, 9), course=2, place="Delft"),
    ]

    assert compare(held, selection).meetings == left


def test_nothing_held_is_an_empty_comparison() -> None:
    assert compare([], ALL) == Comparison(ALL, 0, (), ())


def test_means_over_time_are_those_that_meetings_show() -> None:
    clear = marks(0, 0, 0, 0, 0, 0, 10, 10)
    held = [
        meeting(clear, day=date(2026, 5, 1)),
        meeting(clear, course=2),
        meeting(marks(0, 0, 0, 0, 1, 1, 1, 1, 1), course=3),
    ]

    points = compare(held, ALL).questions[0].points

    assert [(point.number, point.course, str(point.mean)) for point in points] == [
        (1, "Traject 2, Gouda", "7,5"),
        (2, "Traject 1, Gouda", "7,5"),
    ]


def test_drawing_has_a_track_for_each_course_with_numbers_apart() -> None:
    clear = marks(0, 0, 0, 0, 0, 0, 10, 10)
    held = [
        meeting(clear, course=course, part=part, day=date(2026, part, 1))
        for course in (1, 2)
        for part in (1, 2)
    ]

    drawing = timeline(compare(held, ALL).questions[0].points)

    assert drawing is not None
    assert [len(track.spots) for track in drawing.tracks] == [2, 2]
    assert drawing.tracks[1].y - drawing.tracks[0].y == 15
    assert drawing.tracks[0].x == drawing.tracks[1].x
    assert [name for name, _, _ in drawing.names] == ["januari 2026", "februari 2026"]


def test_one_day_is_no_drawing() -> None:
    held = [meeting(marks(0, 0, 0, 0, 0, 0, 10, 10))]

    assert timeline(compare(held, ALL).questions[0].points) is None
