"""What a kind of exercise must offer, and all that it may know.

A kind is pure: it gets settings, state and posts, and gives back new values. It has no clock, no
database and no randomness of its own (a command brings a seed). Of what others sent it gets only what the
gate let through (`Seen`), so that no kind can show more. Settings and state are frozen
dataclasses of plain values (str, int, float, bool, None, tuples and mappings of these), so that the
state can be stored as JSON by `msgspec`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import msgspec

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems

# How many phones must change before others see a change: in the room, and in what leaves the house.
ROOM, HOUSE = 3, 5

Payload = Mapping[str, Any]
View = Mapping[str, Any]


class Post(msgspec.Struct, frozen=True):
    """What one phone sent in one step. A struct: of these there are thousands, and making one is cheap.

    `id` is a random uuid4, so sorting by it is a shuffle that says nothing of the order of arrival.
    `author` tells posts of one phone in this step apart and means nothing elsewhere. A kind only ever gets
    posts of one phone; what others may see reaches it as `Seen`.

    `paper`: a trainer entered it for somebody without a phone. `alone`: its owner said that it may be shown
    without others. `leaving`: taken back, and on the screen until something else changes. `seen` is the
    gate's own mark of what others saw of it, '' when they saw nothing.
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
    """What a phone sends: the item it was looking at, and the fields of its form."""

    item: str
    fields: Mapping[str, Sequence[str]]

    def one(self, name: str, default: str = "") -> str:
        """The first value of field `name`."""
        values = self.fields.get(name) or ()
        return values[0] if values else default

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of field `name`."""
        return tuple(self.fields.get(name) or ())


@dataclass(frozen=True, slots=True)
class Rejected:
    """A refusal: `code` for the client, `message` in Dutch for the person who holds the phone."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Command:
    """What a trainer asks of a kind. `seed` is fresh and random: the only source of chance."""

    name: str
    args: Mapping[str, Sequence[str]] = field(default_factory=dict)
    seed: int = 0

    def one(self, name: str, default: str = "") -> str:
        values = self.args.get(name) or ()
        return values[0] if values else default

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(self.args.get(name) or ())


@dataclass(frozen=True, slots=True)
class Control:
    """A button for the trainer: sends command `name` with `args` to the kind's `apply`."""

    name: str
    label: str
    style: Literal["primary", "normal", "quiet"] = "normal"
    args: Mapping[str, str] = field(default_factory=dict)
    confirm: str = ""
    enabled: bool = True
    pressed: bool | None = None


# What others see: made by the gate (`gate.py`), and all that a kind gets of what others sent.


@dataclass(frozen=True, slots=True)
class Card:
    """A post that the gate let through, together with others. It does not say whose it is."""

    id: str
    item: str
    payload: Payload


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each of a row of answers was given; `answered` counts the people who answered."""

    counts: tuple[int, ...] = ()
    answered: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        longest = max(len(self.counts), len(other.counts))
        both = (one.counts + (0,) * (longest - len(one.counts)) for one in (self, other))
        return Tally(tuple(map(sum, zip(*both, strict=True))), self.answered + other.answered)


@dataclass(frozen=True, slots=True)
class Picture:
    """The answers to one item at the moment at which the gate let them be counted; `number` counts those of
    phones. As many as `doubles` of these phones may be of one person with another of them."""

    phones: Tally = Tally()
    paper: Tally = Tally()
    number: int = 0
    doubles: int = 0

    @property
    def all(self) -> Tally:
        return self.phones + self.paper


@dataclass(frozen=True, slots=True)
class Count:
    """How many took part: `phones` in whole crowds, so that it never moves for one; `paper` exactly."""

    phones: int = 0
    paper: int = 0
    crowd: int = ROOM

    def __bool__(self) -> bool:
        return bool(self.phones or self.paper)

    def __str__(self) -> str:
        """In words for a screen, such as '6 of meer'."""
        if self.phones:
            return f"{self.phones + self.paper} of meer"
        return str(self.paper or f"nog geen {'drie' if self.crowd == ROOM else 'vijf'}")


@dataclass(frozen=True, slots=True)
class Seen:
    """What others than its owner may know of the posts of a step."""

    cards: tuple[Card, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    counts: Mapping[str, Count] = field(default_factory=dict)
    crowd: int = ROOM

    def picture(self, item: str) -> Tally | None:
        """The last counted answers to `item`; None when they were never counted."""
        found = self.pictures.get(item)
        return None if found is None else found.all

    def count(self, item: str) -> Count:
        return self.counts.get(item, Count(crowd=self.crowd))


NOTHING_SEEN = Seen()


@dataclass(frozen=True, slots=True)
class Ask:
    """What a kind asks of the gate, and the state that follows when it is granted.

    `draw`: let the new posts of these items through, as cards; with `whole` not even paper, as long as the
    cards of one or two phones would have to wait. `count`: take a new picture of these items, given with the
    number of possible answers; all must be granted. `count_if_possible`: the same, but where it is not
    granted the picture, if any, stays as it was.
    """

    state: Any
    draw: tuple[str, ...] = ()
    whole: bool = False
    count: Mapping[str, int] = field(default_factory=dict)
    count_if_possible: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a kind asks of the gate when the room is told whose card `card` is, and the state that follows.

    A phone says it of its own card (`act`), or a trainer heard it (`apply`). The gate knows whose it is, and
    who would be left for the cards of which nobody said it. Not for kinds with `multiple`.
    """

    state: Any
    card: str


