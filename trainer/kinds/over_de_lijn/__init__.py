"""Over de lijn: people take a place on a line between 'helemaal oneens' and 'helemaal eens'.

The dots on the screen are a picture of the moment the gate let them be counted. They do not follow the
phones live: a dot that moves while somebody taps would tell the room whose dot it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import (
    Ask,
    Command,
    Control,
    Kind,
    Payload,
    Post,
    Rejected,
    Report,
    Seen,
    Submission,
    Totals,
    View,
)
from trainer.kinds.material import before_bullets, texts
from trainer.kinds.over_de_lijn.picture import PLACES, WORDS, alike, draw
from trainer.kinds.settings import read_settings
from trainer.kinds.tally import bars, parse_choices, people

ANSWERS = (*WORDS, "pas")
NOT_IN_SIGHT = Rejected("closed", "Er staan nu geen stippen op het scherm. Ga eerst terug naar de stelling.")


@dataclass(frozen=True, slots=True)
class Settings:
    """The statements in order, and the introduction."""

    intro: Text
    statements: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class LineState:
    """`shown` are the items whose dots may be on the screen; `room` means without phones. `asked` are the
    statements that the group had before it, besides the present one, counted from 0."""

    index: int = 0
    shown: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    summary: bool = False
    room: bool = False
    asked: tuple[int, ...] = ()


class OverDeLijn(Kind):
    """Everybody takes a place on a line from disagreeing to agreeing."""

    name = "over-de-lijn"
    title = "Over de lijn"
    bullet_word = "stelling"
    item_word = "stelling"
    summary = "Iedereen kiest een plek op een lijn, van oneens naar eens."
    State = LineState
    takes_posts = True
    has_poster = True
    apart = True

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
        return _at(state, state.index + 1)

    def backward(self, settings: Settings, state: LineState) -> LineState | None:
        if state.summary:
            return replace(state, summary=False)
        return _at(state, state.index - 1) if state.index else None

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

    def example(self, settings: Settings, seed: int) -> Submission:
        return Submission("1", {"place": (str(seed % len(ANSWERS)),)})

    def controls(self, settings: Settings, state: LineState, seen: Seen) -> tuple[Control, ...]:
        if state.summary:
            return (Control("statements", "Terug naar de stellingen", "primary"),)
        if state.room:
            return (Control("phones", "Met telefoons"),)
        item = self.item(settings, state)
        show: tuple[Control, ...] = (Control("show", "Toon de stippen", "primary"),)
        if item in state.shown:
            show = (Control("show", "Werk de stippen bij", "primary"), Control("hide", "Verberg de stippen"))
        closed = item in state.closed
        turn = Control("reopen", "Heropen de stelling") if closed else Control("close", "Sluit de stelling")
        return (
            *show,
            turn,
            Control("summary", "Toon waar we op elkaar lijken", "quiet"),
            Control("room", "In de zaal, zonder telefoons", "quiet"),
        )

    def apply(
        self, settings: Settings, state: LineState, command: Command, seen: Seen
    ) -> LineState | Ask | Rejected:
        item = self.item(settings, state)
        match command.name:
            case "show" if state.room or state.summary:
                return NOT_IN_SIGHT
            case "show" if item in state.shown:
                return Ask(state, count={item: len(ANSWERS)})
            case "show":
                # Hidden dots come back unchanged when no new picture may be taken yet.
                shown = replace(state, shown=_with(state.shown, item))
                new = {item: len(ANSWERS)}
                return Ask(shown, count_if_possible=new) if item in seen.pictures else Ask(shown, count=new)
            case "hide":
                return replace(state, shown=tuple(key for key in state.shown if key != item))
            case "close":
                # Closing takes a final picture, if enough people moved for a new one.
                closed = replace(state, closed=_with(state.closed, item))
                shown_now = item in state.shown and not (state.room or state.summary)
                return Ask(closed, count_if_possible={item: len(ANSWERS)}) if shown_now else closed
            case "reopen":
                return replace(state, closed=tuple(key for key in state.closed if key != item))
            case "summary":
                # Dots that were shown stay as everybody saw them.
                others = {key: len(ANSWERS) for key in _items(settings) if key not in state.shown}
                return Ask(replace(state, summary=True), count_if_possible=others, anyway=bool(state.shown))
            case "statements":
                return replace(state, summary=False)
            case "room" | "phones":
                return replace(state, room=command.name == "room")
            case "go" if command.one("number") in _items(settings):
                return replace(_at(state, int(command.one("number")) - 1), summary=False)
        return Rejected("unknown", "Deze knop bestaat hier niet.")

    def phone(self, settings: Settings, state: LineState, seen: Seen) -> View:
        return _view(settings, state, seen)

    def own(self, settings: Settings, state: LineState, own: Sequence[Post], seen: Seen) -> View:
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

    def control(self, settings: Settings, state: LineState, seen: Seen) -> View:
        return {**_view(settings, state, seen), "answered": seen.count(self.item(settings, state))}

    def screen(self, settings: Settings, state: LineState, seen: Seen) -> View:
        return self.control(settings, state, seen)

    def lasting(self, settings: Settings, state: LineState) -> tuple[LineState, tuple[str, ...]]:
        # The summary is left out: it covers every statement, even those whose dots nobody saw.
        return replace(state, summary=False), state.shown

    def report(self, settings: Settings, state: LineState) -> Report:
        """The statements that the group had before it. Another one is no question that was asked."""
        numbers = sorted({*state.asked, state.index} & set(range(len(settings.statements))))
        items = [(_items(settings)[number], settings.statements[number].plain) for number in numbers]
        return tuple(Totals(item, statement, item, ANSWERS) for item, statement in items)


def _at(state: LineState, index: int) -> LineState:
    return replace(state, index=index, asked=tuple(sorted({*state.asked, state.index})))


def _items(settings: Settings) -> tuple[str, ...]:
    return tuple(str(number + 1) for number in range(len(settings.statements)))


def _open(state: LineState, item: str) -> bool:
    return not (state.room or state.summary or item in state.closed)


def _with(items: tuple[str, ...], item: str) -> tuple[str, ...]:
    return tuple(sorted({*items, item}))


def _view(settings: Settings, state: LineState, seen: Seen) -> dict[str, Any]:
    """What everybody may see: only the pictures that were asked for."""
    item = str(state.index + 1)
    hidden = state.room or state.summary or item not in state.shown
    result = None if hidden else seen.picture(item)
    overview = tuple(seen.picture(key) for key in _items(settings)) if state.summary else ()
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
        "summary": alike(settings.statements, overview) if state.summary else None,
    }


KIND = OverDeLijn()
