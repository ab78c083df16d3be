"""Over de lijn: people take a place on a line between 'helemaal oneens' and 'helemaal eens'.

The dots on the screen are a picture of the moment at which the trainer asked for them. They do not move
along with the phones: a dot that moves while somebody taps would tell the room whose dot it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import (
    Command,
    Control,
    Distribution,
    Kind,
    Payload,
    Post,
    Rejected,
    Report,
    Submission,
    View,
)
from trainer.kinds.material import before_bullets, texts
from trainer.kinds.over_de_lijn.picture import PLACES, WORDS, alike, draw
from trainer.kinds.settings import read_settings
from trainer.kinds.tally import Tally, bars, few, parse_choices, people, tally

ANSWERS = (*WORDS, "pas")


@dataclass(frozen=True, slots=True)
class Settings:
    """The statements, in the order in which they are given, and what is said beforehand."""

    intro: Text
    statements: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class LineState:
    """`shown` holds, by item, the picture that the trainer asked for; `room` means: without phones."""

    index: int = 0
    shown: Mapping[str, Tally] = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    summary: bool = False
    overview: Mapping[str, Tally] = field(default_factory=dict)
    room: bool = False


class OverDeLijn(Kind):
    name = "over-de-lijn"
    title = "Over de lijn"
    item_word = "stelling"
    summary = "Iedereen kiest een plek op een lijn, van oneens naar eens."
    State = LineState
    takes_posts = True

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        statements = texts(step, problems)
        if not statements:
            message = "'over-de-lijn' heeft een lijst met stellingen nodig"
            problems.add(step.path, step.line, message, "over-de-lijn.no-statements")
        return read_settings(Settings, step, problems, intro=before_bullets(step), statements=statements)

    def item(self, settings: Settings, state: LineState) -> str:
        return str(state.index + 1)

    def forward(self, settings: Settings, state: LineState) -> LineState | None:
        if state.summary or state.index + 1 >= len(settings.statements):
            return None
        return replace(state, index=state.index + 1)

    def backward(self, settings: Settings, state: LineState) -> LineState | None:
        if state.summary:
            return replace(state, summary=False, overview={})
        return replace(state, index=state.index - 1) if state.index else None

    def accept(
        self, settings: Settings, state: LineState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if submission.item not in _items(settings):
            return Rejected("invalid", "Deze stelling is er niet.")
        if not _open(state, submission.item):
            return Rejected("closed", "Deze stelling is gesloten.")
        place = parse_choices(submission.all("place")[:1], len(ANSWERS))
        if place is None:
            return Rejected("invalid", "Deze plek is er niet. Kies een andere.")
        if not place:
            return Rejected("empty", "Kies eerst een plek op de lijn.")
        return {submission.item: {"choices": list(place)}}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        longest = str(max(range(len(ANSWERS)), key=lambda number: len(ANSWERS[number])))
        return [Submission(item, {"place": (longest,)}) for item in _items(settings)]

    def controls(self, settings: Settings, state: LineState, posts: Sequence[Post]) -> tuple[Control, ...]:
        if state.summary:
            return (Control("statements", "Terug naar de stellingen", "primary"),)
        if state.room:
            return (Control("phones", "Met telefoons"),)
        item = self.item(settings, state)
        answered = tally(posts, item, len(ANSWERS)).answered
        confirm = few(answered)
        show: tuple[Control, ...]
        if item in state.shown:
            show = (
                Control("show", "Werk de stippen bij", "primary", confirm=confirm),
                Control("hide", "Verberg de stippen"),
            )
        else:
            show = (Control("show", "Toon de stippen", "primary", confirm=confirm, enabled=answered > 0),)
        closed = item in state.closed
        turn = Control("reopen", "Heropen de stelling") if closed else Control("close", "Sluit de stelling")
        return (
            *show,
            turn,
            Control("summary", "Toon waar we op elkaar lijken", "quiet", enabled=bool(posts)),
            Control("room", "In de zaal, zonder telefoons", "quiet"),
        )

    def apply(
        self, settings: Settings, state: LineState, command: Command, posts: Sequence[Post]
    ) -> LineState | Rejected:
        item = self.item(settings, state)
        now = tally(posts, item, len(ANSWERS))
        match command.name:
            case "show":
                return replace(state, shown={**state.shown, item: now})
            case "hide":
                return replace(state, shown={key: old for key, old in state.shown.items() if key != item})
            case "close":
                # The last picture is the final one: nobody moves any more.
                shown = {**state.shown, item: now} if item in state.shown else state.shown
                return replace(state, shown=shown, closed=tuple(sorted({*state.closed, item})))
            case "reopen":
                return replace(state, closed=tuple(key for key in state.closed if key != item))
            case "summary":
                overview = {key: tally(posts, key, len(ANSWERS)) for key in _items(settings)}
                return replace(state, summary=True, overview=overview)
            case "statements":
                return replace(state, summary=False, overview={})
            case "room" | "phones":
                return replace(state, room=command.name == "room")
            case "go" if command.one("number") in _items(settings):
                return replace(state, index=int(command.one("number")) - 1, summary=False, overview={})
        return Rejected("unknown", "Deze knop bestaat hier niet.")

    def phone(self, settings: Settings, state: LineState) -> View:
        return _view(settings, state)

    def own(
        self, settings: Settings, state: LineState, me: str, own: Sequence[Post], posts: Sequence[Post]
    ) -> View:
        item = self.item(settings, state)
        mine = next((post for post in own if post.item == item), None)
        chosen = mine.payload.get("choices") or [] if mine else []
        return {
            "open": _open(state, item),
            "line": tuple(enumerate(WORDS)),
            "pass": PLACES,
            "chosen": chosen[0] if chosen else None,
            "word": ANSWERS[chosen[0]] if chosen else "",
            "post": mine.id if mine else "",
        }

    def control(self, settings: Settings, state: LineState, posts: Sequence[Post]) -> View:
        answered = tally(posts, self.item(settings, state), len(ANSWERS)).answered
        return {**_view(settings, state), "answered": answered, "people": people(answered)}

    def screen(self, settings: Settings, state: LineState, posts: Sequence[Post]) -> View:
        return self.control(settings, state, posts)

    def report(self, settings: Settings, state: LineState, posts: Sequence[Post]) -> Report:
        return tuple(
            Distribution(item, statement.plain, ANSWERS, result.counts, result.answered)
            for item, statement in zip(_items(settings), settings.statements, strict=True)
            for result in [tally(posts, item, len(ANSWERS))]
        )


def _items(settings: Settings) -> tuple[str, ...]:
    return tuple(str(number + 1) for number in range(len(settings.statements)))


def _open(state: LineState, item: str) -> bool:
    return not (state.room or state.summary or item in state.closed)


def _view(settings: Settings, state: LineState) -> dict[str, Any]:
    """What may be seen by everybody: only the pictures that were asked for."""
    item = str(state.index + 1)
    result = None if state.room or state.summary else state.shown.get(item)
    return {
        "number": state.index + 1,
        "total": len(settings.statements),
        "statement": settings.statements[state.index],
        "words": WORDS,
        "open": _open(state, item),
        "room": state.room,
        "shown": result is not None,
        "places": bars(ANSWERS, result)[:PLACES] if result else (),
        "passed": people(result.counts[PLACES]) if result and result.counts[PLACES] else "",
        "dots": draw(result.counts[:PLACES] if result else ()),
        "summary": alike(settings.statements, tuple(state.overview.values())) if state.summary else None,
    }


KIND = OverDeLijn()
