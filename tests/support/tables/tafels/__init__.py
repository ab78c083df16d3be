"""Tafels: a made-up kind with places. Each table has statements of its own, votes, and writes cards."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.curriculum.render import inline
from trainer.kinds.contract import (
    Ask,
    Command,
    Control,
    Kind,
    Payload,
    Place,
    Post,
    Rejected,
    Report,
    Seen,
    Submission,
    Texts,
    Totals,
    View,
)
from trainer.kinds.material import bullets, sections
from trainer.kinds.tally import bars, parse_choices
from trainer.kinds.text import read_text

CARD = "kaart"
ANSWERS = ("Eens", "Oneens")
LONGEST_CARD = 80


@dataclass(frozen=True, slots=True)
class Table:
    place: Place
    statements: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    tables: tuple[Table, ...]

    @property
    def statements(self) -> tuple[Text, ...]:
        """Those of the table: the settings of all tables have none."""
        (table,) = self.tables
        return table.statements


@dataclass(frozen=True, slots=True)
class TableState:
    """`ticks` counts presses of a button that concerns no other; `presses` those of one that does."""

    current: int = 0
    shown: bool = False
    ticks: int = 0
    presses: int = 0
    cards: tuple[str, ...] = ()


class Tafels(Kind):
    name = "tafels"
    title = "Tafels"
    summary = "Elke tafel heeft eigen stellingen."
    State = TableState
    takes_posts = True
    typed = True
    independent = frozenset({"tick"})

    def multiple(self, item: str) -> bool:
        return item == CARD

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        return Settings(
            tuple(
                Table(
                    Place(each.title.lower().replace(" ", "-"), each.title),
                    tuple(inline(text) for _, text in bullets(each.markdown, each.line)),
                )
                for each in sections(step.body, step.body_line)
                if each.title
            )
        )

    def places(self, settings: Settings) -> tuple[Place, ...]:
        return tuple(table.place for table in settings.tables)

    def at(self, settings: Settings, place: str) -> Settings:
        return Settings(tuple(table for table in settings.tables if table.place.id == place))

    def item(self, settings: Settings, state: TableState) -> str:
        return str(state.current + 1)

    def forward(self, settings: Settings, state: TableState) -> TableState | None:
        further = state.current + 1 < len(settings.statements)
        return replace(state, current=state.current + 1, shown=False) if further else None

    def backward(self, settings: Settings, state: TableState) -> TableState | None:
        return replace(state, current=state.current - 1, shown=False) if state.current else None

    def accept(
        self, settings: Settings, state: TableState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if "text" in submission.fields:
            text = read_text(submission.one("text"), LONGEST_CARD)
            return text if isinstance(text, Rejected) else {CARD: {"text": text, "place": submission.place}}
        chosen = parse_choices(submission.all("answer")[:1], len(ANSWERS))
        if not chosen:
            return Rejected("empty", "Kies eerst een antwoord.")
        return {self.item(settings, state): {"choices": list(chosen)}}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        return (Submission("1", {"answer": ("0",)}), Submission("1", {"text": (fill(LONGEST_CARD),)}))

    def example(self, settings: Settings, seed: int) -> Submission:
        return Submission("1", {"answer": (str(seed % len(ANSWERS)),)})

    def controls(self, settings: Settings, state: TableState, seen: Seen) -> tuple[Control, ...]:
        return (
            Control("hide", "Verberg") if state.shown else Control("show", "Toon de antwoorden", "primary"),
            Control("draw", "Toon de kaarten"),
            Control("press", "Druk"),
            Control("tick", "Vink af"),
        )

    def apply(
        self, settings: Settings, state: TableState, command: Command, seen: Seen
    ) -> TableState | Ask | Rejected:
        match command.name:
            case "show":
                item = self.item(settings, state)
                return Ask(replace(state, shown=True), count_if_possible={item: len(ANSWERS)})
            case "hide":
                return replace(state, shown=False)
            case "draw":
                return Ask(state, draw=(CARD,))
            case "press":
                return replace(state, presses=state.presses + 1)
            case "tick":
                return replace(state, ticks=state.ticks + 1)
        return Rejected("unknown", "Deze knop bestaat hier niet.")

    def granted(self, settings: Settings, state: TableState, command: Command, seen: Seen) -> TableState:
        return replace(state, cards=tuple(card.id for card in seen.cards))

    def phone(self, settings: Settings, state: TableState, seen: Seen) -> View:
        return {"statement": settings.statements[state.current]}

    def own(self, settings: Settings, state: TableState, own: Sequence[Post], seen: Seen) -> View:
        item = self.item(settings, state)
        return {
            "chosen": next((post.payload["choices"][0] for post in own if post.item == item), None),
            "cards": [post for post in own if post.item == CARD],
        }

    def control(self, settings: Settings, state: TableState, seen: Seen) -> View:
        return self.screen(settings, state, seen)

    def screen(self, settings: Settings, state: TableState, seen: Seen) -> View:
        counted = seen.picture(self.item(settings, state)) if state.shown else None
        return {
            "statement": settings.statements[state.current],
            "rows": bars(ANSWERS, counted) if counted else (),
            "cards": [card for card in seen.cards if card.id in state.cards],
            "presses": state.presses,
            "ticks": state.ticks,
            "answered": seen.count(self.item(settings, state)),
        }

    def on_screen(self, settings: Settings, state: TableState, seen: Seen) -> Collection[str]:
        return state.cards

    def lasting(self, settings: Settings, state: TableState) -> tuple[TableState, tuple[str, ...]]:
        return state, (self.item(settings, state),) if state.shown else ()

    def report(self, settings: Settings, state: TableState) -> Report:
        statements = enumerate(settings.statements, 1)
        return (
            *(Totals(f"stelling-{n}", text.plain, str(n), ANSWERS) for n, text in statements),
            Texts("kaarten", "Wat schreven jullie?", state.cards),
        )


KIND = Tafels()
