"""The invented example on the screen: points with a year, a height and words, and where they are drawn."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trainer.curriculum.model import StepSource
from trainer.curriculum.problems import Problems
from trainer.curriculum.render import inline
from trainer.kinds.material import bullets

_POINT = re.compile(r"(?P<when>\d{1,4}): (?P<height>\d{1,2}) (?P<word>[^*]+?)(?: \*(?P<helped>[^*]+)\*)?")
HIGHEST = 10
FEWEST, MOST = 2, 6
LONGEST_WORD, LONGEST_HELPED = 30, 24
# Where the line begins and ends, and its top and bottom, in percent of the picture.
LEFT, RIGHT, TOP, BOTTOM = 10.0, 90.0, 18.0, 80.0


@dataclass(frozen=True, slots=True)
class Point:
    """A moment: when, how well it went (0 to HIGHEST), what happened, and what or who helped, or ''."""

    when: int
    height: int
    word: str
    helped: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A point as it is drawn, in percent; `above`: its words stand above the line."""

    point: Point
    x: float
    y: float
    above: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the line, between two spots."""

    x1: float
    y1: float
    x2: float
    y2: float


def read_example(step: StepSource, problems: Problems) -> tuple[Point, ...]:
    """The bullets of a step as points, from early to late."""
    if not FEWEST <= len(bullets(step.body, step.body_line)) <= MOST:
        message = f"een voorbeeld heeft {FEWEST} tot {MOST} punten nodig: '- 2014: 3 Verhuisd'"
        problems.add(step.path, step.line, message, "herstelgrafiek.no-example")
    return tuple(_points(step, problems))


def _points(step: StepSource, problems: Problems) -> Iterator[Point]:
    latest = -1
    for line, markdown in bullets(step.body, step.body_line):
        found = _POINT.fullmatch(markdown)
        when, height = (int(found["when"]), int(found["height"])) if found else (latest, 0)
        word, helped = (_plain(found["word"]), _plain(found["helped"])) if found else ("", "")
        fits = len(word) <= LONGEST_WORD and len(helped) <= LONGEST_HELPED
        if not found or when <= latest or height > HIGHEST or not fits:
            message = (
                "een punt is 'jaar: hoogte woord *wat hielp*', kort, van vroeg naar laat, hoogte 0 tot 10"
            )
            problems.add(step.path, line, message, "herstelgrafiek.bad-point")
        else:
            latest = when
            yield Point(when, height, word, helped)


def _plain(markdown: str | None) -> str:
    return inline(markdown).plain if markdown else ""


def spots(points: Sequence[Point]) -> tuple[Spot, ...]:
    """Where the points are drawn. Words stand on the side to which the line does not go."""
    first, last = points[0].when, points[-1].when
    heights = [point.height for point in points]
    found: list[Spot] = []
    for number, point in enumerate(points):
        beside = [*heights[max(0, number - 1) : number], *heights[number + 1 : number + 2]]
        x = LEFT + (RIGHT - LEFT) * (point.when - first) / (last - first)
        y = BOTTOM - (BOTTOM - TOP) * point.height / HIGHEST
        found.append(Spot(point, round(x, 1), round(y, 1), above=point.height >= sum(beside) / len(beside)))
    return tuple(found)


def segments(found: Sequence[Spot]) -> tuple[Segment, ...]:
    """The line through the spots."""
    return tuple(Segment(one.x, one.y, other.x, other.y) for one, other in pairwise(found))
