"""The meeting's clock: wall time at the start of the process, and from there on steady.

Somebody who sets the laptop's clock right in the middle of an exercise does not stop a timer by it.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

# Two processes that read the same clocks differ by as much; it is no reason to move anything.
READING_SECONDS = 0.1


def steady() -> float:
    """Seconds that nobody can set; on Linux the time that a laptop slept counts too."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


@dataclass(frozen=True, slots=True)
class Origin:
    """When the machine was started, as a clock tells it, in seconds; `boot` names that start.

    Clocks of two processes that know the same start differ by what somebody set in between. That is how a
    timer survives a restart with another time on the wall. After a start of the machine nobody can tell.
    """

    boot: str = ""
    moment: float = 0.0

    def since(self, earlier: "Origin") -> float:
        """By how many seconds times of `earlier` are to be moved; 0 when nobody can tell."""
        moved = self.moment - earlier.moment if self.boot and self.boot == earlier.boot else 0.0
        return moved if abs(moved) > READING_SECONDS else 0.0


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


class Clock:
    """Tells the time in one zone; never jumps while the process runs."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._wall = time.time()
        self._begun = steady()
        self._boot = _boot()

    @property
    def origin(self) -> Origin:
        return Origin(self._boot, self._wall - self._begun)

    def seconds(self) -> float:
        """The same moment as `now`, as a number: what is stored of steps."""
        return self._wall + steady() - self._begun

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds(), self.zone)
