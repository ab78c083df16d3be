"""How a slide is laid out on the screen: its title says so, and its text must have what the layout needs."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LARGEST_SENTENCE = 20

_LAYOUT = re.compile(r"(?P<title>.*?)\s*\{\s*indeling=(?P<name>[^\s{}]*)\s*\}")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)\s]+\)[ \t]*")
_BOLD = re.compile(r"\*\*[^*]+\*\*\s*")
_BLOCK = re.compile(r"(?:[-*+>|]|\d+[.)])\s")


class Unfitting(Exception):
    """A slide without what its layout needs: the line of its text (from 0; -1 is its title), and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line
        self.why = why


@dataclass(frozen=True, slots=True)
class Parts:
    """The Markdown of a slide as its layout divides it; '' for a part that the layout does not have."""

    text: str
    beside: str = ""


def split_title(title: str) -> tuple[str, str]:
    """A title without its layout, and the layout's name; '' when it names none.

    Raises Unfitting when what is in the braces is no layout.
    """
    if "{" not in title:
        return title, ""
    found = _LAYOUT.fullmatch(title)
    if found is None or found["name"] not in _LAYOUTS:
        names = ", ".join(f"{{indeling={name}}}" for name in _LAYOUTS)
        raise Unfitting(-1, f"tussen de accolades achter de titel kan alleen {names}")
    return found["title"], found["name"]


def divide(layout: str, markdown: str) -> Parts:
    """The parts of a slide. Raises Unfitting when the text is not what its layout is for."""
    return _LAYOUTS[layout](markdown.split("\n")) if layout else Parts(markdown)


def without_pictures(markdown: str) -> str:
    """What is read of a slide: a description is for whoever cannot see its picture."""
    return _PICTURE.sub("", markdown)


def _beside(lines: list[str]) -> Parts:
    pictures = [number for number, line in enumerate(lines) if _PICTURE.fullmatch(line)]
    text = "\n".join("" if number in pictures else line for number, line in enumerate(lines))
    if len(pictures) != 1 or not text.strip():
        at = pictures[1] if len(pictures) > 1 else -1
        raise Unfitting(at, "een dia met 'indeling=naast' heeft tekst, en één plaatje op een eigen regel")
    return Parts(text, lines[pictures[0]])


def _columns(lines: list[str]) -> Parts:
    heads = [number for number, line in enumerate(lines) if _BOLD.fullmatch(line)]
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if len(heads) != 2 or heads[0] != first:
        at = heads[2] if len(heads) > 2 else -1
        why = "een dia met 'indeling=kolommen' heeft twee vette regels, en begint met de eerste"
        raise Unfitting(at, why)
    return Parts("\n".join(lines[: heads[1]]), "\n".join(lines[heads[1] :]))


def _sentence(lines: list[str]) -> Parts:
    text = "\n".join(lines).strip()
    if not text or "\n\n" in text or _BLOCK.match(text) or "![" in text:
        raise Unfitting(-1, "een dia met 'indeling=zin' heeft één alinea, zonder lijst of plaatje")
    if len(text.split()) > LARGEST_SENTENCE:
        raise Unfitting(-1, f"een dia met 'indeling=zin' heeft hooguit {LARGEST_SENTENCE} woorden")
    return Parts(text)


_LAYOUTS: Mapping[str, Callable[[list[str]], Parts]] = {
    "naast": _beside,
    "kolommen": _columns,
    "zin": _sentence,
}
