"""Over de lijn: places on a line, pictures on demand, and where a group is alike."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material_support import read, settings_of, votes

from trainer.kinds.contract import Command, Distribution, Post, Rejected, Submission
from trainer.kinds.over_de_lijn import ANSWERS, KIND, LineState, Settings
from trainer.kinds.over_de_lijn.picture import HEIGHT, PLACES, WIDTH, alike, draw
from trainer.kinds.tally import Tally

SETTINGS: Settings = settings_of(
    "over-de-lijn", "Kies je plek.\n\n- Eerste stelling\n- Tweede **stelling**\n- Derde"
)


def after(*names: str, posts: Sequence[Post] = (), state: LineState | None = None) -> LineState:
    state = state or LineState()
    for name in names:
        result = KIND.apply(SETTINGS, state, Command(name), posts)
        assert isinstance(result, LineState), result
        state = result
    return state


def place(value: str, item: str = "1", state: LineState | None = None) -> Any:
    return KIND.accept(SETTINGS, state or LineState(), Submission(item, {"place": (value,)}), ())


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


def test_accept_takes_every_place_and_pass() -> None:
    assert [place(str(value)) for value in range(6)] == [{"1": {"choices": [value]}} for value in range(6)]


@pytest.mark.parametrize(
    ("value", "item", "code"),
    [
        ("", "1", "invalid"),
        ("6", "1", "invalid"),
        ("-1", "1", "invalid"),
        ("٣", "1", "invalid"),
        ("1", "9", "invalid"),
    ],
)
def test_accept_refuses_what_was_not_offered(value: str, item: str, code: str) -> None:
    answer = place(value, item)
    assert isinstance(answer, Rejected)
    assert answer.code == code


@pytest.mark.parametrize("names", [["close"], ["room"], ["summary"]])
def test_accept_refuses_when_the_line_is_not_open(names: list[str]) -> None:
    answer = place("1", state=after(*names))
    assert isinstance(answer, Rejected)
    assert answer.code == "closed"


def test_accept_takes_a_place_again_after_reopening() -> None:
    assert place("2", state=after("close", "reopen")) == {"1": {"choices": [2]}}


def test_accept_takes_a_straggler_for_an_earlier_statement() -> None:
    assert place("2", "1", LineState(index=1)) == {"1": {"choices": [2]}}


def test_screen_shows_no_dots_until_asked() -> None:
    view = KIND.screen(SETTINGS, LineState(), votes("1", 0, 4, 4))
    assert (view["shown"], view["dots"].centres, view["places"], view["answered"]) == (False, (), (), 3)


def test_dots_stay_where_they_were_while_people_move() -> None:
    state = after("show", posts=votes("1", 0, 4, 4))
    moved = KIND.screen(SETTINGS, state, votes("1", 0, 0, 0))
    assert [row["count"] for row in moved["places"]] == [1, 0, 0, 0, 2]


def test_dots_follow_when_the_trainer_asks_again() -> None:
    state = after("show", posts=votes("1", 0, 4, 4))
    again = after("show", posts=votes("1", 0, 0, 0), state=state)
    assert [row["count"] for row in KIND.screen(SETTINGS, again, ())["places"]] == [3, 0, 0, 0, 0]


def test_close_makes_the_last_picture_final() -> None:
    state = after("close", posts=votes("1", 1, 1, 1), state=after("show", posts=votes("1", 0)))
    assert [row["count"] for row in KIND.screen(SETTINGS, state, ())["places"]] == [0, 3, 0, 0, 0]


def test_hide_takes_the_dots_away() -> None:
    assert KIND.screen(SETTINGS, after("show", "hide", posts=votes("1", 0)), ())["dots"].centres == ()


def test_pass_is_counted_but_has_no_dot() -> None:
    view = KIND.screen(SETTINGS, after("show", posts=votes("1", 5, 5, 2)), ())
    assert (len(view["dots"].centres), view["passed"]) == (1, "2 mensen")


def test_show_asks_first_when_so_few_answered_that_it_tells_who() -> None:
    confirms = [
        KIND.controls(SETTINGS, LineState(), votes("1", *range(count)))[0].confirm for count in (1, 2, 3)
    ]
    assert confirms == [
        "Er is pas 1 mens. Dan is te raden wie wat koos. Toch tonen?",
        "Er zijn pas 2 mensen. Dan is te raden wie wat koos. Toch tonen?",
        "",
    ]


def test_room_mode_shows_the_statement_alone() -> None:
    view = KIND.screen(SETTINGS, after("show", "room", posts=votes("1", 0)), ())
    assert (view["room"], view["open"], view["dots"].centres, view["statement"]) == (
        True,
        False,
        (),
        SETTINGS.statements[0],
    )


def test_own_shows_my_place_and_offers_to_take_it_away() -> None:
    view = KIND.own(SETTINGS, LineState(), "a0", votes("1", 3), ())
    assert (view["chosen"], view["word"], view["post"]) == (3, "eens", "1-0")


def test_own_of_another_statement_is_empty() -> None:
    view = KIND.own(SETTINGS, LineState(index=1), "a0", votes("1", 3), ())
    assert (view["chosen"], view["post"]) == (None, "")


def test_back_from_the_summary_goes_to_the_statements() -> None:
    state = after("summary", state=LineState(index=2))
    assert (KIND.forward(SETTINGS, state), KIND.backward(SETTINGS, state)) == (None, LineState(index=2))


def test_summary_puts_the_most_alike_first() -> None:
    posts = votes("1", 0, 1, 3, 4) + votes("2", 3, 4, 4, 2) + votes("3", 0, 0, 1, 5)
    view = KIND.screen(SETTINGS, after("summary", posts=posts), posts)
    assert [(row.number, row.side, row.count, row.total) for row in view["summary"]] == [
        (3, "oneens", 3, 3),
        (2, "eens", 3, 4),
        (1, "", 2, 4),
    ]


def test_summary_leaves_out_where_nobody_stood() -> None:
    assert alike(SETTINGS.statements, [Tally((0, 0, 0, 0, 0, 3), 3)] * 3) == ()


def test_report_has_every_statement_with_its_distribution() -> None:
    rows = KIND.report(SETTINGS, LineState(), votes("2", 0, 5, 5))
    assert rows[1] == Distribution("2", "Tweede stelling", ANSWERS, (1, 0, 0, 0, 0, 2), 3)
    assert [row.id for row in rows] == ["1", "2", "3"]


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
