"""Reads and writes the plans of courses."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from trainer.plans.answers import EMPTY, Answer, Said, Writing, written
from trainer.plans.form import Form, FormSection
from trainer.plans.sheet import MOST_ROWS, Filled, fill, first_rows, key_of
from trainer.store.models import Course, Meeting, db
from trainer.store.plan_models import PlanAnswer, PlanRow


class CourseGone(Exception):
    """The course was deleted meanwhile."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the form a field is."""

    section: FormSection
    row: str


# Reading


def filled(connection: Connection, course_id: int) -> Filled:
    """What is stored of the plan of a course."""
    texts = select(PlanAnswer.field, PlanAnswer.text, PlanAnswer.others)
    found = connection.execute(texts.where(PlanAnswer.course_id == course_id))
    answers = {row.field: read_answer(row.text, row.others) for row in found}
    ids = select(PlanRow.section, PlanRow.id).where(PlanRow.course_id == course_id)
    rows: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(ids.order_by(PlanRow.section, PlanRow.position, PlanRow.id)):
        rows[row.section] = (*rows.get(row.section, ()), row.id)
    return Filled(answers, rows)


def course_of(connection: Connection, meeting_id: str) -> tuple[int, str] | None:
    """The course of a meeting and the id of its programme."""
    query = select(Course.id, Course.programme).join(Meeting).where(Meeting.id == meeting_id)
    found = connection.execute(query).first()
    return (found.id, found.programme) if found else None


def read_answer(text: str, others: str) -> Answer:
    """A field as it is stored; what cannot be read of `others` is left out."""
    found: list[str] = []
    with suppress(ValueError):
        read = json.loads(others)
        found = [str(one) for one in read] if isinstance(read, list) else []
    return Answer(str(text), tuple(found))


# Writing: inside a transaction


def write(form: Form, course_id: int, writings: Mapping[str, Writing]) -> Mapping[str, Said]:
    """Writes fields, and tells what became of each; a field that the form does not have is left out.

    A row that somebody else removed meanwhile is there again. Raises CourseGone.
    """
    connection = hold(course_id)
    stored, said = filled(connection, course_id), dict[str, Said]()
    for key, writing in writings.items():
        place = place_of(form, key)
        if place is None:
            continue
        before = stored.answers.get(key, EMPTY)
        after, said[key] = written(before, writing)
        if after != before:
            if place.row and not _give_row(connection, course_id, place.section, place.row):
                said[key] = Said.NO_ROW
                continue
            _store(connection, course_id, key, after)
    return said


def settle(course_id: int, key: str, decide: Callable[[Answer], Answer | None]) -> bool:
    """Stores what was chosen of the texts of a field; False when nothing could be. Raises CourseGone."""
    connection = hold(course_id)
    before = filled(connection, course_id).answers.get(key, EMPTY)
    after = decide(before) if before.others else None
    if after is None:
        return False
    _store(connection, course_id, key, after)
    return True


def add_row(form: Form, course_id: int, section_id: str) -> str | None:
    """Adds a row to a table, and returns its id; None when the table is full or is not there.

    Raises CourseGone.
    """
    connection = hold(course_id)
    section, row = form.section(section_id), uuid.uuid4().hex
    if section is None or not section.rows or not _give_row(connection, course_id, section, row):
        return None
    return row


def remove_row(form: Form, course_id: int, section_id: str, row_id: str, whole: str) -> bool:
    """Removes a row with all that is in it; False when something else is in it by now. Raises CourseGone."""
    connection = hold(course_id)
    parts = fill(form, filled(connection, course_id)).parts
    rows = next((part.rows for part in parts if part.section.id == section_id and part.section.rows), ())
    row = next((row for row in rows if row.id == row_id), None)
    if row is None or row.whole != whole:
        return False
    _give_rows(connection, course_id, section_id, [each.id for each in rows])
    connection.execute(
        delete(PlanRow).where(
            PlanRow.course_id == course_id, PlanRow.section == section_id, PlanRow.id == row_id
        )
    )
    keys = [each.key for each in row.fields]
    connection.execute(
        delete(PlanAnswer).where(PlanAnswer.course_id == course_id, PlanAnswer.field.in_(keys))
    )
    return True


def forget_leftover(form: Form, course_id: int, key: str) -> None:
    """Deletes the answer to a question that the form no longer has. Raises CourseGone."""
    connection = hold(course_id)
    if any(left == key for left, _ in fill(form, filled(connection, course_id)).leftovers):
        connection.execute(
            delete(PlanAnswer).where(PlanAnswer.course_id == course_id, PlanAnswer.field == key)
        )


def place_of(form: Form, key: str) -> Place | None:
    """Where a field is in the form; None when the form has no such field."""
    section_id, *rest = key.split("/")
    section = form.section(section_id)
    if section is None or len(rest) != (2 if section.rows else 1):
        return None
    if not any(question.id == rest[-1] for question in section.questions):
        return None
    row = rest[0] if section.rows else ""
    is_row = not row or row in first_rows(section) or (len(row) == 32 and row.isalnum() and row.isascii())
    return Place(section, row) if is_row and key == key_of(section.id, row, rest[-1]) else None


def hold(course_id: int) -> Connection:
    """The connection of the session, as the only one that writes until its end. Raises CourseGone."""
    connection = db.session.connection()
    # Takes SQLite's lock before anything is read: what is read is then what will be replaced.
    held = connection.execute(update(Course).where(Course.id == course_id).values(id=Course.id))
    if held.rowcount != 1:
        raise CourseGone
    return connection


def _store(connection: Connection, course_id: int, key: str, answer: Answer) -> None:
    row = {
        "course_id": course_id,
        "field": key,
        "text": answer.text,
        "others": json.dumps(answer.others, ensure_ascii=False),
    }
    made = insert(PlanAnswer).values(row)
    connection.execute(
        made.on_conflict_do_update(
            index_elements=["course_id", "field"],
            set_={name: made.excluded[name] for name in ("text", "others")},
        )
    )


def _give_row(connection: Connection, course_id: int, section: FormSection, row: str) -> bool:
    """Makes sure that a table has this row, behind the others; False when it is full."""
    rows = filled(connection, course_id).rows.get(section.id) or first_rows(section)
    if row not in rows and len(rows) >= MOST_ROWS:
        return False
    _give_rows(connection, course_id, section.id, rows if row in rows else (*rows, row))
    return True


def _give_rows(connection: Connection, course_id: int, section: str, rows: Sequence[str]) -> None:
    """Stores the rows of a table that are not there yet, in this order."""
    last = select(func.max(PlanRow.position)).where(
        PlanRow.course_id == course_id, PlanRow.section == section
    )
    position = connection.scalar(last)
    for number, row in enumerate(rows, start=0 if position is None else position + 1):
        values = {"course_id": course_id, "section": section, "id": row, "position": number}
        connection.execute(insert(PlanRow).values(values).on_conflict_do_nothing())
