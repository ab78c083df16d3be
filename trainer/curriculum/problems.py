"""Problems found while reading a curriculum: where, what, and a code to look up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in a curriculum file; `line` counts from 1, `message` is Dutch."""

    path: str
    line: int
    message: str
    code: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} [{self.code}]"


@dataclass(slots=True)
class Problems:
    """Collects problems, so that an author sees all of them at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, path: str, line: int, message: str, code: str) -> None:
        """Reports a problem at a line of a file: `message` for its author, `code` for programs."""
        self.found.append(Problem(path, line, message, code))

    def sorted(self) -> list[Problem]:
        """Every problem once, in the order of files and lines."""
        return sorted(set(self.found))

    def __bool__(self) -> bool:
        return bool(self.found)


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """The Dutch message for a word that is not in `known`, suggesting the closest that is.

    >>> unknown("instelling", "minute", ["minuten", "optie"])
    "onbekende instelling 'minute'; bedoel je 'minuten'?"
    """
    return f"onbekende {what} '{shortened(word)}'{suggestion(word, known)}"


def suggestion(word: str, known: Iterable[str]) -> str:
    """A suffix for a message about `word`: "; bedoel je 'x'?", or '' when nothing in `known` is close."""
    near = get_close_matches(word[:100].lower(), sorted(known), n=1, cutoff=0.6)
    return f"; bedoel je '{near[0]}'?" if near else ""


def shortened(text: str, most: int = 60) -> str:
    """`text` shortened to fit a message: on one line, at most `most` characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
