"""The meeting's clock: wall time when the process starts, monotonic from then on.

Correcting the laptop's clock in the middle of an exercise does not disturb a timer.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

# Two processes reading the same clocks may differ by this much, which is no reason to move anything.
READING_SECONDS = 0.1


def steady() -> float:
    """Seconds on a clock that nobody can set; on Linux it counts the time that a laptop slept too."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


@dataclass(frozen=True, slots=True)
class Origin:
    """When the machine booted by one `Clock`, in seconds since the epoch; `boot` identifies that boot.

    The clocks of two processes since the same boot differ by what somebody set in between. That is how a
    timer survives a restart of the process with a changed wall time. After a reboot nobody can tell.
    """

    boot: str = ""
    moment: float = 0.0

    def since(self, earlier: "Origin") -> float:
        """By how many seconds to move the times of `earlier`; 0 when nobody can tell, or for mere noise."""
        moved = self.moment - earlier.moment if self.boot and self.boot == earlier.boot else 0.0
        return moved if abs(moved) > READING_SECONDS else 0.0


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


class Clock:
    """The time in one zone; never jumps while the process runs."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._wall = time.time()
        self._begun = steady()
        self._boot = _boot()

    @property
    def origin(self) -> Origin:
        """What relates the moments of this clock to those of another process."""
        return Origin(self._boot, self._wall - self._begun)

    def seconds(self) -> float:
        """The same moment as `now`, in seconds since the epoch: the form that the state stores."""
        return self._wall + steady() - self._begun

    def now(self) -> datetime:
        """The time of day where the meeting is; it does not jump when somebody sets the clock."""
        return datetime.fromtimestamp(self.seconds(), self.zone)
