"""What is done against guessing passwords: see docs/decisions/0009-guessing-passwords.md.

Wrong passwords are counted for a login name together with the browser of who types. Browsers that are not
known to an account wait for turns as well: few enough that guessing is bounded, and never so that one wrong
guess keeps somebody else out for good.
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

# For each login name: 17,300 guesses a day at most, from all unknown browsers of the world together.
TURNS_AT_ONCE = 20
TURN_SECONDS = 5.0
# For the server as a whole: checking a password takes a tenth of a second of a processor.
SERVER_TURNS_AT_ONCE = 50
SERVER_TURN_SECONDS = 0.5
LANES = 4096


class TooBusy(Exception):
    """So many passwords are being checked that one more would slow down running meetings."""


class Backoff:
    """Counts wrong passwords by who types them.

    After five of them each next one doubles the wait: one second, two, four, at most five minutes. It
    lives in memory: a restart forgets it, which an attacker cannot cause.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._checking = 0

    def wait(self, who: str) -> float:
        """Seconds before `who` may try again; 0 when it may now."""
        tries, last = self._failures.get(who, (0, 0.0))
        if tries < FREE_TRIES or self._now() - last > FORGET_AFTER_SECONDS:
            return 0.0
        pause = min(2.0 ** (tries - FREE_TRIES), LONGEST_WAIT_SECONDS)
        return max(0.0, last + pause - self._now())

    def failed(self, who: str) -> None:
        tries, last = self._failures.pop(who, (0, 0.0))
        if self._now() - last > FORGET_AFTER_SECONDS:
            tries = 0
        self._failures[who] = (tries + 1, self._now())
        while len(self._failures) > MOST_NAMES:
            self._failures.popitem(last=False)

    def succeeded(self, who: str) -> None:
        self._failures.pop(who, None)

    @contextmanager
    def checking(self, known: bool = True) -> Iterator[None]:
        """Around the check of one password. Raises TooBusy when too many are being checked.

        Unknown browsers leave room for the others.
        """
        if self._checking >= (MOST_AT_ONCE if known else MOST_STRANGERS_AT_ONCE):
            raise TooBusy
        self._checking += 1
        try:
            yield
        finally:
            self._checking -= 1


class Turns:
    """Whose turn it is to try a password, of the browsers that are not known to the account.

    Login names share a fixed number of lanes, by a hash that only this process knows: nobody can make it
    forget one by trying others.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._salt = secrets.token_bytes(16)
        self._lanes: dict[int, TokenBucket] = {}
        self._server = TokenBucket(1 / SERVER_TURN_SECONDS, SERVER_TURNS_AT_ONCE, now)

    def take(self, login: str) -> bool:
        """Takes a turn, if there is one."""
        lane = self._lane(login)
        if not lane.take():
            return False
        if self._server.take():
            return True
        lane.give_back()
        return False

    def give_back(self, login: str) -> None:
        """The password was right: that is no guess."""
        self._lane(login).give_back()
        self._server.give_back()

    def _lane(self, login: str) -> TokenBucket:
        digest = hashlib.blake2b(login.encode(), key=self._salt, digest_size=8).digest()
        number = int.from_bytes(digest) % LANES
        if number not in self._lanes:
            self._lanes[number] = TokenBucket(1 / TURN_SECONDS, TURNS_AT_ONCE, self._now)
        return self._lanes[number]
