"""The door of one meeting: who comes in at once, who waits, and by which word a trainer knows who waits.

A phone is known here by the hash that the database would hold once it is in. All of this is in memory alone.
After a restart phones that wait ask again, and are where they were.
"""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from trainer.bucket import TokenBucket
from trainer.live.state import MeetingState

# Without a word from the trainers a room of thirty comes in at once, and then somebody every two seconds.
AT_ONCE = 30
PER_SECOND = 0.5
# Who asks again within this time keeps its place; before a shut door a phone may sleep in somebody's pocket.
QUEUE_SECONDS = 10.0
PORCH_SECONDS = 120.0
# The page of a phone that waits asks again by itself. Until it did, it has no place in the line and no word:
# who only makes new phones keeps nobody waiting.
SETTLED_SECONDS = 1.0
MOST_WAITING = 500
# More than one server answers in the time after which a page asks again.
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
    """What a phone that wants in is told."""

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
    """How many may come in together: those who are expected, and thirty when nobody knows.

    Once they are in, a large hall is no reason to let in hundreds more at once.
    """
    return min(expected, max(AT_ONCE, expected - inside)) if expected else AT_ONCE


@dataclass(slots=True)
class Door:
    """Knows no meeting but the state that it is given. Only the writer changes it; everybody may look.

    `news` says that trainers have something else to see.
    """

    now: Callable[[], float] = time.monotonic
    news: bool = False
    _bucket: TokenBucket = field(init=False)
    # Who knocked once, and when; who asks again and again, in turn; who was not let in; and who slept and
    # lost its place.
    _new: dict[str, float] = field(default_factory=dict)
    _line: dict[str, _Waiting] = field(default_factory=dict)
    _refused: dict[str, None] = field(default_factory=dict)
    _lost: dict[str, None] = field(default_factory=dict)
    _looked: float = 0.0
    _entered: int = 0

    def __post_init__(self) -> None:
        self._bucket = TokenBucket(PER_SECOND, AT_ONCE, lambda: self.now())

    def knock(self, phone: str, state: MeetingState, inside: int, *, anew: bool) -> Answer:
        """What a phone that is not in gets to hear; IN means that it is let in now.

        `anew`: somebody pressed the button, and the page did not ask by itself.
        """
        self._send_away(state)
        if anew:
            self._refused.pop(phone, None)
        if phone in self._refused:
            return Answer.REFUSED
        self._take_place(phone)
        if state.door_shut:
            return Answer.SHUT
        # Who is expected and not there yet need not wait, also when a trainer says so later.
        entered = self.entered(inside)
        self._bucket.resize(at_once(state.expected, entered), state.expected - entered)
        if not self._has_turn(phone) or not self._bucket.take():
            return Answer.BUSY
        self._leave(phone)
        self._entered = entered + 1
        return Answer.IN

    def entered(self, inside: int) -> int:
        """How many phones came in, of which `inside` are there now: who leaves makes no room for another.

        Only this process knows of those that left.
        """
        return max(self._entered, inside)

    def knows(self, phone: str) -> bool:
        """Did somebody with this phone ask to come in, and is not in yet?"""
        return any(phone in place for place in (self._new, self._line, self._refused, self._lost))

    def word(self, phone: str) -> str:
        """By what a trainer knows a phone that waits; '' as long as it has no word."""
        found = self._line.get(phone)
        return found.word if found else ""

    def words(self, state: MeetingState) -> tuple[list[str], int]:
        """The words of those who wait, and how many more there are."""
        now = self.now()
        line = [each.word for each in list(self._line.values()) if now - each.seen <= _patience(state)]
        new = sum(now - since <= QUEUE_SECONDS for since in list(self._new.values()))
        named = sorted(filter(None, line))
        return named, len(line) - len(named) + new

    def take_out(self, words: Collection[str]) -> list[str]:
        """The phones with these words, which wait no longer."""
        found = [phone for phone, each in self._line.items() if each.word and each.word in words]
        for phone in found:
            self._leave(phone)
        return found

    def refuse(self, phones: Iterable[str]) -> None:
        self._refused |= dict.fromkeys(phones)
        for phone in list(self._refused)[:-MOST_WAITING]:
            del self._refused[phone]

    def _has_turn(self, phone: str) -> bool:
        """In turn: who asks a thousand times a second does not overtake who came before."""
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
        """A word that nobody else has; the same as before for a phone that comes back, when it is free."""
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
        """Takes its place from who did not ask again for a while; looks once a second, whoever knocks."""
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
