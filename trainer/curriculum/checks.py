"""Renders the texts of a file, and reports what the format does not allow in them, by line."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from trainer.curriculum.files import Missing, Unfit
from trainer.curriculum.markdown import IMAGE, allowed_link
from trainer.curriculum.problems import Problems, shortened
from trainer.curriculum.render import render_with_findings
from trainer.curriculum.scanner import Fences

# Raises Missing or Unfit for an image that cannot be shown.
Images = Callable[[str], None]

HTML = re.compile(r"<(?=[A-Za-z/!?])(?!https?://[^\s<>]*>)(?![^\s<>/]+@[^\s<>]+>)")
# A mistyped trainers' note would be shown to everybody, so be strict.
_CALLOUT = re.compile(r"\[!TRAINER\]|^[\s>]*>\s*\[\s*(?:![^\]]{0,30}|trainers?\s*)\]", re.IGNORECASE)
_REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:\s*\S")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")
_SHALLOW = re.compile(r" {1,3}(?:[-*+]|\d{1,9}[.)])[ \t]")
_HEADING = re.compile(r"( {0,3})(#+)(?:[ \t]|$)")


@dataclass(frozen=True, slots=True)
class Checker:
    """Renders and checks the texts of one file. `images`, if given, checks each image that they name."""

    path: str
    problems: Problems
    base: str = ""
    images: Images | None = None
    highest_heading: int = 4

    def render(self, markdown: str, first_line: int) -> Markup:
        """The HTML of `markdown`, which begins at line `first_line` of the file. Reports problems in it."""
        if not markdown.strip():
            return Markup()
        lines = _Lines(markdown, first_line)
        self._check_lines(lines)
        result = render_with_findings(markdown, self.base)
        if result.refused:
            at, why = result.refused
            self._add(first_line + at, why, "text.too-complex")
        for text in result.findings.dense:
            message = "te veel haken, sterretjes of andere tekens in één alinea; splits de alinea"
            self._add(lines.find_all("", text[:100].split("\n")[0])[0], message, "text.too-complex")
        for address in dict.fromkeys(result.findings.links):
            if not allowed_link(address):
                message = f"de link '{shortened(address)}' mag niet; begin met https:// of mailto:"
                for line in lines.find_all(address):
                    self._add(line, message, "text.link")
        for source, alt in dict.fromkeys(result.findings.images):
            for line in lines.find_all(source, f"![{alt}]({source}"):
                self._check_image(source, alt, line)
        return result.html

    def _check_lines(self, lines: "_Lines") -> None:
        in_list = False
        for number, line in lines:
            if in_list and _SHALLOW.match(line):
                self._add(number, "zet vier spaties voor een lijst in een lijst", "text.list-indent")
            in_list = (in_list and line[:1] in ("", " ", "\t")) or bool(_ITEM.match(line))
            if HTML.search(line):
                self._add(number, "gebruik geen HTML; schrijf het in Markdown", "text.html")
            callout = _CALLOUT.search(line)
            if callout:
                self._check_callout(number, callout[0].lstrip("> \t"))
            if _REFERENCE.match(line):
                self._add(number, "schrijf een link als [tekst](https://...)", "text.reference")
            heading = _HEADING.match(line)
            if heading:
                self._check_heading(number, len(heading[1]), len(heading[2]))

    def _check_callout(self, number: int, callout: str) -> None:
        if callout.upper() == "[!TRAINER]":
            message = "'[!TRAINER]' moet op de eerste regel van een eigen blok met '>' staan"
            self._add(number, message, "note.misplaced")
        else:
            message = f"onbekend kader '{shortened(callout)}'; alleen '[!TRAINER]' bestaat"
            self._add(number, message, "note.unknown")

    def _check_heading(self, number: int, indent: int, level: int) -> None:
        if indent:
            self._add(number, "zet de kop aan het begin van de regel", "heading.indented")
        elif not self.highest_heading <= level <= 4:
            allowed = " of ".join("#" * at for at in range(self.highest_heading, 5))
            message = f"een kop met {'#' * level} kan hier niet; gebruik {allowed}"
            self._add(number, message, "heading.level")

    def _check_image(self, source: str, alt: str, line: int) -> None:
        name = shortened(source)
        if not IMAGE.fullmatch(source):
            message = f"'{name}' kan geen afbeelding zijn; zet een bestand als foto.png naast de tekst"
            self._add(line, message, "text.image-name")
        elif self.images is not None:
            try:
                self.images(source)
            except Missing:
                self._add(line, f"de afbeelding '{name}' is er niet", "text.image-missing")
            except Unfit as unfit:
                self._add(line, unfit.why, unfit.code)
        if not alt.strip():
            message = f"beschrijf de afbeelding '{name}' tussen de rechte haken"
            self._add(line, message, "text.image-alt")

    def _add(self, line: int, message: str, code: str) -> None:
        self.problems.add(self.path, line, message, code)


class _Lines:
    """The lines of a text with their numbers in the file, without code."""

    def __init__(self, markdown: str, first: int) -> None:
        self.first = first
        fences = Fences()
        self._lines = [
            (number, without_code(line))
            for number, line in enumerate(markdown.split("\n"), start=first)
            if not fences.inside(line)
        ]

    @cached_property
    def _decoded(self) -> list[tuple[int, str]]:
        return [(number, html.unescape(line)) for number, line in self._lines]

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return iter(self._lines)

    def find_all(self, text: str, exactly: str = "") -> list[int]:
        """The lines that hold `exactly`; if none do, those that hold `text` as a word. At most 50.

        Falls back to the first line when the file spells it differently.
        """
        word = re.compile(re.escape(text) + r"(?![^\s)>\"])")
        for found in (
            [number for number, line in self._lines if exactly and exactly in line],
            [number for number, line in self._decoded if text and word.search(line)],
        ):
            if found:
                return found[:50]
        return [self.first]


def without_code(line: str) -> str:
    """`line` with its `code spans` blanked out, because nothing in them is markup."""
    if "`" not in line:
        return line
    pieces: list[str] = []
    at = 0
    for opening in re.finditer("`+", line):
        if opening.start() < at:
            continue
        closing = re.compile(f"(?<!`){opening[0]}(?!`)").search(line, opening.end())
        if closing is None:
            continue
        pieces += [line[at : opening.start()], " " * (closing.end() - opening.start())]
        at = closing.end()
    return "".join([*pieces, line[at:]])
