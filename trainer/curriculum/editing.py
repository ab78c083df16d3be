"""Changes to the text of a part, by the ids of its headings: from a text to a text.

Each changes one thing and leaves every other character as it was. None of them checks the outcome; read the
new text with `read_part` to know what is wrong with it. Every function raises NoSuchPiece when the text has
no such id, and where it says so BadEdit, with a Dutch message.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence

from trainer.curriculum.ids import LONGEST
from trainer.curriculum.pieces import (
    NoSuchPiece,
    Piece,
    Pieces,
    ends_in,
    newline_of,
    raw_lines,
    read_pieces,
    split_gap,
)

_BRACES = re.compile(
    r"^(?P<before>#{2,3}[ \t]*)(?P<title>[^{]*?)(?P<space>[ \t]*)(?P<braces>\{.*\})?(?P<end>\s*)$"
)
_SETTING = r'(?P<space>[ \t]*)(?<=[\s{{]){}=(?:"[^"]*"|[^\s"}}]+)'
_MINUTES = re.compile(r"^(minuten[ \t]*:[ \t]*[\"']?)\d+")


class BadEdit(Exception):
    """A change that cannot be written down in this format; `args[0]` is a Dutch message."""


def set_title(source: str, id_: str, title: str) -> str:
    """Gives a block or step another title; the id stays. Raises BadEdit."""
    wanted = " ".join(title.split())
    if not wanted:
        raise BadEdit("Geef dit een titel.")
    if "{" in wanted or wanted != wanted.strip("#").strip():
        raise BadEdit("Een titel kan geen { of # hebben. Haal dat teken weg.")
    pieces, piece, parts = _heading(source, id_)
    if wanted == piece.heading.title:
        return source
    return _with_heading(pieces, piece, {**parts, "title": wanted, "space": parts["space"] or " "})


def set_minutes(source: str, id_: str, minutes: int | None) -> str:
    """Sets the minutes of a block or step; None takes them away.

    The minutes in the front matter follow, when they were the sum of the blocks.
    """
    return set_setting(source, id_, "minuten", None if minutes is None else str(minutes))


def set_setting(source: str, id_: str, name: str, value: str | None) -> str:
    """Sets what a heading says of `name`; None takes it away. Raises BadEdit."""
    pieces, piece, parts = _heading(source, id_)
    if value == piece.heading.attributes.get(name):
        return source
    if value is not None and re.search(r'["\r\n]', value):
        raise BadEdit(f"'{name}' kan geen aanhalingsteken hebben. Haal dat weg.")
    braces, found = parts["braces"], _setting(name).search(parts["braces"])
    if value is None:
        braces = braces[: found.start()] + braces[found.end() :] if found else braces
    else:
        written = f"{name}={_quoted(value)}"
        if found:
            braces = braces[: found.start()] + found["space"] + written + braces[found.end() :]
        else:
            braces = f"{braces[:-1].rstrip()} {written}}}"
    return _same_sum(source, _with_heading(pieces, piece, {**parts, "braces": braces}))


def move(source: str, id_: str, by: int) -> str:
    """Moves a block or step one place: `by` is -1 (up) or 1 (down). At the edge nothing changes.

    Options next to each other stay together: at their edge they move as a whole, and what moves past them
    moves past them all.
    """
    pieces = read_pieces(source)
    row = pieces.siblings(id_)
    at = next(index for index, piece in enumerate(row) if piece.id == id_)
    run, beside = run_of(row, at), at + by
    if not 0 <= beside < len(row):
        return source
    if beside in run:
        first, second = sorted((at, beside))
        return _swapped(pieces, row, range(first, second), range(second, second + 1))
    other = run_of(row, beside)
    return _swapped(pieces, row, *sorted((run, other), key=lambda places: places.start))


def leave_out(source: str, id_: str) -> str:
    """Takes out a block with its steps, or a step. An option that is left alone is no option any more."""
    pieces = read_pieces(source)
    piece, row = pieces.find(id_), pieces.siblings(id_)
    at = row.index(piece)
    _, gap = split_gap(pieces.text(piece.first, piece.end))
    before, _ = split_gap(pieces.text(0, piece.first))
    shorter = before + gap + pieces.text(piece.end, len(pieces.lines))
    left = [row[index] for index in run_of(row, at) if index != at]
    if piece.option is not None and len({each.option for each in left}) == 1:
        for each in left:
            shorter = set_setting(shorter, each.id, "optie", None)
    return _same_sum(source, shorter)


def bring_back(source: str, id_: str, whole: str) -> str:
    """Puts back a block or step as it is in the text `whole`, after what it follows there.

    Where its neighbours there are options beside it, they become options again.
    """
    pieces, origin = read_pieces(source), read_pieces(whole)
    piece, row = origin.find(id_), origin.siblings(id_)
    at = row.index(piece)
    here = {each.id for each in pieces}
    earlier = next((each for each in reversed(row[:at]) if each.id in here), None)
    text, _ = split_gap(origin.text(piece.first, piece.end))
    _, gap = split_gap(origin.text(0, piece.first))
    gap = gap if ends_in(gap) > 1 else "\n\n"
    if earlier is not None:
        longer = _inserted(pieces, pieces.find(earlier.id).end, text, gap)
    elif piece in origin.blocks:
        longer = _inserted(pieces, pieces.blocks[0].first if pieces.blocks else len(pieces.lines), text, gap)
    else:
        block = next(each for each in origin.blocks if piece in each.steps)
        longer = _inserted(pieces, pieces.find(block.id).below, text, gap)
    if piece.option is not None:
        mates = [row[index] for index in run_of(row, at) if row[index].id in here]
        longer = _options_again(longer, origin, mates)
    return _same_sum(source, longer)


def add_block(source: str, text: str, after: str = "") -> str:
    """Puts a new block (a `##` heading with what is under it) after another, or at the end."""
    pieces = read_pieces(source)
    at = pieces.find(after).end if after else len(pieces.lines)
    return _same_sum(source, _inserted(pieces, at, text.rstrip()))


def add_step(source: str, block: str, text: str, after: str = "") -> str:
    """Puts a new step (a `###` heading with what is under it) in a block: after another, or at its end.

    It does not come between options: after one of them is after all of them.
    """
    pieces = read_pieces(source)
    home = pieces.find(block)
    if home not in pieces.blocks:
        raise NoSuchPiece(block)
    at = home.end
    if after:
        row = pieces.siblings(after)
        index = next(index for index, piece in enumerate(row) if piece.id == after)
        at = row[run_of(row, index)[-1]].end if row is not pieces.blocks else row[index].below
    return _inserted(pieces, at, text.rstrip())


def add_option(source: str, beside: str, text: str) -> str:
    """Puts a new step next to another as an alternative: a trainer chooses one of them. Raises BadEdit."""
    pieces = read_pieces(source)
    row = pieces.siblings(beside)
    if row is pieces.blocks:
        raise NoSuchPiece(beside)
    at = next(index for index, piece in enumerate(row) if piece.id == beside)
    numbers = {row[index].option for index in run_of(row, at)} - {None}
    free = next((number for number in range(2, 10) if str(number) not in numbers), None)
    if free is None:
        raise BadEdit("Er zijn al negen opties. Haal er eerst een weg.")
    longer = add_step(source, _home(pieces, beside), text, beside)
    added = next(piece for piece in read_pieces(longer) if piece.id not in {each.id for each in pieces})
    if not numbers:
        longer = set_setting(longer, beside, "optie", "1")
    return set_setting(longer, added.id, "optie", str(free))


def section(source: str, id_: str) -> str:
    """The heading and what is under it, without the steps of a block."""
    pieces = read_pieces(source)
    piece = pieces.find(id_)
    return pieces.text(piece.first, piece.below)


def with_section(source: str, id_: str, text: str) -> str:
    """The text with another heading and what is under it; the white space behind it stays."""
    pieces = read_pieces(source)
    piece = pieces.find(id_)
    _, gap = split_gap(pieces.text(piece.first, piece.below))
    return _same_sum(source, pieces.replaced(piece.first, piece.below, split_gap(text)[0] + gap))


def fresh_id(title: str, taken: Collection[str]) -> str:
    """An id made of a title, that is not taken yet."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    wanted = "-".join(re.findall("[a-z0-9]+", letters))[: LONGEST - 4].strip("-") or "onderdeel"
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(each for each in numbered if each not in taken)


