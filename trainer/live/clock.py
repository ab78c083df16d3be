"""The meeting's clock: wall time at the start of the process, and from there on steady.

Somebody who sets the laptop's clock right in the middle of an exercise does not stop a timer by it.
"""

import time
from datetime import datetime
from zoneinfo import ZoneInfo


def steady() -> float:
    """Seconds that nobody can set; on Linux the time that a laptop slept counts too."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


class Clock:
    """Tells the time in one zone; never jumps while the process runs."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._wall = time.time()
        self._begun = steady()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._wall + steady() - self._begun, self.zone)
