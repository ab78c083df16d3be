"""Timers: what is left of a step or a block."""

import pytest

from tests.support.klein import Desk
from trainer.kinds.contract import Rejected
from trainer.live.commands import NOT_NOW

MINUTE = 60


def test_a_step_without_minutes_shows_what_is_left_of_its_block(desk: Desk) -> None:
    desk.do("goto", step="wat-is-herstel")
    desk.later(4).do("goto", step="over-de-lijn")

    assert desk.remaining == 26 * MINUTE


def test_a_step_with_minutes_has_a_countdown_of_its_own(desk: Desk) -> None:
    desk.do("goto", step="wat-is-herstel")
    desk.later(4).do("goto", step="eens-of-oneens")

    assert desk.remaining == 10 * MINUTE


def test_going_to_the_next_item_leaves_the_timer_alone(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.later(3).do("next")

    assert desk.remaining == 7 * MINUTE


def test_coming_back_to_a_step_goes_on_with_its_time(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.later(3).do("goto", step="over-de-lijn")
    desk.later(2).do("goto", step="eens-of-oneens")

    assert desk.remaining == 5 * MINUTE


def test_coming_back_to_a_paused_timer_finds_it_paused(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.later(3).do("timer-pause")
    desk.do("goto", step="over-de-lijn")
    desk.later(20).do("goto", step="eens-of-oneens")

    assert desk.remaining == 7 * MINUTE


def test_coming_back_after_its_time_gives_a_step_the_whole_time_again(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.later(3).do("goto", step="over-de-lijn")
    desk.later(7).do("goto", step="eens-of-oneens")

    assert desk.remaining == 10 * MINUTE


def test_a_paused_timer_stands_still(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.later(3).do("timer-pause")
    desk.later(5)
    assert desk.remaining == 7 * MINUTE

    desk.do("timer-start")
    desk.later(1)
    assert desk.remaining == 6 * MINUTE


def test_pausing_or_starting_twice_changes_nothing_more(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.do("timer-start")
    desk.later(1).do("timer-pause")
    desk.later(1).do("timer-pause")

    assert desk.remaining == 9 * MINUTE


@pytest.mark.parametrize("paused", [False, True])
def test_plus_and_minus_change_what_is_left_by_a_minute(desk: Desk, paused: bool) -> None:
    desk.do("goto", step="eens-of-oneens")
    if paused:
        desk.do("timer-pause")

    desk.do("timer-plus")
    desk.do("timer-plus")
    desk.do("timer-minus")

    assert desk.remaining == 11 * MINUTE


def test_reset_gives_the_whole_time_again(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.do("timer-plus")
    desk.later(4).do("timer-reset")

    assert desk.remaining == 11 * MINUTE


def test_an_expired_timer_shows_how_long_ago_and_nothing_advances(desk: Desk) -> None:
    before = desk.do("goto", step="eens-of-oneens")
    desk.later(12)

    assert desk.remaining == -2 * MINUTE
    assert desk.state == before


@pytest.mark.parametrize("paused", [False, True])
def test_plus_on_an_expired_timer_gives_a_minute_from_now(desk: Desk, paused: bool) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.later(12)
    if paused:
        desk.do("timer-pause")

    desk.do("timer-plus")

    assert desk.remaining == MINUTE


@pytest.mark.parametrize("paused", [False, True])
def test_minus_never_makes_a_timer_expire_further_than_now(desk: Desk, paused: bool) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.later(9.5)
    if paused:
        desk.do("timer-pause")

    desk.do("timer-minus")
    desk.do("timer-minus")

    assert desk.remaining == 0


def test_reset_after_expiry_gives_the_whole_time_again(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.later(30).do("timer-reset")

    assert desk.remaining == 10 * MINUTE


def test_a_paused_expired_timer_can_be_started(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.later(12).do("timer-pause")
    desk.later(5).do("timer-start")

    assert desk.remaining == -2 * MINUTE


@pytest.mark.parametrize("name", ["timer-start", "timer-pause", "timer-plus", "timer-minus", "timer-reset"])
def test_in_the_lobby_there_is_no_timer(desk: Desk, name: str) -> None:
    assert desk.ask(name) == NOT_NOW


def test_a_longer_block_gives_its_timer_more_time(desk: Desk) -> None:
    desk.do("goto", step="stigma")
    desk.later(5).do("block-minutes", block="stigma", minutes="60")

    assert desk.remaining == 55 * MINUTE


def test_a_longer_block_leaves_the_timer_of_a_step_alone(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.later(5).do("block-minutes", block="herstel", minutes="60")

    assert desk.remaining == 5 * MINUTE


@pytest.mark.parametrize("minutes", ["0", "481", "-5", "", "tien", "1.5", "²", "٣", "9" * 5000])
def test_minutes_that_cannot_be_are_refused(desk: Desk, minutes: str) -> None:
    outcome = desk.ask("block-minutes", block="stigma", minutes=minutes)

    assert outcome == Rejected("bad-minutes", "Vul een aantal minuten in van 1 tot 480.")
