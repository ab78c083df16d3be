"""How often something may be done: a little at once, and then at a steady pace."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class TokenBucket:
    """Allows `burst` at once and `rate` a second after that."""

    rate: float
    burst: float
    now: Callable[[], float] = time.monotonic
    level: float = field(init=False)
    filled: float = field(init=False)

    def __post_init__(self) -> None:
        self.level = self.burst
        self.filled = self.now()

    def take(self) -> bool:
        """Takes one, if there is one."""
        now = self.now()
        self.level = min(self.burst, self.level + (now - self.filled) * self.rate)
        self.filled = now
        if self.level < 1:
            return False
        self.level -= 1
        return True

    def give_back(self) -> None:
        """Undoes one `take`."""
        self.level = min(self.burst, self.level + 1)
