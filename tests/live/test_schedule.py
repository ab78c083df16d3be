"""The plan against the clock: when a meeting ends, and what its agenda says."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.support.klein import PLANNED, ZONE, Desk, klein_part
from trainer.kinds.contract import Rejected
from trainer.live.order import SHORTEST_BLOCK, minutes_of
from trainer.live.state import MeetingState
from trainer.live.views import clock_time, control_view, screen_view

MINUTE = 60


def view(desk: Desk) -> dict[str, object]:
    shown = control_view(desk.scene())
    return {name: shown[name] for name in ("drift_minutes", "end_planned", "end_projected", "shorten")}


def test_a_meeting_on_time_ends_as_planned(desk: Desk) -> None:
    desk.do("start")

    assert view(desk) == {
        "drift_minutes": 0,
        "end_planned": "12:00",
        "end_projected": "12:00",
        "shorten": False,
    }


def test_a_late_start_moves_the_end(desk: Desk) -> None:
    desk.later(20).do("start")

    assert view(desk) == {
        "drift_minutes": 20,
        "end_planned": "12:00",
        "end_projected": "12:20",
        "shorten": True,
    }


def test_an_early_start_moves_the_end_too(desk: Desk) -> None:
    desk.later(-10).do("start")

    assert view(desk) == {
        "drift_minutes": -10, "end_planned": "12:00", "end_projected": "11:50", "shorten": False
    }  # fmt: skip


def test_a_block_that_runs_over_makes_it_late_and_a_short_one_early(desk: Desk) -> None:
    desk.do("start")
    desk.later(15)
    assert view(desk)["drift_minutes"] == 5

    desk.do("goto", step="wat-is-herstel")
    desk.later(10).do("goto", step="pauze")
    assert view(desk)["drift_minutes"] == -15


def test_a_skipped_block_brings_the_end_forward(desk: Desk) -> None:
    desk.do("start")
    desk.do("skip", block="pauze")

    assert view(desk)["end_projected"] == "11:45"


def test_a_meeting_on_another_day_counts_from_its_own_start(desk: Desk) -> None:
    desk.later(3 * 24 * 60 + 77).do("start")

    assert view(desk) == {
        "drift_minutes": 0,
        "end_planned": "13:17",
        "end_projected": "13:17",
        "shorten": False,
    }


def test_a_closed_meeting_tells_of_no_moment(desk: Desk) -> None:
    desk.do("start")
    desk.later(3).do("goto", step="eens-of-oneens")
    desk.later(1).do("goto", step="over-de-lijn")
    desk.later(100).do("close")

    assert desk.state == desk.state.timeless()
    assert view(desk)["end_projected"] == view(desk)["end_planned"]
    assert {row["actual_start"] for row in control_view(desk.scene())["agenda"]} == {""}


def test_shorten_takes_what_is_late_from_what_is_left_in_proportion(desk: Desk) -> None:
    desk.later(22).do("start")

    desk.do("shorten")

    assert dict(desk.state.minutes) == {
        "herstel": 25,
        "pauze": 12,
        "stigma": 38,
        "ervaring": 26,
        "afsluiting": 17,
    }
    assert view(desk)["drift_minutes"] == 0


def test_shorten_leaves_every_block_some_minutes(desk: Desk) -> None:
    desk.do("start")
    desk.later(300).do("shorten")

    left = {minutes_of(block, desk.state) for block in klein_part().blocks[1:]}
    assert left == {SHORTEST_BLOCK}


def test_shorten_when_not_late_is_refused(desk: Desk) -> None:
    desk.do("start")

    outcome = desk.ask("shorten")

    assert isinstance(outcome, Rejected)
    assert outcome.code == "not-late"


def test_shorten_never_makes_a_short_block_longer(desk: Desk) -> None:
    desk.do("start")
    desk.do("block-minutes", block="pauze", minutes="3")
    desk.later(60).do("shorten")

    assert desk.state.minutes["pauze"] == 3


def row(desk: Desk, block: str) -> dict[str, object]:
    found = next(row for row in screen_view(desk.scene())["agenda"] if row["id"] == block)
    names = ("state", "planned_start", "expected_start", "actual_start", "minutes", "planned_minutes")
    return {name: found[name] for name in names}


def test_the_agenda_has_planned_and_actual_times(desk: Desk) -> None:
    desk.later(6).do("start")
    desk.later(12).do("goto", step="wat-is-herstel")

    assert row(desk, "welkom") == {
        "state": "done", "planned_start": "09:30", "expected_start": "09:36", "actual_start": "09:36",
        "minutes": 10, "planned_minutes": 10,
    }  # fmt: skip
    assert row(desk, "herstel") == {
        "state": "now", "planned_start": "09:40", "expected_start": "09:48", "actual_start": "09:48",
        "minutes": 30, "planned_minutes": 30,
    }  # fmt: skip
    assert row(desk, "pauze") == {
        "state": "next", "planned_start": "10:10", "expected_start": "10:18", "actual_start": "",
        "minutes": 15, "planned_minutes": 15,
    }  # fmt: skip
    assert row(desk, "stigma")["state"] == "later"


def test_the_agenda_marks_a_skipped_block_and_what_really_comes_next(desk: Desk) -> None:
    desk.do("goto", step="over-de-lijn")
    desk.do("skip", block="pauze")

    assert row(desk, "pauze")["state"] == "skipped"
    assert row(desk, "stigma")["state"] == "next"
    assert screen_view(desk.scene())["next"] == {"title": "Stigma"}


def test_the_agenda_expects_later_blocks_later_while_a_block_runs_over(desk: Desk) -> None:
    desk.do("start")
    desk.later(25)

    assert row(desk, "herstel")["expected_start"] == "09:55"


def test_in_the_lobby_and_after_the_end_no_block_is_now(desk: Desk) -> None:
    assert {found["state"] for found in screen_view(desk.scene())["agenda"]} == {"later"}

    desk.do("start")
    desk.do("skip", block="pauze")
    desk.do("close")

    assert [found["state"] for found in screen_view(desk.scene())["agenda"]] == [
        "done", "done", "skipped", "done", "done", "done"
    ]  # fmt: skip


def test_a_break_says_until_when(desk: Desk) -> None:
    desk.do("goto", step="pauze")
    desk.later(3)

    assert screen_view(desk.scene())["pause_until"] == "09:45"


@pytest.mark.parametrize(
    ("night", "end"), [((2027, 3, 28), "05:00"), ((2027, 10, 31), "03:00"), ((2027, 1, 12), "04:00")]
)
def test_a_night_on_which_the_clock_is_changed_is_as_long_as_any(
    desk: Desk, night: tuple[int, int, int], end: str
) -> None:
    begin = datetime(*night, 1, 30, tzinfo=ZONE)
    desk.now = datetime.fromtimestamp(begin.timestamp() + 90 * MINUTE, ZONE)
    desk.state = MeetingState(phase="live", step="wat-is-herstel", begun={"welkom": begin.timestamp()})
    desk.state = replace(desk.state, begun=desk.state.begun | {"herstel": desk.now.timestamp()})

    found = control_view(replace(desk.scene(), planned_start=begin))

    assert found["end_planned"] == end
    # 90 minutes went by, of which the plan had 10 for the block before; 140 are left.
    assert found["drift_minutes"] == 80
    assert [row["expected_start"] for row in found["agenda"][2:]] == [
        clock_time(datetime.fromtimestamp(desk.now.timestamp() + minutes * MINUTE, ZONE))
        for minutes in (30, 45, 90, 120)
    ]


def test_the_planned_time_is_that_of_the_place_of_the_meeting() -> None:
    assert PLANNED.utcoffset() == timedelta(hours=1)
    assert datetime.fromisoformat("2027-01-12T08:30:00+00:00") == PLANNED
