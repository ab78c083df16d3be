"""Two changes of one part made into one text: a three-way merge, heading by heading.

A text is split where its front matter has an entry and where it has a heading; an id makes a heading the same
one in every version, wherever it moved. Where both changed the same lines, somebody has to decide.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from merge3 import Merge3

from trainer.curriculum.numbers import whole
from trainer.curriculum.ordering import ROOT, Tree, arranged
from trainer.curriculum.problems import Problems
from trainer.curriculum.scanner import Heading, scan

# Comparing two longer texts line by line can take seconds, and no heading has as much under it.
MOST_LINES_TO_MERGE = 600
OPENING, CLOSING = "", "--- "
MINUTES = "--- minuten"
_ENTRY = re.compile(r"([A-Za-z][\w-]*)[ \t]*:")
_MINUTES = re.compile(r"(minuten[ \t]*:[ \t]*)\d+[ \t]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """One heading with what is under it, up to the next; or one entry of the front matter.

    `key` is the id, or for what has none something that no id can be. `level` is 2 or 3, and 0 in the front
    matter. `text` and `tail` are together exactly what was written; `tail` is the empty lines at the end.
    """

    key: str
    title: str
    level: int
    text: str
    tail: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one piece: its texts, '' where it is not there, and the merged one.

    `merged` is None when both changed it and neither can be dropped; `removal` says that the conflict is
    about a block that one side removed while the other still has something in it.
    """

    key: str
    title: str
    level: int
    base: str
    ours: str
    theirs: str
    merged: str | None
    tail: str
    removal: bool = False

    @property
    def by_us(self) -> bool:
        """Did ours change it?"""
        return self.ours != self.base

    @property
    def by_them(self) -> bool:
        """Did theirs change it?"""
        return self.theirs != self.base


@dataclass(frozen=True, slots=True)
class Merge:
    """All pieces of both texts, in the order of the merged one; `reordered` when both moved things
    differently: they then stand in the order of ours."""

    pieces: tuple[Change, ...]
    reordered: bool
    mixed: bool

    @property
    def changes(self) -> tuple[Change, ...]:
        """What either side changed."""
        return tuple(each for each in self.pieces if each.by_us or each.by_them)

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """What somebody has to decide."""
        return tuple(each for each in self.pieces if each.merged is None)

    @property
    def clean(self) -> bool:
        """Is there nothing to decide?"""
        return not self.conflicts and not self.reordered

    def text(self, decided: Mapping[str, str] | None = None) -> str:
        """The merged text; `decided` are texts by key that replace what is there, '' for leaving it out.

        Conflicts that nobody decided are as in ours.
        """
        chosen: list[str] = []
        for each in self.pieces:
            text, tail = (each.ours if each.merged is None else each.merged), each.tail
            if decided is not None and each.key in decided:
                text = decided[each.key].rstrip("\n")
            if not text and each.key != OPENING:
                continue
            if chosen and chosen[-1] and not chosen[-1].endswith("\n"):
                chosen.append("\n")
            chosen.append(text + tail)
        whole_text = "".join(chosen)
        return with_sum(whole_text) if self.mixed or decided else whole_text


def merge(base: str, ours: str, theirs: str) -> Merge:
    """What two people made of `base`, together."""
    split_up = [split(text) for text in (base, ours, theirs)]
    order = arranged(*map(_tree, split_up))
    pieces = [{piece.key: piece for piece in each} for each in split_up]
    changes = {key: _change(key, *(one.get(key) for one in pieces)) for key, _ in order.order}
    _keep_needed(changes, order.order)
    mixed = base not in (ours, theirs) and ours != theirs
    return Merge(tuple(changes.values()), order.reordered, mixed)


