"""A form as it is filled in: what pages, files, the trainers' notes and the action list are made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from trainer.plans.answers import EMPTY, Answer
from trainer.plans.dates import days_in
from trainer.plans.form import GOAL, WHAT, WHEN, WHO, Form, FormSection, Question

MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class Filled:
    """What is stored of a plan: answers by field, and the ids of the rows of each table that was written in.

    A field is 'section/question', and in a table 'section/row/question'.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the plan."""

    key: str
    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `number` counts from 1."""

    id: str
    number: int
    fields: tuple[Field, ...]

    @property
    def is_empty(self) -> bool:
        """Was nothing written in it?"""
        return not any(text for each in self.fields for text in each.answer.texts)

    @property
    def whole(self) -> str:
        """Identifies all that is in it."""
        return "-".join(each.answer.whole[:8] for each in self.fields)

    def text(self, question: Question | None) -> str:
        """What the row says for a question."""
        return next((each.answer.text for each in self.fields if each.question == question), "")


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its answers: one row, or the rows of a table."""

    section: FormSection
    rows: tuple[Row, ...]

    @property
    def full(self) -> bool:
        """Can the table have no more rows?"""
        return len(self.rows) >= MOST_ROWS


@dataclass(frozen=True, slots=True)
class Sheet:
    """The plan. `leftovers` are answers to questions that the form no longer has."""

    form: Form
    parts: tuple[Part, ...]
    leftovers: tuple[tuple[str, Answer], ...] = ()

    def fields(self) -> Iterator[Field]:
        """All fields, in the order of the form."""
        for part in self.parts:
            for row in part.rows:
                yield from row.fields

    @property
    def is_empty(self) -> bool:
        """Was nothing filled in yet?"""
        return all(row.is_empty for part in self.parts for row in part.rows) and not self.leftovers


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do. `when` is as it was written, `days` are those in it; `id` never changes.

    `goal` is what it is for; '' where the plan says no more than that, which is `what` then.
    """

    id: str
    what: str
    who: str
    when: str
    days: tuple[date, ...]
    section: str
    goal: str


def key_of(section: str, row: str, question: str) -> str:
    """The name of a field; `row` is '' where there is no table."""
    return "/".join(part for part in (section, row, question) if part)


def first_rows(section: FormSection) -> tuple[str, ...]:
    """The ids of the rows that a table begins with."""
    return tuple(str(number) for number in range(1, section.rows + 1))


def fill(form: Form, filled: Filled) -> Sheet:
    """The form with its answers."""
    parts = tuple(_part(section, filled) for section in form.sections)
    asked = {each.key for part in parts for row in part.rows for each in row.fields}
    left = tuple((key, answer) for key, answer in sorted(filled.answers.items()) if key not in asked)
    return Sheet(form, parts, tuple((key, answer) for key, answer in left if any(answer.texts)))


def _part(section: FormSection, filled: Filled) -> Part:
    ids = (filled.rows.get(section.id) or first_rows(section)) if section.rows else ("",)
    rows = []
    for number, id_ in enumerate(ids, start=1):
        keys = [(key_of(section.id, id_, question.id), question) for question in section.questions]
        rows.append(
            Row(id_, number, tuple(Field(key, asked, filled.answers.get(key, EMPTY)) for key, asked in keys))
        )
    return Part(section, tuple(rows))


def points(sheet: Sheet, programme: str, part: str) -> Sequence[str]:
    """The points of attention for whoever gives this part of a programme: a line of the answer each."""
    return [
        line.lstrip("-*• ").strip()
        for each in sheet.fields()
        if {programme, f"{programme}/{part}"} & set(each.question.points_for)
        for line in each.answer.text.split("\n")
        if line.strip("-*• ")
    ]


def goals(sheet: Sheet) -> Sequence[tuple[str, Sequence[Action]]]:
    """What the plan wants to reach and who does what, by the section of each table, without empty rows."""
    found = []
    for part in sheet.parts:
        if part.section.rows and part.section.asking(GOAL):
            rows = [_action(part, row) for row in part.rows if not row.is_empty]
            if rows:
                found.append((part.section.title, rows))
    return found


def actions(sheet: Sheet) -> Sequence[Action]:
    """What is to be done and when: by day, and then what has none, in the order of the plan."""
    found = [
        _action(part, row)
        for part in sheet.parts
        if part.section.asking(WHEN)
        for row in part.rows
        if not row.is_empty
    ]
    doing = [action for action in found if action.days or action.when]
    return sorted(doing, key=lambda action: min(action.days, default=date.max))


def _action(part: Part, row: Row) -> Action:
    section = part.section
    when = row.text(section.asking(WHEN))
    what, goal = row.text(section.asking(WHAT)), row.text(section.asking(GOAL))
    return Action(
        id=f"{section.id}-{row.id}" if row.id else section.id,
        what=what or goal or section.title,
        who=row.text(section.asking(WHO)),
        when=when,
        days=tuple(days_in(when)),
        section=section.title,
        goal=goal if what else "",
    )
