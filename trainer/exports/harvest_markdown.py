"""A report of a meeting or a course as Markdown: plain text that any editor opens."""

import re
from collections.abc import Iterator, Sequence

from trainer.exports.evaluation import Question
from trainer.exports.harvest import Harvest, HarvestReport, Section, Words, absent
from trainer.exports.harvest_words import DISTRIBUTION, GIVEN, LINES, answered, days, head, minutes, rows
from trainer.exports.safety import clean

# What makes something else of a text than text, wherever it stands in a line.
_ANYWHERE = re.compile(r"([\\`*_{}\[\]<>#|~&])")
# At the beginning of a line these make a list, a rule or a heading; spaces there make code.
_AT_START = re.compile(r"^[ \t]*(\d{0,9})([-+=.)])", re.MULTILINE)


def render(report: HarvestReport) -> bytes:
    """UTF-8, ending in a newline."""
    return ("\n\n".join(_report(report)) + "\n").encode()


def escaped(text: str) -> str:
    """A text that Markdown shows as it was typed, and that is no picture, HTML or heading there."""
    lines = "\n".join(line.strip() for line in clean(text).split("\n"))
    return _AT_START.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\1", lines))


def _report(report: HarvestReport) -> Iterator[str]:
    yield f"# {_line(report.title)}"
    yield _lines(head(report))
    yield "\n".join(f"- {_line(days(each))}" for each in report.harvests)
    yield "## Wat hier niet in staat, en waarom"
    yield "\n".join(f"- **{_line(what)}** {_line(why)}" for what, why in absent(report))
    deeper = len(report.harvests) > 1
    for each in report.harvests:
        yield from _harvest(each, deeper)


def _harvest(harvest: Harvest, deeper: bool) -> Iterator[str]:
    if deeper:
        yield f"## {_line(harvest.title)}"
    for section in harvest.shown:
        yield from _section(section, "###" if deeper else "##")


def _section(section: Section, mark: str) -> Iterator[str]:
    yield f"{mark} {_line(section.title)}"
    if section.note.answer.text:
        yield _lines(section.note.answer.text)
    if section.lines:
        yield GIVEN
        yield _table(LINES, [(each.title, ", ".join(each.steps), *minutes(each)) for each in section.lines])
    for piece in section.pieces:
        yield from _words(piece, mark) if isinstance(piece, Words) else _question(piece, mark)


def _question(question: Question, mark: str) -> Iterator[str]:
    yield f"{mark}# {_line(question.question)}"
    yield _lines(answered(question))
    if question.divided:
        yield _table(DISTRIBUTION, rows(question))


def _words(words: Words, mark: str) -> Iterator[str]:
    yield f"{mark}# {_line(words.question)}"
    if words.missing:
        yield f"{words.missing.capitalize()}."
    for title, texts in words.groups:
        if title:
            yield f"{mark}## {_line(title)}"
        yield "\n".join(f"- {_lines(text).replace(chr(10), chr(10) + '  ')}" for text in texts)


def _table(heads: Sequence[str], found: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *([_line(text) for text in row] for row in found)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _line(text: str) -> str:
    return " ".join(escaped(text).split())


def _lines(text: str) -> str:
    # Two spaces at its end keep a line apart from the next.
    return "  \n".join(escaped(text).split("\n"))
