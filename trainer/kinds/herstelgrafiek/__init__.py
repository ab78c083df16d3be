"""Herstelgrafiek: a line of a period of one's own life. It stays on the phone, and sharing it is telling.

There are two forms: drawing it, with an invented example on the screen, and telling about it, with the rules
for listening on the screen. In both the phone has the same graph, from the notebook.
"""

from dataclasses import dataclass, replace

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Command, Control, Kind, Rejected, Seen, View
from trainer.kinds.herstelgrafiek.example import (
    HIGHEST,
    MOST,
    Point,
    Segment,
    Spot,
    read_example,
    segments,
    spots,
)
from trainer.kinds.material import before_bullets, prose
from trainer.kinds.settings import choice, read_settings

# How many points somebody can put on their line.
POINTS = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """`example` are the invented points; there are none where people tell."""

    text: Text
    example: tuple[Point, ...]
    form: str = choice("vorm", "Vorm", ("tekenen", "delen"))

    def spots(self, most: int = MOST) -> tuple[Spot, ...]:
        """The first points of the example, as they are drawn."""
        return spots(self.example)[:most] if self.example else ()

    def segments(self, most: int = MOST) -> tuple[Segment, ...]:
        """The line through these."""
        return segments(self.spots(most))


@dataclass(frozen=True, slots=True)
class GraphState:
    """How many points of the example are on the screen."""

    shown: int = 0


class Herstelgrafiek(Kind):
    """A line of one's own life, drawn on the phone and kept there alone."""

    name = "herstelgrafiek"
    title = "Herstelgrafiek"
    summary = "Iedereen tekent een lijn van een eigen periode. Die blijft op de telefoon."
    State = GraphState
    private = True
    printed = True

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        telling = step.attributes.get("vorm") == "delen"
        text = prose(step.body, step) if telling else before_bullets(step)
        example = () if telling else read_example(step, problems)
        return read_settings(Settings, step, problems, text=text, example=example)

    def controls(self, settings: Settings, state: GraphState, seen: Seen) -> tuple[Control, ...]:
        offered: list[Control] = []
        following = state.shown + 1
        if following <= len(settings.example):
            label = f"Toon punt {following} van het voorbeeld"
            offered.append(Control("example", label, "primary", {"number": str(following)}))
        if state.shown:
            offered.append(Control("example", "Verberg het voorbeeld", args={"number": "0"}))
        return tuple(offered)

    def apply(
        self, settings: Settings, state: GraphState, command: Command, seen: Seen
    ) -> GraphState | Rejected:
        numbers = {str(number): number for number in range(len(settings.example) + 1)}
        if command.name != "example" or command.one("number") not in numbers:
            return Rejected("unknown", "Deze knop bestaat hier niet.")
        return replace(state, shown=numbers[command.one("number")])

    def phone(self, settings: Settings, state: GraphState, seen: Seen) -> View:
        return {"numbers": range(1, POINTS + 1), "heights": range(HIGHEST, -1, -1)}

    def screen(self, settings: Settings, state: GraphState, seen: Seen) -> View:
        return {"spots": settings.spots(state.shown), "segments": settings.segments(state.shown)}

    def copies(self, settings: Settings, people: int) -> int:
        """Everybody draws on a sheet; the rules for telling are for each three."""
        return people if settings.form == "tekenen" else -(-people // 3)


KIND = Herstelgrafiek()
