"""What is under one heading, in the units that a form has a field for: a text, a list item, a note, a row.

A unit is its own characters and the white space behind it, so that all units together are the text again.
Only what gets another value is written anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from trainer.curriculum.pieces import raw_lines, split_gap
from trainer.curriculum.scanner import Fences

_NOTE = re.compile(r"\s*>\s*\[!TRAINER\][ \t]*(.*)", re.IGNORECASE)
_QUOTE = re.compile(r"\s*> ?(.*)")
_BULLET = re.compile(r"([-*+])([ \t]*)(.*)", re.DOTALL)
BULLETS = ("- ", "* ", "+ ")
_SUFFIX = re.compile(r"[ \t]*\{[^{}]*\}[ \t]*\Z")
_ID = re.compile(r"\{#([a-z0-9-]+)")
_DELIMITERS = re.compile(r"[ ]{0,3}\|[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL = re.compile(r"(?<!\\)\|")


class Sort(StrEnum):
    """What a unit is. `FIXED` is what no form changes: the head of a table, the line between two slides."""

    HEADING = "kop"
    TITLE = "titel"
    TEXT = "tekst"
    ITEM = "punt"
    ROW = "rij"
    NOTE = "notitie"
    RULE = "streep"
    FIXED = "vast"


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of what is under a heading; `text` and then `gap` are its characters in the file."""

    sort: Sort
    text: str
    gap: str = ""

    @property
    def value(self) -> str:
        """What a field shows of it, with lines that end in a line feed and without the signs around it."""
        plain = "\n".join(self.text.splitlines())
        match self.sort:
            case Sort.TITLE:
                return _SUFFIX.sub("", plain[5:]).strip()
            case Sort.ITEM:
                return _SUFFIX.sub("", _bullet(plain)[1]).rstrip()
            case Sort.NOTE:
                first, *rest = plain.split("\n")
                start, quotes = _NOTE.fullmatch(first), (_QUOTE.fullmatch(line) for line in rest)
                below = [quote[1] if quote else line for quote, line in zip(quotes, rest, strict=True)]
                return "\n".join([*([start[1]] if start and start[1] else []), *below])
        return plain

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a row of a table."""
        inner = self.text.strip().removeprefix("|").removesuffix("|")
        return tuple(cell.replace("\\|", "|").strip() for cell in _CELL.split(inner))

    @property
    def id(self) -> str:
        """The id behind a field or a title; '' when it has none."""
        found = _ID.search((_SUFFIX.search(self.text) or [""])[0])
        return found[1] if found else ""

    def with_value(self, value: str) -> "Unit":
        """The unit with another value."""
        value = "\n".join(value.splitlines()).strip("\n")
        if value == self.value:
            return self
        suffix = _SUFFIX.search(self.text)
        end = suffix[0].rstrip() if suffix and suffix.start() else ""
        match self.sort:
            case Sort.TITLE:
                return replace(self, text=f"#### {one_line(value)}{end}")
            case Sort.ITEM:
                first, *rest = value.split("\n")
                below = [line if line[:1] in (" ", "\t", "") else f"  {line}" for line in rest]
                return replace(self, text="\n".join([_bullet(self.text)[0] + first, *below]) + end)
            case Sort.NOTE:
                return replace(self, text=_note(value))
        return replace(self, text=value)

    def with_cells(self, cells: Sequence[str]) -> "Unit":
        """The row with other cells; a sign between cells is written so that it is none."""
        cleaned = [" ".join(cell.split()) for cell in cells]
        if tuple(cleaned) == self.cells:
            return self
        escaped = (cell.replace("|", "\\|") for cell in cleaned)
        return replace(self, text="|" + "|".join(f" {cell} " if cell else " " for cell in escaped) + "|")


def units_of(section: str) -> list[Unit]:
    """The units of a heading with what is under it; the first one is the heading itself."""
    lines = raw_lines(section)
    if not lines:
        return []
    sorts = _sorts([line.rstrip("\r\n") for line in lines])
    found: list[tuple[Sort, list[str]]] = []
    for line, sort in zip(lines, sorts, strict=True):
        if sort is None and found:
            found[-1][1].append(line)
        else:
            found.append((sort or Sort.TEXT, [line]))
    return [Unit(sort, *split_gap("".join(group))) for sort, group in found]


def join(units: Sequence[Unit]) -> str:
    """The text of units."""
    return "".join(unit.text + unit.gap for unit in units)


def groups_of(units: Sequence[Unit]) -> list[range]:
    """The places of what is under each `####` title: a slide, a step, a scene. Lines between are in none."""
    starts = [at for at, unit in enumerate(units) if unit.sort is Sort.TITLE]
    ends = [at for at, unit in enumerate(units) if unit.sort in (Sort.TITLE, Sort.RULE)] + [len(units)]
    return [range(start, next(end for end in ends if end > start)) for start in starts]


def one_line(value: str) -> str:
    """A title as it is written: on one line, without white space around it."""
    return " ".join(value.split())


def _sorts(lines: Sequence[str]) -> Iterator[Sort | None]:
    """For every line what it begins; None when it belongs to what began before it."""
    fences, tables = Fences(), _tables(lines)
    now, open_note = Sort.HEADING, False
    yield now
    for at, line in enumerate(lines[1:], start=1):
        blank = not line.strip()
        # Until an empty line everything belongs to a note, as the scanner has it.
        open_note = open_note and not blank
        if open_note or (not fences.open and blank):
            yield None
            continue
        began = Sort.TEXT if fences.inside(line) else _begins(line, tables.get(at))
        open_note = began is Sort.NOTE
        deeper = now is Sort.ITEM and line[:1] in (" ", "\t")
        if (began is Sort.TEXT and (deeper or now is Sort.TEXT)) or tables.get(at) is Sort.RULE:
            yield None
        else:
            now = began
            yield began


def _begins(line: str, table: Sort | None) -> Sort:
    """What a line begins that is not in code."""
    if table:
        return table
    if _NOTE.fullmatch(line):
        return Sort.NOTE
    if line.startswith("#### "):
        return Sort.TITLE
    if line.rstrip() == "---":
        return Sort.RULE
    return Sort.ITEM if line[:2] in BULLETS else Sort.TEXT


def _bullet(text: str) -> tuple[str, str]:
    """The sign of a list item with the space behind it, and what follows."""
    found = _BULLET.match(text)
    return (found[1] + (found[2] or " "), found[3]) if found else ("- ", text)


def _tables(lines: Sequence[str]) -> dict[int, Sort]:
    """The lines of tables: FIXED for a head, RULE for the dashes under it, ROW for all others."""
    found: dict[int, Sort] = {}
    for at, line in enumerate(lines):
        if not line.startswith("|"):
            continue
        if at - 1 in found:
            found[at] = Sort.RULE if found[at - 1] is Sort.FIXED else Sort.ROW
        elif at + 1 < len(lines) and _DELIMITERS.fullmatch(lines[at + 1]):
            found[at] = Sort.FIXED
    return found


def _note(value: str) -> str:
    lines = ["> [!TRAINER]", *(f"> {line}".rstrip() for line in value.split("\n"))]
    return "\n".join(lines)
