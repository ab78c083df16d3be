"""Evaluatie: a table of questions, answers that stand apart, and totals that tell of nobody."""

from typing import Any

import pytest

from tests.kinds.material_support import read, settings_of
from tests.kinds.stage_support import Stage, ask
from trainer.kinds.contract import Answers, Count, Rejected, Totals
from trainer.kinds.evaluatie import FormState, Settings

HEADER = "| id | vraag | soort | antwoorden |\n| --- | --- | --- | --- |\n"
TABLE = (
    "Vul in.\n\n" + HEADER + "| veilig | Voelde je je **veilig**? | schaal | nee; soms; ja |\n"
    "| cijfer | Welk cijfer? | cijfer | 1..10 |\n"
    "| mee | Wat neem je mee? | meerkeuze | kennis; ideeën |\n"
    "| beter | Wat kan beter? | open | |"
)
PRIVATE = TABLE.replace("schaal", "schaal privé")
SETTINGS: Settings = settings_of("evaluatie", TABLE)
FINAL = Rejected("final", "De totalen zijn getoond. Dit formulier gaat niet meer open.")


def form(table: str = TABLE, state: FormState | None = None) -> Stage:
    return Stage("evaluatie", table, state=state)


def filled(people: int, table: str = TABLE, **answers: str) -> Stage:
    """The form, filled in alike by this many phones."""
    return fill(form(table), people, **answers)


def fill(stage: Stage, people: int, first: int = 0, **answers: str) -> Stage:
    for number in range(first, first + people):
        stage.send(f"phone-{number}", **{f"vraag-{key}": value for key, value in answers.items()})
    return stage


def offer(stage: Stage, author: str = "me", **answers: Any) -> Any:
    return stage.offer(author, **{f"vraag-{key}": value for key, value in answers.items()})


def code(answer: Any) -> str:
    assert isinstance(answer, Rejected), answer
    return answer.code


def totals(stage: Stage) -> list[int | None]:
    """The counts on the screen; None is hidden."""
    return [row["count"] for row in stage.view("screen")["totals"]["rows"]]


# The table


def test_parse_reads_the_questions_and_the_text_around_them() -> None:
    assert SETTINGS.intro.plain == "Vul in."
    assert [(each.id, each.text.plain, each.form, len(each.options)) for each in SETTINGS.questions] == [
        ("veilig", "Voelde je je veilig?", "schaal", 3),
        ("cijfer", "Welk cijfer?", "cijfer", 10),
        ("mee", "Wat neem je mee?", "meerkeuze", 2),
        ("beter", "Wat kan beter?", "open", 0),
    ]


def test_parse_reads_which_questions_are_private() -> None:
    settings: Settings = settings_of("evaluatie", PRIVATE)

    assert [question.id for question in settings.questions if question.private] == ["veilig"]
    assert settings.questions[0].form == "schaal"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Geen tabel.", ["7 evaluatie.no-table"]),
        ("| vraag | soort |\n| --- | --- |", ["9 evaluatie.bad-header"]),
        (HEADER, ["9 evaluatie.no-questions"]),
        (HEADER + "| A b | Vraag | open | |", ["11 evaluatie.bad-id"]),
        (HEADER + "| a |  | open | |\n| b | B | open | |", ["11 evaluatie.no-text"]),
        (HEADER + "| a | A | opne | |\n| b | B | open | |", ["11 evaluatie.unknown-form"]),
        (HEADER + "| a | A | open geheim | |\n| b | B | open | |", ["11 evaluatie.unknown-form"]),
        (HEADER + "| a | A | open | |\n| a | B | open | |", ["12 evaluatie.double-id"]),
        (HEADER + "| a | A | keuze | een |\n| b | B | open | |", ["11 evaluatie.answers"]),
        (HEADER + "| a | A | keuze | een; een |\n| b | B | open | |", ["11 evaluatie.answers"]),
        (HEADER + "| a | A | open | ja; nee |\n| b | B | open | |", ["11 evaluatie.answers"]),
        (HEADER + "| a | A | open | | x |\n| b | B | open | |", ["11 evaluatie.bad-row"]),
    ],
)
def test_parse_reports_what_is_wrong(body: str, found: list[str]) -> None:
    assert read("evaluatie", body) == (None, found)


