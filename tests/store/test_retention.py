"""What people wrote is deleted when its time is over; totals stay, and no file keeps a trace."""

import sqlite3
from datetime import date, timedelta

import pytest
from flask_migrate import downgrade

from tests.support.klein import Hall, klein_environment
from trainer import create_app
from trainer.backups import restore
from trainer.config import load
from trainer.live.bounds import is_past_retention
from trainer.retention import Expired, expired, purge, put_right
from trainer.store.database import upgrade_database
from trainer.store.health import MIGRATIONS
from trainer.store.models import Course, Meeting, db
from trainer.web import evaluations
from trainer.web.accounts import invite

FLAP, EVALUATION = "wat-brengt-ervaring", "evaluatie"


@pytest.fixture
def closed(hall: Hall) -> Hall:
    """A closed meeting with texts that were on a flap, and an invitation that nobody used."""
    hall.do("start")
    hall.do("goto", step=FLAP)
    for number in range(6):
        assert hall.post(hall.phone(), FLAP, text=f"geheim {number}") is None
    hall.do("do:draw")
    hall.do("do:show-all")
    hall.do("close")
    with hall.app.app_context():
        invite(hall.host.clock.now().date(), is_organiser=False)
    return hall


def today(hall: Hall) -> date:
    return hall.host.clock.now().date()


def meeting_day(hall: Hall, days: int) -> date:
    """The day so many days after the meeting was closed."""
    return today(hall) + timedelta(days=days)


def damage(hall: Hall, statement: str, *values: object) -> None:
    """Changes what is stored, as no form would."""
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        database.execute(statement, values)


def stored(hall: Hall, column: str) -> object:
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        query = f"SELECT {column} FROM meeting JOIN course ON course.id = course_id WHERE meeting.id = ?"
        return database.execute(query, [hall.meeting]).fetchone()[0]


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


@pytest.mark.parametrize(("days", "past"), [(0, False), (30, False), (31, True), (-400, False)])
def test_texts_are_kept_as_many_days_as_was_asked(days: int, past: bool) -> None:
    closed_on = date(2026, 11, 1)

    assert is_past_retention(closed_on, 30, closed_on + timedelta(days=days)) is past


@pytest.mark.parametrize("stored", [0, -1, 366, 10**9, "veel", None, 2.5])
def test_a_number_of_days_that_cannot_be_counts_as_thirty(stored: object) -> None:
    closed_on = date.max - timedelta(days=40)

    assert not is_past_retention(closed_on, stored, closed_on + timedelta(days=30))
    assert is_past_retention(closed_on, stored, closed_on + timedelta(days=31))


WRONG = [
    ("UPDATE meeting SET closed_on = ? WHERE phase = 'closed'", "2099-01-01", "closed_on"),
    ("UPDATE meeting SET closed_on = ? WHERE phase = 'closed'", "9999-12-31", "closed_on"),
    ("UPDATE meeting SET closed_on = ? WHERE phase = 'closed'", "kapot", "closed_on"),
    ("UPDATE meeting SET closed_on = ? WHERE phase = 'closed'", None, "closed_on"),
    ("UPDATE meeting SET date = ?", "9999-12-31", "date"),
    ("UPDATE meeting SET date = ?", 5, "date"),
]


@pytest.mark.parametrize(("statement", "value", "column"), WRONG)
def test_a_day_that_cannot_be_is_put_right_and_told(
    closed: Hall, caplog: pytest.LogCaptureFixture, statement: str, value: object, column: str
) -> None:
    damage(closed, statement, value)

    put_right(closed.host, today(closed))

    assert stored(closed, column) == today(closed).isoformat()
    assert f"meeting {closed.meeting} was" in caplog.text
    assert "geheim" not in caplog.text


@pytest.mark.parametrize(("value", "becomes"), [(0, 30), (366, 365), (10**12, 365), ("veel", 30), (-3, 30)])
def test_a_retention_time_that_cannot_be_is_put_right(
    closed: Hall, caplog: pytest.LogCaptureFixture, value: object, becomes: int
) -> None:
    damage(closed, "UPDATE course SET retention_days = ?", value)

    put_right(closed.host, today(closed))

    assert stored(closed, "retention_days") == becomes
    assert "course 1 keeps texts" in caplog.text


def test_what_can_be_is_left_as_it_is(closed: Hall, caplog: pytest.LogCaptureFixture) -> None:
    damage(closed, "UPDATE meeting SET date = '2024-02-29' WHERE phase = 'planned'")

    put_right(closed.host, today(closed))

    assert caplog.text == ""


def test_a_closing_in_the_future_is_put_right_before_texts_outlive_it(closed: Hall) -> None:
    # The clock of the laptop was wrong on that day.
    damage(closed, "UPDATE meeting SET closed_on = '2040-01-01', date = '2026-01-01' WHERE phase = 'closed'")

    assert purge(closed.host, today(closed)).meetings == (closed.meeting,)


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
    assert "sweeping meeting 0 failed" in caplog.text


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
        assert database.execute("SELECT retention_days FROM course").fetchall() == [(365,)]
    assert caplog.text.count("'99:99', which cannot be: it is 09:30 now") == 2


@pytest.mark.parametrize(("planned", "noted"), [("2099-01-01", None), ("2026-01-05", "2026-01-05")])
def test_meetings_that_were_closed_before_it_was_noted_get_a_day(
    closed: Hall, planned: str, noted: str | None
) -> None:
    with closed.app.app_context():
        downgrade(directory=str(MIGRATIONS), revision="0001")
    damage(closed, "UPDATE meeting SET date = ?", planned)

    upgrade_database(closed.app)

    assert stored(closed, "closed_on") == (noted or date.today().isoformat())
    with sqlite3.connect(closed.folder / "data" / "kwartier.db") as database:
        query = "SELECT closed_on FROM meeting WHERE phase <> 'closed'"
        assert database.execute(query).fetchall() == [(None,)]
