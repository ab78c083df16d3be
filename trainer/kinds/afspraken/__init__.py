"""Afspraken: what two people (or a group) agree, in the notebooks of those who made it.

Nothing of it is sent: one phone hands it to the other by a QR code that the browser draws
(`static/js/handing_over.js`). Who wants may share a line. That is a card like any other.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds import batches as flow
from trainer.kinds.agreement import FIELDS, HOW, LONGEST, Field
from trainer.kinds.batches import Batches
from trainer.kinds.believable import phrase
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
from trainer.kinds.material import prose, sections
from trainer.kinds.settings import flag, ident, read_settings
from trainer.kinds.text import read_text
from trainer.kinds.wall import Page, paginate

ITEM = ""
# How often one phone may share.
MOST = 3
TITLE_HEIGHT = 7.0


@dataclass(frozen=True, slots=True)
class Settings:
    """`ideas` are examples by title. `name` is that of the agreement in notebooks: steps with the same name,
    in any part, show the same one. `back`: people look back on it."""

    step_id: str
    intro: Text
    ideas: tuple[tuple[str, Markup], ...]
    name: str = ident("lijst", "Naam van de afspraak")
    back: bool = flag("terug", "Terugkijken op de afspraak")

    @property
    def called(self) -> str:
        """What the agreement is called in notebooks: it must never change."""
        return self.name or self.step_id

    @property
    def fields(self) -> tuple[Field, ...]:
        """What an agreement says."""
        return FIELDS

    @property
    def how(self) -> Field:
        """What somebody writes when they look back."""
        return HOW


@dataclass(frozen=True, slots=True)
class AgreementState:
    """`closed`: nothing can be shared any more; `page` is that of the wall."""

    batches: Batches = field(default_factory=Batches)
    closed: bool = False
    page: int = 0


class Afspraken(Kind):
    """An agreement of two people, which nobody else reads unless one of them shares a line of it."""

    name = "afspraken"
    title = "Afspraken"
    summary = "Twee mensen maken een afspraak. Die blijft op hun eigen telefoons."
    State = AgreementState
    private = True
    shares = True
    recalls_plan = True
    takes_posts = True
    paper = False
    typed = True
    agreed = "text"

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        before, *titled = sections(step.body, step.body_line)
        ideas = tuple((each.title, prose(each.markdown, step).html) for each in titled)
        intro = prose(before.markdown, step)
        if not intro.plain:
            problems.add(step.path, step.line, "zeg waar de afspraak over gaat", "afspraken.no-text")
        return read_settings(Settings, step, problems, step_id=step.id, intro=intro, ideas=ideas)

    def intimate(self, settings: Settings) -> bool:
        """It is theirs: nothing of what they share is kept or exported."""
        return True

    def multiple(self, item: str) -> bool:
        return True

    def accept(
        self, settings: Settings, state: AgreementState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if state.closed:
            return Rejected("closed", "Delen kan nu niet meer. Je mag het wel hardop zeggen.")
        if len(own) >= MOST:
            return Rejected("full", f"Je deelde al {len(own)} regels. Haal er eerst een weg.")
        if len(submission.all("shared")) > 1:
            # Each line is a card: what two people have in common is there once, whatever else they share.
            return Rejected("invalid", "Deel één regel tegelijk.")
        text = read_text(submission.one("shared"), LONGEST)
        return text if isinstance(text, Rejected) else {ITEM: {"text": text}}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        return (Submission(ITEM, {"shared": (fill(LONGEST),)}),) * MOST

    def example(self, settings: Settings, seed: int) -> Submission:
        return Submission(ITEM, {"shared": (phrase(seed, LONGEST),)})

    def controls(self, settings: Settings, state: AgreementState, seen: Seen) -> tuple[Control, ...]:
        page = _page(state, seen)
        numbers = {"Vorige afspraken": page.number - 1, "Volgende afspraken": page.number + 1}
        turning = (
            Control("page", label, args={"number": str(number)}, enabled=0 <= number < page.total)
            for label, number in numbers.items()
            if page.total > 1
        )
        return (*flow.controls(state.batches, seen, state.closed), *turning)

    def apply(
        self, settings: Settings, state: AgreementState, command: Command, seen: Seen
    ) -> AgreementState | Ask | Rejected:
        match command.name:
            case "draw":
                return Ask(state, draw=(ITEM,))
            case "close" | "open":
                return replace(state, closed=command.name == "close")
            case "page":
                return replace(state, page=command.number("number"))
        result = flow.apply(state.batches, seen, command)
        if isinstance(result, Batches):
            return replace(state, batches=result)
        return result or Rejected("unknown", "Deze knop bestaat hier niet.")

    def own(self, settings: Settings, state: AgreementState, own: Sequence[Post], seen: Seen) -> View:
        where = flow.where(own, seen)
        mine = [{"id": post.id, "text": _text(post), **where[post.id]} for post in own]
        return {"cards": sorted(mine, key=lambda card: card["id"])}

    def control(self, settings: Settings, state: AgreementState, seen: Seen) -> View:
        cards = [
            {"id": card.id, "text": _text(card), "status": flow.status(state.batches, card.id)}
            for card in flow.drawn(state.batches, seen)
        ]
        return {**flow.summary(state.batches, seen, ITEM), "cards": cards}

    def screen(self, settings: Settings, state: AgreementState, seen: Seen) -> View:
        page = _page(state, seen)
        shown = flow.shown(state.batches, seen)[page.start : page.end]
        return {
            "cards": [_text(card) for card in shown],
            "size": page.size,
            "page": page.number + 1,
            "pages": page.total,
        }

    def on_screen(self, settings: Settings, state: AgreementState, seen: Seen) -> Collection[str]:
        page = _page(state, seen)
        return [card.id for card in flow.shown(state.batches, seen)[page.start : page.end]]

    def copies(self, settings: Settings, people: int) -> int:
        """A sheet holds two, unless people look back on what they agreed."""
        return people if settings.back else -(-people // 2)


def _text(card: Card | Post) -> str:
    return str(card.payload.get("text", ""))


def _page(state: AgreementState, seen: Seen) -> Page:
    return paginate([_text(card) for card in flow.shown(state.batches, seen)], state.page, taken=TITLE_HEIGHT)


KIND = Afspraken()
