"""What follows from a plan: the points for trainers, the goals, and the actions by day."""

from datetime import date

from tests.support.plans import sheet
from trainer.plans.answers import Answer
from trainer.plans.sheet import actions, goals, points


def test_table_begins_with_its_rows_and_has_those_that_were_added() -> None:
    begun, grown = sheet({}), sheet({}, {"doelen": ("1", "2", "x")})

    assert [row.id for row in begun.parts[1].rows] == ["1", "2"]
    assert [(row.id, row.number) for row in grown.parts[1].rows] == [("1", 1), ("2", 2), ("x", 3)]


def test_answer_to_a_question_that_is_gone_is_still_there() -> None:
    found = sheet({"kop/vroeger": "Een antwoord", "doelen/2/vroeger": "Nog een", "kop/leeg": ""})

    assert [(key, answer.text) for key, answer in found.leftovers] == [
        ("doelen/2/vroeger", "Nog een"),
        ("kop/vroeger", "Een antwoord"),
    ]


def test_points_are_the_lines_of_the_answer_for_that_programme() -> None:
    found = sheet({"training/letop": "- Begin rustig\n\n• Er is geen lift\nDrie mensen zijn nieuw"})

    assert points(found, "klein", "dagdeel-1") == [
        "Begin rustig",
        "Er is geen lift",
        "Drie mensen zijn nieuw",
    ]
    assert points(found, "workshop", "workshop") == []


def test_goals_come_by_table_without_empty_rows() -> None:
    ((title, rows),) = goals(sheet({"doelen/2/doel": "Iedereen doet mee", "doelen/2/wie": "Team"}))

    assert (title, [(row.what, row.who) for row in rows]) == ("Doelen", [("Iedereen doet mee", "Team")])


def test_empty_plan_has_no_goals_and_no_actions() -> None:
    empty = sheet({})

    assert (goals(empty), actions(empty), empty.is_empty) == ([], [], True)


def test_actions_stand_by_day_and_then_those_without() -> None:
    found = actions(
        sheet(
            {
                "doelen/1/wat": "Inloop",
                "doelen/1/wanneer": "na de zomer",
                "doelen/2/wat": "Poster",
                "doelen/2/wanneer": "9-4-2027 en 1-3-2027",
                "training/wanneer": "12 maart 2027",
            }
        )
    )

    assert [(each.id, each.what, each.days) for each in found] == [
        ("doelen-2", "Poster", (date(2027, 4, 9), date(2027, 3, 1))),
        ("training", "De training", (date(2027, 3, 12),)),
        ("doelen-1", "Inloop", ()),
    ]


def test_row_is_known_by_all_that_is_in_it() -> None:
    before, after = (
        sheet({"doelen/1/wie": Answer("Anna", others)}).parts[1].rows[0] for others in ((), ("Bea",))
    )

    assert before.whole != after.whole
    assert not after.is_empty
