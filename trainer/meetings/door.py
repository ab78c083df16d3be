"""The door of one meeting: which phones come in at once, which wait, and by which word a trainer knows them.

A phone is known here by the hash that the database will hold once it is in. All of this is in memory only:
after a restart, people who wait press the button again, and get their word back if it is free.
"""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from trainer.bucket import TokenBucket
from trainer.live.state import MeetingState

# Unless trainers say otherwise, thirty come in at once, and then one every two seconds.
AT_ONCE = 30
PER_SECOND = 0.5
# A phone that asks again within this time keeps its place. PORCH_SECONDS is for a shut door: a phone may be
# asleep in somebody's pocket.
QUEUE_SECONDS = 10.0
PORCH_SECONDS = 120.0
# The page of a waiting phone asks again by itself. Until it has, it gets no place in the line and no word, so
# that somebody who merely makes up new phones keeps nobody waiting.
SETTLED_SECONDS = 1.0
MOST_WAITING = 500
# More than one server can answer in the interval at which a page asks again.
MOST_NEW = 5000
# As many as one message of a trainer's page can name.
MOST_NAMED = 60
WORDS = (
    "anker", "appel", "ballon", "banaan", "berg", "bloem", "boom", "boot", "brief", "brug", "citroen",
    "deken", "dolfijn", "doos", "druif", "duin", "eekhoorn", "egel", "fiets", "fluit", "gitaar", "glas",
    "golf", "haven", "hamer", "heuvel", "hoed", "jas", "kaars", "kano", "kers", "klok", "knoop",
    "koffer", "lamp", "lepel", "libel", "maan", "mand", "molen", "muts", "noot", "olijf", "oven",
    "panda", "parel", "peer", "piano", "pinguïn", "pleister", "regen", "rivier", "roos", "schelp",
    "sjaal", "sleutel", "sneeuw", "stoel", "strand", "tafel", "tent", "thee", "tomaat", "trein",
    "trommel", "tulp", "vlieger", "vlinder", "vuurtoren", "wolk", "zee", "zon",
)  # fmt: skip


class Answer(StrEnum):
    """What a phone that wants to come in is told."""

    IN = "in"
    BUSY = "busy"
    SHUT = "shut"
    REFUSED = "refused"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class _Waiting:
    word: str
    seen: float


def at_once(expected: int, inside: int) -> int:
    """How many may come in at once: those still expected, then one by one; thirty if nobody said how many."""
    return max(1, expected - inside) if expected else AT_ONCE


