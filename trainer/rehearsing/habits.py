"""What the people of a rehearsal are like, and when they do what: pure, and the same for a seed.

All times are seconds on the meeting's clock, so that people go faster with it. Nobody is like anybody in
particular: the numbers are what a trainer meets in a room, with a few who come late, say nothing or drop out.
"""

import random
from dataclasses import dataclass

from trainer.kinds.believable import SAME_PERSON

MOST_PEOPLE = SAME_PERSON - 1
USUAL_PEOPLE = 12
# One in so many comes late, or never sends anything; in a small group nobody is silent.
LATE, SILENT = 6, 8
SMALL_GROUP = 5
# How long it takes to come in, in a meeting that begins and in one that begins at a step.
LOBBY_SECONDS, STEP_SECONDS = (4.0, 60.0), (1.0, 15.0)
LATE_SECONDS = {False: (120.0, 240.0), True: (30.0, 75.0)}
AWAY_SECONDS, BACK_SECONDS = (60.0, 120.0), (40.0, 90.0)
TEMPO = (0.6, 1.7)
# How long somebody thinks who writes, and who only chooses.
WRITES, CHOOSES = (10.0, 45.0), (3.0, 15.0)
PRESSES = (3.0, 9.0)
SKIPS, SENDS_AGAIN, TAKES_BACK = 0.06, 0.25, 0.06
# After a door or an exercise that was shut.
ASKS_AGAIN = (5.0, 12.0)


@dataclass(frozen=True, slots=True)
class Habits:
    """Somebody: when they arrive, and how fast they are (`tempo` above 1 is slow).

    Who drops out is `away` from one moment until the next; the others never are.
    """

    number: int
    arrives: float
    tempo: float
    silent: bool = False
    away: tuple[float, float] | None = None

    def is_away(self, since: float) -> bool:
        """Has this phone no connection, `since` seconds after the rehearsal began?"""
        return self.away is not None and self.away[0] <= since < self.away[1]


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody does when something is asked: the seconds until each deed, None for what is not done.

    They are counted from the question; `again` and `takes_back` from when it was `sent`.
    """

    sent: float | None
    again: float | None = None
    takes_back: float | None = None


def group(seed: str, people: int, *, at_step: bool) -> tuple[Habits, ...]:
    """So many people (at most MOST_PEOPLE); `at_step`: the rehearsal begins at a step instead of the door."""
    chance = _chance(seed)
    order = list(range(people))
    chance.shuffle(order)
    late = set(order[: people // LATE])
    silent = set(order[people // LATE :][: people // SILENT]) if people >= SMALL_GROUP else set()
    drops = order[-1] if people >= SMALL_GROUP else None
    found = []
    for number in range(people):
        usual = STEP_SECONDS if at_step else LOBBY_SECONDS
        arrives = chance.uniform(*(LATE_SECONDS[at_step] if number in late else usual))
        tempo, gone = chance.uniform(*TEMPO), arrives + chance.uniform(*AWAY_SECONDS)
        away = (gone, gone + chance.uniform(*BACK_SECONDS)) if number == drops else None
        found.append(Habits(number, arrives, tempo, number in silent, away))
    return tuple(found)


def plan(seed: str, who: Habits, question: str, *, writes: bool) -> Plan:
    """What somebody does when `question` is asked, whatever was asked before."""
    chance = _chance(f"{seed}/{who.number}/{question}")
    if who.silent or chance.random() < SKIPS:
        return Plan(None)
    sent = who.tempo * chance.uniform(*(WRITES if writes else CHOOSES))
    kind, later = chance.random(), who.tempo * chance.uniform(*WRITES)
    again = later if kind < SENDS_AGAIN else None
    return Plan(sent, again, later if SENDS_AGAIN <= kind < SENDS_AGAIN + TAKES_BACK else None)


def pause(seed: str, who: Habits, what: str, span: tuple[float, float]) -> float:
    """How long somebody waits before `what`, within a span of seconds for somebody neither fast nor slow."""
    return who.tempo * _chance(f"{seed}/{who.number}/{what}").uniform(*span)


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311  believable, not secret: what depends on it is made up
