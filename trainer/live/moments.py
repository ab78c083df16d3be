"""Arithmetic with moments that also holds on the two nights on which the clock is changed.

Python adds, subtracts and compares datetimes of one zone by what a clock on the wall shows: on those nights
an hour is lost, or counted twice.
"""

from datetime import UTC, datetime, timedelta


def later(moment: datetime, *, minutes: float = 0, seconds: float = 0) -> datetime:
    """The moment so much time later, in the same zone."""
    passed = moment.astimezone(UTC) + timedelta(minutes=minutes, seconds=seconds)
    return passed.astimezone(moment.tzinfo)


def seconds_between(earlier: datetime, later: datetime) -> float:
    """How much time passes from one moment to another; negative when it is the other way round."""
    return later.timestamp() - earlier.timestamp()


def latest(*moments: datetime) -> datetime:
    """The last of these."""
    return max(moments, key=datetime.timestamp)
