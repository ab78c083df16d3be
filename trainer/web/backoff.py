"""Waiting after wrong passwords, for each account and for each device that is known to it."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 300.0
FORGET_AFTER_SECONDS = 3600.0
MOST_NAMES = 10_000
MOST_AT_ONCE = 4


class TooBusy(Exception):
    """So many passwords are being checked that one more would slow down running meetings."""


class Backoff:
    """Counts wrong passwords by name, whether or not an account of that name exists.

    After five of them each next one doubles the wait: one second, two, four, at most five minutes. It
    lives in memory: a restart forgets it, which an attacker cannot cause.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._checking = 0

    def wait(self, name: str) -> float:
        """Seconds before `name` may try again; 0 when it may now."""
        tries, last = self._failures.get(name, (0, 0.0))
        if tries < FREE_TRIES or self._now() - last > FORGET_AFTER_SECONDS:
            return 0.0
        pause = min(2.0 ** (tries - FREE_TRIES), LONGEST_WAIT_SECONDS)
        return max(0.0, last + pause - self._now())

    def failed(self, name: str) -> None:
        tries, last = self._failures.pop(name, (0, 0.0))
        if self._now() - last > FORGET_AFTER_SECONDS:
            tries = 0
        self._failures[name] = (tries + 1, self._now())
        while len(self._failures) > MOST_NAMES:
            self._failures.popitem(last=False)

    def succeeded(self, name: str) -> None:
        self._failures.pop(name, None)

    @contextmanager
    def checking(self) -> Iterator[None]:
        """Around the check of one password. Raises TooBusy when too many are being checked."""
        if self._checking >= MOST_AT_ONCE:
            raise TooBusy
        self._checking += 1
        try:
            yield
        finally:
            self._checking -= 1
