"""What is too much for Python-Markdown: it is slow on some texts, and these limits keep it from them.

An ordinary text never comes near. `tests/curriculum/test_hostile.py` measures what is left.
"""

import re

# A file
MOST_BYTES = 256 * 1024
MOST_LINES = 3_000
LONGEST_LINE = 5_000
MOST_MARKS_IN_FILE = 15_000
MOST_BRACKETS_IN_FILE = 2_000

# What is rendered in one go
MOST_CHARACTERS = 60_000
MOST_LINES_TOGETHER = 600
DEEPEST = 6

# A paragraph, a list item, a cell
LONGEST_PARAGRAPH = 10_000
MOST_MARKS = 200
# For every '[' Python-Markdown looks through the rest of the paragraph for its ']'.
MOST_BRACKETS_BY_LENGTH = 60_000

_PREFIX = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d+[.)])[ \t]*)*")
_MARKS = str.maketrans("", "", r"[]*_`<&(|\!")


def marks(text: str) -> int:
    """How many characters of `text` Python-Markdown has to look into."""
    return len(text) - len(text.translate(_MARKS))


def too_complex(markdown: str) -> tuple[int, str] | None:
    """Why a text is not rendered as Markdown: the line (from 0) and a Dutch clause. None when it is."""
    if len(markdown) > MOST_CHARACTERS:
        return 0, f"de tekst is te lang: meer dan {MOST_CHARACTERS} tekens"
    lines = markdown.split("\n")
    if len(lines) > MOST_LINES_TOGETHER:
        return MOST_LINES_TOGETHER, f"de tekst is te lang: meer dan {MOST_LINES_TOGETHER} regels"
    for at, line in enumerate(lines):
        if _depth(line) > DEEPEST:
            return at, f"de tekst is te diep ingesprongen: meer dan {DEEPEST} niveaus"
    return None


def too_dense(text: str) -> bool:
    """Has one paragraph so many brackets, stars and the like that finding the pairs takes too long?"""
    return (
        len(text) > LONGEST_PARAGRAPH
        or marks(text) > MOST_MARKS
        or len(text) * text.count("[") > MOST_BRACKETS_BY_LENGTH
    )


def _depth(line: str) -> int:
    """How deep quotes and lists can be nested on this line; a line of stars or dashes only is a rule."""
    prefix = line[: _PREFIX.match(line).end()]  # type: ignore[union-attr]  # it matches the empty text too
    if prefix == line and not set(line) - set("*- \t"):
        return 0
    markers = len(re.findall(r">|[-*+]|\d+[.)]", prefix))
    return max(markers, prefix.expandtabs(4).count(" ") // 4 + min(markers, 1))
