"""Stelling: votes that stay hidden until shown, and a second round that shows the shift."""

from typing import Any

import pytest

from tests.kinds.material_support import read, settings_of
from tests.kinds.stage_support import Stage, ask
from trainer.kinds.contract import Count, Rejected, Totals
from trainer.kinds.stelling.votes import Settings

STATEMENTS = "Stem.\n\n- Eerste\n- Tweede"
QUESTION = "Wat heb je nodig?\n\n- Tijd\n- Ruimte\n- Steun"
ONE: Settings = settings_of("stelling", STATEMENTS)
CHOICE: Settings = settings_of("stelling", QUESTION, "vorm=keuze meer=ja")


def one(*answers: int) -> Stage:
    """Two statements in one round; phones 0, 1, 2... answered the first."""
    return voted(Stage("stelling", STATEMENTS), *answers)


def two(*answers: int) -> Stage:
    """The same with two rounds."""
    return voted(Stage("stelling", STATEMENTS, "rondes=2"), *answers)


def choice() -> Stage:
    return Stage("stelling", QUESTION, "vorm=keuze meer=ja")


def voted(stage: Stage, *answers: int | tuple[int, ...], first: int = 0) -> Stage:
    """Phones vote, of which the first one is number `first`."""
    for number, answer in enumerate(answers, start=first):
        chosen = (answer,) if isinstance(answer, int) else answer
        stage.send(f"phone-{number}", choice=[str(index) for index in chosen])
    return stage


def result(stage: Stage, name: str = "screen") -> list[int]:
    return [row["count"] for row in stage.view(name)["result"]]


def code(answer: Any) -> str:
    assert isinstance(answer, Rejected), answer
    return answer.code


def test_parse_of_statements_gives_agree_and_disagree() -> None:
    assert ONE.labels == ("Eens", "Oneens", "Weet ik niet")
    assert [question.plain for question in ONE.questions] == ["Eerste", "Tweede"]


def test_parse_of_a_choice_takes_the_text_as_the_question() -> None:
    assert [question.plain for question in CHOICE.questions] == ["Wat heb je nodig?"]
    assert CHOICE.labels == ("Tijd", "Ruimte", "Steun")


@pytest.mark.parametrize(
    ("body", "attributes", "found"),
    [
        ("Tekst", "", ["7 stelling.no-statements"]),
        ("- Een", "meer=ja", ["7 stelling.several"]),
        ("Vraag?\n\n- Een", "vorm=keuze", ["7 stelling.no-choices"]),
        ("- Een\n- Twee", "vorm=keuze", ["7 stelling.no-question"]),
        ("- Een", "rondes=3", ["7 step.bad-value"]),
        ("- Een", "ronde=2", ["7 step.unknown-setting"]),
    ],
)
def test_parse_reports_what_is_wrong(body: str, attributes: str, found: list[str]) -> None:
    assert read("stelling", body, attributes) == (None, found)


# Voting


def test_accept_takes_one_answer() -> None:
    assert one().offer("a", choice="2") == {"1/1": {"choices": [2]}}


def test_accept_takes_several_answers_where_allowed() -> None:
    assert choice().offer("a", choice=("2", "0", "2")) == {"1/1": {"choices": [0, 2]}}


def test_accept_refuses_several_answers_where_not_allowed() -> None:
    assert code(one().offer("a", choice=("0", "1"))) == "invalid"


@pytest.mark.parametrize(("values", "item", "expected"), [
    ((), "1/1", "empty"), (("3",), "1/1", "invalid"), (("0",), "3/1", "invalid"), (("0",), "1/2", "invalid"),
])  # fmt: skip
def test_accept_refuses_what_was_not_offered(values: tuple[str, ...], item: str, expected: str) -> None:
    assert code(one().offer("a", item, choice=values)) == expected


def test_accept_refuses_round_two_before_it_began() -> None:
    assert code(two().offer("a", "1/2", choice="0")) == "closed"


def test_own_shows_my_answer() -> None:
    stage = voted(choice(), (0, 2))

    view = stage.own("phone-0")
    assert (view["words"], view["chosen"], view["post"]) == ("Tijd, Steun", (0, 2), "phone-0")


# Showing


def test_result_waits_until_it_is_shown() -> None:
    stage = one(0, 0, 1)
    assert (stage.view("screen")["result"], stage.view("screen")["answered"]) == ((), Count(3))

    stage.press("show")
    assert [(row["label"], row["count"], row["percent"]) for row in stage.view("screen")["result"]] == [
        ("Eens", 2, 67), ("Oneens", 1, 33), ("Weet ik niet", 0, 0),
    ]  # fmt: skip


