"""A meeting that cannot be read ends by itself: not before a backup can be put back, and not never."""

import json
from pathlib import Path

import pytest

from tests.store.conftest import FLAP
from tests.store.damage import count, damage, stored, today
from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.config import load
from trainer.live.taking import TAKES_SECONDS
from trainer.meetings.ending import LONGEST_MEETING_SECONDS
from trainer.operating.backups import back_up

DAY = 24 * 3600
# What makes it unreadable, and whether its state still tells when it began.
DAMAGES = {
    "no text": ("source", "", True),
    "another text": ("source", "# geen dagdeel", True),
    "half a state": ("state", '{"version": 3, "kinds": {"x": "naam-geheim', False),
    "letters that are none": ("state", b"\xff\xfe", False),
    "no state": ("state", "", False),
    "a list": ("state", "[]", False),
    "another phase": ("phase", "lobby", True),
    "a phase that is none": ("phase", "kapot", True),
}
UNTOLD = [name for name, (_, _, told) in DAMAGES.items() if not told]


@pytest.fixture
def going(hall: Hall) -> Hall:
    """A meeting with results of a sealed step, and posts in the step that goes on."""
    hall.do("goto", step=FLAP)
    for number in range(6):
        assert hall.post(hall.phone(), FLAP, text=f"bewaard {number}") is None
    hall.do("do:draw")
    hall.do("do:show-all")
    hall.do("goto", step="diagnose-me")
    hall.age(TAKES_SECONDS + 1)
    hall.host.sweep()
    phone = hall.phone()
    assert hall.post(phone, "diagnose-me", vulnerability="kwetsbaar-geheim", passion="zingen") is None
    return hall


def broken(hall: Hall, name: str) -> Hall:
    """The same installation with the meeting damaged, in a new process."""
    column, value, _ = DAMAGES[name]
    damage(hall, f"UPDATE meeting SET {column} = CAST(? AS TEXT) WHERE id = ?", value, hall.meeting)
    return hall.restarted()


def change_state(hall: Hall, path: str, value: str) -> None:
    statement = "UPDATE meeting SET state = json_set(state, ?, json(?)) WHERE id = ?"
    damage(hall, statement, path, value, hall.meeting)


def keys(hall: Hall) -> list[str]:
    return [path.name for path in (hall.folder / "keys").glob("*.key")]


