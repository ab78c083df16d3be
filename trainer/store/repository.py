"""Reading meetings into memory, and the statements that write what changed.

Statements are plain SQL, for the writer to run in groups.
"""

import json
import random
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, Date, Engine, bindparam, func, or_, select, text
from sqlalchemy.orm import Session

from trainer import names
from trainer.kinds.contract import Post
from trainer.kinds.disclosure import Kept
from trainer.kinds.gate import FREE, LOOKED
from trainer.store.expiry import within_time
from trainer.store.models import (
    Course,
    Invitation,
    Meeting,
    Participant,
    Result,
    StoredPost,
    User,
    meeting_trainer,
)

SAVE_POST = text(
    "INSERT INTO post (id, meeting_id, step, item, author, slot, payload, paper, alone, leaving, seen)"
    " VALUES (:id, :meeting_id, :step, :item, :author, :slot, :payload, :paper, :alone, :leaving, :seen)"
    " ON CONFLICT (meeting_id, step, item, author, slot)"
    " DO UPDATE SET id = excluded.id, payload = excluded.payload, paper = excluded.paper,"
    " alone = excluded.alone, leaving = excluded.leaving, seen = excluded.seen"
)
POST_COLUMNS = (
    "id", "meeting_id", "step", "item", "author", "slot", "payload", "paper", "alone", "leaving", "seen",
)  # fmt: skip
_values_of = itemgetter(*POST_COLUMNS)
# Of rows that have the same the last one stays.
_place_of = itemgetter("meeting_id", "step", "item", "author", "slot")
ROWS_A_STATEMENT = 128
# The row stays until the step is sealed: an id that was used once, and perhaps shown, cannot come back with
# another text.
WITHDRAW_POST = text(
    "UPDATE post SET payload = 'null', seen = :seen"
    " WHERE meeting_id = :meeting_id AND step = :step AND item = :item"
    " AND author = :author AND id = :id"
)
MARK_POST = text(
    "UPDATE post SET seen = :seen"
    " WHERE meeting_id = :meeting_id AND step = :step AND item = :item AND author = :author AND slot = :slot"
)
LEAVING_POST = text(
    "UPDATE post SET leaving = 1"
    " WHERE meeting_id = :meeting_id AND step = :step AND item = :item AND author = :author AND slot = :slot"
)
SAVE_RESULT = text(
    "INSERT INTO result (meeting_id, step, place, row, texts)"
    " VALUES (:meeting_id, :step, :place, :row, :texts)"
    " ON CONFLICT (meeting_id, step, place) DO UPDATE SET row = excluded.row, texts = excluded.texts"
)
# Texts that were deleted meanwhile do not come back.
REVISE_RESULT = text(
    "UPDATE result SET row = :row, texts = :texts"
    " WHERE meeting_id = :meeting_id AND step = :step AND place = :place AND texts IS NOT NULL"
)
DELETE_RESULTS = text("DELETE FROM result WHERE meeting_id = :meeting_id AND step = :step")
DELETE_STEP = text("DELETE FROM post WHERE meeting_id = :meeting_id AND step = :step")
SAVE_STATE = text(
    "UPDATE meeting SET state = :state, phase = :phase, version = :version"
    " WHERE id = :meeting_id AND version < :version AND phase IN ('lobby', 'live')"
)
CLOSE_SCREENS = text("UPDATE meeting SET screens = screens + 1 WHERE id = :meeting_id")
END_MEETING = text(
    "UPDATE meeting SET code = NULL, secret = NULL, closed_on = :closed_on, departed = 0, returned = 0"
    " WHERE id = :meeting_id"
).bindparams(bindparam("closed_on", type_=Date))
ADD_PARTICIPANT = text(
    "INSERT INTO participant (meeting_id, token_hash) SELECT id, :token_hash FROM meeting"
    " WHERE id = :meeting_id AND phase IN ('lobby', 'live')"
    " ON CONFLICT (meeting_id, token_hash) DO NOTHING"
)
UNOPEN = text(
    "UPDATE meeting SET phase = 'planned', code = NULL, secret = NULL, source = '', state = '', version = 0,"
    " departed = 0, returned = 0, closed_on = NULL"
    " WHERE id = :meeting_id AND phase = 'lobby'"
)
# It keeps nothing of a state that nobody could read: there may be names in it.
END_UNREAD = text(
    "UPDATE meeting SET phase = 'closed', state = :state, code = NULL, secret = NULL, closed_on = :closed_on,"
    " departed = 0, returned = 0"
    " WHERE id = :meeting_id AND phase <> 'closed'"
).bindparams(bindparam("closed_on", type_=Date))
# As long as a meeting goes on this column is free: a day is all that may be stored of when it was found so.
FOUND_UNREAD = text(
    "UPDATE meeting SET closed_on = :today WHERE id = :meeting_id AND phase <> 'closed'"
).bindparams(bindparam("today", type_=Date))
TOLD = text("SELECT state, closed_on FROM meeting WHERE id = :meeting_id")
# As they lie there: a type of SQLAlchemy would stumble over the first one that is damaged.
STORED_MEETINGS = text(
    "SELECT meeting.id, meeting.phase, meeting.closed_on, course.retention_days"
    " FROM meeting LEFT JOIN course ON course.id = meeting.course_id"
)
MEETINGS_WITH_TEXTS = text("SELECT DISTINCT meeting_id FROM result WHERE texts IS NOT NULL")
DELETE_TEXTS = text("UPDATE result SET texts = NULL WHERE meeting_id = :meeting_id")
# What there is of meetings that may not have it (any more).
LEFT_BEHIND = (
    "FROM post WHERE NOT EXISTS (SELECT 1 FROM meeting"
    " WHERE meeting.id = post.meeting_id AND meeting.phase IN ('lobby', 'live'))",
    "FROM participant WHERE NOT EXISTS (SELECT 1 FROM meeting"
    " WHERE meeting.id = participant.meeting_id AND meeting.phase IN ('lobby', 'live'))",
    "FROM result WHERE NOT EXISTS (SELECT 1 FROM meeting"
    " WHERE meeting.id = result.meeting_id AND meeting.phase IN ('live', 'closed'))",
)
COUNT_LEFT_BEHIND = tuple(text(f"SELECT count(*) {rows}") for rows in LEFT_BEHIND)
DELETE_LEFT_BEHIND = tuple(text(f"DELETE {rows}") for rows in LEFT_BEHIND)
DELETE_POSTS = text("DELETE FROM post WHERE meeting_id = :meeting_id")
DELETE_INVITATIONS = text("DELETE FROM invitation WHERE used OR expires < :today").bindparams(
    bindparam("today", type_=Date)
)
DELETE_PARTICIPANT = text(
    "DELETE FROM participant WHERE meeting_id = :meeting_id AND token_hash = :token_hash"
)
COUNT_DEPARTED = text("UPDATE meeting SET departed = departed + 1 WHERE id = :meeting_id")
COUNT_RETURNED = text("UPDATE meeting SET returned = returned + 1 WHERE id = :meeting_id")
FORGET_DEPARTED = text("UPDATE meeting SET departed = 0, returned = 0 WHERE id = :meeting_id")
DELETE_PARTICIPANTS = text("DELETE FROM participant WHERE meeting_id = :meeting_id")


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting as it lies in the database."""

    id: str
    course_title: str
    place: str
    programme: str
    part: str
    date: date
    start: str
    phase: str
    code: str
    secret: str
    source: str
    state: Mapping[str, Any]
    trainers: frozenset[int]
    participants: frozenset[str]
    departed: int
    returned: int
    posts: Mapping[str, Mapping[str, Post]]
    withdrawn: Mapping[str, Sequence[Post]]


def load_meeting(engine: Engine, meeting_id: str) -> MeetingRecord | None:
    """Everything of one meeting, or None when there is none."""
    with Session(engine) as session:
        found = session.execute(select(Meeting, Course).join(Course).where(Meeting.id == meeting_id)).first()
        if found is None:
            return None
        meeting, course = found
        posts: dict[str, dict[str, Post]] = {}
        withdrawn: dict[str, list[Post]] = {}
        for row in session.scalars(select(StoredPost).where(StoredPost.meeting_id == meeting_id)):
            content = json.loads(row.payload)
            post = Post(
                row.id, row.item, row.author, content or {}, row.paper, row.alone, row.leaving, row.seen
            )
            if content is None:
                withdrawn.setdefault(row.step, []).append(post)
            else:
                posts.setdefault(row.step, {})[row.id] = post
        hashes = select(Participant.token_hash).where(Participant.meeting_id == meeting_id)
        trainers = select(meeting_trainer.c.user_id).where(meeting_trainer.c.meeting_id == meeting_id)
        return MeetingRecord(
            id=meeting.id,
            course_title=course.title,
            place=course.place,
            programme=course.programme,
            part=meeting.part,
            date=meeting.date,
            start=meeting.start,
            phase=meeting.phase,
            code=meeting.code or "",
            secret=meeting.secret or "",
            source=meeting.source,
            state=json.loads(meeting.state) if meeting.state else {},
            trainers=frozenset(session.scalars(trainers)),
            participants=frozenset(session.scalars(hashes)),
            departed=meeting.departed,
            returned=meeting.returned,
            posts=posts,
            withdrawn=withdrawn,
        )


def find_meeting(engine: Engine, *, code: str = "", secret: str = "") -> str | None:
    """The id of the meeting with this join code or join secret."""
    column, value = (Meeting.code, code) if code else (Meeting.secret, secret)
    if not value:
        return None
    with engine.connect() as connection:
        return connection.scalar(select(Meeting.id).where(column == value))


def shown_names(engine: Engine) -> Mapping[int, str]:
    """What each account is called before others, by its id."""
    with engine.connect() as connection:
        return names.shown(
            (row.id, row.login, row.name)
            for row in connection.execute(select(User.id, User.login, User.name))
        )


def running_meetings(engine: Engine) -> list[str]:
    """The ids of all meetings that were opened and not closed, also when nobody knows their phase."""
    with engine.connect() as connection:
        return list(connection.scalars(select(Meeting.id).where(Meeting.phase.not_in(("planned", "closed")))))


def save_posts(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Many times `SAVE_POST`, in few statements.

    A statement for each row lets go of the interpreter for each row, and waits to have it back as often.
    The number of rows is a power of two: the driver keeps every statement that it prepared, and one of a
    hundred rows takes some 150 KiB.
    """
    last = {_place_of(row): row for row in rows}
    found = list(last.values())
    one = f"({', '.join('?' * len(POST_COLUMNS))})"
    start, _, conflict = str(SAVE_POST.text).partition(" VALUES ")
    conflict = conflict[conflict.index(" ON CONFLICT") :]
    while found:
        number = 1 << min(len(found), ROWS_A_STATEMENT).bit_length() - 1
        some, found = found[:number], found[number:]
        values = tuple(chain.from_iterable(map(_values_of, some)))
        connection.exec_driver_sql(f"{start} VALUES {', '.join([one] * number)}{conflict}", values)