def test_show_of_one_or_two_phones_must_wait_and_leaves_the_vote_open() -> None:
    stage = one(0, 1)

    assert code(stage.refusal("show")) == "few"
    assert stage.offer("late", choice="0") == {"1/1": {"choices": [0]}}


def test_show_closes_the_vote() -> None:
    assert code(one(0, 0, 1).press("show").offer("late", choice="0")) == "closed"


def test_phone_gets_the_result_in_words_too() -> None:
    assert result(one(0, 0, 1).press("show"), "phone") == [2, 1, 0]


def test_paper_is_counted_with_the_phones() -> None:
    stage = one(0, 0, 1)
    stage.send("paper", paper=True, choice="1")

    assert result(stage.press("show")) == [2, 2, 0]


def test_paper_helps_no_phone_over_the_threshold() -> None:
    stage = one(0, 0)
    stage.send("paper", paper=True, choice="1")

    assert result(stage.press("show")) == [0, 1, 0]


def test_reopen_takes_the_result_away() -> None:
    stage = one(0, 0, 1).press("show", "reopen")

    assert stage.view("screen")["result"] == ()
    assert stage.offer("late", choice="0") == {"1/1": {"choices": [0]}}


@pytest.mark.parametrize(("late", "expected"), [(2, [2, 1, 0]), (3, [2, 1, 3])])
def test_result_that_comes_back_is_new_only_when_three_phones_are(late: int, expected: list[int]) -> None:
    stage = one(0, 0, 1).press("show", "reopen")

    assert result(voted(stage, *[2] * late, first=3).press("show")) == expected


def test_percentages_are_of_people_when_several_answers_are_allowed() -> None:
    stage = voted(choice(), (0, 1), (0,), (0,)).press("show")

    assert [row["percent"] for row in stage.view("screen")["result"]] == [100, 33, 0]


# The second round


def test_second_round_closes_the_first_and_asks_everybody_again() -> None:
    stage = two(0, 0, 1).press("second")

    assert code(stage.offer("phone-0", "1/1", choice="0")) == "closed"
    assert stage.own("phone-0")["chosen"] == ()
    assert stage.view("screen")["answered"] == Count()
    assert stage.offer("phone-0", choice="1") == {"1/2": {"choices": [1]}}


def test_second_round_carries_no_vote_over() -> None:
    stage = voted(two(0, 0, 1).press("show", "second"), 1, 1)
    assert code(stage.refusal("show")) == "few"

    assert result(voted(stage, 1, first=2).press("show")) == [0, 3, 0]


def test_first_round_stays_in_sight_while_the_second_is_voted() -> None:
    view = two(0, 0, 1).press("show", "second").view("screen")

    assert (view["shown"], [row["count"] for row in view["before"]]) == (False, [2, 1, 0])


def test_second_round_shows_the_shift() -> None:
    stage = voted(two(0, 0, 1).press("second"), 1, 1, 1).press("show")

    assert [
        (row["before"]["count"], row["after"]["count"], row["change"])
        for row in stage.view("screen")["shift"]
    ] == [(2, 0, "2 minder"), (1, 3, "2 meer"), (0, 0, "gelijk")]


def test_second_round_of_others_shows_no_first_round_of_two_phones() -> None:
    stage = two(0, 0, 0)
    stage.withdraw("phone-2")
    view = voted(stage.press("second"), 1, 1, 1).press("show").view("screen")

    assert ([row["count"] for row in view["result"]], view["before"], view["shift"]) == ([0, 3, 0], (), ())


def test_second_round_is_there_only_when_set() -> None:
    assert code(one().refusal("second")) == "unknown"


def test_forward_goes_to_the_next_statement_and_each_keeps_its_round() -> None:
    stage = two(0, 0, 1).press("second")
    kind, settings = stage.play.kind, stage.play.settings

    state = kind.forward(settings, stage.state)
    assert kind.item(settings, state) == "2/1"
    assert kind.item(settings, kind.backward(settings, state)) == "1/2"


# What is kept


def test_report_has_both_rounds_of_what_was_asked_twice() -> None:
    stage = two(0, 0, 1).press("second")

    assert stage.report == (
        Totals("1/1", "Eerste (ronde 1)", "1/1", ONE.labels),
        Totals("1/2", "Eerste (ronde 2)", "1/2", ONE.labels),
    )


def test_report_has_the_statements_that_the_group_had_before_it() -> None:
    stage = two().press(ask("go", number="2"))

    assert [row.id for row in two().report] == ["1/1"]
    assert [row.id for row in stage.report] == ["1/1", "2/1"]


def test_go_to_a_statement_that_is_not_there_is_refused() -> None:
    assert code(one().refusal(ask("go", number="3"))) == "unknown"
