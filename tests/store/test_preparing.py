"""What trainers choose for a planned meeting is there when it opens, and two of them lose nothing."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import event, text

from tests.store.damage import damage, stored
from tests.support.hall import Hall
from trainer.kinds.contract import Command, Rejected
from trainer.live.state import MeetingState
from trainer.meetings.preparing import NOT_THERE, OPENED, UNKNOWN, UNREADABLE
from trainer.store.models import Meeting, db


@pytest.fixture
def planned(hall: Hall) -> Hall:
    assert hall.host.steering.unopen(hall.meeting)
    return hall


def ask(hall: Hall, name: str, **args: str | tuple[str, ...]) -> MeetingState | Rejected:
    values = {key: (value,) if isinstance(value, str) else value for key, value in args.items()}
    return hall.host.preparing.command(hall.meeting, Command(name, values))


def do(hall: Hall, name: str, **args: str | tuple[str, ...]) -> MeetingState:
    outcome = ask(hall, name, **args)
    assert isinstance(outcome, MeetingState), outcome
    return outcome


def opened(hall: Hall) -> MeetingState:
    with hall.app.app_context():
        assert hall.host.open_meeting(hall.meeting)
    return hall.state


def chosen(state: MeetingState) -> tuple[object, ...]:
    names = state.trainers, state.swapped
    return dict(state.choices), state.skipped, dict(state.minutes), state.expected, *names


CHOSEN = ({"stigma:1": 2}, ("pauze",), {"herstel": 25}, 18, ("Sam", "Kim"), ("ervaring",))


@pytest.fixture
def chosen_meeting(planned: Hall) -> Hall:
    do(planned, "choose", group="stigma:1", option="2")
    do(planned, "skip", block="pauze")
    do(planned, "block-minutes", block="herstel", minutes="25")
    do(planned, "expect", people="18")
    do(planned, "lead", first="Sam", second="Kim")
    do(planned, "swap", block="ervaring")
    return planned


def test_what_was_prepared_is_there_when_it_opens(chosen_meeting: Hall) -> None:
    state = opened(chosen_meeting)

    assert chosen(state) == CHOSEN
    assert (state.phase, state.version) == ("lobby", 0)


def test_what_was_prepared_survives_taking_back_and_a_restart(chosen_meeting: Hall) -> None:
    opened(chosen_meeting)
    assert chosen_meeting.host.steering.unopen(chosen_meeting.meeting)
    do(chosen_meeting, "unskip", block="pauze")

    assert chosen(opened(chosen_meeting.restarted())) == (CHOSEN[0], (), *CHOSEN[2:])


def test_what_was_prepared_survives_a_rehearsal(chosen_meeting: Hall) -> None:
    with chosen_meeting.app.app_context():
        assert chosen_meeting.host.open_meeting(chosen_meeting.meeting, rehearsal=True)
    chosen_meeting.do("start")
    chosen_meeting.do("close")

    assert chosen(opened(chosen_meeting)) == CHOSEN


def test_what_is_chosen_and_undone_leaves_nothing(planned: Hall) -> None:
    do(planned, "skip", block="pauze")
    do(planned, "unskip", block="pauze")

    assert stored(planned, "state") == ""


def test_trainers_who_choose_at_once_lose_nothing(planned: Hall) -> None:
    blocks = ("welkom", "herstel", "pauze", "stigma", "ervaring", "afsluiting")
    outcomes: list[object] = []

    def press(block: str) -> Callable[[], None]:
        return lambda: outcomes.append(ask(planned, "swap", block=block))

    threads = [threading.Thread(target=press(block)) for block in blocks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [type(each) for each in outcomes] == [MeetingState] * len(blocks)
    assert opened(planned).swapped == tuple(sorted(blocks))


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("block-minutes", {"block": "herstel", "minutes": "0"}),
        ("block-minutes", {"block": "weg", "minutes": "10"}),
        ("choose", {"group": "stigma:1", "option": "9"}),
        ("expect", {"people": "heel veel"}),
        ("lead", {"first": "<b>", "second": ""}),
        ("tick", {"on": "0123456789abcdef"}),
        ("skip", {"block": "weg"}),
    ],
)
def test_what_cannot_be_chosen_changes_nothing(chosen_meeting: Hall, name: str, args: dict[str, str]) -> None:
    before = stored(chosen_meeting, "state")

    assert isinstance(ask(chosen_meeting, name, **args), Rejected)
    assert stored(chosen_meeting, "state") == before


@pytest.mark.parametrize("name", ["start", "next", "close", "door", "cover", "do:show", "explode"])
def test_what_is_for_a_meeting_that_is_going_on_is_not_for_a_planned_one(planned: Hall, name: str) -> None:
    assert ask(planned, name) == UNKNOWN


def test_meeting_that_was_opened_meanwhile_is_left_alone(chosen_meeting: Hall) -> None:
    opened(chosen_meeting)

    assert ask(chosen_meeting, "skip", block="herstel") == OPENED
    assert chosen(chosen_meeting.state) == CHOSEN


def test_opening_between_reading_and_storing_wins_and_is_told(planned: Hall) -> None:
    def open_first(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith("UPDATE meeting SET state"):
            damage(planned, "UPDATE meeting SET phase = 'lobby' WHERE id = ?", planned.meeting)

    event.listen(planned.host.writer.engine, "before_cursor_execute", open_first)

    assert ask(planned, "skip", block="herstel") == OPENED
    assert stored(planned, "state") == ""


def test_what_is_chosen_while_it_opens_is_not_written_over(planned: Hall) -> None:
    with planned.app.app_context():
        # As on a page that was asked for just before.
        seen = db.session.get_one(Meeting, planned.meeting)
        assert seen.state == ""
        do(planned, "skip", block="herstel")
        assert planned.host.open_meeting(planned.meeting)

    assert planned.state.skipped == ("herstel",)


def test_meeting_that_is_not_there_is_told(planned: Hall) -> None:
    with planned.app.app_context():
        db.session.execute(text("DELETE FROM meeting WHERE id = :id"), {"id": planned.meeting})
        db.session.commit()

    assert ask(planned, "skip", block="herstel") == NOT_THERE


def test_programme_that_cannot_be_read_keeps_what_was_chosen(chosen_meeting: Hall) -> None:
    before = stored(chosen_meeting, "state")
    programmes, chosen_meeting.host.library.programmes = chosen_meeting.host.library.programmes, {}

    assert ask(chosen_meeting, "skip", block="herstel") == UNREADABLE

    chosen_meeting.host.library.programmes = programmes
    assert stored(chosen_meeting, "state") == before


def test_a_damaged_choice_is_replaced_by_the_next(planned: Hall) -> None:
    damage(planned, "UPDATE meeting SET state = ? WHERE id = ?", '{"minutes":7}', planned.meeting)

    assert do(planned, "expect", people="12").expected == 12
