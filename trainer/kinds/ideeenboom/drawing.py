"""The wood of the tree as lines of an SVG: a trunk, and boughs that leave it and go up, with twigs.

The drawing is 1000 wide and 500 high, and is stretched over its place: so a bough is behind its leaves.
"""

from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 500
# Where the boughs end, where they go straight up from, and where they leave the trunk.
TOP, BEND, FORK = 14, 412, 440
# The twigs on a bough: the first one, and the space between two.
FIRST, APART = 46, 58


@dataclass(frozen=True, slots=True)
class Twig:
    """A twig with a bud: its line, and where the bud is; `turn` is how far it leans, in degrees."""

    line: str
    x: int
    y: int
    turn: int


@dataclass(frozen=True, slots=True)
class Shade:
    """An ellipse: its middle and its radii."""

    x: int
    y: int
    wide: int
    high: int


@dataclass(frozen=True, slots=True)
class Bough:
    """The lines of a bough, out of the trunk and then up, and the foliage behind it."""

    limb: str
    stem: str
    twigs: tuple[Twig, ...]
    shade: Shade


def boughs(number: int) -> tuple[Bough, ...]:
    """`number` boughs beside each other, each in the middle of its part of the width."""
    return tuple(_bough(round(WIDTH * (place + 0.5) / number), place, number) for place in range(number))


def _bough(x: int, place: int, number: int) -> Bough:
    middle = WIDTH // 2
    # What goes far out leaves the trunk lower.
    fork = FORK + abs(x - middle) // 20
    limb = f"M{middle} {fork + 18} C{middle} {fork - 34} {x} {fork - 4} {x} {BEND}"
    # Neighbours do not end at one height: a crown is round.
    top = TOP + abs(x - middle) // 14
    lean = 10 if place % 2 else -10
    stem = f"M{x} {BEND} C{x + lean} 290 {x - lean} 150 {x} {top}"
    return Bough(limb, stem, _twigs(x, place, top), _shade(x, number))


def _shade(x: int, number: int) -> Shade:
    """The foliage of one bough: a little to the middle, so that nothing of it falls outside the drawing."""
    lower = abs(x - WIDTH // 2) // 12
    return Shade(60 + x * 88 // 100, 200 + lower // 2, 440 // number + 54, 196 - lower)


def _twigs(x: int, place: int, top: int) -> tuple[Twig, ...]:
    found: list[Twig] = []
    for number, y in enumerate(range(top + FIRST, BEND, APART)):
        side = 1 if (number + place) % 2 else -1
        line = f"M{x} {y} Q{x + side * 12} {y - 14} {x + side * 30} {y - 22}"
        found.append(Twig(line, x + side * 36, y - 26, side * 60))
    return (*found, Twig(f"M{x} {top + 4} V{top}", x, top - 6, 0))
