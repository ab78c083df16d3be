"""Impossible stored days, times and numbers, and their corrections.

Forms refuse such values. A database that was restored, changed by hand, or written while the laptop's clock
was wrong may still hold them. Each is corrected on its own, and the log says which it was. No correction
extends retention: texts whose values prove nothing are gone by then (`store/expiry.py`), and a day of
closing becomes the earliest possible one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, Engine, TextClause, bindparam, text

from trainer.live.bounds import RETENTION_DAYS, USUAL_RETENTION_DAYS, USUAL_START, days_to_plan, read_start
from trainer.store.expiry import FIRST_DAY, read_day, read_days

# Raw values: a SQLAlchemy type would fail on the first damaged one.
MEETINGS = text("SELECT id, date, start, phase, closed_on FROM meeting")
COURSES = text(
    "SELECT id, retention_days, EXISTS (SELECT 1 FROM meeting"
    " WHERE course_id = course.id AND phase IN ('lobby', 'live')) AS going FROM course"
)
SET_DATE = text("UPDATE meeting SET date = :value WHERE id = :id").bindparams(bindparam("value", type_=Date))
SET_CLOSED_ON = text("UPDATE meeting SET closed_on = :value WHERE id = :id").bindparams(
    bindparam("value", type_=Date)
)
SET_START = text("UPDATE meeting SET start = :value WHERE id = :id")
SET_RETENTION = text("UPDATE course SET retention_days = :value WHERE id = :id")


@dataclass(frozen=True, slots=True)
class Correction:
    """An impossible stored value, its replacement, and the statement that corrects it."""

    what: str
    statement: TextClause
    row: Mapping[str, Any]


def corrections(engine: Engine, today: date) -> list[Correction]:
    """Every correction that the database needs."""
    with engine.connect() as connection:
        return [*_of_meetings(connection, today), *_of_courses(connection)]


def _of_meetings(connection: Connection, today: date) -> Iterator[Correction]:
    for row in connection.execute(MEETINGS):
        day, closed_on = read_day(row.date), read_day(row.closed_on)
        planned = day is not None and FIRST_DAY <= day <= days_to_plan(today)[1]
        if row.phase == "closed" and not (closed_on and FIRST_DAY <= closed_on <= today):
            closed_on = FIRST_DAY
            yield _correction("meeting", row.id, "was closed on", row.closed_on, closed_on, SET_CLOSED_ON)
        if not planned:
            value = closed_on if row.phase == "closed" else today
            yield _correction("meeting", row.id, "was planned on", row.date, value, SET_DATE)
        if read_start(row.start) is None:
            yield _correction("meeting", row.id, "begins at", row.start, USUAL_START, SET_START)


def _of_courses(connection: Connection) -> Iterator[Correction]:
    for row in connection.execute(COURSES):
        days = row.retention_days
        if read_days(days) is None:
            # People in a meeting now may have been promised any number of days: only the shortest is safe.
            value = RETENTION_DAYS[0] if row.going else USUAL_RETENTION_DAYS
            yield _correction("course", row.id, "keeps texts for days:", days, value, SET_RETENTION)


def _correction(
    table: str, key: object, says: str, found: object, value: object, statement: TextClause
) -> Correction:
    what = f"{table} {key} {says} {str(found)[:20]!r}, which cannot be: it is {value} now"
    return Correction(what, statement, {"id": key, "value": value})
