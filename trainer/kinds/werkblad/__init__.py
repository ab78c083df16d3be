"""Werkblad: a sheet that people fill in for themselves, in stages; it stays in the notebook on their phone.

Who wants may share one field. That is a card like any other: the gate decides when others see it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds import batches as flow
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
from trainer.kinds.settings import choice, flag, ident, read_settings, setting
from trainer.kinds.text import read_text
from trainer.kinds.wall import Page, paginate
from trainer.kinds.werkblad.sheet import Field, Stage, read_sheet

# How many fields one phone may share.
MOST = 3
# What the buttons that follow those of the stages are about, on control.
SHARED = "Wat mensen delen"
TITLE_HEIGHT = 7.0


@dataclass(frozen=True, slots=True)
class Settings:
    """`sheet` names the sheet in the notebook: steps with the same name, in any part, show the same one.

    `pace`: the trainer opens the stages for all ('samen'), or everybody goes on alone ('zelf'). `home`: who
    took part can go on writing once the meeting is closed.
    """

    step_id: str
    intro: Text
    size: str
    stages: tuple[Stage, ...]
    sheet: str = ident("blad", "Naam van het werkblad")
    pace: str = choice("tempo", "Tempo", ("samen", "zelf"))
    home: bool = flag("thuis", "Thuis verder schrijven")
    length: int = setting("tekens", "Hoogstens tekens", default=200, low=40, high=300)

    @property
    def items(self) -> tuple[str, ...]:
        """Every item that a card may have: the room knows who shared something while a stage was asked."""
        return tuple(str(number) for number, _ in enumerate(self.stages, start=1))

    def name(self, field: Field) -> str:
        """What a field is called in the notebook: it must never change."""
        return f"{self.sheet or self.step_id}-{field.id}"


@dataclass(frozen=True, slots=True)
class SheetState:
    """`stage` counts from 0; `closed`: nothing can be shared any more; `page` is that of the wall."""

    stage: int = 0
    closed: bool = False
    batches: Batches = field(default_factory=Batches)
    page: int = 0


class Werkblad(Kind):
    """A sheet of one's own, in stages; nothing of it is sent unless its owner shares a field."""

    name = "werkblad"
    title = "Werkblad"
    bullet_word = "veld"
    group_word = "stap"
    summary = "Iedereen vult een eigen blad in, stap voor stap. Het blijft op de telefoon."
    State = SheetState
    private = True
    shares = True
    takes_posts = True
    paper = False
    typed = True

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        read = read_sheet(step, problems)
        material = {"step_id": step.id, "intro": read.intro, "size": read.size, "stages": read.stages}
        return read_settings(Settings, step, problems, **material)

    def intimate(self, settings: Settings) -> bool:
        return True

    def item(self, settings: Settings, state: SheetState) -> str:
        return settings.items[state.stage]

    def multiple(self, item: str) -> bool:
        return True

    def forward(self, settings: Settings, state: SheetState) -> SheetState | None:
        return _at(settings, state, state.stage + 1)

    def backward(self, settings: Settings, state: SheetState) -> SheetState | None:
        return _at(settings, state, state.stage - 1)

    def accept(
        self, settings: Settings, state: SheetState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if state.closed:
            return Rejected("closed", "Delen kan nu niet meer. Je mag het wel hardop zeggen.")
        # What waited for a connection belongs to the stage that its page showed.
        if submission.item not in settings.items:
            return Rejected("invalid", "Deze stap is er niet.")
        if len(own) >= MOST:
            return Rejected("full", f"Je deelde al {len(own)} teksten. Haal er eerst een weg.")
        if len(submission.all("shared")) > 1:
            return Rejected("invalid", "Deel één tekst tegelijk.")
        text = read_text(submission.one("shared"), settings.length)
        return text if isinstance(text, Rejected) else {submission.item: {"text": text}}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        return (Submission(settings.items[0], {"shared": (fill(settings.length),)}),) * MOST

    def example(self, settings: Settings, seed: int) -> Submission:
        return Submission(settings.items[0], {"shared": (phrase(seed, settings.length),)})

    def controls(self, settings: Settings, state: SheetState, seen: Seen) -> tuple[Control, ...]:
        following, earlier = self.forward(settings, state), self.backward(settings, state)
        offered: list[Control] = []
        if following:
            title = settings.stages[following.stage].title
            args = {"number": str(following.stage)}
            offered.append(Control("stage", f"Open stap {following.stage + 1}: {title}", "primary", args))
        if earlier:
            args = {"number": str(earlier.stage)}
            offered.append(Control("stage", f"Terug naar stap {earlier.stage + 1}", "quiet", args))
        shown = flow.shown(state.batches, seen)
        sharing = (
            *flow.controls(state.batches, seen, state.closed),
            Control("clear", "Haal alles van het scherm", "quiet", enabled=bool(shown)),
            *_turning(_page(state, seen)),
        )
        # Where there is a stage to open, that is what to press first.
        for each in sharing:
            later = following and each.style == "primary"
            offered.append(replace(each, group=SHARED, style="normal" if later else each.style))
        return tuple(offered)

    def apply(
        self, settings: Settings, state: SheetState, command: Command, seen: Seen
    ) -> SheetState | Ask | Rejected:
        count = command.number("number")
        match command.name:
            case "stage":
                return _at(settings, state, count) or Rejected("unknown", "Deze stap bestaat hier niet.")
            case "draw":
                return Ask(state, draw=settings.items)
            case "close" | "open":
                return replace(state, closed=command.name == "close")
            case "clear":
                return _cleared(state)
            case "page":
                return replace(state, page=count)
        result = flow.apply(state.batches, seen, command)
        if isinstance(result, Batches):
            return replace(state, batches=result)
        return result or Rejected("unknown", "Deze knop bestaat hier niet.")

    def phone(self, settings: Settings, state: SheetState, seen: Seen) -> View:
        stages = settings.stages if settings.pace == "zelf" else settings.stages[: state.stage + 1]
        return {
            "stages": stages,
            "current": state.stage if settings.pace == "samen" else 0,
            "more": len(stages) < len(settings.stages),
        }

    def own(self, settings: Settings, state: SheetState, own: Sequence[Post], seen: Seen) -> View:
        where = flow.where(own, seen)
        mine = [{"id": post.id, "text": _text(post), **where[post.id]} for post in own]
        return {"cards": sorted(mine, key=lambda card: card["id"]), "closed": state.closed}

    def control(self, settings: Settings, state: SheetState, seen: Seen) -> View:
        cards = [
            {"id": card.id, "text": _text(card), "status": flow.status(state.batches, card.id)}
            for card in flow.drawn(state.batches, seen)
        ]
        return {**flow.summary(state.batches, seen, self.item(settings, state)), "cards": cards}

    def screen(self, settings: Settings, state: SheetState, seen: Seen) -> View:
        page = _page(state, seen)
        shown = flow.shown(state.batches, seen)[page.start : page.end]
        whole = settings.pace == "zelf" and (settings.intro.plain or len(settings.stages) > 1)
        return {
            "stage": None if whole else settings.stages[state.stage],
            "number": state.stage + 1,
            "cards": [_text(card) for card in shown],
            "size": page.size,
            "page": page.number + 1,
            "pages": page.total,
        }

    def on_screen(self, settings: Settings, state: SheetState, seen: Seen) -> Collection[str]:
        page = _page(state, seen)
        return [card.id for card in flow.shown(state.batches, seen)[page.start : page.end]]


def _at(settings: Settings, state: SheetState, stage: int) -> SheetState | None:
    """The sheet opened up to a stage; None where the trainer opens none.

    What is asked then is on the screen, so what was shared leaves it, until the trainer shows it again.
    """
    there = settings.pace == "samen" and 0 <= stage < len(settings.stages)
    return replace(_cleared(state), stage=stage) if there else None


def _cleared(state: SheetState) -> SheetState:
    return replace(state, batches=replace(state.batches, shown=()), page=0)


def _text(card: Card | Post) -> str:
    return str(card.payload.get("text", ""))


def _page(state: SheetState, seen: Seen) -> Page:
    return paginate([_text(card) for card in flow.shown(state.batches, seen)], state.page, taken=TITLE_HEIGHT)


def _turning(page: Page) -> tuple[Control, ...]:
    numbers = {"Vorige kaarten": page.number - 1, "Volgende kaarten": page.number + 1}
    return tuple(
        Control("page", label, args={"number": str(number)}, enabled=0 <= number < page.total)
        for label, number in numbers.items()
        if page.total > 1
    )


KIND = Werkblad()
