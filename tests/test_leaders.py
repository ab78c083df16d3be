"""The names of who leads a meeting, and for how long they are told."""

import pytest

from trainer.leaders import LOOK_SECONDS, NEWS_SECONDS, Leaders

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


def test_a_new_trainer_is_news_for_a_quarter_of_an_hour(leaders: Leaders, clock: Clock) -> None:
    leaders.joined("m", BRAM)
    told = leaders.view("m")["new_trainers"]
    clock.seconds = NEWS_SECONDS

    assert (list(told), list(leaders.view("m")["new_trainers"])) == (["bram"], [])


def test_names_are_told_in_their_own_meeting_alone(leaders: Leaders) -> None:
    leaders.looked("m", ANNA)
    leaders.joined("m", BRAM)

    assert leaders.view("another") == {"leaders": [], "new_trainers": []}
