"""Turns the bytes of a file into lines of clean text."""

import re

from trainer.curriculum.limits import (
    LONGEST_LINE,
    MOST_BRACKETS_IN_FILE,
    MOST_BYTES,
    MOST_LINES,
    MOST_MARKS_IN_FILE,
    marks,
)
from trainer.curriculum.problems import Problems

# Control and bidi characters make a text look different from what it is, and Python-Markdown uses two of them
# as placeholders. Line separators other than \n would make line numbers differ between tools.
ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def read_lines(data: bytes, path: str, problems: Problems) -> list[str] | None:
    """The lines of a file, without line ends; None, with a problem, when it is no UTF-8 text of sane size.

    A byte order mark and Windows line ends are accepted: editors add them unasked, and they change nothing.
    """
    if len(data) > MOST_BYTES:
        size = f"{MOST_BYTES // 1024} kB"
        problems.add(path, 1, f"het bestand is te groot: meer dan {size}; splits het", "file.too-large")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        problems.add(path, line, "dit is geen UTF-8; bewaar het bestand als UTF-8", "file.not-utf8")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        message = f"het bestand is te lang: meer dan {MOST_LINES} regels; splits het"
        problems.add(path, MOST_LINES + 1, message, "file.too-many-lines")
        return None
    if marks(text) > MOST_MARKS_IN_FILE or text.count("[") > MOST_BRACKETS_IN_FILE:
        message = "het bestand heeft te veel haken, sterretjes of andere tekens; splits het"
        worst = max(range(len(lines)), key=lambda at: marks(lines[at]))
        problems.add(path, worst + 1, message, "file.too-complex")
        return None
    if not odd_character(text) and max(map(len, lines)) <= LONGEST_LINE:
        return lines
    return [_clean(line, path, number, problems) for number, line in enumerate(lines, start=1)]


def odd_character(text: str) -> str:
    """The first control or otherwise invisible character of `text` that a file may not have, or ''."""
    odd = ODD.search(text)
    return odd[0] if odd else ""


def _clean(line: str, path: str, number: int, problems: Problems) -> str:
    if odd := odd_character(line):
        message = f"onzichtbaar teken U+{ord(odd):04X}; haal het weg"
        problems.add(path, number, message, "file.control-character")
        line = ODD.sub(" ", line)
    if len(line) > LONGEST_LINE:
        message = f"de regel is te lang: meer dan {LONGEST_LINE} tekens; maak er meer alinea's van"
        problems.add(path, number, message, "file.long-line")
        line = line[:LONGEST_LINE]
    return line
