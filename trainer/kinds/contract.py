"""What a kind of exercise must offer, and all that it may know.

A kind is pure: it gets settings, state and posts, and gives back new values. It has no clock, no
database and no randomness of its own (a command brings a seed). Settings and state are frozen
dataclasses of plain values (str, int, float, bool, None, tuples and mappings of these), so that the
state can be stored as JSON by `msgspec`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import msgspec

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems

Payload = Mapping[str, Any]
View = Mapping[str, Any]


class Post(msgspec.Struct, frozen=True):
    """What one phone sent in one step. A struct: of these there are thousands, and making one is cheap.

    `id` is a random uuid4, so sorting by it is a shuffle that says nothing of the order of arrival.
    `author` tells posts of one phone in this step apart and means nothing elsewhere; it must never
    be in a view. After the step is sealed every post has a different one.
    """

    id: str
    item: str
    author: str
    payload: Payload


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


@dataclass(frozen=True, slots=True)
class Distribution:
    """A question with fixed answers, for the export. `answered` counts the phones that answered."""

    id: str
    question: str
    options: tuple[str, ...]
    counts: tuple[int, ...]
    answered: int


@dataclass(frozen=True, slots=True)
class Texts:
    """A question with free answers, for the export, in an order that means nothing.

    `answered` counts the phones behind the texts; texts of fewer than five people are not exported. A kind
    in which a phone may send several must give it (rounded down when it can only be estimated); None says
    that every text came from another phone. What the trainers wrote for all (`by_trainers`) is no secret.
    """

    id: str
    question: str
    texts: tuple[str, ...]
    answered: int | None = None
    by_trainers: bool = False


Report = tuple[Distribution | Texts, ...]


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
    # What happens to posts: 'evaluation' is exported and kept as totals; 'meeting' is exported until the
    # retention time is over; 'step' is deleted when the step is sealed and never exported.
    retention: ClassVar[Literal["evaluation", "meeting", "step"]] = "meeting"
    # May one phone have several posts for the same item? If not, a new post replaces the old one.
    multiple: ClassVar[bool] = False
    # Does the private fragment of a phone depend on who it is (someone's turn), or on the posts of others? It
    # costs a render per phone, and all phones get theirs after whatever one of them does.
    personal: ClassVar[bool] = False
    # What one of its items is called on the button 'Volgende'.
    item_word: ClassVar[str] = "stap"
    # Do people write things about themselves that nobody on the network may read along? Then trainers are
    # asked first, where the connection is not encrypted.
    sensitive: ClassVar[bool] = False
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
        self, settings: Any, state: Any, action: Command, me: str, posts: Sequence[Post]
    ) -> Any | Rejected:
        """The state after a participant's action that is not a post (choosing a card); `me` is an author."""
        return Rejected("closed", "Dat kan nu niet.")

    def controls(self, settings: Any, state: Any, posts: Sequence[Post]) -> tuple[Control, ...]:
        """The buttons for the trainer, most important first."""
        return ()

    def apply(self, settings: Any, state: Any, command: Command, posts: Sequence[Post]) -> Any | Rejected:
        """The state after a trainer's command."""
        return Rejected("unknown", "Deze knop bestaat hier niet.")

    def phone(self, settings: Any, state: Any) -> View:
        """What every phone sees alike. Must not depend on posts that were not shown."""
        return {}

    def own(self, settings: Any, state: Any, me: str, own: Sequence[Post], posts: Sequence[Post]) -> View:
        """What only this phone sees: its form and its own posts. `me` is '' for a phone without posts."""
        return {}

    def control(self, settings: Any, state: Any, posts: Sequence[Post]) -> View:
        """What the trainers see besides the buttons: counts, and texts only in shuffled batches."""
        return {}

    def screen(self, settings: Any, state: Any, posts: Sequence[Post]) -> View:
        """What the projector shows. Nothing unrevealed."""
        return {}

    def report(self, settings: Any, state: Any, posts: Sequence[Post]) -> Report:
        """Rows and texts for the export."""
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
    "Command", "Control", "Distribution", "Kind", "NoState", "Payload", "Post", "Rejected", "Report",
    "Submission", "Text", "Texts", "View", "bullets",
]  # fmt: skip