@dataclass(slots=True)
class Door:
    """Of its meeting it knows only the state it is handed. Only the writer changes it; anyone may read it.

    `news` is set when trainers have something new to see; whoever tells them resets it.
    """

    now: Callable[[], float] = time.monotonic
    news: bool = False
    # Phones that came in and did not connect yet, so that none of them can have sent anything.
    _arriving: set[str] = field(default_factory=set)
    _bucket: TokenBucket = field(init=False)
    # Phones that knocked for the first time, and when; those that keep asking, in order of arrival; those
    # that were refused; and those that stopped asking and lost their place.
    _new: dict[str, float] = field(default_factory=dict)
    _line: dict[str, _Waiting] = field(default_factory=dict)
    _refused: dict[str, None] = field(default_factory=dict)
    _lost: dict[str, None] = field(default_factory=dict)
    _looked: float = 0.0
    _entered: int = 0

    def __post_init__(self) -> None:
        self._bucket = TokenBucket(PER_SECOND, AT_ONCE, lambda: self.now())

    def knock(self, phone: str, state: MeetingState, inside: int, *, anew: bool) -> Answer:
        """Answers a phone that is not in; IN means that it is let in now.

        `anew`: somebody pressed the button, rather than the page asking by itself.
        """
        self._send_away(state)
        if anew:
            self._refused.pop(phone, None)
        if phone in self._refused:
            return Answer.REFUSED
        self._take_place(phone)
        if state.door_shut:
            return Answer.SHUT
        # Phones that are expected and not yet in need not wait, even if a trainer gives the number late.
        entered = self.entered(inside)
        self._bucket.resize(at_once(state.expected, entered), state.expected - entered)
        if not self._has_turn(phone) or not self._bucket.take():
            return Answer.BUSY
        self._leave(phone)
        self._entered = entered + 1
        return Answer.IN

    def entered(self, inside: int) -> int:
        """How many phones have come in, `inside` being those there now: one that leaves frees no place.

        Those that left are known to this process only.
        """
        return max(self._entered, inside)

    def knows(self, phone: str) -> bool:
        """Has this phone asked to come in, without being in yet?"""
        return any(phone in place for place in (self._new, self._line, self._refused, self._lost))

    def came_in(self, phone: str) -> None:
        """Notes that a phone was let in, by this process."""
        self._arriving.add(phone)

    def connects(self, phone: str) -> bool:
        """Whether a phone that connects now does so for the first time; False when that is not known.

        The one thing that not the writer changes.
        """
        is_first = phone in self._arriving
        self._arriving.discard(phone)
        return is_first

    def word(self, phone: str) -> str:
        """The word by which a trainer knows a waiting phone; '' while it has none."""
        found = self._line.get(phone)
        return found.word if found else ""

    def words(self, state: MeetingState) -> tuple[list[str], int]:
        """The words of the waiting phones, and how many more wait without one."""
        now = self.now()
        line = [each.word for each in list(self._line.values()) if now - each.seen <= _patience(state)]
        new = sum(now - since <= QUEUE_SECONDS for since in list(self._new.values()))
        named = sorted(filter(None, line))
        return named, len(line) - len(named) + new

    def take_out(self, words: Collection[str]) -> list[str]:
        """Removes the phones with these words from the line, and returns them."""
        found = [phone for phone, each in self._line.items() if each.word and each.word in words]
        for phone in found:
            self._leave(phone)
        return found

    def refuse(self, phones: Iterable[str]) -> None:
        """Turns phones away until somebody presses the button on them again."""
        self._refused |= dict.fromkeys(phones)
        for phone in list(self._refused)[:-MOST_WAITING]:
            del self._refused[phone]

    def _has_turn(self, phone: str) -> bool:
        """Is it this phone's turn? Asking a thousand times a second overtakes nobody who came before."""
        free = self._bucket.whole
        first = list(islice(self._line, free))
        return phone in first or (phone not in self._line and len(first) < free)

    def _take_place(self, phone: str) -> None:
        now, found = self.now(), self._line.get(phone)
        self._lost.pop(phone, None)
        if found is not None:
            found.seen = now
            if not found.word:
                found.word = self._free_word(phone)
                self.news |= bool(found.word)
        elif phone not in self._new:
            if len(self._new) >= MOST_NEW:
                del self._new[next(iter(self._new))]
            self._new[phone] = now
            self.news = True
        elif now - self._new[phone] >= SETTLED_SECONDS and len(self._line) < MOST_WAITING:
            del self._new[phone]
            self._line[phone] = _Waiting(self._free_word(phone), now)
            self.news = True

    def _free_word(self, phone: str) -> str:
        """A word that no other phone has; for a phone that comes back, its earlier one if that is free.

        '' when as many phones have a word as one message can name.
        """
        taken = {each.word for each in self._line.values() if each.word}
        if len(taken) >= MOST_NAMED:
            return ""
        first = int(phone[:8], 16) % len(WORDS)
        return next(word for word in WORDS[first:] + WORDS[:first] if word not in taken)

    def _leave(self, phone: str) -> None:
        self._new.pop(phone, None)
        self._line.pop(phone, None)
        self.news = True

    def _send_away(self, state: MeetingState) -> None:
        """Takes the places of phones that stopped asking; checks at most once a second, whoever knocks."""
        now = self.now()
        if now - self._looked < 1:
            return
        self._looked = now
        late = [phone for phone, since in self._new.items() if now - since > QUEUE_SECONDS]
        late += [phone for phone, each in self._line.items() if now - each.seen > _patience(state)]
        for phone in late:
            self._leave(phone)
        self._lost |= dict.fromkeys(late)
        for phone in list(self._lost)[:-MOST_NEW]:
            del self._lost[phone]


def _patience(state: MeetingState) -> float:
    return PORCH_SECONDS if state.door_shut else QUEUE_SECONDS
