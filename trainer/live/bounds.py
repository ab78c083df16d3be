"""Limits on the days, times and numbers that people may set; for forms, commands and stored rows."""

from datetime import date, time, timedelta

BACK, AHEAD = timedelta(days=366), timedelta(days=3 * 366)
RETENTION_DAYS = range(1, 366)
USUAL_RETENTION_DAYS = 30
# A study day can have hundreds of people.
PEOPLE = range(1, 1001)
USUAL_START = "09:30"
# Weeks between two meetings of a course: long enough to do the homework, short enough to remember.
WEEKS_APART = range(1, 13)
USUAL_WEEKS_APART = 2


def days_to_plan(today: date) -> tuple[date, date]:
    """The first and the last day for which a meeting may be planned: a year back to three years ahead."""
    return today - BACK, today + AHEAD


def may_be_planned(day: date, today: date) -> bool:
    """Is this a day on which a meeting may be planned?"""
    first, last = days_to_plan(today)
    return first <= day <= last


def read_start(text: object) -> time | None:
    """A stored time of day, 'HH:MM'; None when it is not one."""
    try:
        found = time.fromisoformat(str(text))
    except ValueError:
        return None
    return found if f"{found:%H:%M}" == text else None
