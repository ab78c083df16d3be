"""Limits that keep Python-Markdown away from the texts it is slow on.

An ordinary text never comes near them. `tests/curriculum/test_hostile.py` measures the worst that remains.
"""

import re

# A file
MOST_BYTES = 256 * 1024
MOST_LINES = 3_000
LONGEST_LINE = 5_000
MOST_MARKS_IN_FILE = 15_000
MOST_BRACKETS_IN_FILE = 2_000

# A text rendered in one go
MOST_CHARACTERS = 60_000
MOST_LINES_TOGETHER = 600
DEEPEST = 6

# A paragraph, a list item, a cell
LONGEST_PARAGRAPH = 10_000
MOST_MARKS = 200
# For every '[' Python-Markdown scans the rest of the paragraph for its ']'.
MOST_BRACKETS_BY_LENGTH = 60_000

_PREFIX = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d+[.)])[ \t]*)*")
_MARKS = r"[]*_`<&(|\!"


def marks(text: str) -> int:
    """How many characters of `text` Python-Markdown must examine as possible markup."""
    # One look for each of them: to translate a text costs ten times as much when it has an accent somewhere.
    return sum(map(text.count, _MARKS))


def too_complex(markdown: str) -> tuple[int, str] | None:
    """Why a text is too complex to render: the line (from 0) and a Dutch clause. None when it is not."""
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
    """Is a paragraph so long, or so full of brackets, stars and the like, that pairing them is too slow?"""
    return (
        len(text) > LONGEST_PARAGRAPH
        or marks(text) > MOST_MARKS
        or len(text) * text.count("[") > MOST_BRACKETS_BY_LENGTH
    )


def _depth(line: str) -> int:
    """How deeply quotes and lists can be nested on this line; a line of only stars or dashes is a rule."""
    prefix = line[: _PREFIX.match(line).end()]  # type: ignore[union-attr]  # it matches the empty text too
    if prefix == line and not set(line) - set("*- \t"):
        return 0
    markers = len(re.findall(r">|[-*+]|\d+[.)]", prefix))
    return max(markers, prefix.expandtabs(4).count(" ") // 4 + min(markers, 1))