def meetings_past_retention(engine: Engine, today: date) -> list[str]:
    """Meetings that hold free text of which nothing proves that it is within its time."""
    with engine.connect() as connection:
        within = {
            row.id
            for row in connection.execute(STORED_MEETINGS)
            if within_time(row.phase, row.closed_on, row.retention_days, today)
        }
        return [key for key in connection.scalars(MEETINGS_WITH_TEXTS) if key not in within]


def left_behind(engine: Engine) -> int:
    """How many posts, phones and results there are of meetings that may not have them."""
    with engine.connect() as connection:
        return sum(connection.scalar(count) or 0 for count in COUNT_LEFT_BEHIND)


def told_of(engine: Engine, meeting_id: str) -> tuple[object, object]:
    """The state of a meeting and `closed_on`, as they lie there."""
    with engine.connect() as connection:
        row = connection.execute(TOLD, {"meeting_id": meeting_id}).first()
        return (row.state, row.closed_on) if row else ("", None)


def expired_invitations(engine: Engine, today: date) -> int:
    """How many invitations were used, or were not used in time."""
    over = or_(Invitation.used, Invitation.expires < today)
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Invitation).where(over)) or 0


def post_row(meeting_id: str, step: str, post: Post, slot: str) -> dict[str, Any]:
    return {
        "id": post.id,
        "meeting_id": meeting_id,
        "step": step,
        "item": post.item,
        "author": post.author,
        "slot": slot,
        "payload": msgspec.json.encode(post.payload).decode(),
        "paper": post.paper,
        "alone": post.alone,
        "leaving": post.leaving,
        "seen": post.seen,
    }


