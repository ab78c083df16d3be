"""Limits on guessing passwords: see docs/decisions/0009-guessing-passwords.md.

Wrong passwords are counted per login name and browser. Browsers that an account does not know also share a
limited supply of turns: few enough to bound guessing, and refilled, so that nobody's guesses lock somebody
else out for good.
"""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from trainer.bucket import TokenBucket

FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 300.0
FORGET_AFTER_SECONDS = 3600.0
MOST_NAMES = 10_000
MOST_AT_ONCE = 4
MOST_STRANGERS_AT_ONCE = 2

# Per login name: at most 17,300 guesses a day, from all unknown browsers together.
TURNS_AT_ONCE = 20
TURN_SECONDS = 5.0
# For the whole server: checking a password costs a tenth of a second of CPU time.
SERVER_TURNS_AT_ONCE = 50
SERVER_TURN_SECONDS = 0.5
LANES = 4096


class TooBusy(Exception):
    """Too many passwords are being checked: one more would slow down running meetings."""


class Backoff:
    """Counts wrong passwords per `who`: a login name with a browser, or an account.

    After five, each further one doubles the wait: one second, two, four, at most five minutes. The counts
    live in memory: a restart clears them, and an attacker cannot cause one.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._checking = 0

    def wait(self, who: str) -> float:
        """Seconds until `who` may try again; 0 for now."""
        tries, last = self._failures.get(who, (0, 0.0))
        if tries < FREE_TRIES or self._now() - last > FORGET_AFTER_SECONDS:
            return 0.0
        pause = min(2.0 ** (tries - FREE_TRIES), LONGEST_WAIT_SECONDS)
        return max(0.0, last + pause - self._now())

    def failed(self, who: str) -> None:
        """Counts a wrong password for `who`: the next try must wait longer."""
        tries, last = self._failures.pop(who, (0, 0.0))
        if self._now() - last > FORGET_AFTER_SECONDS:
            tries = 0
        self._failures[who] = (tries + 1, self._now())
        while len(self._failures) > MOST_NAMES:
            self._failures.popitem(last=False)

    def succeeded(self, who: str) -> None:
        """Forgets the wrong passwords of `who`."""
        self._failures.pop(who, None)

    @contextmanager
    def checking(self, known: bool = True) -> Iterator[None]:
        """Wraps the check of one password. Raises TooBusy when too many are in progress.

        The limit is lower for unknown browsers, so that known ones still get through.
        """
        if self._checking >= (MOST_AT_ONCE if known else MOST_STRANGERS_AT_ONCE):
            raise TooBusy
        self._checking += 1
        try:
            yield
        finally:
            self._checking -= 1


class Turns:
    """Rations attempts from browsers that the account does not know: `at_once`, then one every `seconds`.

    Login names are hashed to a fixed number of lanes with a key that only this process knows. Nothing is
    evicted, so nobody can reset the count of one name by trying others.
    """

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        at_once: int = TURNS_AT_ONCE,
        seconds: float = TURN_SECONDS,
    ) -> None:
        self._now = now
        self._at_once, self._seconds = at_once, seconds
        self._salt = secrets.token_bytes(16)
        self._lanes: dict[int, TokenBucket] = {}
        self._server = TokenBucket(1 / SERVER_TURN_SECONDS, SERVER_TURNS_AT_ONCE, now)

    def take(self, login: str) -> bool:
        """Takes a turn; False when there is none, for this login or for the server."""
        lane = self._lane(login)
        if not lane.take():
            return False
        if self._server.take():
            return True
        lane.give_back()
        return False

    def give_back(self, login: str) -> None:
        """Returns a turn after a correct password, which was no guess."""
        self._lane(login).give_back()
        self._server.give_back()

    def _lane(self, login: str) -> TokenBucket:
        digest = hashlib.blake2b(login.encode(), key=self._salt, digest_size=8).digest()
        number = int.from_bytes(digest) % LANES
        if number not in self._lanes:
            self._lanes[number] = TokenBucket(1 / self._seconds, self._at_once, self._now)
        return self._lanes[number]