def run_of(row: Sequence[Piece], at: int) -> range:
    """The places of the options of which the one at this place is one; its own place when it is no option."""
    if row[at].option is None:
        return range(at, at + 1)
    first = last = at
    while first > 0 and row[first - 1].option is not None:
        first -= 1
    while last + 1 < len(row) and row[last + 1].option is not None:
        last += 1
    return range(first, last + 1)


def _heading(source: str, id_: str) -> tuple[Pieces, Piece, dict[str, str]]:
    pieces = read_pieces(source)
    piece = pieces.find(id_)
    found = _BRACES.match(pieces.lines[piece.first])
    if found is None or not found["braces"]:
        raise NoSuchPiece(id_)
    return pieces, piece, found.groupdict(default="")


def _with_heading(pieces: Pieces, piece: Piece, parts: dict[str, str]) -> str:
    names = ("before", "title", "space", "braces", "end")
    return pieces.replaced(piece.first, piece.first + 1, "".join(parts[name] for name in names))


def _setting(name: str) -> re.Pattern[str]:
    return re.compile(_SETTING.format(re.escape(name)))


def _quoted(value: str) -> str:
    return value if re.fullmatch(r"[^\s{}#]+", value) else f'"{value}"'


def _swapped(pieces: Pieces, row: Sequence[Piece], first: range, second: range) -> str:
    """Two neighbouring ranges of pieces exchanged; the white space stays where it is."""
    start, middle, end = row[first[0]].first, row[second[0]].first, row[second[-1]].end
    upper, gap = split_gap(pieces.text(start, middle))
    lower, last = split_gap(pieces.text(middle, end))
    return pieces.replaced(start, end, lower + gap + upper + last)


