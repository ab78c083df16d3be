"""Finds the structure of a file: headings with their attributes, trainers' notes, and what is in between.

Markdown itself is left to the renderer. This only looks at whole lines, so it is fast on any input and knows
the line of everything it finds.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trainer.curriculum.model import Note
from trainer.curriculum.problems import Problems, shortened

LONGEST_HEADING = 400

_HEADING = re.compile(r"(#{2,3})(?!#)([ \t]*)(.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_NOTE = re.compile(r"\s*>\s*\[!TRAINER\][ \t]*(.*)", re.IGNORECASE)
_QUOTE = re.compile(r"\s*> ?(.*)")
_ATTRIBUTE = re.compile(
    r"""(?: \#(?P<id>[^\s"={}]+)
          | (?P<key>[^\s"={}#]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))
        )(?!\S)
      | (?P<other>\S+)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A `##` or `###` heading. `attributes` has everything in braces except the id, in order."""

    line: int
    level: int
    title: str
    id: str | None
    attributes: Mapping[str, str]


@dataclass(slots=True)
class Section:
    """What is under one heading or, without a heading, before the first one.

    `body` has a line for every line of the file from `body_line` on; those of notes are empty.
    """

    heading: Heading | None
    body_line: int
    body: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def markdown(self) -> str:
        """The text below the heading, as it was written."""
        return "\n".join(self.body)

    @property
    def visible(self) -> bool:
        """Is there any text below the heading?"""
        return any(line.strip() for line in self.body)


LAZY = "zet '>' voor deze regel van de trainersnotitie, of een lege regel ervoor"


def scan(lines: Sequence[str], first_line: int, path: str, problems: Problems) -> list[Section]:
    """The sections of `lines`, in order; `lines` begin at line `first_line` of the file."""
    sections = [Section(None, first_line)]
    fences = Fences()
    opened = first_line
    note: list[str] | None = None
    for number, line in enumerate(lines, start=first_line):
        section = sections[-1]
        if note is not None:
            quote = _QUOTE.fullmatch(line)
            lazy = quote is None and line.strip() and not _HEADING.fullmatch(line)
            if quote or lazy:
                if lazy:
                    problems.add(path, number, LAZY, "note.lazy")
                note.append(quote[1] if quote else line)
                section.body.append("")
                continue
            section.notes[-1] = Note(section.notes[-1].line, "\n".join(note))
            note = None
        was_open = fences.open
        if fences.inside(line):
            opened = opened if was_open else number
            section.body.append(line)
        elif line.startswith("##") and (heading := _HEADING.fullmatch(line)):
            sections.append(Section(_heading(heading, number, path, problems), number + 1))
        elif "[!" in line and (start := _NOTE.fullmatch(line)):
            above = section.body[-1] if section.body else ""
            if _QUOTE.fullmatch(above):
                problems.add(path, number, "zet een lege regel boven '[!TRAINER]'", "note.misplaced")
            note = [start[1]]
            section.notes.append(Note(number, start[1]))
            section.body.append("")
        else:
            section.body.append(line)
    if note is not None:
        sections[-1].notes[-1] = Note(sections[-1].notes[-1].line, "\n".join(note))
    if fences.open:
        message = "het blok met ``` eindigt niet; sluit het af met ```"
        problems.add(path, opened, message, "text.open-fence")
    return sections


class Fences:
    """Follows fenced code line by line."""

    def __init__(self) -> None:
        self.open = ""

    def inside(self, line: str) -> bool:
        """Is `line` part of fenced code, fences included? Call it once for every line, in order."""
        if "```" not in line and "~~~" not in line:
            return bool(self.open)
        fence = _FENCE.fullmatch(line)
        if self.open:
            if fence and fence[1].startswith(self.open) and not fence[2].strip():
                self.open = ""
            return True
        if fence and not (fence[1][0] == "`" and "`" in fence[2]):
            self.open = fence[1]
            return True
        return False


def _heading(match: re.Match[str], line: int, path: str, problems: Problems) -> Heading:
    level = len(match[1])
    text = match[3].strip()
    if not match[2] and text:
        problems.add(path, line, f"zet een spatie na '{match[1]}'", "heading.space")
    if len(text) > LONGEST_HEADING:
        message = f"de kop is te lang: meer dan {LONGEST_HEADING} tekens"
        problems.add(path, line, message, "heading.too-long")
    title, brace, rest = text.partition("{")
    title = title.strip().rstrip("#").strip()
    id_: str | None = None
    attributes: dict[str, str] = {}
    if brace:
        inner, closed, after = rest.rpartition("}")
        if not closed or after.strip():
            message = "de kop moet eindigen met zijn instellingen: {#id naam=waarde}"
            problems.add(path, line, message, "heading.attributes")
            inner = inner if closed else rest
        id_, attributes = _attributes(inner, line, path, problems)
    if not title:
        problems.add(path, line, "de kop heeft geen titel", "heading.no-title")
    return Heading(line, level, title, id_, attributes)


def _attributes(text: str, line: int, path: str, problems: Problems) -> tuple[str | None, dict[str, str]]:
    id_: str | None = None
    attributes: dict[str, str] = {}
    wrong = ""
    for found in _ATTRIBUTE.finditer(text):
        if found["other"] is not None:
            wrong = wrong or found["other"]
        elif found["id"] is not None:
            if id_ is not None:
                problems.add(path, line, "de kop heeft twee ids", "heading.double-setting")
            id_ = found["id"]
        elif found["key"] == "id":
            id_ = found["quoted"] or found["bare"] or ""
            message = f"schrijf '#{shortened(id_)}' in plaats van 'id={shortened(id_)}'"
            problems.add(path, line, message, "heading.attributes")
        elif found["key"] in attributes:
            message = f"instelling '{found['key']}' staat er twee keer"
            problems.add(path, line, message, "heading.double-setting")
        else:
            value = found["quoted"] if found["quoted"] is not None else found["bare"]
            attributes[found["key"]] = value
    if wrong:
        message = f"dit is geen instelling: '{shortened(wrong, 30)}'; schrijf #id of naam=waarde"
        problems.add(path, line, message, "heading.attributes")
    return id_, attributes
