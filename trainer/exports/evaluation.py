"""What a meeting or a course thought: totals, distributions and open answers, never a row per person.

The rule, in three steps:

1. A meeting. The gate decided what may leave it when its steps were sealed (`kinds/gate.py`,
   `kinds/disclosure.py`): no count of 1 to 4 is present or can be computed, and no texts of fewer than five
   phones. The texts of each question are shuffled separately, so that the third answer to one question and
   the third answer to the next are unrelated.
2. A course is computed from its protected meetings, never from the reports behind them. It therefore says
   nothing that the meetings do not: subtracting meetings from the course, or last week's course from this
   week's, reveals nothing new. Where a meeting hides a count, the course says 'minstens' with the sum of what
   the others show.
3. Answers are added up only for questions with the same id, wording and options. The same id with other
   wording is another question. Each question lists the titles of the meetings that asked it.

Only closed meetings may be evaluated: two evaluations of a running one could differ by a single person.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor
from typing import TypeVar

from trainer.kinds.disclosure import Kept

TOO_FEW = "te weinig antwoorden"
ONLY_PAPER = "alleen de antwoorden op papier"
DELETED = "verwijderd na de bewaartermijn"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting as the reader knows it: by title and date."""

    title: str
    day: date


@dataclass(frozen=True, slots=True)
class MeetingReport:
    """What was kept of the exercises of one closed meeting, in their order, and of its evaluation form."""

    title: str
    day: date
    kept: tuple[Kept, ...]
    form: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people: exactly `least` when it is `exact`, otherwise at least that many."""

    least: int
    exact: bool

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.least + other.least, self.exact and other.exact)

    @property
    def number(self) -> int | None:
        """The number, or None when it may not be known."""
        return self.least if self.exact else None

    def __str__(self) -> str:
        if self.exact:
            return str(self.least)
        return f"minstens {self.least}" if self.least else TOO_FEW


HIDDEN = Figure(0, exact=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One option of a question, and how many chose it."""

    option: str
    figure: Figure


# A question with these answers asks for a mark.
MARKS = tuple(str(mark) for mark in range(1, 11))
# The most between the ends of a mean, in marks, that still tells something.
NARROW = 2.5


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of marks lies from `low` to `high`; they are the same when every count is known."""

    low: float
    high: float

    def __str__(self) -> str:
        """In Dutch, in tenths: '7,6', or 'tussen 5,9 en 8,1', never narrower than it is."""
        if self.low == self.high:
            return _tenths(round(self.low * 10))
        return f"tussen {_tenths(floor(self.low * 10))} en {_tenths(ceil(self.high * 10))}"


def _tenths(tenths: int) -> str:
    return f"{tenths / 10:.1f}".removesuffix(".0").replace(".", ",")


def _ends(marks: Sequence[int]) -> tuple[int, int]:
    """The lowest and the highest of the marks that an unknown answer can be."""
    return min(marks, default=0), max(marks, default=0)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with fixed answers. `sittings` are the titles of the meetings that asked it."""

    id: str
    question: str
    sittings: tuple[str, ...]
    answered: Figure
    rows: tuple[Row, ...]
    of_form: bool = False

    @property
    def tells(self) -> bool:
        """May any number of it be known?"""
        return any(figure.least for figure in (self.answered, *(row.figure for row in self.rows)))

    @property
    def divided(self) -> bool:
        """May the number of any of its answers be known?"""
        return any(row.figure.least for row in self.rows)

    @property
    def mean(self) -> Mean | None:
        """The mean of marks, as far as it follows from what is shown; None when that says too little."""
        if tuple(row.option for row in self.rows) != MARKS or not (
            self.answered.exact and self.answered.least
        ):
            return None
        known = sum(int(row.option) * row.figure.least for row in self.rows)
        rest = self.answered.least - sum(row.figure.least for row in self.rows)
        open_ = [int(row.option) for row in self.rows if not row.figure.exact]
        if rest < 0 or (rest and not open_):
            return None
        low, high = ((known + rest * mark) / self.answered.least for mark in _ends(open_))
        return Mean(low, high) if high - low <= NARROW else None

    def share(self, row: Row) -> int | None:
        """Whole percentage of those who answered, or None when either number may not be known."""
        if not (row.figure.exact and self.answered.exact and self.answered.least):
            return None
        return round(100 * row.figure.least / self.answered.least)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question with free answers; `missing` says why those of a meeting are left out."""

    id: str
    question: str
    sittings: tuple[str, ...]
    texts: tuple[str, ...]
    missing: str = ""
    of_form: bool = False

    @property
    def complete(self) -> bool:
        """Are the texts of all meetings still there?"""
        return not self.missing


Entry = TypeVar("Entry", Question, OpenQuestion)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that may be known, ready to be shown or written to a file; what belongs to a form comes first."""

    title: str
    place: str
    sittings: tuple[Sitting, ...]
    questions: tuple[Question, ...]
    open_questions: tuple[OpenQuestion, ...]

    @property
    def empty(self) -> bool:
        """Was nothing kept at all?"""
        return not self.questions and not self.open_questions


