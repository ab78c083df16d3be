"""The pieces of a Markdown file as its author wrote them: every heading with the very characters under it.

The reader of `part.py` gives values; this gives places in the text, so that one place can be changed and
everything else stays as it is, byte for byte. Nothing here checks anything: the reader does that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from trainer.curriculum.front import Front, read_front
from trainer.curriculum.part import PART_KEYS
from trainer.curriculum.problems import Problems
from trainer.curriculum.scanner import Heading, scan
from trainer.curriculum.source import read_lines

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_BLANK = " \t\r\n"


class NoSuchPiece(Exception):
    """The text has no block or step with this id, or nothing at this place."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading and what is under it: lines `first` to `below`, and with the steps of a block to `end`.

    Lines count from 0, and the last ones are not included. `steps` are the headings of a block that are one
    level deeper.
    """

    heading: Heading
    first: int
    below: int
    end: int
    steps: tuple["Piece", ...] = ()

    @property
    def id(self) -> str:
        """The id on the heading; '' when it has none."""
        return self.heading.id or ""

    @property
    def option(self) -> str | None:
        """Which alternative it is, as written; None when it is none."""
        return self.heading.attributes.get("optie")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A file as lines with their ends, its front matter, and its blocks in order."""

    lines: tuple[str, ...]
    front: Front
    blocks: tuple[Piece, ...]

    def __iter__(self) -> Iterator[Piece]:
        """Every block, each followed by its steps."""
        for block in self.blocks:
            yield block
            yield from block.steps

    def find(self, id_: str) -> Piece:
        """The block or step with this id. Raises NoSuchPiece."""
        for piece in self:
            if piece.id == id_:
                return piece
        raise NoSuchPiece(id_)

    def siblings(self, id_: str) -> tuple[Piece, ...]:
        """The blocks, or the steps of one block, of which this is one. Raises NoSuchPiece."""
        for row in (self.blocks, *(block.steps for block in self.blocks)):
            if any(piece.id == id_ for piece in row):
                return row
        raise NoSuchPiece(id_)

    def text(self, first: int, end: int) -> str:
        """The lines from `first` up to `end`, as they were written."""
        return "".join(self.lines[first:end])

    def replaced(self, first: int, end: int, text: str) -> str:
        """The whole file with `text` in the place of these lines."""
        return self.text(0, first) + text + self.text(end, len(self.lines))


@lru_cache(maxsize=8)
def read_pieces(source: str) -> Pieces:
    """The pieces of a text. One that the reader refuses as a whole has no blocks."""
    lines, unseen = tuple(raw_lines(source)), Problems()
    clean = read_lines(source.encode(errors="replace"), "", unseen)
    if clean is None:
        return Pieces(lines, Front("", unseen), ())
    front, taken = read_front(clean, "", PART_KEYS, unseen)
    headings = [each.heading for each in scan(clean[taken:], taken + 1, "", unseen) if each.heading]
    return Pieces(lines, front, tuple(_blocks(headings, len(lines))))


def raw_lines(source: str) -> list[str]:
    """The lines of a text with their ends, which may be of any sort; joined, they are the text again."""
    return _LINE.findall(source)


def newline_of(source: str) -> str:
    """How lines end in a text."""
    found = re.search(r"\r\n|\r|\n", source)
    return found[0] if found else "\n"


def split_gap(text: str) -> tuple[str, str]:
    """A text, and the white space at its end."""
    content = text.rstrip(_BLANK)
    return content, text[len(content) :]


def ends_in(gap: str) -> int:
    """How many lines end in a piece of white space, whatever they end with."""
    return len(raw_lines(gap)) - (gap[-1:] in (" ", "\t"))


def _blocks(headings: list[Heading], end: int) -> Iterator[Piece]:
    groups: list[list[Heading]] = []
    for heading in headings:
        if heading.level == 2 or not groups:
            groups.append([])
        groups[-1].append(heading)
    starts = [group[0].line - 1 for group in groups] + [end]
    for (first, *below), until in zip(groups, starts[1:], strict=True):
        edges = [heading.line - 1 for heading in below] + [until]
        steps = tuple(
            Piece(heading, at, after, after)
            for heading, at, after in zip(below, edges, edges[1:], strict=False)
        )
        yield Piece(first, first.line - 1, edges[0], until, steps)
