"""Evaluations of several courses and places side by side.

The rule: everything here is computed from what the evaluation of each meeting shows by itself, and from
nothing behind it (decision 39). Whoever can make a comparison can read those evaluations too. So no
selection, and no difference between two selections, says more than they do together:

1. A group adds up the counts that its meetings show. Each of these is at least five, and so is each sum.
2. A meeting that hides its total is left out of its group, and is counted as such.
3. Where another meeting hides a count, the sum is 'minstens', and it is counted how many hide theirs.
4. Means and shares are computed from these sums. Texts do not come here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from trainer.exports.evaluation import HIDDEN, Evaluation, Figure, Mean, Question, Row
from trainer.plans.dates import MONTHS

NO_PLACE = "plaats niet ingevuld"
NO_LOCATION = "zonder locatie"
NO_DAY = "datum klopt niet"


class Per(StrEnum):
    """What stands side by side; the value is what addresses and files say."""

    COURSE = "traject"
    LOCATION = "locatie"
    PLACE = "plaats"
    PART = "dagdeel"
    MONTH = "maand"
    YEAR = "jaar"
    MEETING = "bijeenkomst"


@dataclass(frozen=True, slots=True)
class Held:
    """A closed meeting: of which course, where, what and when, and what its own evaluation shows.

    `location` is the number of the location whose course it is; None when it is of none. `order` is the place
    of its part in the programme.
    """

    id: str
    programme: str
    course: int
    title: str
    place: str
    part: str
    part_title: str
    order: int
    day: date
    evaluation: Evaluation
    location: int | None = None
    location_name: str = ""

    @property
    def place_key(self) -> str:
        """The place, the same for every way of typing it with capitals or spaces."""
        return " ".join(self.place.split()).casefold()

    @property
    def place_name(self) -> str:
        """The place as people read it."""
        return " ".join(self.place.split()) or NO_PLACE

    @property
    def course_name(self) -> str:
        """Title and place of the course: two courses may have the same title."""
        return f"{self.title}, {self.place_name}" if self.place_key else self.title


@dataclass(frozen=True, slots=True)
class Selection:
    """Which meetings are compared, and how. An empty choice is no choice: all of them."""

    programme: str
    courses: frozenset[int] = frozenset()
    locations: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    per: Per = Per.COURSE
    of_form: bool = True

    def has(self, held: Held) -> bool:
        """Is this meeting one of them?"""
        return (
            held.programme == self.programme
            and (not self.courses or held.course in self.courses)
            and (not self.locations or held.location in self.locations)
            and (not self.places or held.place_key in self.places)
            and (not self.parts or held.part in self.parts)
            and (self.since is None or held.day >= self.since)
            and (self.until is None or held.day <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Group:
    """One question in one group of meetings: the sums of what they show.

    `asked`: how many meetings asked it. `silent`: how many of these hide their total, and are left out.
    `hidden`: for each answer, how many of the others hide its count. `partial`: how many hide any.
    """

    label: str
    question: Question
    asked: int
    silent: int
    hidden: tuple[int, ...]
    partial: int

    @property
    def mean(self) -> Mean | None:
        """The mean of marks, as far as it follows from the sums."""
        return self.question.mean

    def share(self, row: Row) -> int | None:
        """The percentage that surely gave this answer, rounded down where it is not exact."""
        answered = self.question.answered
        if not (answered.exact and answered.least and row.figure.least):
            return None
        exact = self.question.share(row)
        return 100 * row.figure.least // answered.least if exact is None else exact


@dataclass(frozen=True, slots=True)
class Point:
    """The mean mark of one meeting; `number` is that of its course among those of the question."""

    number: int
    course: str
    part: str
    day: date
    mean: Mean


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, with a group for each of those that asked it, and its mean marks over time."""

    id: str
    question: str
    options: tuple[str, ...]
    groups: tuple[Group, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What may be known of a selection, ready to be shown or written to a file."""

    selection: Selection
    meetings: int
    courses: tuple[str, ...]
    questions: tuple[Asked, ...]


def compare(held: Iterable[Held], selection: Selection) -> Comparison:
    """Puts the meetings of a selection side by side, by the rule above."""
    chosen = sorted((one for one in held if selection.has(one)), key=_by_time)
    found: dict[tuple[object, ...], list[tuple[Held, Question]]] = {}
    for one in chosen:
        for question in one.evaluation.questions:
            if question.of_form == selection.of_form:
                options = tuple(row.option for row in question.rows)
                found.setdefault((question.id, question.question, options), []).append((one, question))
    questions = tuple(_asked(answers, selection.per) for answers in found.values())
    courses = dict.fromkeys((one.course, one.course_name) for one in chosen)
    return Comparison(selection, len(chosen), tuple(name for _, name in courses), questions)


def _by_time(held: Held) -> tuple[date, int, str, str]:
    return held.day, held.order, held.title.casefold(), held.id


def month_of(day: date) -> str:
    """'maart 2026'."""
    return NO_DAY if day == date.min else f"{MONTHS[day.month - 1]} {day.year}"


def _meeting_name(held: Held) -> str:
    day = NO_DAY if held.day == date.min else f"{held.day.day} {month_of(held.day)}"
    return f"{held.course_name}: {held.part_title}, {day}"


def _by_location(held: Held) -> tuple[bool, str, int]:
    return held.location is None, held.location_name.casefold(), held.location or 0


# How groups are ordered, which meetings are one group, and what it is called.
_GROUPING: Mapping[Per, Callable[[Held], tuple[tuple[Any, ...], str]]] = MappingProxyType(
    {
        Per.COURSE: lambda held: ((held.course_name.casefold(), held.course), held.course_name),
        Per.LOCATION: lambda held: (_by_location(held), held.location_name or NO_LOCATION),
        Per.PLACE: lambda held: ((held.place_key,), held.place_name),
        Per.PART: lambda held: ((held.order, held.part), held.part_title),
        Per.MONTH: lambda held: ((held.day.year, held.day.month), month_of(held.day)),
        Per.YEAR: lambda held: ((held.day.year,), NO_DAY if held.day == date.min else str(held.day.year)),
        Per.MEETING: lambda held: (_by_time(held), _meeting_name(held)),
    }
)


def _asked(answers: Sequence[tuple[Held, Question]], per: Per) -> Asked:
    groups: dict[tuple[Any, ...], list[tuple[Held, Question]]] = {}
    labels: dict[tuple[Any, ...], str] = {}
    for held, question in answers:
        key, label = _GROUPING[per](held)
        groups.setdefault(key, []).append((held, question))
        labels.setdefault(key, label)
    first = answers[0][1]
    return Asked(
        first.id,
        first.question,
        tuple(row.option for row in first.rows),
        tuple(_group(labels[key], groups[key]) for key in sorted(groups)),
        _points(answers),
    )


def _group(label: str, answers: Sequence[tuple[Held, Question]]) -> Group:
    asked = {held.id for held, _ in answers}
    # A meeting may have asked it at several tables; what one of them hides makes the sum 'minstens'.
    heard = {held.id for held, question in answers if question.answered.exact}
    shown = [(held.id, question) for held, question in answers if held.id in heard]
    first = answers[0][1]
    rows: list[Row] = []
    hidden: list[set[str]] = []
    for place, row in enumerate(first.rows):
        figures = [(name, question.rows[place].figure) for name, question in shown]
        rows.append(Row(row.option, _sum(figure for _, figure in figures)))
        hidden.append({name for name, figure in figures if not figure.exact})
    answered = _sum(question.answered for _, question in shown)
    added = Question(first.id, first.question, (), answered, tuple(rows), first.of_form)
    partial = set[str]().union(*hidden)
    return Group(label, added, len(asked), len(asked - heard), tuple(map(len, hidden)), len(partial))


def _sum(figures: Iterable[Figure]) -> Figure:
    known = list(figures)
    return sum(known, Figure(0, exact=True)) if known else HIDDEN


def _points(answers: Sequence[tuple[Held, Question]]) -> tuple[Point, ...]:
    numbers: dict[int, int] = {}
    points = []
    for held, question in answers:
        # Without a day it has no place in time.
        if question.mean and held.day != date.min:
            number = numbers.setdefault(held.course, len(numbers) + 1)
            points.append(Point(number, held.course_name, held.part_title, held.day, question.mean))
    return tuple(points)
