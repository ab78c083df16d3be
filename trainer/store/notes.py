"""Reads and writes what trainers did with the report of a closed meeting."""

import json
from collections.abc import Callable, Collection, Mapping

from sqlalchemy import Connection, ForeignKey, String, Text, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, mapped_column

from trainer.plans.answers import EMPTY, Answer, Said, Writing, written
from trainer.store.models import Meeting, db
from trainer.store.plans import read_answer


class MeetingNote(db.Model):  # type: ignore[name-defined,misc]
    """What trainers did with a section of a closed meeting's report, without who or when.

    `section` is an `exports.harvest.Section.key`, `others` the texts beside `text` as JSON. Texts go with
    those of the meeting's results, for they may quote them; `left_out` stays.
    """

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    section: Mapped[str] = mapped_column(String(100), primary_key=True)
    text: Mapped[str] = mapped_column(Text, default="")
    others: Mapped[str] = mapped_column(Text, default="[]")
    left_out: Mapped[bool] = mapped_column(default=False)


class NoReport(Exception):
    """The meeting was deleted meanwhile, or it is not closed."""


def notes(connection: Connection, meeting_id: str) -> Mapping[str, tuple[Answer, bool]]:
    """The text of each section of a report that has one, and whether it was left out."""
    columns = (MeetingNote.section, MeetingNote.text, MeetingNote.others, MeetingNote.left_out)
    rows = connection.execute(select(*columns).where(MeetingNote.meeting_id == meeting_id))
    return {row.section: (read_answer(row.text, row.others), bool(row.left_out)) for row in rows}


# Writing: inside a transaction


def write_notes(
    meeting_id: str, sections: Collection[str], writings: Mapping[str, Writing], left_out: Mapping[str, bool]
) -> Mapping[str, Said]:
    """Writes texts, leaves sections out or puts them back, and tells what became of each text.

    Only of these `sections`. `left_out` has only what somebody changed. Raises NoReport.
    """
    connection, said = _hold(meeting_id), dict[str, Said]()
    stored = notes(connection, meeting_id)
    for section in sections:
        answer, out = stored.get(section, (EMPTY, False))
        after = answer
        if section in writings:
            after, said[section] = written(answer, writings[section])
        now_out = left_out.get(section, out)
        if (after, now_out) != (answer, out):
            _store(connection, meeting_id, section, after, now_out)
    return said


def settle_note(meeting_id: str, section: str, decide: Callable[[Answer], Answer | None]) -> bool:
    """Stores what was chosen of the texts of a section; False when nothing could be. Raises NoReport."""
    connection = _hold(meeting_id)
    before, out = notes(connection, meeting_id).get(section, (EMPTY, False))
    after = decide(before) if before.others else None
    if after is None:
        return False
    _store(connection, meeting_id, section, after, out)
    return True


def _hold(meeting_id: str) -> Connection:
    """The connection of the session, as the only one that writes until its end."""
    connection = db.session.connection()
    closed = (Meeting.id == meeting_id, Meeting.phase == "closed", Meeting.rehearsal.is_(False))
    # Takes SQLite's lock before anything is read: what is read is then what will be replaced.
    if connection.execute(update(Meeting).where(*closed).values(id=Meeting.id)).rowcount != 1:
        raise NoReport
    return connection


def _store(connection: Connection, meeting_id: str, section: str, answer: Answer, out: bool) -> None:
    row = {
        "meeting_id": meeting_id,
        "section": section,
        "text": answer.text,
        "others": json.dumps(answer.others, ensure_ascii=False),
        "left_out": out,
    }
    made = insert(MeetingNote).values(row)
    connection.execute(
        made.on_conflict_do_update(
            index_elements=["meeting_id", "section"],
            set_={name: made.excluded[name] for name in ("text", "others", "left_out")},
        )
    )
