"""An observer in the room: she sees who presses and when, and everything that is shown, and may press too.

Whatever people do, in whatever order: what one of them sent can be of at least three phones, given all that
was ever shown, and of five given what was exported. See `suspects.py` for how that is known.
"""

import multiprocessing
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

from tests.attack.observer.chance import still_chance
from tests.attack.observer.exercises import SOURCES
from tests.attack.observer.faults import FAULTS
from tests.attack.observer.history import PHONES, WORD, Action, Content
from tests.attack.observer.meeting import Meeting
from tests.attack.observer.suspects import Suspicion, suspicions
from tests.support.findings import Finding
from tests.support.hall import Hall
from trainer import kinds
from trainer.kinds.contract import HOUSE, ROOM

SUPPORT = Path(__file__).resolve().parents[2] / "support"
# A kind as careless as can be, and one that tables do by themselves.
MADE_UP = (SUPPORT / "kinds", SUPPORT / "tables")
LONGEST = 26
# Where a finger may come down, and how many of a room do what most do.
FINGERS, AGREE = 12, (0.0, 0.4, 0.8)
# How often somebody who presses again chooses the same.
STAYS = 0.3
# As many cards on paper as a trainer may enter one after the other.
PILE = 8
FAULT_STEPS = 16_000
# Nothing here is about what a disk keeps: where there is one, a folder in memory is twice as fast.
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
OPENS = frozenset({
    "draw", "show", "show-all", "summary", "totals", "start", "open", "both", "reopen",
    "dots-open", "dots-show",
})  # fmt: skip


@contextmanager
def made_up_kinds() -> Iterator[None]:
    """With the kinds of the tests beside ours, found as any other is."""
    before = list(kinds.__path__)
    kinds.__path__.extend(map(str, MADE_UP))
    kinds.discover.cache_clear()
    try:
        yield
    finally:
        kinds.__path__[:] = before
        kinds.discover.cache_clear()


def histories(
    hall: Hall, exercise: str, chance: random.Random, opening: Sequence[Action] = ()
) -> tuple[list[Action], dict[int, Content]]:
    """A history made up while it is played, so that most of what is pressed is there to be pressed.

    With an `opening` it begins so, with no fewer people than that has.
    """
    meeting = Meeting(hall, exercise)
    history: list[Action] = []
    contents: dict[int, Content] = {}
    # A small room: that is where it is hard.
    people = chance.randint(max([2, *(action.who + 1 for action in opening)]), PHONES)
    length = chance.randint(6, LONGEST)
    # Most people of a room often agree: then a single other answer shows.
    favourite, agree = chance.randrange(FINGERS), chance.choice(AGREE)
    last: dict[int, int] = {}
    while len(history) < length:
        for action in _any_actions(meeting, chance, people) if history or not opening else opening:
            place = len(history)
            history.append(action)
            if action.what in ("send", "paper"):
                finger = favourite if chance.random() < agree else chance.randrange(FINGERS)
                if action.what == "send" and chance.random() < STAYS:
                    finger = last.get(action.who, finger)
                contents[place] = Content(f"{WORD}{place:02d}", finger)
                last[action.who] = finger
            meeting.perform(action, contents.get(place))
    return history, contents


def _any_actions(meeting: Meeting, chance: random.Random, people: int) -> list[Action]:
    """One, or what a trainer waits for: that everybody has sent something, or the pile of cards on paper."""
    if chance.random() < 0.06:
        return [Action("send", who, place=_seat(meeting, who)) for who in range(people)]
    place = chance.choice(meeting.places)
    if chance.random() < 0.03:
        return [Action("paper", place=place)] * chance.randint(3, PILE)
    return [_any_action(meeting, chance, people, place)]


def _seat(meeting: Meeting, who: int) -> str:
    """The table where somebody sits."""
    return meeting.places[who % len(meeting.places)]


def _any_action(meeting: Meeting, chance: random.Random, people: int, place: str) -> Action:
    """`place` is the table where a trainer does something; now and then people go and look at another one."""
    who = chance.randrange(people)
    seat = place if chance.random() < 0.1 else _seat(meeting, who)
    deeds = ["send", "take back", "paper", "press", "act", "forge", "move", "leave"]
    weights = [20, 5, 3, 14, 4, 2, 1, 1]
    if meeting.openly:
        deeds, weights = [*deeds, "say"], [*weights, 4]
    match chance.choices(deeds, weights)[0]:
        case "send":
            finger, alone = chance.randrange(FINGERS), chance.random() < 0.08
            return Action("send", who, number=finger, flag=alone, place=seat)
        case "take back":
            number, at_once = chance.randrange(3), chance.random() < 0.3
            return Action("take back", who, number=number, flag=at_once, place=seat)
        case "paper":
            return Action("paper", place=place)
        case "press":
            offered = meeting.offered(place)
            # What opens the gate is pressed more often than what orders the cards behind it.
            likely = [one for one in offered if one.name.removeprefix("do:") in OPENS and not one.args]
            likely = likely if chance.random() < 0.6 else []
            return chance.choice(likely or offered or meeting.forged(place))
        case "act" if acts := meeting.acts(who, seat):
            return chance.choice(acts)
        case "leave" | "say" as deed:
            return Action(deed, who, place=seat if deed == "say" else "")
        case "act" | "forge":
            return chance.choice(meeting.forged(place))
        case _:
            name = chance.choice(["next", "back", "goto", "goto", "restart", "cover"])
            args = {"step": ("proef",)} if name == "goto" else {}
            return Action("press", name=name, args=args, place=chance.choice((place, "")))


