"""Stickers plakken: yellow ones for a stigma, blue ones for a strength, on a wall.

What people write here may be about their own illness, so the stickers are for the moment only: they are
deleted when the step is sealed and never exported.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds import batches as flow
from trainer.kinds.batches import Batches
from trainer.kinds.believable import phrase, pick
from trainer.kinds.contract import (
    Ask,
    Card,
    Command,
    Control,
    Kind,
    Payload,
    Post,
    Rejected,
    Seen,
    Submission,
    View,
)
from trainer.kinds.material import before_bullets, texts
from trainer.kinds.settings import read_settings, setting
from trainer.kinds.stickers.colours import BLUE, BY_NAME, COLOURS, YELLOW, Colour
from trainer.kinds.text import read_text
from trainer.kinds.values import ANY
from trainer.kinds.wall import Page, paginate, prose_height

# Anyone may see which colour somebody uses, so the colour is the item: a batch has one colour only.
ITEMS = tuple(colour.name for colour in COLOURS)
LABEL_LINES = 1
# What the buttons are about, on control.
WALL, TALK = "De muur", "Het nagesprek"
TITLE_HEIGHT, QUESTION_FRAME = 3.5, 1.5


@dataclass(frozen=True, slots=True)
class Settings:
    """`questions` are for the debriefing, one at a time; `most` is per phone and colour."""

    intro: Text
    questions: tuple[Text, ...]
    most: int = setting("max", "Hoogstens per telefoon", default=3, low=1, high=10)
    length: int = setting("tekens", "Hoogstens tekens", default=60, low=10, high=120)


@dataclass(frozen=True, slots=True)
class StickersState:
    """`colour` is '' for both; `middle` is the id of the sticker shown alone in the middle, or '';
    `question` counts from 1, and 0 is none."""

    batches: Batches = field(default_factory=Batches)
    closed: bool = False
    colour: str = ""
    middle: str = ""
    question: int = 0
    page: int = 0


class Stickers(Kind):
    """Stickers of two colours, for stigmas and for strengths, on one wall."""

    name = "stickers"
    title = "Stickers plakken"
    bullet_word = "vraag"
    summary = "Gele stickers voor een stigma, blauwe voor een kracht. Samen op een muur."
    State = StickersState
    chosen = frozenset({"colour"})
    takes_posts = True
    typed = True

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        return read_settings(
            Settings, step, problems, intro=before_bullets(step), questions=texts(step, problems)
        )

    def intimate(self, settings: Settings) -> bool:
        return True

    def multiple(self, item: str) -> bool:
        return True

    def accept(
        self, settings: Settings, state: StickersState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if state.closed:
            return Rejected("closed", "Het insturen is gesloten.")
        written = [colour for colour in COLOURS if submission.one(colour.name).strip()]
        if len(written) > 1:
            return Rejected("invalid", "Stuur één sticker tegelijk.")
        colour = written[0] if written else YELLOW
        if written and len(_of_colour(own, colour)) >= settings.most:
            return Rejected("full", f"Je hebt al {settings.most} keer {colour.name}. Haal er eerst een weg.")
        text = read_text(submission.one(colour.name), settings.length)
        if isinstance(text, Rejected):
            return text
        return {colour.name: {"colour": colour.name, "text": text}}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        form = {"alone": ("ja",)}
        text = (fill(settings.length),)
        return [
            Submission("", {colour.name: text, **form}) for colour in COLOURS for _ in range(settings.most)
        ]

    def example(self, settings: Settings, seed: int) -> Submission:
        return Submission("", {pick(COLOURS, seed).name: (phrase(seed, settings.length),)})

    def controls(self, settings: Settings, state: StickersState, seen: Seen) -> tuple[Control, ...]:
        other = _other(state.colour)
        offered = [
            *flow.controls(state.batches, seen, state.closed),
            Control("colour", f"Draai de muur naar {other.name}", args={"colour": other.name}, group=WALL),
            Control("colour", "Alle stickers", args={"colour": ""}, enabled=state.colour != "", group=WALL),
        ]
        page = _page(settings, state, seen)
        if page.total > 1:
            numbers = {"Vorige stickers": page.number - 1, "Volgende stickers": page.number + 1}
            offered += [
                Control(
                    "page", label, args={"number": str(number)}, enabled=0 <= number < page.total, group=WALL
                )
                for label, number in numbers.items()
            ]
        if _middle(state, seen):
            offered.append(Control("back", "Terug naar de muur", group=WALL))
        if state.question < len(settings.questions):
            label = "Volgende vraag" if state.question else "Toon de eerste vraag"
            number = str(state.question + 1)
            offered.append(Control("question", label, args={"number": number}, group=TALK))
        if state.question:
            offered.append(Control("question", "Verberg de vraag", "quiet", {"number": "0"}, group=TALK))
        return tuple(offered)

    def apply(
        self, settings: Settings, state: StickersState, command: Command, seen: Seen
    ) -> StickersState | Ask | Rejected:
        count = command.number("number")
        match command.name:
            case "draw":
                return Ask(state, draw=ITEMS)
            case "close" | "open":
                return replace(state, closed=command.name == "close")
            case "colour" if command.one("colour") in ("", *BY_NAME):
                return replace(state, colour=command.one("colour"), middle="", page=0)
            case "page":
                return replace(state, page=count)
            case "question" if count <= len(settings.questions):
                return replace(state, question=count)
            case "middle":
                if command.one("id") not in {card.id for card in seen.cards}:
                    return flow.gone()
                shown = flow.show(state.batches, command.one("id"))
                return replace(state, batches=shown, middle=command.one("id"))
            case "back":
                return replace(state, middle="")
        result = flow.apply(state.batches, seen, command)
        if isinstance(result, Batches):
            return replace(state, batches=result)
        return result or Rejected("unknown", "Deze knop bestaat hier niet.")

    def phone(self, settings: Settings, state: StickersState, seen: Seen) -> View:
        return {
            "intro": settings.intro,
            "closed": state.closed,
            "question": _question(settings, state),
        }

    def own(self, settings: Settings, state: StickersState, own: Sequence[Post], seen: Seen) -> View:
        rows: list[dict[str, Any]] = []
        where = flow.where(own, seen)
        for colour in COLOURS:
            found = sorted(_of_colour(own, colour), key=lambda post: post.id)
            mine = [_sticker(post) | where[post.id] for post in found]
            rows.append({"colour": colour, "stickers": mine, "left": max(0, settings.most - len(mine))})
        return {"colours": rows, "closed": state.closed}

    def control(self, settings: Settings, state: StickersState, seen: Seen) -> View:
        middle = _middle(state, seen)
        drawn = flow.drawn(state.batches, seen)
        return {
            **flow.summary(state.batches, seen),
            "received": seen.count(ANY),
            "closed": state.closed,
            "colour": state.colour,
            "colours": COLOURS,
            "middle": middle.id if middle else "",
            "stickers": [{**_sticker(card), "status": flow.status(state.batches, card.id)} for card in drawn],
            "question": _question(settings, state),
        }

    def screen(self, settings: Settings, state: StickersState, seen: Seen) -> View:
        page, middle = _page(settings, state, seen), _middle(state, seen)
        wall = _wall(state, seen)[page.start : page.end]
        return {
            "intro": settings.intro,
            "colours": COLOURS,
            "colour": BY_NAME.get(state.colour),
            "stickers": [] if middle else [_sticker(card, with_id=False) for card in wall],
            "middle": _sticker(middle, with_id=False) if middle else None,
            "size": page.size,
            "page": page.number + 1,
            "pages": page.total,
            "question": _question(settings, state),
            "received": seen.count(ANY),
        }

    def copies(self, settings: Settings, people: int) -> int:
        """One print has the stickers of all."""
        return 1


def _of_colour(posts: Sequence[Post], colour: Colour) -> list[Post]:
    return [post for post in posts if post.payload.get("colour") == colour.name]


def _other(name: str) -> Colour:
    """The colour to turn to next: a wall showing both turns to yellow first."""
    return BLUE if name == YELLOW.name else YELLOW


def _wall(state: StickersState, seen: Seen) -> list[Card]:
    """What may be on the screen: the shown stickers of the colour the wall is turned to."""
    shown = flow.shown(state.batches, seen)
    return [card for card in shown if state.colour in ("", card.payload.get("colour"))]


def _page(settings: Settings, state: StickersState, seen: Seen) -> Page:
    question = _question(settings, state)
    taken = TITLE_HEIGHT + (prose_height(question.plain, 2.0) + QUESTION_FRAME if question else 0)
    texts_seen = [_sticker(card)["text"] for card in _wall(state, seen)]
    return paginate(texts_seen, state.page, extra=LABEL_LINES, taken=taken)


def _middle(state: StickersState, seen: Seen) -> Card | None:
    return next((card for card in flow.shown(state.batches, seen) if card.id == state.middle), None)


def _question(settings: Settings, state: StickersState) -> Text | None:
    return settings.questions[state.question - 1] if 0 < state.question <= len(settings.questions) else None


def _sticker(post: Post | Card, with_id: bool = True) -> dict[str, Any]:
    colour = BY_NAME.get(str(post.payload.get("colour")), YELLOW)
    found = {"colour": colour.name, "word": colour.word, "text": str(post.payload.get("text", ""))}
    return {"id": post.id, **found} if with_id else found


KIND = Stickers()
