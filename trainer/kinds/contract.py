"""What a kind of exercise must offer, and all that it may know.

A kind is pure: it gets settings, state and posts, and gives back new values. It has no clock, no
database and no randomness of its own (a command brings a seed). Of what others sent it gets only what the
gate let through (`Seen`), so that no kind can show more. Settings and state are frozen
dataclasses of plain values (str, int, float, bool, None, tuples and mappings of these), so that the
state can be stored as JSON by `msgspec`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from markupsafe import Markup

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.values import (
    HOUSE,
    NOTHING_SEEN,
    ROOM,
    Answers,
    Ask,
    Card,
    Claim,
    Command,
    Control,
    Count,
    Payload,
    Picture,
    Post,
    Rejected,
    Report,
    Seen,
    Submission,
    Tally,
    Texts,
    Totals,
    View,
    Written,
)  # fmt: skip


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
    # Is it something to do? Of a text control does not name the kind.
    is_exercise: ClassVar[bool] = True
    # How it stands on the screen: at the top, over the full height, or in the middle with, in large type, the
    # time at which it ends.
    stage: ClassVar[Literal["top", "full", "break"]] = "top"

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

    def takeaway(self, settings: Any) -> Sequence[tuple[str, Markup]]:
        """What a phone keeps of it after closing, for at home: titles with texts."""
        return ()

    def report(self, settings: Any, state: Any) -> Report:
        """What is to be kept of this step, for the export."""
        return ()


__all__ = [
    "HOUSE", "NOTHING_SEEN", "ROOM", "Answers", "Ask", "Card", "Claim", "Command", "Control", "Count",
    "Kind", "NoState", "Payload", "Picture", "Post", "Rejected", "Report", "Seen", "Submission",
    "Tally", "Text", "Texts", "Totals", "View", "Written",
]  # fmt: skip
