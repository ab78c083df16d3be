"""Evaluatie: a table of questions, answers that stand apart, and totals that tell of nobody."""

from typing import Any

import pytest
from material_support import read, settings_of

from trainer.kinds.contract import Command, Distribution, Post, Rejected, Submission, Texts
from trainer.kinds.evaluatie import KIND, FormState, Settings

HEADER = "| id | vraag | soort | antwoorden |\n| --- | --- | --- | --- |\n"
TABLE = (
    "Vul in.\n\n" + HEADER + "| veilig | Voelde je je **veilig**? | schaal | nee; soms; ja |\n"
    "| cijfer | Welk cijfer? | cijfer | 1..10 |\n"
    "| mee | Wat neem je mee? | meerkeuze | kennis; ideeën |\n"
    "| beter | Wat kan beter? | open | |"
)
SETTINGS: Settings = settings_of("evaluatie", TABLE)


def send(state: FormState | None = None, own: tuple[Post, ...] = (), **fields: str | tuple[str, ...]) -> Any:
    form = {f"vraag-{key}": (value,) if isinstance(value, str) else value for key, value in fields.items()}
    return KIND.accept(SETTINGS, state or FormState(), Submission("", form), own)


def posts(people: int, **fields: str) -> list[Post]:
    return [
        Post(f"{item}-{number}", item, f"a{number}", payload)
        for number in range(people)
        for item, payload in send(**fields).items()
    ]


def test_parse_reads_the_questions_and_the_text_around_them() -> None:
    assert SETTINGS.intro.plain == "Vul in."
    assert [(each.id, each.text.plain, each.form, len(each.options)) for each in SETTINGS.questions] == [
        ("veilig", "Voelde je je veilig?", "schaal", 3),
        ("cijfer", "Welk cijfer?", "cijfer", 10),
        ("mee", "Wat neem je mee?", "meerkeuze", 2),
        ("beter", "Wat kan beter?", "open", 0),
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Geen tabel.", ["7 evaluatie.no-table"]),
        ("| vraag | soort |\n| --- | --- |", ["9 evaluatie.bad-header"]),
        (HEADER, ["9 evaluatie.no-questions"]),
        (HEADER + "| A b | Vraag | open | |", ["11 evaluatie.bad-id"]),
        (HEADER + "| a |  | open | |\n| b | B | open | |", ["11 evaluatie.no-text"]),
        (HEADER + "| a | A | opne | |\n| b | B | open | |", ["11 evaluatie.unknown-form"]),
        (HEADER + "| a | A | open | |\n| a | B | open | |", ["12 evaluatie.double-id"]),
        (HEADER + "| a | A | keuze | een |\n| b | B | open | |", ["11 evaluatie.answers"]),
        (HEADER + "| a | A | keuze | een; een |\n| b | B | open | |", ["11 evaluatie.answers"]),
        (HEADER + "| a | A | open | ja; nee |\n| b | B | open | |", ["11 evaluatie.answers"]),
        (HEADER + "| a | A | open | | x |\n| b | B | open | |", ["11 evaluatie.bad-row"]),
    ],
)
def test_parse_reports_what_is_wrong(body: str, found: list[str]) -> None:
    assert read("evaluatie", body) == (None, found)


def test_accept_keeps_every_answer_apart() -> None:
    assert send(veilig="2", cijfer="7", mee=("1", "0"), beter=" Meer   tijd ") == {
        "veilig": {"choices": [2]},
        "cijfer": {"choices": [7]},
        "mee": {"choices": [0, 1]},
        "beter": {"text": "Meer tijd"},
    }


def test_accept_keeps_a_skipped_question_as_empty() -> None:
    assert send(beter="Niets") == {"veilig": {}, "cijfer": {}, "mee": {}, "beter": {"text": "Niets"}}


def test_accept_refuses_an_empty_form_from_a_phone_that_sent_nothing() -> None:
    answer = send(beter="  ")
    assert isinstance(answer, Rejected)
    assert answer.code == "empty"


