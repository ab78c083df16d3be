"""What the start of Kwartier says about a database, and what one damaged meeting does to the others."""

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests.support.hall import Hall
from trainer.live.clock import Origin
from trainer.live.state import MeetingState, Timer
from trainer.meetings.room import MeetingUnreadable
from trainer.store.health import DatabaseUnusable, examine
from trainer.store.keys import ALL_STEPS


def test_a_fresh_database_is_well(tmp_path: Path) -> None:
    examine(create_engine(f"sqlite:///{tmp_path / 'fresh.db'}"))


def test_garbage_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "garbage.db"
    path.write_bytes(b"not a database" * 1000)

    with pytest.raises(DatabaseUnusable, match="the database is damaged"):
        examine(create_engine(f"sqlite:///{path}"))


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")

    with pytest.raises(DatabaseUnusable, match="by a newer version of Kwartier"):
        examine(create_engine(f"sqlite:///{path}"))


def test_a_meeting_that_cannot_be_read_does_not_stop_the_sweep(hall: Hall) -> None:
    hall.do("next")
    hall.host.keys.author(hall.meeting, "welkom", "somebody")
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        database.execute("UPDATE meeting SET state = ?", [json.dumps({"version": "x"})])
    again = hall.restarted()

    again.host.sweep()

    with pytest.raises(MeetingUnreadable):
        again.host.room(hall.meeting)
    # It may be put back, and then its keys are needed.
    assert (hall.meeting, "welkom") in again.host.keys.found()


def test_looking_at_an_exercise_that_was_not_on_screen_makes_no_key(hall: Hall) -> None:
    token = hall.phone()

    hall.host.posting.own(hall.room, "wat-brengt-ervaring", token)

    assert hall.host.keys.found() == [(hall.meeting, ALL_STEPS)]


def test_times_move_with_the_clock_that_they_are_of() -> None:
    state = MeetingState(
        timer=Timer(60, ends=1060.0),
        timers={"vorige": Timer(60, ends=1010.0)},
        begun={"blok": 1000.0},
        left={"stap": 990.0},
        opened=900.0,
    )

    moved = state.moved(Origin("start", 3600.0).since(Origin("start", 0.0)))

    assert moved == MeetingState(
        timer=Timer(60, ends=4660.0),
        timers={"vorige": Timer(60, ends=4610.0)},
        begun={"blok": 4600.0},
        left={"stap": 4590.0},
        opened=4500.0,
    )


@pytest.mark.parametrize("earlier", [Origin("another start", 0.0), Origin(), Origin("start", 3599.95)])
def test_times_stay_when_nobody_can_tell_or_only_the_reading_differs(earlier: Origin) -> None:
    assert Origin("start", 3600.0).since(earlier) == 0.0