# What a kind asks to be kept when a step is sealed: all that can ever leave the meeting.
# The gate fills it in.


@dataclass(frozen=True, slots=True)
class Totals:
    """A question with fixed answers: posts for `item` whose payload is `{"choices": [index, ...]}`."""

    id: str
    question: str
    item: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """Cards by their ids, of which those that the group saw are kept; `field` is where the text is."""

    id: str
    question: str
    cards: tuple[str, ...]
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Answers:
    """Free answers that nobody but the organiser sees: field `field` of the posts for `item`."""

    id: str
    question: str
    item: str
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Written:
    """What the trainers wrote for all: no secret."""

    id: str
    question: str
    text: str


Report = tuple[Totals | Texts | Answers | Written, ...]


@dataclass(frozen=True, slots=True)
class NoState:
    """The state of a kind that has none."""


class Kind:
    """The base of every kind: an exercise that only shows its text.

    A kind overrides what it needs. `Settings` and `State` are its frozen dataclasses.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str] = ""
    State: ClassVar[type] = NoState
    # How many phones must change before others see a change: three in the room, five where what is seen
    # leaves the house.
    crowd: ClassVar[int] = ROOM
    # May one phone have several posts for the same item? If not, a new post replaces the old one.
    multiple: ClassVar[bool] = False
    # The fields of a card that people choose and do not write: others may well have the same.
    chosen: ClassVar[frozenset[str]] = frozenset()
    # Does the private fragment of a phone depend on more than its own posts, the settings and the state? It
    # costs a render per phone, and all phones get theirs after whatever one of them does.
    personal: ClassVar[bool] = False
    # What one of its items is called on the button 'Volgende'.
    item_word: ClassVar[str] = "stap"
    # Do people type texts?
    typed: ClassVar[bool] = False
    # Does `control.html` show the trainers' notes of the step itself, a slide at a time?
    shows_notes: ClassVar[bool] = False
    # Do phones take part at all?
    takes_posts: ClassVar[bool] = False

    def parse(self, step: StepSource, problems: Problems) -> Any:
        """Settings from the heading's attributes and the material in the body; problems are collected."""
        from trainer.kinds.settings import read_settings

        return read_settings(NoState, step, problems)

    def intimate(self, settings: Any) -> bool:
        """Do people write about themselves here?

        Then nothing is kept once the step is sealed, nothing is exported, and trainers are asked first where
        others on the network can read along.
        """
        return False

    def start(self, settings: Any) -> Any:
        """The state in which the step begins."""
        return self.State()

    def item(self, settings: Any, state: Any) -> str:
        """The item that is in front of everybody now (a statement, a slide); '' when there is one only."""
        return ""

    def forward(self, settings: Any, state: Any) -> Any | None:
        """The state after 'next' within the step, or None when the step has no more to show."""
        return None

    def backward(self, settings: Any, state: Any) -> Any | None:
        """The state after 'back' within the step, or None when the step is at its beginning."""
        return None

    def accept(
        self, settings: Any, state: Any, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        """What is to be stored, by item; `own` are the posts this phone already has in this step."""
        return Rejected("closed", "Hier valt nu niets in te sturen.")

    def largest(self, settings: Any, fill: Callable[[int], str]) -> Sequence[Submission]:
        """The fullest forms that one phone can send, one after the other, from the beginning of the step.

        `fill(n)` is a text of n characters that takes as much room as any. Sizes on the network come from
        this (`trainer/kinds/sizes.py`): whatever somebody does, a listener sees messages of these sizes.
        """
        return ()

    def act(
        self, settings: Any, state: Any, action: Command, own: Sequence[Post], seen: Seen
    ) -> Any | Claim | Rejected:
        """The state after a participant's action that is not a post (choosing a card).

        Whatever somebody typed is a post: it has no place in a state, which all share.
        """
        return Rejected("closed", "Dat kan nu niet.")

    def controls(self, settings: Any, state: Any, seen: Seen) -> tuple[Control, ...]:
        """The buttons for the trainer, most important first."""
        return ()

    def apply(self, settings: Any, state: Any, command: Command, seen: Seen) -> Any | Ask | Claim | Rejected:
        """The state after a trainer's command, or what it asks of the gate first."""
        return Rejected("unknown", "Deze knop bestaat hier niet.")

    def granted(self, settings: Any, state: Any, command: Command, seen: Seen) -> Any:
        """The state once the gate granted what `command` asked for; `seen` is what may be seen since then."""
        return state

    def phone(self, settings: Any, state: Any, seen: Seen) -> View:
        """What every phone sees alike."""
        return {}

    def own(self, settings: Any, state: Any, own: Sequence[Post], seen: Seen) -> View:
        """What only this phone sees: its form and its own posts."""
        return {}

    def control(self, settings: Any, state: Any, seen: Seen) -> View:
        """What the trainers see besides the buttons."""
        return {}

    def screen(self, settings: Any, state: Any, seen: Seen) -> View:
        """What the projector shows."""
        return {}

    def on_screen(self, settings: Any, state: Any, seen: Seen) -> Collection[str]:
        """The ids of the cards of which the projector shows the words now, when it is not covered.

        Not those on another page, behind something else, or only counted. What was never among these is not
        kept, whatever `report` says.
        """
        return ()

    def lasting(self, settings: Any, state: Any) -> tuple[Any, Collection[str]]:
        """The state in which a sealed step stays, and the items whose pictures stand on its wall as they are.

        No other picture is kept: it holds more than anybody saw, and lies in the database from then on.
        """
        return state, ()

    def report(self, settings: Any, state: Any) -> Report:
        """What is to be kept of this step, for the export."""
        return ()


def bullets(body: str, first_line: int) -> list[tuple[int, str]]:
    """Top-level list items of a Markdown body as (line in the file, Markdown), continuation lines joined."""
    found: list[tuple[int, str]] = []
    inside = False
    for offset, line in enumerate(body.splitlines()):
        stripped = line.strip()
        if line[:2] in ("- ", "* ", "+ "):
            found.append((first_line + offset, stripped[2:].strip()))
            inside = True
        elif inside and stripped and line[0] in " \t":
            number, text = found[-1]
            found[-1] = (number, f"{text} {stripped}")
        elif not stripped or line[0] not in " \t":
            inside = False
    return found


__all__ = [
    "HOUSE", "NOTHING_SEEN", "ROOM", "Answers", "Ask", "Card", "Claim", "Command", "Control", "Count",
    "Kind", "NoState", "Payload", "Picture", "Post", "Rejected", "Report", "Seen", "Submission",
    "Tally", "Text", "Texts", "Totals", "View", "Written", "bullets",
]  # fmt: skip
