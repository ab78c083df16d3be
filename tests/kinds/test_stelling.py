"""Stelling: votes that stay hidden until shown, and a second round that shows the shift."""

from collections.abc import Sequence
from typing import Any

import pytest
from material_support import read, settings_of, votes

from trainer.kinds.contract import Command, Distribution, Post, Rejected, Submission
from trainer.kinds.stelling import KIND
from trainer.kinds.stelling.votes import Settings, VoteState

ONE: Settings = settings_of("stelling", "Stem.\n\n- Eerste\n- Tweede")
TWO: Settings = settings_of("stelling", "- Eerste\n- Tweede", "rondes=2")
CHOICE: Settings = settings_of(
    "stelling", "Wat heb je nodig?\n\n- Tijd\n- Ruimte\n- Steun", "vorm=keuze meer=ja"
)


def after(
    settings: Settings, *names: str, posts: Sequence[Post] = (), state: VoteState | None = None
) -> VoteState:
    state = state or VoteState()
    for name in names:
        result = KIND.apply(settings, state, Command(name), posts)
        assert isinstance(result, VoteState), result
        state = result
    return state


def vote(settings: Settings, *values: str, item: str = "1/1", state: VoteState | None = None) -> Any:
    return KIND.accept(settings, state or VoteState(), Submission(item, {"choice": values}), ())


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


def test_accept_takes_one_answer() -> None:
    assert vote(ONE, "2") == {"1/1": {"choices": [2]}}


def test_accept_takes_several_answers_where_allowed() -> None:
    assert vote(CHOICE, "2", "0", "2") == {"1/1": {"choices": [0, 2]}}


def test_accept_refuses_several_answers_where_not_allowed() -> None:
    assert code(vote(ONE, "0", "1")) == "invalid"


@pytest.mark.parametrize(("values", "item", "expected"), [
    ((), "1/1", "empty"), (("3",), "1/1", "invalid"), (("0",), "3/1", "invalid"), (("0",), "1/2", "invalid"),
])  # fmt: skip
def test_accept_refuses_what_was_not_offered(values: tuple[str, ...], item: str, expected: str) -> None:
    assert code(vote(ONE, *values, item=item)) == expected


def test_accept_refuses_round_two_before_it_began() -> None:
    assert code(vote(TWO, "0", item="1/2")) == "closed"


def test_show_closes_the_vote() -> None:
    assert code(vote(ONE, "0", state=after(ONE, "show"))) == "closed"


def test_second_round_closes_the_first() -> None:
    state = after(TWO, "second")
    assert code(vote(TWO, "0", state=state)) == "closed"
    assert vote(TWO, "0", item="1/2", state=state) == {"1/2": {"choices": [0]}}


def test_reopen_takes_the_result_away() -> None:
    state = after(ONE, "show", "reopen", posts=votes("1/1", 0, 0, 1))
    assert KIND.screen(ONE, state, ())["result"] == ()
    assert vote(ONE, "0", state=state) == {"1/1": {"choices": [0]}}


def test_result_waits_until_it_is_shown() -> None:
    posts = votes("1/1", 0, 0, 1)
    hidden, shown = (
        KIND.screen(ONE, state, posts) for state in (VoteState(), after(ONE, "show", posts=posts))
    )
    assert (hidden["result"], hidden["answered"]) == ((), 3)
    assert [(row["label"], row["count"], row["percent"]) for row in shown["result"]] == [
        ("Eens", 2, 67), ("Oneens", 1, 33), ("Weet ik niet", 0, 0),
    ]  # fmt: skip


def test_phone_gets_the_result_in_words_too() -> None:
    state = after(ONE, "show", posts=votes("1/1", 0, 0, 1))
    assert [row["count"] for row in KIND.phone(ONE, state)["result"]] == [2, 1, 0]


def test_percentages_are_of_people_when_several_answers_are_allowed() -> None:
    state = after(CHOICE, "show", posts=votes("1/1", (0, 1), (0,)))
    assert [row["percent"] for row in KIND.screen(CHOICE, state, ())["result"]] == [100, 50, 0]


def test_first_round_stays_in_sight_while_the_second_is_voted() -> None:
    posts = votes("1/1", 0, 0, 1)
    view = KIND.screen(TWO, after(TWO, "show", "second", posts=posts), posts)
    assert (view["shown"], [row["count"] for row in view["before"]]) == (False, [2, 1, 0])


def test_second_round_shows_the_shift() -> None:
    posts = votes("1/1", 0, 0, 1) + votes("1/2", 1, 1, 1)
    view = KIND.screen(TWO, after(TWO, "second", "show", posts=posts), posts)
    assert [(row["before"]["count"], row["after"]["count"], row["change"]) for row in view["shift"]] == [
        (2, 0, "2 minder"), (1, 3, "2 meer"), (0, 0, "gelijk"),
    ]  # fmt: skip


def test_second_round_is_there_only_when_set() -> None:
    answer = KIND.apply(ONE, VoteState(), Command("second"), ())
    assert code(answer) == "unknown"


def test_forward_goes_to_the_next_statement_and_keeps_its_round() -> None:
    state = KIND.forward(TWO, after(TWO, "second"))
    assert state is not None
    assert KIND.item(TWO, state) == "2/1"
    back = KIND.backward(TWO, state)
    assert back is not None
    assert KIND.item(TWO, back) == "1/2"


def test_own_shows_my_answer() -> None:
    view = KIND.own(CHOICE, VoteState(), "a0", votes("1/1", (0, 2)), ())
    assert (view["words"], view["chosen"], view["post"]) == ("Tijd, Steun", (0, 2), "1/1-0")


def test_report_has_both_rounds() -> None:
    rows = KIND.report(TWO, VoteState(), votes("1/1", 0, 1) + votes("1/2", 1))
    assert rows == (
        Distribution("1/1", "Eerste (ronde 1)", TWO.labels, (1, 1, 0), 2),
        Distribution("1/2", "Eerste (ronde 2)", TWO.labels, (0, 1, 0), 1),
        Distribution("2/1", "Tweede (ronde 1)", TWO.labels, (0, 0, 0), 0),
    )