# Filling in


def test_accept_keeps_every_answer_apart() -> None:
    assert offer(form(), veilig="2", cijfer="7", mee=("1", "0"), beter=" Meer   tijd ") == {
        "veilig": {"choices": [2]},
        "cijfer": {"choices": [7]},
        "mee": {"choices": [0, 1]},
        "beter": {"text": "Meer tijd"},
    }


def test_accept_keeps_a_skipped_question_as_empty() -> None:
    assert offer(form(), beter="Niets") == {"veilig": {}, "cijfer": {}, "mee": {}, "beter": {"text": "Niets"}}


def test_accept_refuses_an_empty_form_from_a_phone_that_sent_nothing() -> None:
    assert code(offer(form(), beter="  ")) == "empty"


def test_accept_takes_an_emptied_form_from_a_phone_that_sent_before() -> None:
    assert offer(filled(1, veilig="2"), "phone-0", beter="") == {
        "veilig": {}, "cijfer": {}, "mee": {}, "beter": {},
    }  # fmt: skip


def test_accept_takes_everything_back_when_asked() -> None:
    assert form().offer("me", clear="ja") == {"veilig": {}, "cijfer": {}, "mee": {}, "beter": {}}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"cijfer": "10"}, "invalid"),
        ({"veilig": ("0", "1")}, "invalid"),
        ({"mee": "x"}, "invalid"),
        ({"beter": "x" * 601}, "too-long"),
    ],
)
def test_accept_refuses_what_was_not_offered(fields: dict[str, Any], expected: str) -> None:
    assert code(offer(form(), **fields)) == expected


def test_accept_refuses_after_closing_until_reopened() -> None:
    stage = form().press("close")
    assert code(offer(stage, veilig="1")) == "closed"

    assert not isinstance(offer(stage.press("reopen"), veilig="1"), Rejected)


def test_own_fills_in_what_was_sent_before() -> None:
    view = filled(1, veilig="2", beter="Tijd").own("phone-0")

    assert [(row["chosen"], row["text"]) for row in view["rows"]] == [
        ((2,), ""),
        ((), ""),
        ((), ""),
        ((), "Tijd"),
    ]
    assert view["sent"] is True


def test_own_of_an_emptied_form_is_that_of_one_that_was_not_sent() -> None:
    stage = filled(1, veilig="2")
    stage.send("phone-0", clear="ja")

    assert stage.own("phone-0")["sent"] is False


def test_screen_counts_phones_in_fives_and_not_answers() -> None:
    assert filled(4, veilig="1", cijfer="2").view("screen")["sent"] == Count(crowd=5)
    assert filled(6, veilig="1", cijfer="2").view("screen")["sent"] == Count(5, crowd=5)


def test_count_does_not_go_down_when_somebody_takes_everything_back() -> None:
    stage = filled(5, veilig="1")
    stage.send("phone-0", clear="ja")

    assert stage.view("screen")["sent"] == Count(5, crowd=5)


# The totals, once


@pytest.mark.parametrize("people", [0, 1, 4])
def test_totals_of_fewer_than_five_phones_are_refused_and_the_form_stays_open(people: int) -> None:
    stage = filled(people, veilig="1")

    assert code(stage.refusal("totals")) == "few"
    assert not isinstance(offer(stage, veilig="1"), Rejected)


def test_totals_are_refused_when_paper_must_make_up_for_a_fifth_phone() -> None:
    stage = filled(4, veilig="1")
    stage.send("paper", paper=True, **{"vraag-veilig": "1"})

    assert code(stage.refusal("totals")) == "few"


def test_totals_of_five_phones_close_the_form_for_good() -> None:
    stage = filled(6, cijfer="3").press("totals")

    assert code(offer(stage, veilig="1")) == "closed"
    assert stage.refusal("reopen") == FINAL
    assert stage.press("hide").refusal("reopen") == FINAL
    assert "reopen" not in stage.enabled()


