"""The line as a picture: where the dots go, and where a group is alike. Counts in, numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from trainer.curriculum.model import Text
from trainer.kinds.contract import ROOM, Tally
from trainer.kinds.tally import percent

WORDS = ("helemaal oneens", "oneens", "ertussenin", "eens", "helemaal eens")
PLACES = len(WORDS)
WIDTH, HEIGHT = 1000, 300
LARGEST, SMALLEST = 64, 6


@dataclass(frozen=True, slots=True)
class Dots:
    """Circles in a box of `width` by `height`; `radius` and `centres` are in the units of that box."""

    width: int
    height: int
    radius: float
    centres: tuple[tuple[float, float], ...]


def draw(counts: Sequence[int]) -> Dots:
    """Stacks a dot for every person above their place, as large as the fullest place allows.

    Dots fill a stack in rows from the bottom, so the picture depends on the counts alone.
    """
    column = WIDTH / PLACES
    cell = _cell(max(counts, default=0), column * 0.92)
    per_row = max(1, int(column * 0.92 // cell))
    centres: list[tuple[float, float]] = []
    for place, count in enumerate(counts):
        for row in range(ceil(count / per_row)):
            in_row = min(per_row, count - row * per_row)
            left = (place + 0.5) * column - in_row * cell / 2
            y = HEIGHT - (row + 0.5) * cell
            centres += [(round(left + (index + 0.5) * cell, 1), round(y, 1)) for index in range(in_row)]
    return Dots(WIDTH, HEIGHT, round(cell * 0.44, 1), tuple(centres))


def _cell(most: int, width: float) -> float:
    """The side of the largest square of which `most` still fit in a stack `width` wide."""
    for cell in range(LARGEST, SMALLEST, -1):
        if (width // cell) * (HEIGHT // cell) >= most:
            return float(cell)
    # More people than the box was made for: shrink the dots further, so that they do not run over the top.
    return float(min(SMALLEST, (width * HEIGHT / most) ** 0.5 * 0.9))


@dataclass(frozen=True, slots=True)
class Alike:
    """A statement and the side most people are on; `side` is '' when the largest sides are equal."""

    number: int
    statement: Text
    side: str
    count: int
    total: int
    percent: int


def alike(statements: Sequence[Text], results: Sequence[Tally | None]) -> tuple[Alike, ...]:
    """Every statement on which at least ROOM people took a place, the ones where most are alike first."""
    rows: list[Alike] = []
    for number, (statement, result) in enumerate(zip(statements, results, strict=True), start=1):
        if result is None:
            continue
        against, between, agree = sum(result.counts[:2]), result.counts[2], sum(result.counts[3:PLACES])
        total = against + between + agree
        if total < ROOM:
            continue
        sides = sorted([(agree, "eens"), (against, "oneens"), (between, "ertussenin")], reverse=True)
        (count, side), (second, _) = sides[0], sides[1]
        rows.append(
            Alike(number, statement, "" if count == second else side, count, total, percent(count, total))
        )
    return tuple(sorted(rows, key=lambda row: (row.side == "", -row.count / row.total, row.number)))