def split(source: str) -> list[Piece]:
    """The pieces of a text, in order: together they are the text."""
    lines = source.split("\n")
    front = list(_front(lines))
    marks = front + [
        (each.line, each.id or f"? {each.title}", each.title, each.level) for each in _headings(lines)
    ]
    found: list[Piece] = []
    known: dict[str, int] = {}
    ends = [start for start, *_ in marks[1:]] + [len(lines)]
    for (start, wanted, title, level), end in zip(marks, ends, strict=True):
        text = "\n".join(lines[start:end]) + ("\n" if start < end < len(lines) else "")
        key = wanted
        while key in known:
            known[wanted] += 1
            key = f"{wanted} {known[wanted]}"
        known[key] = 1
        bare = text.rstrip("\n")
        found.append(Piece(key, title, level, bare, text[len(bare) :]))
    return found


def minutes(source: str) -> int:
    """How long the blocks of a text take together; one without a sound number counts for nothing."""
    return sum(map(_minutes_of, _headings(source.split("\n"))))


def with_sum(source: str) -> str:
    """`source` with the number of minutes in its front matter, if it has one, that its blocks take."""
    total = minutes(source)
    pieces = split(source)
    lines = [piece.text for piece in pieces]
    for at, piece in enumerate(pieces):
        if piece.key == MINUTES and total:
            lines[at] = _MINUTES.sub(lambda found: f"{found[1]}{total}", piece.text)
    return "".join(line + piece.tail for line, piece in zip(lines, pieces, strict=True))


def _headings(lines: Sequence[str]) -> Iterator[Heading]:
    """The headings of a text, each with its line counted from 0."""
    *_, (last, *_) = _front(lines)
    taken = last + 1 if last else 0
    for section in scan(lines[taken:], taken, "", Problems()):
        if section.heading is not None:
            yield section.heading


def _minutes_of(heading: Heading) -> int:
    try:
        return whole(heading.attributes["minuten"], 1, 10_000) if heading.level == 2 else 0
    except (KeyError, ValueError):
        return 0


def _front(lines: Sequence[str]) -> Iterator[tuple[int, str, str, int]]:
    """Where the front matter, its entries, and what is after it begin."""
    yield 0, OPENING, "", 0
    if lines[0].rstrip() != "---":
        return
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
    if end is None:
        return
    for at in range(1, end):
        if entry := _ENTRY.match(lines[at]):
            yield at, f"--- {entry[1]}", entry[1], 0
    yield end, CLOSING, "", 0


def _tree(pieces: Sequence[Piece]) -> Tree:
    tree: Tree = {}
    block = ROOT
    for piece in pieces:
        tree.setdefault(block if piece.level == 3 else ROOT, []).append(piece.key)
        if piece.level == 2:
            block = piece.key
    return tree


def _change(key: str, base: Piece | None, ours: Piece | None, theirs: Piece | None) -> Change:
    named = ours or theirs or base
    assert named is not None, "a key is of at least one of them"
    b, o, t = (each.text if each else "" for each in (base, ours, theirs))
    tails = [each.tail if each else None for each in (base, ours, theirs)]
    tail = tails[2] if tails[1] is None or (tails[1] == tails[0] and tails[2] is not None) else tails[1]
    tail = tails[0] if tail is None else tail
    merged = _merged(b, o, t)
    if merged is None and key == MINUTES and o and t:
        # It is counted anew.
        merged = o
    return Change(key, named.title, named.level, b, o, t, merged, tail or "")


def _merged(base: str, ours: str, theirs: str) -> str | None:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if not (base and ours and theirs):
        return None
    b, o, t = (text.split("\n") for text in (base, ours, theirs))
    if max(map(len, (b, o, t))) > MOST_LINES_TO_MERGE:
        return None
    sources = {"unchanged": b, "a": o, "same": o, "b": t}
    found: list[str] = []
    for region in Merge3(b, o, t).merge_regions():
        if region[0] == "conflict":
            return None
        found += sources[region[0]][region[1] : region[2]]
    return "\n".join(found)


def _keep_needed(changes: dict[str, Change], order: Sequence[tuple[str, str]]) -> None:
    """Makes a conflict of each block that one side removed while something is left under it."""
    needed = {parent for key, parent in order if changes[key].merged != ""}
    for key in needed & changes.keys():
        if changes[key].merged == "":
            changes[key] = replace(changes[key], merged=None, removal=True)
