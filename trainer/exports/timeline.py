"""Where the mean marks of meetings stand in a drawing of them over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from trainer.exports.comparison import Point, month_of

WIDTH, HEIGHT = 640, 230
# Room for the marks at the left, the numbers of the courses at the right, the months below.
LEFT, RIGHT, TOP, BOTTOM = 34, 40, 14, 30
# A number stands so far beside the last meeting of its course; others this close would cover it.
BESIDE, WIDE, APART = 9, 20, 15


@dataclass(frozen=True, slots=True)
class Spot:
    """The mean of one meeting: at `x`, from `low` to `high` (the same when it is exact), all in pixels."""

    x: float
    low: float
    high: float

    @property
    def middle(self) -> float:
        """Where a line to the next one begins."""
        return round((self.low + self.high) / 2, 1)


@dataclass(frozen=True, slots=True)
class Track:
    """The meetings of one course in order; its number is written at `x`, `y`, after the last of them."""

    number: int
    spots: tuple[Spot, ...]
    x: float
    y: float

    @property
    def path(self) -> str:
        """The points of a polyline."""
        return " ".join(f"{spot.x},{spot.middle}" for spot in self.spots)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A drawing: lines at marks (mark, height), names along the bottom (text, x, anchor), and the tracks."""

    marks: tuple[tuple[int, float], ...]
    names: tuple[tuple[str, float, str], ...]
    tracks: tuple[Track, ...]


def timeline(points: Sequence[Point]) -> Timeline | None:
    """The drawing of these means, which are in order of time; None when there are fewer than two days."""
    if len({point.day for point in points}) < 2:
        return None
    first, last = points[0].day, points[-1].day
    lowest = max(1, floor(min(point.mean.low for point in points)) - 1)
    highest = min(10, ceil(max(point.mean.high for point in points)) + 1)

    def across(point: Point) -> float:
        part = (point.day - first).days / (last - first).days
        return round(LEFT + 12 + part * (WIDTH - LEFT - RIGHT - 24), 1)

    def down(mark: float) -> float:
        return round(TOP + (highest - mark) / (highest - lowest) * (HEIGHT - TOP - BOTTOM), 1)

    spots: dict[int, list[Spot]] = {}
    for point in points:
        spots.setdefault(point.number, []).append(
            Spot(across(point), down(point.mean.low), down(point.mean.high))
        )
    names = ((month_of(first), float(LEFT), "start"), (month_of(last), float(WIDTH - RIGHT), "end"))
    marks = tuple((mark, down(mark)) for mark in range(lowest, highest + 1))
    return Timeline(marks, names, _tracks(spots))


def _tracks(spots: dict[int, list[Spot]]) -> tuple[Track, ...]:
    """The tracks from top to bottom; a number that would cover another one stands lower."""
    tracks: list[Track] = []
    for number, each in sorted(spots.items(), key=lambda one: one[1][-1].middle):
        x, y = each[-1].x + BESIDE, each[-1].middle
        while any(abs(x - other.x) < WIDE and abs(y - other.y) < APART for other in tracks):
            y += APART
        tracks.append(Track(number, tuple(each), round(x, 1), round(y, 1)))
    return tuple(tracks)
