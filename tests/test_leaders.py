"""The names of who leads a meeting, and for how long they are told."""

import pytest

from trainer.meetings.leaders import LOOK_SECONDS, NEWS_SECONDS, Leaders

ANNA, BRAM, OTHER_ANNA = (1, "Anna"), (2, "bram"), (3, "Anna")


class Clock:
    seconds = 0.0

    def now(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def leaders(clock: Clock) -> Leaders:
    return Leaders(clock.now)


def test_who_asked_for_control_is_named_for_half_a_minute(leaders: Leaders, clock: Clock) -> None:
    leaders.looked("m", ANNA)
    seen = leaders.view("m")["leaders"]
    clock.seconds = LOOK_SECONDS

    assert (list(seen), list(leaders.view("m")["leaders"])) == (["Anna"], [])


def test_who_has_control_open_is_named_once_whatever_the_name(leaders: Leaders) -> None:
    leaders.connected = lambda meeting_id: [BRAM, ANNA, OTHER_ANNA]
    leaders.looked("m", BRAM)

    assert list(leaders.view("m")["leaders"]) == ["Anna", "Anna", "bram"]


def test_a_screen_is_named_from_the_first_thing_on_that_was_done_there(leaders: Leaders) -> None:
    leaders.has_screen = lambda meeting_id: True
    leaders.connected = lambda meeting_id: [ANNA]
    before = list(leaders.view("m")["leaders"])

    leaders.steered("m")

    assert (before, list(leaders.view("m")["leaders"])) == (["Anna"], ["Anna", "het scherm"])
    assert list(leaders.view("another")["leaders"]) == ["Anna"]


def test_a_screen_is_named_as_long_as_one_is_open_and_half_a_minute_at_least(
    leaders: Leaders, clock: Clock
) -> None:
    screens = ["open"]
    leaders.has_screen = lambda meeting_id: bool(screens)
    leaders.steered("m")
    clock.seconds = 3600.0
    open_ = list(leaders.view("m")["leaders"])

    screens.clear()
    closed = list(leaders.view("m")["leaders"])
    leaders.steered("m")
    at_once = list(leaders.view("m")["leaders"])
    clock.seconds += LOOK_SECONDS

    assert (open_, closed, at_once) == (["het scherm"], [], ["het scherm"])
    assert list(leaders.view("m")["leaders"]) == []


def test_a_new_trainer_is_news_for_a_quarter_of_an_hour(leaders: Leaders, clock: Clock) -> None:
    leaders.joined("m", BRAM)
    told = leaders.view("m")["new_trainers"]
    clock.seconds = NEWS_SECONDS

    assert (list(told), list(leaders.view("m")["new_trainers"])) == (["bram"], [])


def test_names_are_told_in_their_own_meeting_alone(leaders: Leaders) -> None:
    leaders.looked("m", ANNA)
    leaders.joined("m", BRAM)

    assert leaders.view("another") == {"leaders": [], "new_trainers": []}
