"""Over de lijn: places on a line, pictures on demand, and where a group is alike."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kinds.material_support import read, settings_of
from tests.kinds.stage_support import Stage, ask
from trainer.kinds.contract import Count, Rejected, Tally, Totals
from trainer.kinds.over_de_lijn import ANSWERS, LineState, Settings
from trainer.kinds.over_de_lijn.picture import HEIGHT, PLACES, WIDTH, alike, draw

BODY = "Kies je plek.\n\n- Eerste stelling\n- Tweede **stelling**\n- Derde"
SETTINGS: Settings = settings_of("over-de-lijn", BODY)


def line(*places: int, item: str = "1", state: LineState | None = None) -> Stage:
    """Phones 0, 1, 2... stand on the line."""
    return stand(Stage("over-de-lijn", BODY, state=state), *places, item=item)


def stand(stage: Stage, *places: int, item: str = "1", first: int = 0) -> Stage:
    """Phones take a place, of which the first one is number `first`."""
    for number, place in enumerate(places, start=first):
        stage.send(f"phone-{number}", item, place=str(place))
    return stage


def dots(stage: Stage) -> list[int]:
    return [row["count"] for row in stage.view("screen")["places"]]


def code(answer: Any) -> str:
    assert isinstance(answer, Rejected), answer
    return answer.code


def test_parse_reads_the_text_and_the_statements() -> None:
    assert SETTINGS.intro.plain == "Kies je plek."
    assert [statement.plain for statement in SETTINGS.statements] == [
        "Eerste stelling",
        "Tweede stelling",
        "Derde",
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Alleen tekst.", ["7 over-de-lijn.no-statements"]),
        ("- Een\n- Twee\n- Een", ["11 list.double-item"]),
    ],
)
def test_parse_reports_what_is_wrong(body: str, found: list[str]) -> None:
    assert read("over-de-lijn", body) == (None, found)


# Taking a place


def test_accept_takes_every_place_and_pass() -> None:
    offered = [line().offer("a", place=str(value)) for value in range(6)]

    assert offered == [{"1": {"choices": [value]}} for value in range(6)]


@pytest.mark.parametrize(
    ("value", "item", "expected"),
    [
        ("", "1", "invalid"),
        ("6", "1", "invalid"),
        ("-1", "1", "invalid"),
        ("٣", "1", "invalid"),
        ("1", "9", "invalid"),
    ],
)
def test_accept_refuses_what_was_not_offered(value: str, item: str, expected: str) -> None:
    assert code(line().offer("a", item, place=value)) == expected


@pytest.mark.parametrize("name", ["close", "room", "summary"])
def test_accept_refuses_when_the_line_is_not_open(name: str) -> None:
    assert code(line(0, 1, 2).press(name).offer("late", place="1")) == "closed"


def test_accept_takes_a_place_again_after_reopening() -> None:
    assert line().press("close", "reopen").offer("a", place="2") == {"1": {"choices": [2]}}


def test_accept_takes_a_straggler_for_an_earlier_statement() -> None:
    assert line(state=LineState(index=1)).offer("a", "1", place="2") == {"1": {"choices": [2]}}


def test_own_shows_my_place_and_offers_to_take_it_away() -> None:
    view = line(3).own("phone-0")

    assert (view["chosen"], view["word"], view["post"]) == (3, "eens", "phone-0")


def test_own_of_another_statement_is_empty() -> None:
    view = line(3, state=LineState(index=1)).own("phone-0")

    assert (view["chosen"], view["post"]) == (None, "")


# The dots


def test_screen_shows_no_dots_until_asked() -> None:
    view = line(0, 4, 4).view("screen")

    assert (view["shown"], view["dots"].centres, view["places"]) == (False, (), ())
    assert view["answered"] == Count(3)


def test_dots_of_one_or_two_phones_must_wait() -> None:
    stage = line(0, 4)

    assert code(stage.refusal("show")) == "few"
    assert stage.view("screen")["shown"] is False


def test_dots_stay_where_they_were_while_people_move() -> None:
    stage = line(0, 4, 4).press("show")

    assert dots(stand(stage, 0, 0, 0)) == [1, 0, 0, 0, 2]


def test_dots_follow_when_the_trainer_asks_again_and_three_phones_moved() -> None:
    stage = stand(line(0, 4, 4).press("show"), 1, 1, 1)

    assert dots(stage.press("show")) == [0, 3, 0, 0, 0]


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_dots_do_not_follow_fewer_than_three_and_the_answer_does_not_tell_how_many(moved: int) -> None:
    stage = stand(line(0, 4, 4).press("show"), *[1] * moved)

    assert code(stage.refusal("show")) == "few"
    assert dots(stage) == [1, 0, 0, 0, 2]


def test_dots_do_not_follow_two_who_moved_and_one_who_came() -> None:
    stage = stand(line(0, 4, 4).press("show"), 1, 1, 4, 1)

    assert code(stage.refusal("show")) == "few"


def test_dots_do_not_leave_two_people_behind_when_three_take_theirs_away() -> None:
    stage = line(0, 4, 4, 2, 2).press("show")
    for number in range(3):
        stage.withdraw(f"phone-{number}")

    assert code(stage.refusal("show")) == "few"


def test_close_makes_the_last_picture_final_when_three_phones_moved() -> None:
    assert dots(stand(line(0, 4, 4).press("show"), 1, 1, 1).press("close")) == [0, 3, 0, 0, 0]
    assert dots(stand(line(0, 4, 4).press("show"), 1, 1).press("close")) == [1, 0, 0, 0, 2]


def test_hide_takes_the_dots_away_and_show_brings_them_back_as_they_were() -> None:
    stage = line(0, 4, 4).press("show", "hide")
    assert stage.view("screen")["dots"].centres == ()

    assert dots(stand(stage, 1).press("show")) == [1, 0, 0, 0, 2]


def test_pass_is_counted_but_has_no_dot() -> None:
    view = line(5, 5, 2).press("show").view("screen")

    assert (len(view["dots"].centres), view["passed"]) == (1, "2 mensen")


def test_paper_may_be_on_the_line_without_phones() -> None:
    stage = line()
    stage.send("paper", paper=True, place="3")

    assert dots(stage.press("show")) == [0, 0, 0, 1, 0]


def test_room_mode_shows_the_statement_alone() -> None:
    view = line(0, 1, 2).press("show", "room").view("screen")

    assert (view["room"], view["open"], view["dots"].centres) == (True, False, ())
    assert view["statement"] == SETTINGS.statements[0]


# Where a group is alike


def test_back_from_the_summary_goes_to_the_statements() -> None:
    stage = line(0, 1, 2, state=LineState(index=2)).press("summary")
    kind = stage.play.kind

    assert kind.forward(SETTINGS, stage.state) is None
    assert kind.backward(SETTINGS, stage.state) == LineState(index=2)


def test_summary_puts_the_most_alike_first() -> None:
    stage = line(0, 1, 3, 4)
    stand(stage, 3, 4, 4, 2, item="2")
    stand(stage, 0, 0, 1, 5, item="3")

    rows = stage.press("summary").view("screen")["summary"]
    assert [(row.number, row.side, row.count, row.total) for row in rows] == [
        (3, "oneens", 3, 3),
        (2, "eens", 3, 4),
        (1, "", 2, 4),
    ]


def test_summary_leaves_out_what_fewer_than_three_phones_chose() -> None:
    stage = stand(line(0, 1, 3), 4, 4, item="2")

    assert [row.number for row in stage.press("summary").view("screen")["summary"]] == [1]


def test_summary_of_what_was_shown_needs_no_new_dots() -> None:
    stage = stand(line(0, 1, 3), 4, 4, item="2").press("show")

    assert [row.number for row in stage.press("summary").view("screen")["summary"]] == [1]


def test_summary_leaves_out_where_fewer_than_three_took_a_side() -> None:
    assert alike(SETTINGS.statements, [Tally((0, 0, 0, 0, 2, 3), 5), None, None]) == ()


def reported(state: LineState | None) -> list[str]:
    assert state is not None
    return [row.id for row in line(state=state).report]


def test_report_has_the_statements_that_the_group_had_before_it() -> None:
    kind, first = line().play.kind, line().state
    second = kind.forward(SETTINGS, first)

    assert line(state=second).report == (
        Totals("1", "Eerste stelling", "1", ANSWERS),
        Totals("2", "Tweede stelling", "2", ANSWERS),
    )
    assert (reported(first), reported(kind.backward(SETTINGS, second))) == (["1"], ["1", "2"])


def test_report_leaves_out_a_statement_that_trainers_passed_over() -> None:
    assert [row.id for row in line().press(ask("go", number="3")).report] == ["1", "3"]


def test_report_has_a_statement_that_was_asked_and_that_nobody_answered() -> None:
    assert reported(LineState(index=1, asked=(0,))) == ["1", "2"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 150), min_size=PLACES, max_size=PLACES))
def test_dots_lie_apart_and_inside_the_picture(counts: list[int]) -> None:
    dots = draw(counts)
    assert len(dots.centres) == sum(counts)
    assert len(set(dots.centres)) == len(dots.centres)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in dots.centres)
    assert [
        sum(place == int(x * PLACES // WIDTH) for x, _ in dots.centres) for place in range(PLACES)
    ] == counts


@pytest.mark.parametrize(("people", "smallest"), [(5, 25), (25, 18), (200, 6)])
def test_dots_are_large_enough_to_see(people: int, smallest: int) -> None:
    assert draw([people, 0, 0, 0, 0]).radius >= smallest
