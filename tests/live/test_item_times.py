"""Items with a time of their own: the timer of the step follows the item that is in front of everybody."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.kinds.material_support import play_of
from tests.support.klein import PLANNED
from trainer.curriculum.model import Part
from trainer.kinds import discover
from trainer.kinds.contract import Command, Rejected
from trainer.live.context import Context
from trainer.live.obey import obey
from trainer.live.state import MeetingState

BODY = """Neem de tijd.

| ronde | minuten | wie spreekt | wie luistert of zwijgt | vraag |
| --- | --- | --- | --- | --- |
| Kort | 2 | Iedereen | | |
| Lang | 5 | Iedereen | | |
"""


@dataclass
class Meeting:
    """A meeting that consists of one step with rounds, and a clock that only the test moves."""

    part: Part
    now: float = 0
    state: MeetingState = field(default_factory=MeetingState)

    def do(self, name: str, **args: str) -> None:
        moment = PLANNED + timedelta(minutes=self.now)
        context = Context(self.part, discover(), moment, PLANNED)
        command = Command(name, {key: (value,) for key, value in args.items()})
        done = obey(context, self.state, command, self.state.version)
        assert not isinstance(done, Rejected), done
        self.state = done.state

    @property
    def left(self) -> float | None:
        moment = (PLANNED + timedelta(minutes=self.now)).timestamp()
        return self.state.timer.remaining(moment) / 60 if self.state.timer else None


@pytest.fixture
def meeting() -> Meeting:
    meeting = Meeting(play_of("rondes", BODY, "minuten=20").part)
    meeting.do("start")
    return meeting


def test_before_the_first_item_with_a_time_the_step_has_its_own(meeting: Meeting) -> None:
    assert meeting.left == 20


def test_going_to_an_item_gives_it_its_time(meeting: Meeting) -> None:
    meeting.now = 3
    meeting.do("next")
    assert meeting.left == 2

    meeting.now = 4
    meeting.do("do:go", number="2")
    assert meeting.left == 5


def test_a_press_that_stays_at_the_item_leaves_its_time_alone(meeting: Meeting) -> None:
    meeting.do("do:go", number="2")
    meeting.now = 1
    meeting.do("cover", to="yes")
    meeting.do("do:go", number="2")

    assert meeting.left == 4


def test_an_item_without_a_time_leaves_the_timer_alone(meeting: Meeting) -> None:
    meeting.do("next")
    meeting.now = 1
    meeting.do("back")

    assert meeting.left == 1


def test_a_paused_timer_runs_again_for_the_next_item(meeting: Meeting) -> None:
    meeting.do("next")
    meeting.do("timer-pause")
    meeting.do("next")

    assert meeting.state.timer is not None
    assert (meeting.left, meeting.state.timer.running) == (5, True)


def test_a_step_that_comes_back_has_the_time_of_its_item(meeting: Meeting) -> None:
    meeting.do("do:go", number="2")
    meeting.now = 30
    # As if another step had been on the screen meanwhile, while this one ran out of time.
    meeting.state = replace(meeting.state, timer=None, step="elders")
    meeting.do("goto", step="stap")

    assert meeting.left == 5


def test_more_minutes_for_the_block_change_no_time_of_an_item(meeting: Meeting) -> None:
    meeting.do("next")
    meeting.do("block-minutes", block="blok", minutes="45")

    assert meeting.left == 2


def test_moments_of_one_item_each_have_their_time() -> None:
    body = "Kijk mee.\n\n#### Met jezelf\n\n- moed\n"
    meeting = Meeting(play_of("omdenken", body, "minuten=20 vertellen=3 noemen=4").part)
    meeting.do("start")

    left = [meeting.left]
    for _ in range(4):
        meeting.do("next")
        left.append(meeting.left)

    # While the trainer explains, the step has its own; the second round begins at once.
    assert left == [20, 3, 1, 4, 1]
