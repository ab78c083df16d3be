"""What trainers chose before they began is there again when a meeting is taken back and opened later."""

import pytest

from tests.store.damage import damage, stored
from tests.support.hall import Hall
from trainer.live.state import MeetingState


def opened(hall: Hall) -> MeetingState:
    with hall.app.app_context():
        assert hall.host.open_meeting(hall.meeting)
    return hall.state


def chosen(state: MeetingState) -> tuple[object, ...]:
    return dict(state.choices), state.skipped, dict(state.minutes), state.expected


@pytest.fixture
def prepared_meeting(hall: Hall) -> Hall:
    hall.do("choose", group="stigma:1", option="2")
    hall.do("skip", block="herstel")
    hall.do("block-minutes", block="pauze", minutes="25")
    hall.do("expect", people="18")
    return hall


CHOSEN = ({"stigma:1": 2}, ("herstel",), {"pauze": 25}, 18)


def test_what_was_chosen_in_the_lobby_outlasts_taking_back(prepared_meeting: Hall) -> None:
    assert prepared_meeting.host.steering.unopen(prepared_meeting.meeting)

    assert chosen(opened(prepared_meeting)) == CHOSEN


def test_what_was_chosen_outlasts_a_rehearsal_and_nothing_else_of_it_does(prepared_meeting: Hall) -> None:
    prepared_meeting.host.steering.unopen(prepared_meeting.meeting)
    with prepared_meeting.app.app_context():
        assert prepared_meeting.host.open_meeting(prepared_meeting.meeting, rehearsal=True)
    prepared_meeting.do("start")
    prepared_meeting.do("door", to="shut")
    prepared_meeting.do("theme")
    prepared_meeting.do("close")

    state = opened(prepared_meeting)

    assert chosen(state) == CHOSEN
    assert (state.phase, state.begun, state.theme, state.door_shut) == ("lobby", {}, "light", False)


def test_taking_back_a_meeting_in_which_nothing_was_chosen_stores_nothing(hall: Hall) -> None:
    assert hall.host.steering.unopen(hall.meeting)

    assert stored(hall, "state") == ""


def test_what_is_no_longer_in_the_text_is_no_longer_chosen(prepared_meeting: Hall) -> None:
    prepared_meeting.host.steering.unopen(prepared_meeting.meeting)
    strange = '{"choices":{"stigma:1":9,"weg:1":1},"skipped":["weg","herstel"],"minutes":{"weg":5}}'
    damage(prepared_meeting, "UPDATE meeting SET state = ? WHERE id = ?", strange, prepared_meeting.meeting)

    assert chosen(opened(prepared_meeting)) == ({}, ("herstel",), {}, 0)


@pytest.mark.parametrize("kapot", ["{", '{"minutes":7}', "x" * 9])
def test_a_damaged_choice_keeps_no_meeting_from_being_opened(hall: Hall, kapot: str) -> None:
    hall.host.steering.unopen(hall.meeting)
    damage(hall, "UPDATE meeting SET state = ? WHERE id = ?", kapot, hall.meeting)

    assert chosen(opened(hall)) == ({}, (), {}, 0)
