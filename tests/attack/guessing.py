"""Somebody who tries codes, as fast as the server answers, for six hours; and people who join meanwhile."""

from dataclasses import dataclass

from tests.attack.stolen import none
from tests.support.findings import Finding
from trainer.meetings.codeguard import CodeGuard
from trainer.store.codes import ALPHABET, LENGTH, TAIL

HOURS, MEETINGS = 6, 10
# Far more than one server answers.
GUESSES_PER_SECOND = 1000
CHANCE = 0.001


@dataclass
class Time:
    """A clock that only this script moves."""

    seconds: float = 0.0

    def now(self) -> float:
        return self.seconds


def guessing() -> list[Finding]:
    """The rules of the server, asked as often as an attacker can, with ten meetings open."""
    time = Time()
    guard = CodeGuard(time.now)
    looked_up = {False: 0, True: 0}
    people = refused = 0
    for second in range(HOURS * 3600):
        time.seconds = float(second)
        for long in (False, True):
            for _ in range(GUESSES_PER_SECOND):
                if not guard.may_look_up(long):
                    break
                looked_up[long] += 1
        # Somebody in the room, who types what the screen shows, when the attacker has had his second.
        if second % 10 == 0:
            people += 1
            refused += not guard.may_look_up(guard.longer)
    size = len(ALPHABET)
    chance = MEETINGS * (looked_up[False] / size**LENGTH + looked_up[True] / size ** (LENGTH + TAIL))
    return [
        Finding(
            f"guessing codes for {HOURS} hours, {MEETINGS} meetings: chance of a hit",
            f"{chance:.5f}",
            f"under {CHANCE}",
            chance < CHANCE,
        ),
        none(f"guessing codes: people locked out, of {people}", refused),
    ]
