"""How much work something is, whatever the machine: how often a small loop could have run meanwhile.

A clock tells how fast the machine is, and who else uses it. The loop runs beside the work, in the same
thread, and both are measured in CPU time.
"""

from collections.abc import Callable
from time import thread_time

TURNS = 8_000
# How long each loop of this process took, in seconds.
_loops: list[float] = []


def effort(work: Callable[[], object]) -> float:
    """In loops, of which a machine of 2026 does a thousand in a second."""
    _loops.append(_seconds(_loop))
    took = _seconds(work)
    _loops.append(_seconds(_loop))
    return took / min(_loops)


def _seconds(work: Callable[[], object]) -> float:
    begun = thread_time()
    work()
    return thread_time() - begun


def _loop() -> None:
    for number in range(TURNS):
        str(number)
