"""The run sheet of a meeting: what happens when, who does it, and what must be at hand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from trainer.curriculum.model import Block, Step
from trainer.curriculum.render import plain
from trainer.exports.given import Given
from trainer.exports.notes import READY, WHO, said, without
from trainer.exports.things import begun
from trainer.kinds.contract import Kind
from trainer.live.leading import leaders, named
from trainer.live.moments import later
from trainer.live.order import minutes_of
from trainer.live.views import clock_time


@dataclass(frozen=True, slots=True)
class Line:
    """A step: `begins` is a clock time, '' where it cannot be known, and `kind` is '' for a mere text."""

    title: str
    kind: str
    begins: str
    minutes: int | None
    who: tuple[Markup, ...]
    ready: tuple[Markup, ...]
    notes: Markup


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block with its steps. `spare`: minutes that no step uses; below 0 the steps take longer than that."""

    title: str
    begins: str
    ends: str
    minutes: int
    who: tuple[Markup, ...]
    ready: tuple[Markup, ...]
    notes: Markup
    lines: tuple[Line, ...]
    spare: int

    @property
    def leads(self) -> str:
        """Who leads it in one sentence, as plain text; '' where nobody says so."""
        return begun(re.split(r"(?<=[.!?])\s", plain(self.who[0]))[0]) if self.who else ""


@dataclass(frozen=True, slots=True)
class RunSheet:
    """A part from beginning to end; times are '' where nobody knows when it begins."""

    title: str
    goal: str
    begins: str
    ends: str
    minutes: int
    stretches: tuple[Stretch, ...]


def run_sheet(given: Given, kinds: Mapping[str, Kind]) -> RunSheet:
    """The run sheet of a part as it will be given."""
    moment, stretches = given.begins, []
    for block in given.blocks():
        minutes = minutes_of(block, given.state)
        until = later(moment, minutes=minutes) if moment else None
        stretches.append(_stretch(given, block, (moment, until), kinds))
        moment = until
    times = _clock(given.begins), _clock(given.ends)
    return RunSheet(given.part.title, given.part.goal, *times, given.minutes, tuple(stretches))


def _stretch(
    given: Given, block: Block, between: tuple[datetime | None, datetime | None], kinds: Mapping[str, Kind]
) -> Stretch:
    begins, ends = between
    names = leaders(given.state, block.id)
    minutes, steps = minutes_of(block, given.state), given.steps(block)
    # A block without headings is one step, which has all that it says.
    alone = len(steps) == 1 and steps[0].id == block.id
    notes = Markup(named(Markup(block.notes) + (steps[0].notes if alone else Markup()), names))
    lasts = [] if alone else _lengths(steps, minutes)
    lines, moment = [], begins
    for step, length in zip(steps, lasts, strict=False):
        # What comes after the end of the block, or after a step of unknown length, has no time.
        known = moment if moment and ends and moment < ends else None
        told = Markup(named(step.notes, names))
        lines.append(_line(step, told, (length, _clock(known)), kinds[step.kind]))
        moment = later(moment, minutes=length) if moment and length is not None else None
    spare = 0 if alone or None in lasts else minutes - sum(filter(None, lasts))
    rest = without(notes, (WHO, READY))
    times = _clock(begins), _clock(ends)
    return Stretch(block.title, *times, minutes, *_labelled(notes), rest, tuple(lines), spare)


def _lengths(steps: Sequence[Step], minutes: int) -> list[int | None]:
    """How long each step takes: one that does not say so takes what the others leave."""
    left = minutes - sum(step.minutes or 0 for step in steps)
    silent = sum(step.minutes is None for step in steps)
    return [left if step.minutes is None and silent == 1 and left > 0 else step.minutes for step in steps]


def _line(step: Step, notes: Markup, lasts: tuple[int | None, str], kind: Kind) -> Line:
    minutes, begins = lasts
    title = kind.title if kind.is_exercise else ""
    return Line(step.title, title, begins, minutes, *_labelled(notes), without(notes, (WHO, READY)))


def _labelled(notes: Markup) -> tuple[tuple[Markup, ...], tuple[Markup, ...]]:
    who = tuple(each.html for each in said(notes, WHO))
    return who, tuple(each.html for each in said(notes, READY))


def _clock(moment: datetime | None) -> str:
    return clock_time(moment) if moment else ""
