"""Datetime arithmetic that also holds on the two nights when the clocks change.

Python adds, subtracts and compares datetimes of one zone by wall time: on those nights an hour is lost, or
counted twice.
"""

from datetime import UTC, datetime, timedelta


def later(moment: datetime, *, minutes: float = 0, seconds: float = 0) -> datetime:
    """The moment this much elapsed time later, in the same zone."""
    passed = moment.astimezone(UTC) + timedelta(minutes=minutes, seconds=seconds)
    return passed.astimezone(moment.tzinfo)


def seconds_between(earlier: datetime, later: datetime) -> float:
    """The elapsed seconds from `earlier` to `later`; negative when `later` comes first."""
    return later.timestamp() - earlier.timestamp()


def latest(*moments: datetime) -> datetime:
    """The last of these moments."""
    return max(moments, key=datetime.timestamp)