def watch(
    seed: int, steps: int, only: str = "", first: bool = False, opening: Sequence[Action] = ()
) -> tuple[int, list[Suspicion]]:
    """Plays histories of at least `steps` actions in all; gives how many, and what was found.

    `only` one exercise; until the `first` that is found; each with the same `opening`.
    """
    chance, played, found = random.Random(seed), 0, []
    exercises = [only] if only else list(SOURCES)
    with still_hall() as hall:
        while played < steps:
            exercise = exercises[0] if only else chance.choice(exercises)
            history, contents = histories(hall, exercise, chance, opening)
            played += len(history)
            wrong = suspicions(hall, exercise, history, contents, ROOM, HOUSE)
            if wrong:
                found.append(shortest(hall, wrong[0]))
                if first:
                    break
    return played, found


@contextmanager
def still_hall() -> Iterator[Hall]:
    """A hall in which the same history always shows the same."""
    with made_up_kinds(), still_chance(), tempfile.TemporaryDirectory(dir=IN_MEMORY) as place:
        hall = Hall(Path(place))
        loader = hall.app.jinja_loader
        assert isinstance(loader, ChoiceLoader)
        loader.loaders = [*loader.loaders, PrefixLoader({"kinds": FileSystemLoader(MADE_UP)})]
        try:
            yield hall
        finally:
            hall.stop()


def shortest(hall: Hall, wrong: Suspicion) -> Suspicion:
    """The same with everything left out that it does not need."""
    place, contents = 0, wrong.contents
    while place < len(wrong.history):
        rest = [action for index, action in enumerate(wrong.history) if index != place]
        kept = {index - (index > place): content for index, content in contents.items() if index != place}
        fewer = suspicions(hall, wrong.exercise, rest, kept, ROOM, HOUSE)
        fewer = [one for one in fewer if one.exported == wrong.exported]
        if fewer:
            wrong, contents = fewer[0], kept
        else:
            place += 1
    return wrong


def finds_faults(seed: int) -> list[Finding]:
    """Puts each fault back that the product once had; the observer must find it, and tells how."""
    missed: list[str] = []
    blamed: list[str] = []
    with all_cores() as pool:
        searches = pool.map(_search, range(len(FAULTS)), repeat(seed))
        for fault, (found, again) in zip(FAULTS, searches, strict=True):
            missed += [] if found else [fault.name]
            blamed += [fault.name] if again else []
            print(f"\n{fault.name}: found as\n{found}" if found else "", file=sys.stderr)
    promise = f"of {len(FAULTS)} faults that are put back the observer misses"
    return [
        Finding(promise, ", ".join(missed) or "0", "0", not missed),
        Finding("the same: she finds without the fault too", ", ".join(blamed) or "0", "0", not blamed),
    ]


def _search(place: int, seed: int) -> tuple[str, bool]:
    """How a fault that is put back is found, '' when it is not; and is the same found without it?"""
    fault = FAULTS[place]
    with fault.put_back():
        _, found = watch(seed, FAULT_STEPS, fault.exercise, first=True, opening=fault.opening)
    return (str(found[0]), is_found_again(found[0])) if found else ("", False)


def all_cores() -> ProcessPoolExecutor:
    # Each begins anew: a fork would take along what other checks have running.
    return ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"))


def is_found_again(one: Suspicion) -> bool:
    """Is there the same suspicion in the same history now?"""
    with still_hall() as hall:
        return bool(suspicions(hall, one.exercise, one.history, one.contents, ROOM, HOUSE))


def observed(seed: int, steps: int) -> list[Finding]:
    """The observer's finding, for `make attack`."""
    parts = os.cpu_count() or 1
    with all_cores() as pool:
        watched = list(pool.map(watch, range(seed, seed + parts), repeat(-(-steps // parts))))
    played, found = sum(number for number, _ in watched), [one for _, some in watched for one in some]
    for one in found[:3]:
        print(one, file=sys.stderr)
    return [
        Finding(
            f"an observer in the room, {played} presses over {len(SOURCES)} exercises: traced to fewer than"
            f" {ROOM} phones ({HOUSE} by the export alone)",
            str(len(found)),
            "0",
            not found,
        )
    ]
