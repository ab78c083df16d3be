"""Splits the material of a step: what comes before a list, under a heading, on a slide, in a table."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.curriculum.render import inline
from trainer.curriculum.render import prose as render

NOTHING = Text(Markup(""), "")
_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^:?-+:?$")


def plain(text: str) -> Text:
    """A text that is not Markdown."""
    return Text(escape(text), text)


def prose(markdown: str, step: StepSource) -> Text:
    """Paragraphs, lists and tables as sanitised HTML; image names are relative to the step's `base`."""
    return render(markdown, step.base) if markdown.strip() else NOTHING


def texts(step: StepSource, problems: Problems) -> tuple[Text, ...]:
    """The top-level list items of a step: its statements, choices or questions. Reports duplicates."""
    found: dict[str, Text] = {}
    for line, markdown in bullets(step.body, step.body_line):
        text = inline(markdown, step.base)
        if not text.plain:
            problems.add(step.path, line, "dit punt in de lijst is leeg", "list.empty-item")
        elif text.plain in found:
            problems.add(step.path, line, "dit punt staat twee keer in de lijst", "list.double-item")
        else:
            found[text.plain] = text
    return tuple(found.values())


def before_bullets(step: StepSource) -> Text:
    """Everything in a step outside its lists."""
    inside = False
    kept: list[str] = []
    for line in step.body.splitlines():
        if line[:2] in ("- ", "* ", "+ "):
            inside = True
        elif line.strip() and line[0] not in " \t":
            inside = False
        kept.append("" if inside else line)
    return prose("\n".join(kept), step)


def without(step: StepSource, unwanted: Callable[[str], bool]) -> Text:
    """The prose of a step without the lines that are `unwanted`."""
    return prose("\n".join("" if unwanted(line) else line for line in step.body.splitlines()), step)


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a body: the line in the file where it begins, its title or '', its Markdown."""

    line: int
    title: str
    markdown: str


def sections(body: str, first_line: int) -> tuple[Section, ...]:
    """`body` split at its `####` headings; what comes before the first one has no title."""
    found = [Section(first_line, "", "")]
    for offset, line in enumerate(body.splitlines()):
        if line.startswith("#### "):
            found.append(Section(first_line + offset, line[5:].strip().rstrip("#").strip(), ""))
        else:
            last = found[-1]
            found[-1] = Section(last.line, last.title, f"{last.markdown}{line}\n")
    return tuple(found)


def is_row(line: str) -> bool:
    """Does this line belong to a table?"""
    return line.lstrip().startswith("|")


def rows(body: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of the tables in a Markdown body as (line in the file, cells), without the lines of dashes."""
    for offset, line in enumerate(body.splitlines()):
        cells = _CELL.split(line.strip().removeprefix("|").removesuffix("|")) if is_row(line) else []
        cells = [cell.replace("\\|", "|").strip() for cell in cells]
        if cells and not all(_RULE.match(cell) for cell in cells):
            yield first_line + offset, cells


def named(bullet: str) -> tuple[str, str] | None:
    """The name before the first colon of a list item and what comes after it; None when one is missing."""
    name, _, words = (part.strip() for part in bullet.partition(":"))
    return (name, words) if name and words else None


def bullets(body: str, first_line: int) -> list[tuple[int, str]]:
    """Top-level list items of a Markdown body as (line in the file, Markdown), continuation lines joined."""
    found: list[tuple[int, str]] = []
    inside = False
    for offset, line in enumerate(body.splitlines()):
        stripped = line.strip()
        if line[:2] in ("- ", "* ", "+ "):
            found.append((first_line + offset, stripped[2:].strip()))
            inside = True
        elif inside and stripped and line[0] in " \t":
            number, text = found[-1]
            found[-1] = (number, f"{text} {stripped}")
        elif not stripped or line[0] not in " \t":
            inside = False
    return found
