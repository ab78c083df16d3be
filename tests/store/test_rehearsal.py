"""A rehearsal leaves nothing: when it ends, the meeting is planned as before, with what trainers chose."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.acts import FLAP, LINE, in_one_group
from tests.store.damage import count, damage, stored
from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.config import load
from trainer.live.audience import Audience, Role
from trainer.live.taking import TAKES_SECONDS
from trainer.meetings.ending import LONGEST_MEETING_SECONDS
from trainer.meetings.posting import LATE
from trainer.operating.backups import back_up
from trainer.store.models import Course, Meeting, db
from trainer.web.reports import evaluations

TRACES = ("post", "participant", "result")
PLANNED = ("planned", 0, None, None, "", 0, None)
COLUMNS = ("phase", "rehearsal", "code", "secret", "source", "version", "closed_on")


@pytest.fixture
def rehearsal(hall: Hall) -> Hall:
    """A rehearsal in full swing: cards on the flap, results of one exercise, three phones in another."""
    assert hall.host.steering.unopen(hall.meeting)
    with hall.app.app_context():
        assert hall.host.open_meeting(hall.meeting, rehearsal=True)
    hall.do("goto", step=FLAP)
    for number in range(6):
        assert hall.post(hall.phone(), FLAP, text=f"geheim {number}") is None
    hall.do("do:draw")
    hall.do("do:show-all")
    hall.do("next")
    hall.age(TAKES_SECONDS + 1)
    hall.host.sweep()
    hall.do("goto", step=LINE)
    assert [count(hall, table) > 0 for table in TRACES] == [True, True, True]
    return hall


def row(hall: Hall) -> tuple[object, ...]:
    return tuple(stored(hall, f"meeting.{column}") for column in COLUMNS)


def keys(hall: Hall) -> list[str]:
    return [path.name for path in (hall.folder / "keys").glob(f"{hall.meeting}*")]


def by_a_trainer(hall: Hall) -> None:
    hall.do("close")


def by_the_sweep_after_twelve_hours(hall: Hall) -> None:
    hall.age(LONGEST_MEETING_SECONDS + 1)
    hall.host.sweep()


def unread(hall: Hall) -> None:
    """Nobody can read it any more, so it is ended without being read."""
    damage(hall, "UPDATE meeting SET state = '{'")
    hall.host.rooms.forget([hall.meeting])
    hall.host.sweep()
    hall.age(LONGEST_MEETING_SECONDS + 1)
    hall.host.sweep()


@pytest.mark.parametrize("end", [by_a_trainer, by_the_sweep_after_twelve_hours, unread])
def test_a_rehearsal_that_ends_leaves_nothing(rehearsal: Hall, end: Callable[[Hall], None]) -> None:
    end(rehearsal)

    assert row(rehearsal) == PLANNED
    assert [count(rehearsal, table) for table in TRACES] == [0, 0, 0]
    assert (keys(rehearsal), rehearsal.host.room(rehearsal.meeting)) == ([], None)
    rehearsal.host.sweep()
    assert b"geheim " not in rehearsal.written()


def test_a_meeting_that_is_no_rehearsal_keeps_its_results(closed: Hall) -> None:
    assert (stored(closed, "phase"), count(closed, "result")) == ("closed", 1)


def test_a_rehearsal_is_in_no_evaluation(rehearsal: Hall) -> None:
    # As no rehearsal can be, but a row that was changed by hand.
    damage(rehearsal, "UPDATE meeting SET phase = 'closed' WHERE rehearsal")
    with rehearsal.app.app_context():
        found = evaluations.of_meeting(rehearsal.host, db.session.get_one(Meeting, rehearsal.meeting))
        whole, missing = evaluations.of_course(rehearsal.host, db.session.get_one(Course, 1))

    assert (found, whole, missing) == (None, None, ())


def test_after_a_rehearsal_the_meeting_is_given_in_earnest(rehearsal: Hall) -> None:
    rehearsal.do("close")
    with rehearsal.app.app_context():
        assert rehearsal.host.open_meeting(rehearsal.meeting)

    assert (rehearsal.room.record.rehearsal, rehearsal.state.phase) == (False, "lobby")
    rehearsal.do("start")
    rehearsal.do("close")
    assert stored(rehearsal, "phase") == "closed"


def test_a_post_of_the_moment_that_a_rehearsal_ends_is_late_and_leaves_nothing(rehearsal: Hall) -> None:
    early, late = rehearsal.phone(), rehearsal.phone()

    outcomes = in_one_group(
        rehearsal,
        lambda: rehearsal.post(early, LINE, item="1", place="3"),
        lambda: rehearsal.do("close"),
        lambda: rehearsal.post(late, LINE, item="1", place="3"),
    )

    assert (outcomes[0], outcomes[2]) == (None, LATE)
    assert [count(rehearsal, table) for table in TRACES] == [0, 0, 0]


def test_the_join_page_says_that_it_is_a_rehearsal_and_not_what_is_kept(hall: Hall) -> None:
    earnest = hall.app.test_client().get(f"/j/{hall.secret}").text
    damage(hall, "UPDATE meeting SET rehearsal = 1 WHERE id = ?", hall.meeting)
    hall.host.rooms.forget([hall.meeting])

    page = hall.app.test_client().get(f"/j/{hall.secret}").text

    said = ("Dit is een oefening. Er blijft niets bewaard.", "We bewaren")
    assert [words in earnest for words in said] == [False, True]
    assert [words in page for words in said] == [True, False]


def test_control_says_that_it_is_a_rehearsal(rehearsal: Hall) -> None:
    with rehearsal.app.app_context():
        shown = rehearsal.host.messages.message(rehearsal.room, Audience(Role.CONTROL))["html"]

    assert '<strong class="badge badge--rehearsal">Oefening</strong> Er blijft niets bewaard.' in shown


def test_a_backup_holds_nothing_of_a_rehearsal(
    rehearsal: Hall, tmp_path_factory: pytest.TempPathFactory
) -> None:
    backup: Path = tmp_path_factory.mktemp("elders") / "backup.db"

    back_up(load(klein_environment(rehearsal.folder)), backup, create_app)

    with closing(sqlite3.connect(backup)) as database:
        found = database.execute(
            f"SELECT {', '.join(COLUMNS)} FROM meeting WHERE id = ?", [rehearsal.meeting]
        ).fetchall()
        left = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TRACES]
    assert (found, left) == ([PLANNED], [0, 0, 0])
    assert b"geheim " not in backup.read_bytes()