@pytest.mark.parametrize("name", DAMAGES)
def test_a_meeting_that_cannot_be_read_ends_unread_after_the_longest_time(
    going: Hall, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    again = broken(going, name)
    again.host.sweep()
    assert stored(again, "phase") != "closed"
    again.age(LONGEST_MEETING_SECONDS + 1)

    again.host.sweep()

    assert (stored(again, "phase"), stored(again, "closed_on")) == ("closed", today(again).isoformat())
    assert (stored(again, "code"), stored(again, "secret")) == (None, None)
    assert (count(again, "post"), count(again, "participant"), keys(again)) == (0, 0, [])
    assert b"-geheim" not in again.written()
    assert f"meeting {again.meeting} could not be read or closed for too long" in caplog.text


@pytest.mark.parametrize("name", ["half a state", "no text", "another phase"])
def test_before_that_everything_is_there_for_who_puts_it_right(going: Hall, name: str) -> None:
    column = DAMAGES[name][0]
    whole, before = stored(going, column), keys(going)
    again = broken(going, name)
    again.host.sweep()
    again.age(LONGEST_MEETING_SECONDS - 3600)
    again.host.sweep()

    damage(again, f"UPDATE meeting SET {column} = ? WHERE id = ?", whole, again.meeting)

    assert again.state.step == "diagnose-me"
    assert [post.payload["vulnerability"] for post in again.posts("diagnose-me")] == ["kwetsbaar-geheim"]
    assert keys(again) == before


def test_a_meeting_that_tells_its_age_ends_on_the_first_sweep_of_another_process(going: Hall) -> None:
    long_ago = going.host.clock.seconds() - LONGEST_MEETING_SECONDS - 1
    change_state(going, "$.begun", json.dumps({"een": long_ago}))

    broken(going, "another text").host.sweep()

    assert stored(going, "phase") == "closed"


@pytest.mark.parametrize("name", UNTOLD)
def test_a_meeting_that_does_not_tell_its_age_ends_over_restarts_too(going: Hall, name: str) -> None:
    again = broken(going, name)
    # Shorter than a day in all: at whatever hour this is run, no second night falls.
    for _ in range(3):
        # Every evening the laptop is put off.
        again.host.sweep()
        assert stored(again, "phase") == "live"
        again.age(LONGEST_MEETING_SECONDS - 3600)
        again = again.restarted()
    again.age(DAY)

    again.host.sweep()

    assert stored(again, "phase") == "closed"


def test_a_backup_has_nothing_of_it_that_was_not_sealed(going: Hall, tmp_path: Path) -> None:
    again = broken(going, "half a state")

    back_up(load(klein_environment(going.folder)), tmp_path / "kwartier.backup", create_app)

    assert b"-geheim" not in (tmp_path / "kwartier.backup").read_bytes()
    # Of the database itself nothing has changed.
    assert (stored(again, "phase"), count(again, "post")) == ("live", 7)


def test_of_when_it_was_found_damaged_a_day_is_stored_and_nothing_finer(going: Hall) -> None:
    again = broken(going, "half a state")

    again.host.sweep()

    assert stored(again, "closed_on") == today(again).isoformat()


def test_a_day_in_the_future_does_not_make_it_last(going: Hall) -> None:
    damage(going, "UPDATE meeting SET closed_on = '9999-12-31'")
    again = broken(going, "half a state")
    again.host.sweep()
    again = again.restarted()
    again.age(2 * DAY)

    again.host.sweep()

    assert stored(again, "phase") == "closed"


def test_results_of_steps_that_were_sealed_before_stay_for_their_time(going: Hall) -> None:
    kept = going.host.kept(going.meeting)
    again = broken(going, "half a state")
    again.host.sweep()
    again.age(LONGEST_MEETING_SECONDS + 1)
    again.host.sweep()

    assert again.host.kept(again.meeting) == kept
    assert len(kept) == 1

    again.age(31 * DAY)
    again.host.sweep()

    assert [row.texts for row in again.host.kept(again.meeting)] == [None]


@pytest.mark.parametrize("begun", ["{}", '{"blok": 99999999999}'])
def test_a_meeting_that_began_at_no_time_that_can_be_is_closed_too(going: Hall, begun: str) -> None:
    change_state(going, "$.begun", begun)
    again = going.restarted()
    again.host.sweep()
    assert again.state.phase == "live"
    again.age(LONGEST_MEETING_SECONDS + 1)

    again.host.sweep()

    assert again.state.phase == "closed"
    assert keys(again) == []


@pytest.mark.parametrize("version", ["-5", "99999999999999999999"])
def test_a_meeting_that_can_be_read_and_not_closed_is_ended_as_long_after(going: Hall, version: str) -> None:
    change_state(going, "$.version", version)
    again = going.restarted()
    for _ in range(2):
        again.host.sweep()
        assert stored(again, "phase") == "live"
        again.age(LONGEST_MEETING_SECONDS + 1)

    again.host.sweep()

    assert (stored(again, "phase"), again.state.phase) == ("closed", "closed")
    assert (count(again, "post"), count(again, "participant"), keys(again)) == (0, 0, [])


def test_a_lobby_that_was_opened_at_no_time_that_can_be_ends_too(hall: Hall) -> None:
    change_state(hall, "$.opened", "99999999999")
    again = hall.restarted()
    again.host.sweep()
    again.age(LONGEST_MEETING_SECONDS + 1)

    again.host.sweep()

    assert stored(again, "phase") == "planned"


def test_keys_of_a_meeting_that_ended_unread_go_when_the_process_was_killed_before(going: Hall) -> None:
    again = broken(going, "another text")
    damage(again, "UPDATE meeting SET phase = 'closed', closed_on = '2026-01-01'")

    again.host.sweep()

    assert keys(again) == []
