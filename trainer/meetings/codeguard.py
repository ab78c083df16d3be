"""Guards typed codes against brute force.

A six-character code can be guessed by anyone with enough attempts. So wrong codes are counted for the server
as a whole: a room shares one address, and an attacker has many. After too many, codes get three more
characters for a while, on every screen. That locks nobody out: people in the room type three more, and anyone
else has a chance of one in 3.8 million million per guess, so long codes need no counting.
"""

import time
from collections.abc import Callable

from trainer.bucket import TokenBucket

WRONG_PER_SECOND = 0.5
WRONG_AT_ONCE = 60
LONGER_SECONDS = 600.0


class CodeGuard:
    """Decides which codes may be looked up now. `changed` is called when codes become longer."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._wrong = TokenBucket(WRONG_PER_SECOND, WRONG_AT_ONCE, now)
        self._longer_until = -LONGER_SECONDS
        self.changed: Callable[[], None] = lambda: None

    @property
    def longer(self) -> bool:
        """Do codes have three extra characters at the moment?"""
        return self._now() < self._longer_until

    def may_look_up(self, long: bool) -> bool:
        """May a code be looked up? A short one counts as wrong until `was_right` is called."""
        if long:
            return True
        if self.longer:
            return False
        if self._wrong.take():
            return True
        self._longer_until = self._now() + LONGER_SECONDS
        self.changed()
        return False

    def was_right(self, long: bool) -> None:
        """Takes back that a short code counted as wrong, because it led to a meeting."""
        if not long:
            self._wrong.give_back()
