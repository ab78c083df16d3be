"""What people wrote is deleted when its time is over; totals stay, and no file keeps a trace."""

import sqlite3
from datetime import date

import pytest

from tests.store.damage import damage, meeting_day, stored, today
from tests.support.hall import Hall, klein_environment
from tests.support.older import go_back
from trainer import create_app
from trainer.config import load
from trainer.meetings.retention import Expired, expired, purge
from trainer.operating.restoring import restore
from trainer.store.database import upgrade_database
from trainer.store.models import Course, Meeting, db
from trainer.web.reports import evaluations


def test_texts_are_kept_on_the_last_day_of_the_retention_time(closed: Hall) -> None:
    assert expired(closed.host, meeting_day(closed, 30)).meetings == ()


def test_texts_are_deleted_after_it_and_leave_no_trace(closed: Hall) -> None:
    assert b"geheim 3" in closed.written()

    found = purge(closed.host, meeting_day(closed, 31))

    assert found == Expired((closed.meeting,), 1)
    assert [row.texts for row in closed.host.kept(closed.meeting)] == [None]
    assert b"geheim" not in closed.written()


def test_purging_again_finds_nothing(closed: Hall) -> None:
    purge(closed.host, meeting_day(closed, 31))

    assert not purge(closed.host, meeting_day(closed, 31))


def test_the_sweep_purges_once_a_day(closed: Hall) -> None:
    closed.host.sweep()
    assert b"geheim" in closed.written()

    closed.age(31 * 24 * 3600)
    closed.host.sweep()

    assert b"geheim" not in closed.written()


@pytest.mark.parametrize("planned", ["2099-01-01", "9999-12-31", "0001-01-01", "2020-02-03", "kapot", ""])
def test_the_time_counts_from_the_closing_whatever_day_was_planned(closed: Hall, planned: str) -> None:
    damage(closed, "UPDATE meeting SET date = ?", planned)

    assert expired(closed.host, meeting_day(closed, 30)).meetings == ()
    assert purge(closed.host, meeting_day(closed, 31)).meetings == (closed.meeting,)
    assert b"geheim" not in closed.written()


def test_the_day_of_closing_is_stored_and_nothing_finer(hall: Hall) -> None:
    hall.do("start")
    assert stored(hall, "closed_on") is None

    hall.do("close")

    assert stored(hall, "closed_on") == today(hall).isoformat()


def test_a_meeting_that_cannot_be_read_keeps_no_other_from_being_purged(
    closed: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    with closed.app.app_context():
        broken = Meeting(
            id="0", course_id=1, part="dagdeel-2", date=today(closed), phase="live", source="x", state="{"
        )
        db.session.add(broken)
        db.session.commit()

    closed.age(31 * 24 * 3600)
    closed.host.sweep()

    assert b"geheim" not in closed.written()
    assert "meeting 0 cannot be read" in caplog.text


@pytest.mark.parametrize("column", ["state", "source"])
def test_a_meeting_that_cannot_be_read_is_left_out_of_the_evaluation_and_named(
    closed: Hall, caplog: pytest.LogCaptureFixture, column: str
) -> None:
    with closed.app.app_context():
        second = db.session.query(Meeting).filter(Meeting.part == "dagdeel-2").one()
        second.phase, second.closed_on, second.source, second.state = "closed", today(closed), "x", "{}"
        setattr(second, column, "{kapot")
        db.session.commit()

        evaluation, missing = evaluations.of_course(closed.host, db.session.get_one(Course, 1))

        assert evaluation is not None
        assert [sitting.title for sitting in evaluation.sittings] == ["Eerste dagdeel"]
        assert len(missing) == 1
        assert f"meeting {second.id} is left out" in caplog.text


def test_a_restored_database_is_put_right(
    closed: Hall, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    damage(closed, "UPDATE meeting SET date = '9999-12-31', start = '99:99'")
    damage(closed, "UPDATE course SET retention_days = 100000")
    fresh = tmp_path_factory.mktemp("fresh")
    damage(closed, "VACUUM INTO ?", str(fresh / "backup.db"))

    restore(load(klein_environment(fresh)), fresh / "backup.db", create_app)

    with sqlite3.connect(fresh / "data" / "kwartier.db") as database:
        meetings = database.execute("SELECT DISTINCT date, start FROM meeting").fetchall()
        assert meetings == [(today(closed).isoformat(), "09:30")]
        assert database.execute("SELECT retention_days FROM course").fetchall() == [(30,)]
    assert caplog.text.count("'99:99', which cannot be: it is 09:30 now") == 2


@pytest.mark.parametrize(("planned", "noted"), [("2099-01-01", None), ("2026-01-05", "2026-01-05")])
def test_meetings_that_were_closed_before_it_was_noted_get_a_day(
    closed: Hall, planned: str, noted: str | None
) -> None:
    go_back(closed.app, "0001")
    damage(closed, "UPDATE meeting SET date = ?", planned)

    upgrade_database(closed.app)

    assert stored(closed, "closed_on") == (noted or date.today().isoformat())
    with sqlite3.connect(closed.folder / "data" / "kwartier.db") as database:
        query = "SELECT closed_on FROM meeting WHERE phase <> 'closed'"
        assert database.execute(query).fetchall() == [(None,)]
