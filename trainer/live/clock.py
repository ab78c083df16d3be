"""The meeting's clock: wall time at the start of the process, and from there on steady.

Somebody who sets the laptop's clock right in the middle of an exercise does not stop a timer by it.
"""

import time
from datetime import datetime
from zoneinfo import ZoneInfo


class Clock:
    """Tells the time in one zone; never jumps while the process runs."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._wall = time.time()
        self._steady = time.monotonic()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._wall + time.monotonic() - self._steady, self.zone)
