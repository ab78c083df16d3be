"""What may be kept of a stored meeting: only what is provably within its retention period.

The values are as stored, so they may be anything. What they do not prove may not stay.
"""

from datetime import date

from trainer.live.bounds import RETENTION_DAYS

# Before Kwartier existed nothing was planned or closed.
FIRST_DAY = date(2020, 1, 1)


def within_time(phase: object, closed_on: object, retention_days: object, today: date) -> bool:
    """May the free texts of a meeting's results be kept?

    A live meeting ends by itself; its texts may stay for `retention_days` after the day it was closed.
    """
    if phase == "live":
        return True
    closed = read_day(closed_on)
    if phase != "closed" or closed is None or not FIRST_DAY <= closed <= today:
        return False
    days = read_days(retention_days)
    return days is not None and (today - closed).days <= days


def read_days(stored: object) -> int | None:
    """For how many days a course keeps texts, from whatever is stored; None when that is not allowed."""
    return stored if type(stored) is int and stored in RETENTION_DAYS else None


def read_day(stored: object) -> date | None:
    """A day, from whatever is stored; None when it is not one."""
    if type(stored) is date:
        return stored
    try:
        found = date.fromisoformat(str(stored))
    except ValueError:
        return None
    return found if found.isoformat() == stored else None
