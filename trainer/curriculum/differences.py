"""What is different between two texts of a part, heading by heading, to be read side by side."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from trainer.curriculum.merging import CLOSING, MINUTES, MOST_LINES_TO_MERGE, OPENING, merge

# Words are compared within a line that changed; whole lines where lines are longer, or more changed in a row.
MOST_WORDS = 150
MOST_IN_A_ROW = 40
# Lines of which less than this is the same are not one line that changed.
ALIKE = 0.4
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")

# A stretch of text, and whether the other side does not have it.
Stretch = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Line:
    """A line on one side, in stretches; `changed` when the other side does not have exactly this line."""

    stretches: tuple[Stretch, ...]
    changed: bool

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(text for text, _ in self.stretches)


# Lines of a side as they are read: a number stands for as many that are the same on both.
Side = tuple[Line | int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one heading: `old` and `new` are its lines, none where it is not there."""

    key: str
    title: str
    level: int
    old: Side
    new: Side

    @property
    def is_new(self) -> bool:
        """Was it not there before?"""
        return not self.old

    @property
    def is_gone(self) -> bool:
        """Is it not there any more?"""
        return not self.new


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is different; `moved` says that headings have another order too."""

    differences: tuple[Difference, ...]
    moved: bool


def compare(old: str, new: str) -> Comparison:
    """What is different in `new`, in the order of `new`."""
    both = merge(old, new, old)
    found = [
        Difference(each.key, each.title, each.level, *map(folded, beside(each.base, each.ours)))
        for each in both.changes
        # The number of minutes above a text follows from its blocks.
        if each.key not in (OPENING, CLOSING, MINUTES)
    ]
    kept = [each.key for each in merge(new, old, new).pieces if each.base and each.ours]
    moved = kept != [each.key for each in both.pieces if each.base and each.ours]
    return Comparison(tuple(found), moved)


def beside(old: str, new: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of two texts, with what of each is not in the other."""
    left, right = (text.split("\n") if text else [] for text in (old, new))
    if max(len(left), len(right)) > MOST_LINES_TO_MERGE:
        return tuple(map(_whole, left)), tuple(map(_whole, right))
    ours: list[Line] = []
    theirs: list[Line] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right).get_opcodes():
        if kind == "equal":
            ours += map(_same, left[a:b])
            theirs += map(_same, right[c:d])
        elif b - a == d - c <= MOST_IN_A_ROW:
            for one, other in zip(left[a:b], right[c:d], strict=True):
                was, becomes = _within(one, other)
                ours.append(was)
                theirs.append(becomes)
        else:
            ours += map(_whole, left[a:b])
            theirs += map(_whole, right[c:d])
    return tuple(ours), tuple(theirs)


def folded(lines: Sequence[Line]) -> Side:
    """What changed with a line around it, without empty lines, and how many others there are."""
    written = [line for line in lines if line.text.strip("> \t")]
    shown = {near for at, line in enumerate(written) if line.changed for near in (at - 1, at, at + 1)}
    hidden = set(range(len(written))) - shown
    found: list[Line | int] = []
    for at, line in enumerate(written):
        # A number takes as much room as one line would.
        if at in shown or not hidden & {at - 1, at + 1}:
            found.append(line)
        elif found and isinstance(found[-1], int):
            found[-1] += 1
        else:
            found.append(1)
    return tuple(found)


def _same(line: str) -> Line:
    return Line(((line, False),), False)


def _whole(line: str) -> Line:
    return Line(((line, bool(line)),), bool(line))


def _within(old: str, new: str) -> tuple[Line, Line]:
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(left), len(right)) > MOST_WORDS:
        return _whole(old), _whole(new)
    words = SequenceMatcher(None, left, right, autojunk=False)
    if words.ratio() < ALIKE:
        return _whole(old), _whole(new)
    codes = words.get_opcodes()
    was = _joined((left[a:b], kind != "equal") for kind, a, b, _, _ in codes)
    becomes = _joined((right[c:d], kind != "equal") for kind, _, _, c, d in codes)
    return Line(was, True), Line(becomes, True)


def _joined(stretches: Iterator[tuple[Sequence[str], bool]]) -> tuple[Stretch, ...]:
    return tuple(("".join(words), changed) for words, changed in stretches if words)
