"""How much work something is, whatever the machine: how often a small loop could have run meanwhile.

A clock tells how fast the machine is, and who else uses it. The loop runs beside the work, in the same
thread, and both are measured in CPU time.
"""

from collections.abc import Callable
from time import thread_time

TURNS, TRIES = 8_000, 3


def effort(work: Callable[[], object]) -> float:
    """In loops, of which a machine of 2026 does a thousand in a second."""
    before = _loop()
    begun = thread_time()
    work()
    took = thread_time() - begun
    return took / min(before, _loop())


def _loop() -> float:
    """The shortest of some tries, in seconds."""

    def one() -> float:
        begun = thread_time()
        for number in range(TURNS):
            str(number)
        return thread_time() - begun

    return min(one() for _ in range(TRIES))
