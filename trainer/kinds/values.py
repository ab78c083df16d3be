"""What goes into a kind, and what comes out of it: frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

# How many phones must change before others see a change: in the room, and in what leaves the meeting.
ROOM, HOUSE = 3, 5

Payload = Mapping[str, Any]
View = Mapping[str, Any]


class Post(msgspec.Struct, frozen=True):
    """What one phone sent in one step. A struct, because there are thousands and a struct is cheap to make.

    `id` is a random uuid4, so sorting by it is a shuffle that reveals nothing of the order of arrival.
    `author` identifies the phone within this step and means nothing elsewhere. A kind only ever gets posts
    of one phone; what others may see reaches it as `Seen`.

    `paper`: a trainer entered it for somebody without a phone. `alone`: its owner said that it may be shown
    without others. `leaving`: taken back, but visible until something else changes. `seen` is the gate's own
    mark of what others saw of it, '' when they saw nothing.
    """

    id: str
    item: str
    author: str
    payload: Payload
    paper: bool = False
    alone: bool = False
    leaving: bool = False
    seen: str = ""


class Submission(msgspec.Struct, frozen=True):
    """What a phone sends: the item it was looking at, the fields of its form, and the place it was at.

    `turns`: for a kind that `deals`, the next free turn in each lane; in a lane that is not named it is 0.
    """

    item: str
    fields: Mapping[str, Sequence[str]]
    place: str = ""
    turns: Mapping[str, int] = {}

    def one(self, name: str, default: str = "") -> str:
        """The first value of field `name`."""
        values = self.fields.get(name) or ()
        return values[0] if values else default

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of field `name`."""
        return tuple(self.fields.get(name) or ())


@dataclass(frozen=True, slots=True)
class Rejected:
    """A refusal: `code` for the client, `message` in Dutch for the person at the device."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Command:
    """What a trainer or a participant asks of a kind. `seed` is fresh and random: the only randomness.

    `phones`: for a command that deals (`Kind.redeals`), how many take part. It is exact: no view may show it.
    """

    name: str
    args: Mapping[str, Sequence[str]] = field(default_factory=dict)
    seed: int = 0
    phones: int = 0

    def one(self, name: str, default: str = "") -> str:
        """The first value of an argument, or `default` when there is none."""
        values = self.args.get(name) or ()
        return values[0] if values else default

    def number(self, name: str) -> int:
        """An argument that is a whole number of at most four digits; 0 for anything else."""
        value = self.one(name)
        return int(value) if value.isdecimal() and len(value) < 5 else 0

    def all(self, name: str) -> tuple[str, ...]:
        """All values of an argument, in the order in which they were sent."""
        return tuple(self.args.get(name) or ())


@dataclass(frozen=True, slots=True)
class Control:
    """A button for the trainer: sends command `name` with `args` to the kind's `apply`.

    Buttons of one `group` stand together under that title; those without one come where the first is.
    """

    name: str
    label: str
    style: Literal["primary", "normal", "quiet"] = "normal"
    args: Mapping[str, str] = field(default_factory=dict)
    confirm: str = ""
    enabled: bool = True
    pressed: bool | None = None
    group: str = ""


# What others see: made by the gate (`gate.py`), and all that a kind learns of what others sent.


@dataclass(frozen=True, slots=True)
class Kept:
    """What remains of one question when its step is sealed, and all that can leave the meeting.

    A count or total of None is hidden. `paper`: it holds only answers on paper. A question with free answers
    has `texts`, in alphabetical order, unless there were `few` people; they are deleted later. `groups` are
    the titles under which trainers put these texts, one for each, or none at all; they go with the texts.
    `seen`: all of it was before the whole group, so the group may have it afterwards.
    """

    id: str
    question: str
    options: tuple[str, ...] = ()
    counts: tuple[int | None, ...] = ()
    answered: int | None = None
    paper: bool = False
    few: bool = False
    texts: tuple[str, ...] | None = None
    groups: tuple[str, ...] = ()
    seen: bool = False

    @property
    def titled(self) -> tuple[tuple[str, str], ...]:
        """The texts, each with the title of its group, '' where it was in none."""
        texts = self.texts or ()
        return tuple(zip(texts, self.groups or ("",) * len(texts), strict=True))

    @property
    def is_open(self) -> bool:
        """Is this a question that was answered in free text?"""
        return not self.options

    @property
    def tells(self) -> bool:
        """Is anything left of the answers?"""
        return self.answered is not None or bool(self.texts)


@dataclass(frozen=True, slots=True)
class Card:
    """A post that the gate let through. It does not tell whose it is."""

    id: str
    item: str
    payload: Payload


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each answer was given, in order; `answered` counts the people who answered."""

    counts: tuple[int, ...] = ()
    answered: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        longest = max(len(self.counts), len(other.counts))
        both = (one.counts + (0,) * (longest - len(one.counts)) for one in (self, other))
        return Tally(tuple(map(sum, zip(*both, strict=True))), self.answered + other.answered)