def test_totals_that_were_hidden_come_back_as_they_were() -> None:
    stage = fill(filled(5, veilig="1"), 7, first=5, veilig="2").press("totals")
    before = totals(stage)

    for number in range(4):
        stage.withdraw(next(post.id for post in stage.sitting.of(f"phone-{number}") if post.item == "veilig"))
    assert totals(stage.press("hide", "totals")) == before == [None, None, 7]


def test_totals_hide_small_counts_and_what_they_follow_from() -> None:
    stage = fill(filled(6, veilig="1"), 3, first=6, veilig="2").press("totals")

    assert (stage.view("screen")["totals"]["answered"], totals(stage)) == (9, [None, 6, None])


def test_totals_hide_what_all_answered() -> None:
    stage = filled(9, veilig="1").press("totals")

    assert (stage.view("screen")["totals"]["answered"], totals(stage)) == (9, [None, None, None])


def test_totals_of_a_question_that_fewer_than_five_answered_say_nothing() -> None:
    stage = fill(filled(4, cijfer="1"), 6, first=4, veilig="2").press("totals")

    assert stage.view("screen")["totals"]["answered"] == 6
    shown = stage.press("hide", "totals")
    second = shown.play.kind.forward(SETTINGS, shown.state)
    view = shown.play.kind.screen(SETTINGS, second, shown.seen)["totals"]
    assert (view["answered"], {row["count"] for row in view["rows"]}) == (None, {None})


def test_forward_goes_through_the_questions_that_may_be_shown_and_never_to_an_open_one() -> None:
    stage = filled(5, veilig="1", beter="Tijd").press("totals")
    kind, state, asked = stage.play.kind, stage.state, []
    while state is not None:
        asked.append(kind.screen(SETTINGS, state, stage.seen)["totals"]["text"].plain)
        last, state = state, kind.forward(SETTINGS, state)

    assert asked == ["Voelde je je veilig?", "Welk cijfer?", "Wat neem je mee?"]
    assert kind.backward(SETTINGS, last) == FormState(closed=True, showing=True, page=1)


def test_private_question_is_never_counted_for_the_screen_and_is_kept() -> None:
    stage = fill(filled(5, PRIVATE, veilig="1", cijfer="3"), 7, 5, veilig="2", cijfer="4").press("totals")

    assert stage.view("screen")["pages"] == 2
    assert "veilig" not in stage.seen.pictures
    assert next(row for row in stage.kept if row.id == "veilig").counts == (None, None, 7)


def test_totals_of_private_and_open_questions_alone_cannot_be_asked_for() -> None:
    stage = form(HEADER + "| a | A | cijfer privé | |\n| b | B | open | |")

    assert "totals" not in stage.enabled()
    assert stage.refusal(ask("totals")) == Rejected("unknown", "Deze knop bestaat hier niet.")


# What is kept


def test_report_asks_for_totals_and_for_open_answers_with_ids_that_stay() -> None:
    assert form().report == (
        Totals("veilig", "Voelde je je veilig?", "veilig", ("nee", "soms", "ja")),
        Totals("cijfer", "Welk cijfer?", "cijfer", tuple(str(mark) for mark in range(1, 11))),
        Totals("mee", "Wat neem je mee?", "mee", ("kennis", "ideeën")),
        Answers("beter", "Wat kan beter?", "beter"),
    )


@pytest.mark.parametrize(("people", "texts"), [(4, []), (5, [("Tijd",) * 5])])
def test_open_answers_are_kept_of_five_phones_or_not_at_all(
    people: int, texts: list[tuple[str, ...]]
) -> None:
    assert [row.texts for row in filled(people, beter="Tijd").kept if row.id == "beter"] == texts


def test_kept_is_what_was_on_the_screen_when_fewer_than_five_took_theirs_back() -> None:
    stage = fill(filled(5, veilig="1"), 7, first=5, veilig="2").press("totals")

    stage.withdraw(next(post.id for post in stage.sitting.of("phone-0") if post.item == "veilig"))
    assert stage.kept[0].counts == (None, None, 7)