def _inserted(pieces: Pieces, at: int, text: str, gap: str = "\n\n") -> str:
    """`text` put before line `at`: a blank line comes before it, and what was there comes after it."""
    newline = newline_of("".join(pieces.lines))
    before, after = split_gap(pieces.text(0, at))
    own = newline.join(text.splitlines())
    between = newline * ends_in(gap)
    return before + between + own + after + pieces.text(at, len(pieces.lines))


def _options_again(source: str, origin: Pieces, mates: Sequence[Piece]) -> str:
    for mate in mates:
        pieces = read_pieces(source)
        here, line = pieces.find(mate.id), origin.lines[mate.first]
        if here.option is not None:
            continue
        if _setting("optie").sub("", line).strip() == pieces.lines[here.first].strip():
            ending = raw_lines(pieces.lines[here.first])[0][len(pieces.lines[here.first].rstrip("\r\n")) :]
            source = pieces.replaced(here.first, here.first + 1, line.rstrip("\r\n") + ending)
        else:
            source = set_setting(source, mate.id, "optie", mate.option)
    return source


def _home(pieces: Pieces, id_: str) -> str:
    return next(block.id for block in pieces.blocks if any(step.id == id_ for step in block.steps))


def _same_sum(before: str, after: str) -> str:
    """`after` with the minutes of the part following those of its blocks, if they did before."""
    old, new = read_pieces(before), read_pieces(after)
    entry = new.front.entries.get("minuten")
    if entry is None or old.front.text("minuten") != str(_sum(old)) or entry.value == str(_sum(new)):
        return after
    line = _MINUTES.sub(rf"\g<1>{_sum(new)}", new.lines[entry.line - 1])
    return new.replaced(entry.line - 1, entry.line, line)


def _sum(pieces: Pieces) -> int | None:
    """The minutes of all blocks together; None when one of them has none that can be read."""
    minutes = [block.heading.attributes.get("minuten", "") for block in pieces.blocks]
    return sum(map(int, minutes)) if all(re.fullmatch("[0-9]{1,4}", each) for each in minutes) else None
