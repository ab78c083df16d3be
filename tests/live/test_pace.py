"""The clock of a meeting: as that on the wall, or faster in a rehearsal."""

import pytest

from tests.support.klein import Desk
from trainer.kinds.contract import Rejected
from trainer.live.obey import STALE
from trainer.live.pace import FACTORS, STEADY, Pace
from trainer.live.state import MeetingState, Timer

BEGUN = 1_800_000_000.0


def test_steady_clock_is_that_of_the_process() -> None:
    assert STEADY.at(BEGUN) == BEGUN


@pytest.mark.parametrize("factor", FACTORS)
def test_clock_goes_on_from_where_it_was_at_another_speed(factor: int) -> None:
    pace = STEADY.turned(factor, STEADY.at(BEGUN))

    assert [pace.at(BEGUN + seconds) for seconds in (0, 10)] == [BEGUN, BEGUN + 10 * factor]


def test_clock_that_was_faster_never_jumps() -> None:
    fast = STEADY.turned(16, BEGUN)
    slow = fast.turned(1, fast.at(BEGUN + 60))

    assert slow.at(BEGUN + 60) == fast.at(BEGUN + 60) == BEGUN + 960
    assert slow.at(BEGUN + 61) == BEGUN + 961


def test_clock_of_another_process_gives_the_same_time_to_people() -> None:
    """All moments in a state move with the clock of the process: what is left of a timer stays."""
    state = MeetingState(pace=Pace(4, BEGUN, BEGUN + 100), timer=Timer(600, ends=BEGUN + 400))
    moved = state.moved(3600)

    for each, real in ((state, BEGUN + 20), (moved, BEGUN + 3620)):
        assert each.timer is not None
        assert each.timer.remaining(each.pace.at(real)) == 220


def test_pace_is_kept_by_the_same_meeting_alone() -> None:
    assert MeetingState(pace=Pace(4, BEGUN, BEGUN)).timeless().pace == STEADY


def test_only_a_rehearsal_has_another_speed(desk: Desk) -> None:
    desk.do("start")
    refused = desk.ask("pace", to="16")
    assert isinstance(refused, Rejected)

    desk.rehearsal = True

    assert desk.do("pace", to="16").pace.factor == 16


@pytest.mark.parametrize("wish", ["", "0", "2", "-1", "1000", "16.0"])
def test_a_speed_that_does_not_exist_is_refused(desk: Desk, wish: str) -> None:
    desk.rehearsal = True

    assert isinstance(desk.ask("pace", to=wish), Rejected)


def test_in_a_rehearsal_speed_and_end_are_never_too_late(desk: Desk) -> None:
    desk.rehearsal = True
    desk.do("start")

    assert desk.ask("next", version=0) is STALE
    assert isinstance(desk.ask("pace", version=0, to="4"), MeetingState)
    assert isinstance(desk.ask("close", version=0), MeetingState)
