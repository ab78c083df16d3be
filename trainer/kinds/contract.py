"""What a kind of exercise must offer, and all that it may know.

A kind is pure: it takes settings, state and posts, and returns new values. It has no clock, no database and
no randomness of its own (a command brings a seed). Of what others sent it gets only what the gate let
through (`Seen`), so no kind can show more. Settings and state are frozen dataclasses of plain values (str,
int, float, bool, None, tuples, in a state mappings too): `msgspec` stores states, settings are hashed.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from trainer.curriculum.model import EarlierStep, Place, StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.report import Answers, Report, Texts, Totals, Written
from trainer.kinds.values import (
    HOUSE,
    NOTHING_SEEN,
    ROOM,
    Ask,
    Card,
    Claim,
    Command,
    Control,
    Count,
    Kept,
    Payload,
    Picture,
    Post,
    Rejected,
    Seen,
    Submission,
    Tally,
    View,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoState:
    """The state of a kind that has none."""

    def __getattr__(self, name: str) -> Any:
        """Raises AttributeError, with what somebody forgot who reads the state of such a kind."""
        raise AttributeError(f"there is no {name!r} in NoState: name the class of the state, as State = ...")


class Kind:
    """The base of every kind: an exercise that only shows its text.

    A kind overrides what it needs. `Settings` and `State` are its frozen dataclasses.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str] = ""
    State: ClassVar[type] = NoState
    # The trainer's commands and the participants' actions that make no other button stale, nor are made stale
    # by another press in the same exercise: what they say is right whatever else happened.
    independent: ClassVar[frozenset[str]] = frozenset()
    # How many phones must change before others see it: three in the room, five where it leaves the meeting.
    crowd: ClassVar[int] = ROOM
    # The fields of a card that people choose rather than write: others may well have the same value.
    chosen: ClassVar[frozenset[str]] = frozenset()
    # The field of a card that phones may have in the same words, as agreed: they count as one. '' for none.
    agreed: ClassVar[str] = ""
    # The field with which a phone says what everybody may know: `seen.openly` counts who did. '' for none.
    openly: ClassVar[str] = ""
    # Does a phone's private fragment depend on more than its own posts, the settings and the state? If so,
    # every phone's fragment is rendered and sent again after whatever one of them does.
    personal: ClassVar[bool] = False
    # Does something follow for a phone from a card on the table, such as a turn, that must not end when the
    # card is taken back? Then `act` and `own` still get that post: `leaving`, and without its words.
    outlasts: ClassVar[bool] = False
    # Does it deal something to phones by their turns? They are in the payloads: see `trainer/kinds/turns.py`.
    deals: ClassVar[bool] = False
    # The trainer's commands that deal anew: before each, all phones change turns by chance.
    redeals: ClassVar[frozenset[str]] = frozenset()
    # What the button 'Volgende' calls one of its items.
    item_word: ClassVar[str] = "stap"
    # What the form for an author calls a list item, what is under a title, and a row; how a row is filled in.
    bullet_word: ClassVar[str] = "punt"
    group_word: ClassVar[str] = "kopje"
    row_word: ClassVar[str] = "rij"
    row_hint: ClassVar[str] = ""
    # Are there fields or drawings of the notebook in `phone.html` or `own.html` (`data-keep`)?
    private: ClassVar[bool] = False
    # May what was written in the notebook be shared? It comes as a post with one field, `shared`.
    shares: ClassVar[bool] = False
    # Is it the form in which people say what they thought of the meeting?
    is_form: ClassVar[bool] = False
    # Has a phone another author for each item, which no key links? Nothing may count phones of several.
    apart: ClassVar[bool] = False
    # Do people type texts?
    typed: ClassVar[bool] = False
    # Does `control` give the trainers' notes of an item, as `notes`? Then those of the step are left out.
    shows_notes: ClassVar[bool] = False
    # Do people agree here on what they will do? Then control shows the goals of the course's plan.
    recalls_plan: ClassVar[bool] = False
    takes_posts: ClassVar[bool] = False
    # Can a trainer enter what somebody wrote on paper?
    paper: ClassVar[bool] = True
    # Is it printed for the table, even though phones send nothing?
    printed: ClassVar[bool] = False
    # Is it printed for everybody in the room, those with a phone too?
    for_room: ClassVar[bool] = False
    # Is there a `poster.html`, for the wall of a room in which the exercise is done without phones?
    has_poster: ClassVar[bool] = False
    # Is it something to do? When it is only a text, control does not name the kind.
    is_exercise: ClassVar[bool] = True
    # On the screen: at the top, over the full height, centred with its end time, or beside the time left.
    stage: ClassVar[Literal["top", "full", "break", "clock"]] = "top"

    def parse(self, step: StepSource, problems: Problems) -> Any:
        """Settings from the heading's attributes and the body's material; problems are collected."""
        from trainer.kinds.settings import read_settings

        return read_settings(NoState, step, problems)

    def intimate(self, settings: Any) -> bool:
        """Do people write about themselves here?

        If so, nothing is kept once the step is sealed, nothing is exported, and trainers must first confirm
        where others on the network can read the traffic.
        """
        return False

    def places(self, settings: Any) -> tuple[Place, ...]:
        """The tables or groups that each do the exercise by themselves; () when everybody does it together.

        Each has a state, posts, buttons and a screen of its own: all other functions are then called for one
        place, with what belongs to that place. An id is at most LONGEST_PLACE characters.
        """
        return ()

    def at(self, settings: Any, place: str) -> Any:
        """The settings as they are at a place, for a kind in which tables do different things."""
        return settings

    def earlier(self, settings: Any) -> EarlierStep | None:
        """The step of an earlier part of the course of which this one shows what was kept; None for none.

        Views and buttons get that as `seen.earlier`: () while there is nothing, such as before that meeting
        is closed. It may be gone the next time, so nothing else depends on it, and no state holds any of it.
        """
        return None

    def start(self, settings: Any) -> Any:
        """The state that the step begins in."""
        return self.State()

    def item(self, settings: Any, state: Any) -> str:
        """The item now in front of everybody (a statement, a slide); '' when there is only one."""
        return ""

    def seconds(self, settings: Any, state: Any) -> int | None:
        """How long the item now in front of everybody takes; None when it has no time of its own.

        The timer of the step is set to it when a trainer goes to another moment, and when the step begins.
        """
        return None

    def moment(self, settings: Any, state: Any) -> str:
        """What `seconds` is the time of: the item, unless an item consists of several moments."""
        return self.item(settings, state)

    def multiple(self, item: str) -> bool:
        """May one phone have several posts for this item? If not, a new post replaces the old one."""
        return False

    def forward(self, settings: Any, state: Any) -> Any | None:
        """The state after 'next' within the step, or None when the step has no more to show."""
        return None

    def backward(self, settings: Any, state: Any) -> Any | None:
        """The state after 'back' within the step, or None when the step is at its beginning."""
        return None

    def accept(
        self, settings: Any, state: Any, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        """The payloads to store, by item; `own` are the posts this phone already has in this step."""
        return Rejected("closed", "Hier valt nu niets in te sturen.")

    def mixes(self, settings: Any, state: Any) -> bool:
        """May phones still change turns with each other, because nothing follows from them yet?"""
        return True

    def tells(self, settings: Any, state: Any) -> bool:
        """Does what was dealt last follow from what phones chose? Then each deal tells others a little of it.

        The kernel counts these deals over all steps of a meeting, whatever begins again: `seen.dealt`.
        """
        return False

    def largest(self, settings: Any, fill: Callable[[int], str]) -> Sequence[Submission]:
        """The largest forms that one phone can send, in order, from the beginning of the step.

        `fill(n)` is a text of n characters that takes the most bytes. Message sizes on the network follow
        from this (`trainer/kinds/sizes.py`): whatever somebody does, an eavesdropper sees these sizes.
        """
        return ()

    def extremes(self, settings: Any) -> Sequence[Any]:
        """States in which a private fragment may be at its largest, where no few buttons lead there.

        Such as what a trainer types, or what follows from how many groups there are. What a few presses of
        the buttons of `controls` lead to is found without this.
        """
        return ()

    def example(self, settings: Any, seed: int) -> Submission:
        """A form that somebody could have sent when the step begins, for rehearsals and proofs.

        Another `seed` (0 or more) gives another form, where the exercise has more than one answer. For a
        later item, the caller puts that item in.
        """
        return Submission("", {})

    def answer(self, settings: Any, state: Any, seen: Seen, seed: int) -> Submission | None:
        """A form that somebody could send at this moment, for rehearsals; None while nothing is asked.

        What `example` gives, for the item in front of everybody, unless the kind says otherwise.
        """
        example = self.example(settings, seed)
        form = Submission(self.item(settings, state) or example.item, example.fields)
        return None if isinstance(self.accept(settings, state, form, ()), Rejected) else form

    def deed(self, settings: Any, state: Any, own: Sequence[Post], seen: Seen, seed: int) -> Command | None:
        """What somebody with these posts would now do for everybody, for rehearsals; None for nothing."""
        return None

    def act(
        self, settings: Any, state: Any, action: Command, own: Sequence[Post], seen: Seen
    ) -> Any | Claim | Rejected:
        """The state after a participant's action that is not a post (choosing a card).

        Anything typed must be a post: it has no place in the state, which everybody shares.
        """
        return Rejected("closed", "Dat kan nu niet.")

    def controls(self, settings: Any, state: Any, seen: Seen) -> tuple[Control, ...]:
        """The buttons for the trainer, most important first."""
        return ()

    def apply(self, settings: Any, state: Any, command: Command, seen: Seen) -> Any | Ask | Claim | Rejected:
        """The state after a trainer's command, or what the command must first ask of the gate."""
        return Rejected("unknown", "Deze knop bestaat hier niet.")

    def granted(self, settings: Any, state: Any, command: Command, seen: Seen) -> Any:
        """The state once the gate has granted what `command` asked; `seen` is what may be seen from then."""
        return state

    def phone(self, settings: Any, state: Any, seen: Seen) -> View:
        """What every phone sees, identically."""
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
        """The ids of the cards whose words the projector shows now, unless it is covered.

        Not those on another page, behind something else, or only counted. A card that was never among these
        is not kept, whatever `report` says.
        """
        return ()

    def lasting(self, settings: Any, state: Any) -> tuple[Any, Collection[str]]:
        """The state that a sealed step keeps, and the items whose pictures stay on its wall unchanged.

        No other picture is kept: it holds more than anybody saw, and would stay in the database.
        """
        return state, ()

    def copies(self, settings: Any, people: int) -> int:
        """How many times `print.html` is printed for `people`.

        A kind that prints together what all need says 1: the fragment has `people`, 0 where nobody said.
        """
        return people

    def report(self, settings: Any, state: Any) -> Report:
        """What to keep of this step, for the export."""
        return ()


__all__ = [
    "HOUSE", "NOTHING_SEEN", "ROOM", "Answers", "Ask", "Card", "Claim", "Command", "Control", "Count",
    "EarlierStep", "Kept", "Kind", "NoState", "Payload", "Picture", "Place", "Post", "Rejected", "Report",
    "Seen", "Submission", "Tally", "Text", "Texts", "Totals", "View", "Written",
]  # fmt: skip