@dataclass(frozen=True, slots=True)
class Picture:
    """The answers to one item at the moment the gate let them be counted; `number` counts the pictures of
    phones so far. Up to `doubles` of these phones may belong to somebody who has another among them."""

    phones: Tally = Tally()
    paper: Tally = Tally()
    number: int = 0
    doubles: int = 0

    @property
    def all(self) -> Tally:
        """The counts of phones and paper together."""
        return self.phones + self.paper


# For `Seen.count`: whoever sent something, for whichever item. Where people choose the item, such as a
# colour, the count of one would tell what those who pressed chose.
ANY = "*"


@dataclass(frozen=True, slots=True)
class Count:
    """How many took part: `phones` in whole crowds, so that one phone never changes it; `paper` exactly."""

    phones: int = 0
    paper: int = 0
    crowd: int = ROOM

    def __bool__(self) -> bool:
        return bool(self.phones or self.paper)

    def __str__(self) -> str:
        """The Dutch words for a screen, such as '6 of meer'."""
        if self.phones:
            return f"{self.phones + self.paper} of meer"
        return str(self.paper or f"nog geen {'drie' if self.crowd == ROOM else 'vijf'}")


@dataclass(frozen=True, slots=True)
class Seen:
    """What anyone but a post's owner may know of the posts of a step.

    `people`: how many people the trainers said there are, on control; 0 when they did not say.
    `earlier` is what was kept of the step that the kind names with `Kind.earlier`; only views get it.
    `dealt`: how often something was dealt in this meeting that follows from what phones chose (`Kind.tells`).
    `openly`: by item, exactly how many phones now say what everybody may know of them (`Kind.openly`).
    """

    cards: tuple[Card, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    counts: Mapping[str, Count] = field(default_factory=dict)
    crowd: int = ROOM
    people: int = 0
    earlier: tuple[Kept, ...] = ()
    dealt: int = 0
    openly: Mapping[str, int] = field(default_factory=dict)

    def picture(self, item: str) -> Tally | None:
        """The last counted answers to `item`, paper included; None when they were never counted."""
        found = self.pictures.get(item)
        return None if found is None else found.all

    def count(self, item: str) -> Count:
        """How many have sent something for an item, as far as others may know."""
        return self.counts.get(item, Count(crowd=self.crowd))


NOTHING_SEEN = Seen()


@dataclass(frozen=True, slots=True)
class Ask:
    """What a kind asks of the gate, and the state that follows when it is granted.

    `draw`: let the new posts of these items through, as cards; with `whole`, let none through (not even
    paper) while the cards of too few phones would have to wait. `count`: take a new picture of these items,
    each with its number of possible answers; all must be granted. `count_if_possible`: the same, but where
    it is not granted the picture, if any, stays as it was; refused when none of these items has one then,
    unless `anyway`.
    """

    state: Any
    draw: tuple[str, ...] = ()
    whole: bool = False
    count: Mapping[str, int] = field(default_factory=dict)
    count_if_possible: Mapping[str, int] = field(default_factory=dict)
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What a kind asks of the gate when the room is told whose card `card` is, and the state that follows.

    A phone claims its own card (`act`), or a trainer heard the owner say so (`apply`). The gate knows whose
    it is, and who would be left as possible owners of the unclaimed cards. Not for
    items with `multiple`.
    """

    state: Any
    card: str
