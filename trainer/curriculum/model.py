"""A curriculum once read: programmes, parts, blocks and steps.

Everything here is immutable and knows nothing of files, kinds or the web.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of prose in two forms: `html` is sanitised, `plain` is for exports and attributes."""

    html: Markup
    plain: str


@dataclass(frozen=True, slots=True)
class Note:
    """A trainers' note in a file: the line of its `[!TRAINER]`, and its Markdown."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class StepSource:
    """A step as written in its file, before its kind has interpreted it.

    `body` is the Markdown that everybody may see (trainers' notes are replaced by empty lines, so that line
    `n` of `body`, counted from 0, is line `body_line + n` of the file). `attributes` are the settings on the
    heading that the curriculum itself does not know. `notes` are all trainers' notes of the step as one
    Markdown text; `note_blocks` has them one by one, for a kind that needs their positions (a note per
    slide). `base` is the address of images, for `render(markdown, base)`.
    """

    path: str
    line: int
    id: str
    title: str
    kind: str
    attributes: Mapping[str, str]
    body: str
    body_line: int
    notes: str
    minutes: int | None
    note_blocks: tuple[Note, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True)
class EarlierStep:
    """A step of an earlier part of the same programme, written `part/step`. A setting may name one."""

    part: str
    step: str


@dataclass(frozen=True, slots=True)
class Place:
    """A table or group that does a step by itself; its id is short, since it goes behind that of the step."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is on the screen at one moment; with a `place`, the same as one table does it."""

    id: str
    title: str
    kind: str
    html: Markup
    notes: Markup
    option: int | None = None
    minutes: int | None = None
    settings: Any = None
    line: int = 0
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A timed piece of a part; `minutes` is its planned duration."""

    id: str
    title: str
    minutes: int
    notes: Markup
    steps: tuple[Step, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What is given in one sitting: a dagdeel, a workshop, a study day."""

    id: str
    title: str
    goal: str
    sources: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def minutes(self) -> int:
        """How long all blocks take together, as planned."""
        return sum(block.minutes for block in self.blocks)

    def steps(self) -> Iterator[Step]:
        """The steps of all blocks, in order."""
        for block in self.blocks:
            yield from block.steps


@dataclass(frozen=True, slots=True)
class Handout:
    """A text to take home."""

    id: str
    title: str
    html: Markup
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """A curriculum: one folder in `content/`."""

    id: str
    title: str
    goal: str
    html: Markup
    sources: tuple[str, ...]
    parts: tuple[Part, ...]
    handouts: tuple[Handout, ...] = field(default=())
