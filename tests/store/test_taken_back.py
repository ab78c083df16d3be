"""A meeting that is taken back or ended: whoever asks something of it in the same transaction is too late."""

from collections.abc import Callable

import pytest

from tests.store.acts import in_one_group
from tests.store.damage import count, damage, stored
from tests.support.hall import Hall
from trainer.kinds.contract import Command
from trainer.meetings.door import Answer
from trainer.meetings.ending import LONGEST_MEETING_SECONDS, Ending
from trainer.meetings.steering import NOT_OPEN
from trainer.store.group import Transaction
from trainer.store.keys import new_token
from trainer.store.writer import NotSaved


def opened_again(hall: Hall) -> None:
    with hall.app.app_context():
        assert hall.host.open_meeting(hall.meeting)


def start(hall: Hall) -> object:
    return hall.host.steering.command(hall.meeting, Command("start"), 0)


def test_who_joins_while_a_meeting_is_taken_back_is_not_in_when_it_is_opened_again(hall: Hall) -> None:
    token = new_token()

    outcomes = in_one_group(hall, lambda: hall.host.steering.unopen(hall.meeting), lambda: hall.knock(token))

    assert outcomes == [True, Answer.OVER]
    assert (stored(hall, "phase"), count(hall, "participant")) == ("planned", 0)
    opened_again(hall)
    assert not hall.host.is_participant(hall.meeting, token)


def test_a_meeting_that_is_taken_back_cannot_begin(hall: Hall) -> None:
    outcomes = in_one_group(hall, lambda: hall.host.steering.unopen(hall.meeting), lambda: start(hall))

    assert outcomes == [True, NOT_OPEN]
    assert (stored(hall, "phase"), hall.host.room(hall.meeting)) == ("planned", None)


def test_a_meeting_that_was_begun_is_not_taken_back(hall: Hall) -> None:
    _, taken_back = in_one_group(hall, lambda: start(hall), lambda: hall.host.steering.unopen(hall.meeting))

    assert (taken_back, stored(hall, "phase"), hall.state.phase) == (False, "live", "live")


def test_a_meeting_of_which_taking_back_could_not_be_stored_goes_on(hall: Hall) -> None:
    phone = hall.phone()
    damage(
        hall,
        "CREATE TRIGGER full BEFORE UPDATE ON meeting BEGIN SELECT RAISE(FAIL, 'disk full'); END",
    )

    with pytest.raises(NotSaved):
        hall.host.steering.unopen(hall.meeting)

    assert hall.state.phase == "lobby"
    assert hall.host.is_participant(hall.meeting, phone)


def test_who_joins_while_a_meeting_is_ended_unread_leaves_nothing(hall: Hall) -> None:
    hall.do("start")
    hall.age(LONGEST_MEETING_SECONDS + 1)
    ending = Ending(hall.host)
    ending.sweep(hall.meeting, readable=True)
    hall.age(LONGEST_MEETING_SECONDS + 1)

    outcomes = in_one_group(
        hall, lambda: ending.sweep(hall.meeting, readable=True), lambda: hall.knock(new_token())
    )

    assert outcomes == [None, Answer.OVER]
    assert (stored(hall, "phase"), count(hall, "participant")) == ("closed", 0)


@pytest.mark.parametrize("phase", ["planned", "closed"])
@pytest.mark.parametrize("ask", [lambda hall: hall.knock(new_token()), lambda hall: hall.do("start")])
def test_the_database_takes_nobody_and_no_state_of_a_meeting_that_is_not_open(
    hall: Hall, phase: str, ask: Callable[[Hall], object]
) -> None:
    assert hall.state.phase == "lobby"
    damage(hall, "UPDATE meeting SET phase = ?", phase)

    with pytest.raises(NotSaved):
        ask(hall)

    assert (stored(hall, "phase"), count(hall, "participant")) == (phase, 0)


def test_the_writer_finds_a_deleted_meeting_no_more(hall: Hall) -> None:
    assert hall.state.phase == "lobby"
    damage(hall, "DELETE FROM meeting WHERE id = ?", hall.meeting)

    hall.host.let_go([hall.meeting])

    assert hall.knock(new_token()) is Answer.OVER


def test_letting_go_of_a_meeting_is_done_also_when_others_could_not_be_stored(hall: Hall) -> None:
    assert hall.state.phase == "lobby"
    damage(hall, "DELETE FROM meeting WHERE id = ?", hall.meeting)

    def breaks(changes: Transaction) -> None:
        changes.touch("another")
        raise RuntimeError

    def other() -> None:
        with pytest.raises(RuntimeError):
            hall.host.writer.submit(breaks)

    in_one_group(hall, lambda: hall.host.let_go([hall.meeting]), other)

    assert hall.host.room(hall.meeting) is None