def evaluate_meeting(meeting: MeetingReport, place: str = "") -> Evaluation:
    """The evaluation of one closed meeting."""
    rows = [*((row, True) for row in meeting.form), *((row, False) for row in meeting.kept)]
    questions = tuple(_closed(row, meeting, of_form) for row, of_form in rows if not row.is_open)
    texts = tuple(_open(row, meeting, of_form) for row, of_form in rows if row.is_open)
    return Evaluation(meeting.title, place, (Sitting(meeting.title, meeting.day),), questions, texts)


def evaluate_course(title: str, meetings: Iterable[Evaluation], place: str = "") -> Evaluation:
    """The evaluation of a course, computed from the protected evaluations of its closed meetings."""
    sittings: list[Sitting] = []
    questions: dict[tuple[object, ...], Question] = {}
    texts: dict[tuple[str, str, bool], OpenQuestion] = {}
    for meeting in meetings:
        sittings.extend(meeting.sittings)
        for question in meeting.questions:
            options = tuple(row.option for row in question.rows)
            key = (question.id, question.question, options, question.of_form)
            known = questions.get(key)
            questions[key] = question if known is None else _add(known, question)
        for entry in meeting.open_questions:
            before = texts.get(name := (entry.id, entry.question, entry.of_form))
            texts[name] = entry if before is None else _join(before, entry)
    return Evaluation(
        title, place, tuple(sittings), _form_first(questions.values()), _form_first(texts.values())
    )


def _form_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: not entry.of_form))


def _closed(row: Kept, meeting: MeetingReport, of_form: bool) -> Question:
    rows = tuple(Row(option, _figure(count)) for option, count in zip(row.options, row.counts, strict=True))
    return Question(row.id, _asked(row), (meeting.title,), _figure(row.answered), rows, of_form)


def _figure(count: int | None) -> Figure:
    return HIDDEN if count is None else Figure(count, exact=True)


def _open(row: Kept, meeting: MeetingReport, of_form: bool) -> OpenQuestion:
    missing = "" if row.texts is not None else TOO_FEW if row.few else DELETED
    texts = [f"{group}: {text}" if group else text for text, group in row.titled]
    return OpenQuestion(row.id, _asked(row), (meeting.title,), _shuffled(texts), missing, of_form)


def _asked(row: Kept) -> str:
    """The question, marked when its figures come from paper only."""
    known = row.answered is not None or row.texts is not None
    return f"{row.question} ({ONLY_PAPER})" if row.paper and known else row.question


def _add(one: Question, other: Question) -> Question:
    rows = tuple(
        Row(row.option, row.figure + more.figure) for row, more in zip(one.rows, other.rows, strict=True)
    )
    sittings = _merged(one.sittings, other.sittings)
    return replace(one, rows=rows, answered=one.answered + other.answered, sittings=sittings)


def _join(one: OpenQuestion, other: OpenQuestion) -> OpenQuestion:
    return replace(
        one,
        texts=_shuffled(one.texts + other.texts),
        sittings=_merged(one.sittings, other.sittings),
        missing=one.missing or other.missing,
    )


def _merged(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one + other))


def _shuffled(texts: Sequence[str]) -> tuple[str, ...]:
    mixed = list(texts)
    random.SystemRandom().shuffle(mixed)
    return tuple(mixed)
