"""How fast the clock of a meeting runs: as that on the wall, or faster while trainers rehearse.

All moments in a state are seconds on the meeting's clock. Only here is it said what that clock has to do with
the one of the process: from some moment on, a second there is `factor` seconds here.
"""

from dataclasses import dataclass
from typing import Literal

Factor = Literal[1, 4, 16]
FACTORS: tuple[Factor, ...] = (1, 4, 16)


@dataclass(frozen=True, slots=True)
class Pace:
    """At `real` seconds on the clock of the process it was `here` on that of the meeting."""

    factor: Factor = 1
    real: float = 0.0
    here: float = 0.0

    def at(self, real: float) -> float:
        """The seconds on the meeting's clock when the clock of the process says `real`."""
        return self.here + (real - self.real) * self.factor

    def turned(self, factor: Factor, here: float) -> "Pace":
        """The same clock as it goes on from `here`, on the meeting's clock, at another speed."""
        return Pace(factor, self.real + (here - self.here) / self.factor, here)

    def moved(self, seconds: float) -> "Pace":
        """The same on a clock of the process that is `seconds` ahead."""
        # At the speed of the wall nothing hangs on the moment at which it began.
        return self if self.factor == 1 else Pace(self.factor, self.real + seconds, self.here + seconds)


# As the clock on the wall.
STEADY = Pace()
