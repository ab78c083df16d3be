"""Looks at what is stored, and changes it as no form would."""

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta

from tests.support.hall import Hall
from trainer.store.models import Meeting, db


def today(hall: Hall) -> date:
    return hall.host.clock.now().date()


def meeting_day(hall: Hall, days: int) -> date:
    """The day so many days after the meeting was closed."""
    return today(hall) + timedelta(days=days)


def damage(hall: Hall, statement: str, *values: object) -> None:
    """Changes what is stored, as no form would."""
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        database.execute(statement, values)


def count(hall: Hall, what: str) -> int:
    """How many rows there are of a table, or of what a condition leaves of it."""
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        return int(database.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def second_meeting(hall: Hall) -> str:
    with hall.app.app_context():
        return db.session.query(Meeting).filter(Meeting.part == "dagdeel-2").one().id


def add_meetings(hall: Hall, meetings: dict[str, tuple[object, str]]) -> None:
    """Closed meetings with one text each: their ids, the day of closing, and the text."""
    for meeting_id, (closed_on, words) in meetings.items():
        with hall.app.app_context():
            day = hall.host.clock.now().date()
            db.session.add(Meeting(id=meeting_id, course_id=1, part="dagdeel-2", date=day, phase="closed"))
            db.session.commit()
        # As text also when it is none: SQLite stores letters that are no letters.
        damage(hall, "UPDATE meeting SET closed_on = CAST(? AS TEXT) WHERE id = ?", closed_on, meeting_id)
        damage(hall, "INSERT INTO result VALUES (?, 'x', 0, '{}', ?)", meeting_id, f'["{words}"]')


def stored(hall: Hall, column: str) -> object:
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        query = f"SELECT {column} FROM meeting JOIN course ON course.id = course_id WHERE meeting.id = ?"
        return database.execute(query, [hall.meeting]).fetchone()[0]


def stranger(hall: Hall) -> sqlite3.Connection:
    """Another program that has the database open."""
    return sqlite3.connect(hall.folder / "data" / "kwartier.db", timeout=0, isolation_level=None)


def break_database(hall: Hall) -> Callable[[], object]:
    """Makes every write of a post or a state fail, as a full disk would; gives what mends it."""
    other = stranger(hall)
    for table, kind in (("post", "INSERT"), ("meeting", "UPDATE")):
        other.execute(
            f"CREATE TRIGGER full_{table} BEFORE {kind} ON {table} BEGIN SELECT RAISE(FAIL, 'disk full'); END"
        )
    return lambda: [other.execute(f"DROP TRIGGER full_{table}") for table in ("post", "meeting")]
