"""What an evaluation says of a meeting and of a course."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.exports.evaluation import (
    DELETED,
    ONLY_PAPER,
    TOO_FEW,
    Evaluation,
    Figure,
    MeetingReport,
    Row,
    evaluate_course,
    evaluate_meeting,
)
from trainer.kinds.contract import Picture, Tally, Totals
from trainer.kinds.disclosure import Kept, protected

DAY = date(2026, 3, 2)
SCALE = ("slecht", "gaat wel", "goed")


def scale(*counts: int, question: str = "Wat vond je ervan?", paper: tuple[int, ...] = ()) -> Kept:
    """What the gate keeps of these answers."""
    options = SCALE[: len(counts)]
    picture = Picture(Tally(counts, sum(counts)), Tally(paper, sum(paper)))
    return protected(Totals("oordeel", question, "oordeel", options), picture)


def open_answers(*texts: str, paper: bool = False) -> Kept:
    return Kept("beter", "Wat kan beter?", paper=paper, texts=texts)


FEW_TEXTS = Kept("beter", "Wat kan beter?", few=True)
DELETED_TEXTS = Kept("beter", "Wat kan beter?")


def evaluated(*kept: Kept, title: str = "Dagdeel 1", form: tuple[Kept, ...] = ()) -> Evaluation:
    return evaluate_meeting(MeetingReport(title, DAY, kept, form))


def marks(*counts: int) -> Kept:
    """What the gate keeps of so many of each mark from 1."""
    options = tuple(str(mark) for mark in range(1, 11))
    every = (*counts, *(0,) * (10 - len(counts)))
    return protected(Totals("cijfer", "Welk cijfer?", "cijfer", options), Picture(Tally(every, sum(every))))


def figures(evaluation: Evaluation) -> list[str]:
    return [str(row.figure) for row in evaluation.questions[0].rows]


def test_meeting_shows_totals_and_counts() -> None:
    evaluation = evaluated(scale(5, 6, 9))

    assert str(evaluation.questions[0].answered) == "20"
    assert figures(evaluation) == ["5", "6", "9"]


def test_meeting_hides_small_counts() -> None:
    assert figures(evaluated(scale(1, 2, 9))) == [TOO_FEW, TOO_FEW, "9"]


def test_meeting_with_too_few_answers_hides_the_total_too() -> None:
    evaluation = evaluated(scale(0, 0, 4))

    assert str(evaluation.questions[0].answered) == TOO_FEW
    assert figures(evaluation) == [TOO_FEW, TOO_FEW, TOO_FEW]


def test_open_answers_that_were_kept_are_all_there() -> None:
    entry = evaluated(open_answers("a", "b", "c", "d", "e")).open_questions[0]

    assert (sorted(entry.texts), entry.complete) == (["a", "b", "c", "d", "e"], True)


def test_open_answers_of_too_few_people_are_said_to_be_too_few() -> None:
    entry = evaluated(FEW_TEXTS).open_questions[0]

    assert (entry.texts, entry.missing) == ((), TOO_FEW)


def test_open_answers_past_their_time_are_said_to_be_deleted_and_totals_stay() -> None:
    evaluation = evaluated(scale(5, 6, 9), DELETED_TEXTS)

    assert evaluation.open_questions[0].missing == DELETED
    assert figures(evaluation) == ["5", "6", "9"]


def test_what_is_only_on_paper_says_so() -> None:
    evaluation = evaluated(scale(1, 1, 1, paper=(5, 5, 9)), open_answers("a", paper=True))

    assert evaluation.questions[0].question == f"Wat vond je ervan? ({ONLY_PAPER})"
    assert figures(evaluation) == ["5", "5", "9"]
    assert evaluation.open_questions[0].question == f"Wat kan beter? ({ONLY_PAPER})"


def test_what_is_on_paper_adds_to_what_phones_sent() -> None:
    evaluation = evaluated(scale(5, 6, 9, paper=(1, 0, 2)))

    assert evaluation.questions[0].question == "Wat vond je ervan?"
    assert figures(evaluation) == ["6", "6", "11"]


def test_open_answers_come_in_another_order() -> None:
    texts = tuple(str(number) for number in range(40))

    assert {evaluated(open_answers(*texts)).open_questions[0].texts for _ in range(3)} - {texts} != set()


def test_questions_are_shuffled_apart() -> None:
    texts = tuple(str(number) for number in range(40))

    first, second = evaluated(
        Kept("een", "Een?", texts=texts), Kept("twee", "Twee?", texts=texts)
    ).open_questions

    assert first.texts != second.texts


def test_course_adds_up_the_same_question() -> None:
    course = evaluate_course(
        "Gouda", [evaluated(scale(5, 6, 9)), evaluated(scale(7, 5, 8), title="Dagdeel 2")]
    )

    assert str(course.questions[0].answered) == "40"
    assert figures(course) == ["12", "11", "17"]
    assert course.questions[0].sittings == ("Dagdeel 1", "Dagdeel 2")


def test_course_keeps_other_wording_apart() -> None:
    course = evaluate_course(
        "Gouda", [evaluated(scale(5, 6, 9)), evaluated(scale(5, 6, 9, question="En vandaag?"))]
    )

    assert [question.question for question in course.questions] == ["Wat vond je ervan?", "En vandaag?"]


def test_course_says_at_least_where_a_meeting_hides() -> None:
    course = evaluate_course("Gouda", [evaluated(scale(5, 6, 9)), evaluated(scale(2, 1, 9))])

    assert figures(course) == ["minstens 5", "minstens 6", "18"]


def test_course_minus_its_meetings_leaves_no_hidden_texts() -> None:
    small = evaluated(FEW_TEXTS)
    large = evaluated(open_answers("a", "b", "c", "d", "e"))

    course = evaluate_course("Gouda", [small, large])

    assert sorted(course.open_questions[0].texts) == ["a", "b", "c", "d", "e"]
    assert course.open_questions[0].complete is False


counts = st.lists(st.integers(0, 9), min_size=3, max_size=3)


@given(st.lists(counts, min_size=1, max_size=4))
def test_course_says_nothing_that_its_meetings_do_not_say(tables: list[list[int]]) -> None:
    meetings = [evaluated(scale(*table)) for table in tables]

    course = evaluate_course("Gouda", meetings).questions[0]

    for place, row in enumerate(course.rows):
        parts = [meeting.questions[0].rows[place].figure for meeting in meetings]
        assert row.figure == Figure(sum(part.least for part in parts), all(part.exact for part in parts))


@given(counts)
def test_no_shown_figure_is_small(table: list[int]) -> None:
    question = evaluated(scale(*table)).questions[0]

    shown = [
        figure.least for figure in (question.answered, *(row.figure for row in question.rows)) if figure.exact
    ]
    assert [number for number in shown if number < 5] == []


def test_share_is_only_there_for_known_numbers() -> None:
    question = evaluated(scale(1, 2, 9)).questions[0]

    assert [question.share(row) for row in question.rows] == [None, None, 75]


def test_what_belongs_to_the_form_comes_first() -> None:
    dots, form = scale(5, 6, 9, question="Waar sta jij?"), (scale(5, 6, 9), open_answers("a"))

    one = evaluated(dots, Kept("kaart", "Wat is herstel?", texts=("b",)), form=form)
    course = evaluate_course("Gouda", [evaluated(dots), one])

    for evaluation in (one, course):
        assert [(each.question, each.of_form) for each in evaluation.questions] == [
            ("Wat vond je ervan?", True),
            ("Waar sta jij?", False),
        ]
        assert [each.question for each in evaluation.open_questions] == ["Wat kan beter?", "Wat is herstel?"]


def mean(evaluation: Evaluation) -> str:
    return str(evaluation.questions[0].mean)


def test_mean_is_exact_when_every_count_is_known() -> None:
    assert mean(evaluated(marks(0, 0, 0, 0, 0, 0, 9, 11))) == "7,6"


def test_mean_lies_between_its_ends_when_a_few_marks_are_hidden() -> None:
    """Of 25 people six gave a hidden mark: all a 1, all a 10, or anything between."""
    assert mean(evaluated(marks(0, 0, 0, 0, 0, 3, 9, 10, 3))) == "tussen 5,9 en 8,2"


@pytest.mark.parametrize(
    "kept", [marks(0, 0, 0, 0, 0, 1, 2, 2), marks(0, 0, 0, 0, 0, 4, 6, 5, 4), marks(0, 0, 4)]
)
def test_mean_that_would_say_too_little_is_left_out(kept: Kept) -> None:
    assert evaluated(kept).questions[0].mean is None


def test_question_that_asks_for_no_mark_has_no_mean() -> None:
    assert evaluated(scale(5, 6, 9)).questions[0].mean is None


def test_mean_of_a_course_follows_from_its_sums() -> None:
    known, hidden = evaluated(marks(0, 0, 0, 0, 0, 0, 9, 11)), evaluated(marks(0, 0, 0, 0, 0, 3, 9, 10, 3))

    assert mean(evaluate_course("Gouda", [known, known])) == "7,6"
    assert mean(evaluate_course("Gouda", [known, hidden])) == "tussen 6,6 en 7,9"


@given(st.lists(st.integers(0, 9), min_size=10, max_size=10))
def test_mean_follows_from_what_is_shown_and_holds(table: list[int]) -> None:
    """Whoever has the shown counts alone comes to the same: it tells nothing besides. And it is true."""
    kept = marks(*table)
    question = evaluated(kept).questions[0]
    found = question.mean
    again = replace(question, rows=tuple(Row(row.option, row.figure) for row in question.rows)).mean

    assert again == found
    if found is not None:
        exact = sum(mark * count for mark, count in enumerate(table, start=1)) / sum(table)
        assert found.low <= exact + 1e-9 and exact <= found.high + 1e-9


def test_question_of_which_nothing_may_be_known_tells_nothing() -> None:
    told = [evaluated(each).questions[0].tells for each in (scale(0, 0, 4), scale(1, 2, 9), scale(2, 2, 2))]

    assert told == [False, True, True]
