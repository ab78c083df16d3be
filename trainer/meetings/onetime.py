"""Codes that somebody reads on one device and types on another: valid once, for a few minutes.

They are as long as join codes, are guarded against guessing in the same way, and live in memory only.
"""

import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from trainer.meetings.codeguard import CodeGuard
from trainer.store.codes import new_code, read_code, show_code, tail_of

CODE_SECONDS = 300.0
WRONG = "Deze code klopt niet, of werkt niet meer. Maak een nieuwe code en typ die over."
LONGER = "De code is nu langer. Typ alle tekens die er staan."

Value = TypeVar("Value")


class WrongCode(Exception):
    """This code is not valid; the message says what to do."""


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code as shown to whoever made it, with the minutes it has left."""

    text: str
    minutes: int


@dataclass(frozen=True, slots=True)
class _Code(Generic[Value]):
    code: str
    secret: str
    ends: float
    value: Value


class OneTimeCodes(Generic[Value]):
    """At most one code per purpose; using it gives the value that it was made for."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self.guard = CodeGuard(now)
        self._codes: dict[str, _Code[Value]] = {}

    def make(self, purpose: str, value: Value) -> None:
        """Makes a new code, which replaces the one before."""
        self._drop_old()
        self._codes[purpose] = _Code(new_code(), secrets.token_urlsafe(16), self._now() + CODE_SECONDS, value)

    def shown(self, purpose: str) -> ShownCode | None:
        """The code for a purpose; None when there is none or it has expired."""
        self._drop_old()
        found = self._codes.get(purpose)
        if found is None:
            return None
        text = show_code(found.code, found.secret, self.guard.longer)
        return ShownCode(text, math.ceil((found.ends - self._now()) / 60))

    def use(self, typed: str) -> Value:
        """Uses up a code, and returns the value that it was made for.

        Raises WrongCode when the code is wrong, used or expired, or when a longer one must be typed.
        """
        self._drop_old()
        read = read_code(typed)
        if read is None:
            raise WrongCode(WRONG)
        code, tail = read
        if not self.guard.may_look_up(bool(tail)):
            raise WrongCode(LONGER)
        for purpose, found in self._codes.items():
            if found.code == code and tail in ("", tail_of(found.secret)):
                self.guard.was_right(bool(tail))
                del self._codes[purpose]
                return found.value
        raise WrongCode(WRONG)

    def forget(self, purpose: str) -> None:
        """Revokes the code for a purpose, if there is one."""
        self._codes.pop(purpose, None)

    def _drop_old(self) -> None:
        now = self._now()
        self._codes = {purpose: code for purpose, code in self._codes.items() if code.ends > now}
