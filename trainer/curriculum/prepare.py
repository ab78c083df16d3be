"""Small differences in what code hosts and Python-Markdown recognise as a list, a table or code.

A file must look the same on a code host and here, so these are normalised before Python-Markdown sees them.
"""

import re

from trainer.curriculum.scanner import Fences

_ITEM = re.compile(r"(?:[-*+]|1[.)])[ \t]+\S")
# In Python-Markdown only a number with a full stop starts a list.
_ROUND = re.compile(r"^([ \t]*\d{1,9})\)(?=[ \t])")
_NO_PARAGRAPH = re.compile(r"[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|>|#{2,4}[ \t]|\|")
_DELIMITERS = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


def prepare(markdown: str) -> str:
    """`markdown` with fenced code indented, `1)` as `1.`, and lists and tables set off from the text above.

    Python-Markdown's own extension for fenced code is slow on unmatched fences.
    """
    lines = markdown.split("\n")
    fences = Fences()
    prepared: list[str] = []
    for at, line in enumerate(lines):
        was_open = bool(fences.open)
        if fences.inside(line):
            prepared.append("    " + line if was_open and fences.open else "")
            continue
        line = _ROUND.sub(r"\1.", line, count=1)
        previous = prepared[-1] if prepared else ""
        if previous.strip() and not _NO_PARAGRAPH.match(previous) and _starts(lines, at):
            prepared.append("")
        prepared.append(line)
    return "\n".join(prepared)


def _starts(lines: list[str], at: int) -> bool:
    """Does a list or a table start on this line?"""
    line = lines[at]
    if _ITEM.match(line):
        return True
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return "|" in line and "|" in below and _DELIMITERS.fullmatch(below) is not None
