"""A wall of cards on the projector: how large the letters may be, and what fits on one page.

Conservative estimates for a 16:9 screen; the style sheets make the letters smaller at 4:3. Sizes are in rem.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# The space for a full-width exercise, including what is above and below the wall.
WIDTH, HEIGHT = 54.0, 31.0
FOOT = 2.0  # the page number, when there are several pages
LETTER = 0.54  # the mean width of a letter, relative to its size
LINE = 1.3
# The usable share of the height: columns never fill evenly.
FILLED = 0.92


@dataclass(frozen=True, slots=True)
class Size:
    """One of the sizes of cards; `name` is a class in the kinds' style sheets."""

    name: str
    letter: float
    columns: int
    padding: float = 0.6
    gap: float = 0.5


SIZES = (
    Size("size-xl", 2.0, 2),
    Size("size-l", 1.6, 3),
    Size("size-m", 1.25, 3),
    Size("size-s", 1.0, 4),
    Size("size-xs", 1.0, 5, padding=0.3, gap=0.3),
)


@dataclass(frozen=True, slots=True)
class Page:
    """The cards on the screen: from `start` up to but excluding `end`; `number` counts from 0."""

    size: str
    start: int
    end: int
    number: int
    total: int


def paginate(
    texts: Sequence[str],
    number: int,
    extra: int = 0,
    taken: float = 0,
    *,
    width: float = WIDTH,
    sizes: Sequence[Size] = SIZES,
) -> Page:
    """Page `number` of the wall, or the last one when there are now fewer pages.

    Every card has `extra` lines besides its text; `taken` is the height in rem that other things need, and
    `width` the width of the wall. The first of `sizes` with which all cards fit is used; the last one is for
    walls of several pages. A kind whose style sheet has other columns gives sizes of its own.
    """
    height = max(HEIGHT - taken, HEIGHT / 3) * FILLED
    room = (height - FOOT) * sizes[-1].columns
    for size in sizes:
        if _fit(texts, size, extra, width, height * size.columns):
            return Page(size.name, 0, len(texts), 0, 1)
    smallest = sizes[-1]
    starts, used = [0], 0.0
    for index, text in enumerate(texts):
        needed = card_height(text, smallest, extra, width)
        if used and used + needed > room:
            starts.append(index)
            used = 0.0
        used += needed
    chosen = min(max(number, 0), len(starts) - 1)
    end = starts[chosen + 1] if chosen + 1 < len(starts) else len(texts)
    return Page(smallest.name, starts[chosen], end, chosen, len(starts))


def _fit(texts: Sequence[str], size: Size, extra: int, width: float, room: float) -> bool:
    """Are these cards together at most so high? Of a full wall a few of them tell."""
    needed = 0.0
    for text in texts:
        needed += card_height(text, size, extra, width)
        if needed > room:
            return False
    return True


def prose_height(text: str, letter: float, width: float = WIDTH) -> float:
    """The height in rem of a paragraph `width` rem wide, with the space below; 0 without text.

    `letter` is the size of its letters in rem.
    """
    return _lines(text, int(width / (letter * LETTER))) * letter * LINE + 1 if text else 0


def letters(size: Size, width: float) -> int:
    """How many letters fit on one line of a card, on a wall `width` rem wide."""
    return max(1, int((width / size.columns - size.gap - 2 * size.padding) / (size.letter * LETTER)))


def card_height(text: str, size: Size, extra: int, width: float) -> float:
    """The height in rem of a card with the space below it, on a wall `width` rem wide.

    It has `extra` lines besides its text.
    """
    return (_lines(text, letters(size, width)) + extra) * size.letter * LINE + 2 * size.padding + size.gap


def _lines(text: str, most: int) -> int:
    """The number of lines of at most `most` letters, wrapped at words; a longer word is broken."""
    lines, column = 1, 0
    if len(text) <= most:
        return lines
    for length in map(len, text.split()):
        if column and column + 1 + length <= most:
            column += 1 + length
            continue
        broken = max(0, (length - 1) // most)
        lines += bool(column) + broken
        column = length - broken * most
    return lines
