"""Which steps take posts: the one on screen, and for ten minutes the one that was left."""

from dataclasses import replace

import pytest

from tests.support.klein import Desk
from trainer.live.taking import past_taking, takes_posts

STEP, OTHER = "wat-is-herstel", "pauze"


def takes(desk: Desk, step: str = STEP) -> bool:
    return takes_posts(desk.state, step, desk.now.timestamp)


def due(desk: Desk) -> list[str]:
    return past_taking(desk.state, desk.now.timestamp)


@pytest.fixture
def left(desk: Desk) -> Desk:
    """A step that was on screen, and was left this moment."""
    desk.do("goto", step=STEP)
    desk.do("goto", step=OTHER)
    return desk


def test_a_step_that_was_never_on_screen_takes_nothing(desk: Desk) -> None:
    assert not takes(desk)
    desk.do("goto", step=OTHER)
    assert not takes(desk)


def test_the_step_on_screen_takes_posts_however_long_it_lasts(desk: Desk) -> None:
    desk.do("goto", step=STEP)

    assert takes(desk.later(11 * 60))


@pytest.mark.parametrize(
    ("seconds", "taken"), [(0, True), (599, True), (600, True), (601, False), (4200, False)]
)
def test_a_step_that_was_left_takes_posts_for_ten_minutes(left: Desk, seconds: int, taken: bool) -> None:
    left.later(seconds / 60)

    assert takes(left) is taken
    # What takes no posts any more is to be sealed, and nothing that still takes them.
    assert (STEP in due(left)) is not taken


def test_a_step_that_was_left_by_a_clock_that_was_ahead_takes_nothing(left: Desk) -> None:
    left.later(-60)

    assert not takes(left)
    assert STEP in due(left)


@pytest.mark.parametrize("minutes", [3, 30])
def test_a_step_that_is_on_screen_again_takes_posts(left: Desk, minutes: int) -> None:
    left.later(minutes).do("goto", step=STEP)

    assert takes(left)
    assert STEP not in due(left)


def test_ten_minutes_count_from_the_last_time_that_it_was_left(left: Desk) -> None:
    left.later(9).do("goto", step=STEP)
    left.later(9).do("goto", step=OTHER)

    assert takes(left.later(9))
    assert not takes(left.later(2))


def test_a_sealed_step_takes_nothing_also_when_it_is_on_screen_again(left: Desk) -> None:
    left.state = replace(left.state, sealed=(STEP,))
    assert not takes(left)

    left.do("goto", step=STEP)
    assert not takes(left)
    assert due(left) == []


def test_a_step_that_begins_again_takes_posts_again(left: Desk) -> None:
    left.do("goto", step=STEP)
    left.state = replace(left.state, sealed=(STEP,))

    left.do("restart")

    assert takes(left)


def test_nothing_is_taken_after_the_end(left: Desk) -> None:
    left.do("close")

    assert not takes(left)
    assert not takes(left, OTHER)
