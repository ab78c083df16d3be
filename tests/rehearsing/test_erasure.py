"""What a rehearsal with people leaves when it ends: nothing, in no table, file or key."""

from collections.abc import Callable

import pytest

from tests.rehearsing.practice import LONG, PEOPLE, Practice
from tests.store.acts import FLAP, GAME
from tests.store.damage import count, stored
from tests.support.hall import Hall
from trainer.meetings.ending import LONGEST_MEETING_SECONDS

TRACES = ("post", "participant", "result")
COLUMNS = ("phase", "rehearsal", "code", "secret", "source", "version", "departed", "returned", "closed_on")
PLANNED = ("planned", 0, None, None, "", 0, 0, 0, None)


@pytest.fixture
def going_on(hall: Hall) -> Practice:
    """A rehearsal in full swing, on a fast clock: two steps hold what people sent, and one is shown."""
    practice = Practice(hall, step=FLAP)
    hall.do("pace", to="16")
    practice.pass_time(LONG)
    hall.do("do:draw")
    hall.do("do:show-all")
    hall.do("goto", step=GAME)
    practice.pass_time(LONG)
    assert [count(hall, table) > 0 for table in TRACES] == [True, True, False]
    return practice


def by_a_trainer(practice: Practice) -> None:
    practice.hall.do("close")


def from_the_page_of_the_meeting(practice: Practice) -> None:
    assert practice.rehearsals.end(practice.hall.meeting)


def by_the_sweep_after_twelve_hours(practice: Practice) -> None:
    practice.hall.age(LONGEST_MEETING_SECONDS + 1)
    practice.hall.host.sweep()


ENDS = (by_a_trainer, from_the_page_of_the_meeting, by_the_sweep_after_twelve_hours)


@pytest.mark.parametrize("end", ENDS)
def test_nothing_is_left_in_tables_files_and_keys(
    going_on: Practice, end: Callable[[Practice], None]
) -> None:
    hall = going_on.hall
    words = {text for post in (*hall.posts(FLAP), *hall.posts(GAME)) for text in _texts(post.payload)}
    hashes = set(hall.room.participants)
    assert (len(words) > PEOPLE, len(hashes)) == (True, PEOPLE)

    end(going_on)
    going_on.look()
    hall.host.sweep()

    assert tuple(stored(hall, f"meeting.{column}") for column in COLUMNS) == PLANNED
    assert [count(hall, table) for table in TRACES] == [0, 0, 0]
    assert list((hall.folder / "keys").glob(f"{hall.meeting}*")) == []
    written = hall.written()
    assert [each for each in words | hashes if each.encode() in written] == []


@pytest.mark.parametrize("end", ENDS)
def test_people_are_gone_at_once_and_for_good(going_on: Practice, end: Callable[[Practice], None]) -> None:
    hall = going_on.hall
    end(going_on)
    for _ in range(5):
        hall.age(60)
        going_on.look()

    assert (hall.host.room(hall.meeting), hall.host.pretended) == (None, {})
    assert [count(hall, table) for table in TRACES] == [0, 0, 0]
    assert list((hall.folder / "keys").glob(f"{hall.meeting}*")) == []


def test_no_people_of_a_rehearsal_are_in_the_meeting_that_follows(going_on: Practice) -> None:
    hall = going_on.hall
    hall.do("close")
    with hall.app.app_context():
        assert hall.host.open_meeting(hall.meeting)
    for _ in range(5):
        hall.age(60)
        going_on.look()

    assert (hall.room.record.rehearsal, len(hall.room.participants)) == (False, 0)
    assert hall.state.pace.factor == 1
    assert count(hall, "post") == 0


def test_a_clock_that_ran_ahead_does_not_keep_a_rehearsal_open(going_on: Practice) -> None:
    """Its blocks begin hours ahead of the clock of the process; it ends twelve hours after it was opened."""
    hall = going_on.hall
    hall.age(3600)
    hall.do("goto", step=FLAP)
    hall.age(LONGEST_MEETING_SECONDS - 3600)
    hall.host.sweep()

    assert hall.host.room(hall.meeting) is None


def _texts(payload: object) -> set[str]:
    """The words that somebody made up in a payload, not the choices."""
    assert isinstance(payload, dict)
    return {value for value in payload.values() if isinstance(value, str) and len(value) > 8}