def test_accept_takes_an_emptied_form_from_a_phone_that_sent_before() -> None:
    own = tuple(posts(1, veilig="2"))
    assert send(own=own, beter="") == {"veilig": {}, "cijfer": {}, "mee": {}, "beter": {}}


def test_accept_takes_everything_back_when_asked() -> None:
    answer = KIND.accept(SETTINGS, FormState(), Submission("", {"clear": ("ja",)}), ())
    assert answer == {"veilig": {}, "cijfer": {}, "mee": {}, "beter": {}}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"cijfer": "10"}, "invalid"),
        ({"veilig": ("0", "1")}, "invalid"),
        ({"mee": "x"}, "invalid"),
        ({"beter": "x" * 601}, "too-long"),
    ],
)
def test_accept_refuses_what_was_not_offered(fields: dict[str, Any], code: str) -> None:
    answer = send(**fields)
    assert isinstance(answer, Rejected)
    assert answer.code == code


def test_accept_refuses_after_closing() -> None:
    answer = send(FormState(closed=True), veilig="1")
    assert isinstance(answer, Rejected)
    assert answer.code == "closed"


def test_own_fills_in_what_was_sent_before() -> None:
    view = KIND.own(SETTINGS, FormState(), "a0", posts(1, veilig="2", beter="Tijd"), ())
    assert [(row["chosen"], row["text"]) for row in view["rows"]] == [
        ((2,), ""),
        ((), ""),
        ((), ""),
        ((), "Tijd"),
    ]
    assert view["sent"] is True


def test_screen_counts_people_and_not_answers() -> None:
    assert KIND.screen(SETTINGS, FormState(), posts(3, veilig="1", cijfer="2"))["sent"] == 3


def test_screen_does_not_count_who_took_everything_back() -> None:
    emptied = [Post(f"{item}-x", item, "x", {}) for item in ("veilig", "cijfer", "mee", "beter")]
    assert KIND.screen(SETTINGS, FormState(), posts(2, veilig="1") + emptied)["sent"] == 2


def totals(sent: list[Post]) -> FormState:
    state = KIND.apply(SETTINGS, FormState(), Command("totals"), sent)
    assert isinstance(state, FormState)
    return state


def test_totals_hold_only_questions_with_five_answers() -> None:
    assert list(totals(posts(5, veilig="1") + posts(4, cijfer="2")).totals) == ["veilig"]


def test_totals_never_hold_open_questions() -> None:
    assert list(totals(posts(9, beter="Tijd", veilig="0")).totals) == ["veilig"]


def test_totals_close_the_form_and_stand_still() -> None:
    state = totals(posts(5, veilig="1"))
    rows = KIND.screen(SETTINGS, state, posts(9, veilig="2"))["totals"]["rows"]
    assert (state.closed, [row["count"] for row in rows]) == (True, [0, 5, 0])


def test_totals_cannot_be_asked_for_with_too_few_answers() -> None:
    control = next(
        c for c in KIND.controls(SETTINGS, FormState(), posts(4, veilig="1")) if c.name == "totals"
    )
    assert control.enabled is False


def test_forward_goes_through_the_totals() -> None:
    state = totals(posts(5, veilig="1", cijfer="3"))
    second = KIND.forward(SETTINGS, state)
    assert second is not None
    assert KIND.screen(SETTINGS, second, ())["totals"]["text"].plain == "Welk cijfer?"
    assert (KIND.forward(SETTINGS, second), KIND.backward(SETTINGS, second)) == (None, state)


def test_report_has_every_question_with_a_stable_id() -> None:
    open_answers = [Post(text, "beter", text, {"text": text}) for text in ("b", "a")]
    sent = posts(1, veilig="2", cijfer="7") + open_answers
    rows = KIND.report(SETTINGS, FormState(), sent)
    assert [row.id for row in rows] == ["veilig", "cijfer", "mee", "beter"]
    assert rows[0] == Distribution("veilig", "Voelde je je veilig?", ("nee", "soms", "ja"), (0, 0, 1), 1)
    assert rows[3] == Texts("beter", "Wat kan beter?", ("a", "b"))
