"""Rate limiting: a burst at once, then a steady rate."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class TokenBucket:
    """A token bucket: allows `burst` at once, and `rate` per second after that."""

    rate: float
    burst: float
    now: Callable[[], float] = time.monotonic
    level: float = field(init=False)
    filled: float = field(init=False)

    def __post_init__(self) -> None:
        self.level = self.burst
        self.filled = self.now()

    def take(self) -> bool:
        """Takes one token; False when there is none."""
        self._fill()
        if self.level < 1:
            return False
        self.level -= 1
        return True

    @property
    def whole(self) -> int:
        """How many tokens may be taken now."""
        self._fill()
        return int(self.level)

    def resize(self, burst: float, least: float = 0.0) -> None:
        """Changes `burst`; at least `least` tokens are available at once, but never more than `burst`."""
        self._fill()
        self.burst = burst
        self.level = min(burst, max(self.level, least))

    def give_back(self) -> None:
        """Undoes one `take`."""
        self.level = min(self.burst, self.level + 1)

    def _fill(self) -> None:
        now = self.now()
        self.level = min(self.burst, self.level + (now - self.filled) * self.rate)
        self.filled = now