def result_row(meeting_id: str, step: str, place: int, kept: Kept) -> dict[str, Any]:
    texts = None if kept.texts is None else msgspec.json.encode(kept.texts).decode()
    row = msgspec.json.encode(replace(kept, texts=None)).decode()
    return {"meeting_id": meeting_id, "step": step, "place": place, "row": row, "texts": texts}


def results(engine: Engine, meeting_id: str) -> dict[str, list[Kept]]:
    """What was kept of each step of a meeting, by the id of the step."""
    found: dict[str, list[Kept]] = {}
    query = select(Result).where(Result.meeting_id == meeting_id).order_by(Result.step, Result.place)
    with Session(engine) as session:
        for stored in session.scalars(query):
            row = msgspec.json.decode(stored.row, type=Kept)
            texts = None if stored.texts is None else tuple(json.loads(stored.texts))
            found.setdefault(stored.step, []).append(replace(row, texts=texts))
    return found


def anonymised(posts: Iterable[Post]) -> list[tuple[str, Post]]:
    """(old id, the same post with a new id and an author of its own), in random order.

    After this no two posts have anything in common, and no phone can recognise one by its id.
    """
    fresh = [
        (post.id, Post(str(uuid.uuid4()), post.item, uuid.uuid4().hex, post.payload, seen=FREE + LOOKED))
        for post in posts
    ]
    random.SystemRandom().shuffle(fresh)
    return fresh
