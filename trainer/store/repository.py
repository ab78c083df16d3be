"""Reads meetings into memory."""

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
from sqlalchemy import Connection, Engine, func, or_, select
from sqlalchemy.orm import Session

from trainer import names
from trainer.curriculum.model import EarlierStep
from trainer.kinds.contract import Post
from trainer.kinds.disclosure import Kept
from trainer.kinds.gate import FREE, LOOKED
from trainer.store import statements
from trainer.store.accounts import Names
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
from trainer.store.plan_models import PlanLink
from trainer.store.resets import ResetLink
from trainer.store.sharing import unwilling_for
from trainer.store.statements import COUNT_LEFT_BEHIND, MEETINGS_WITH_TEXTS, SAVE_POST, STORED_MEETINGS, TOLD

POST_COLUMNS = (
    "id", "meeting_id", "step", "item", "author", "slot", "payload", "paper", "alone", "leaving", "seen",
)  # fmt: skip
_values_of = itemgetter(*POST_COLUMNS)
# Of rows with the same place the last one wins.
_place_of = itemgetter("meeting_id", "step", "item", "author", "slot")
ROWS_A_STATEMENT = 128
_Posts = dict[str, dict[str, Post]]


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting as stored."""

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
    rehearsal: bool
    shared_key: str
    unwilling: frozenset[str]
    posts: Mapping[str, Mapping[str, Post]]
    withdrawn: Mapping[str, Sequence[Post]]
    # Steps and phones (by their hashes) that answered whether it may be shared. In memory only.
    answered: frozenset[tuple[str, str]] = frozenset()


def load_meeting(engine: Engine, meeting_id: str) -> MeetingRecord | None:
    """Everything of one meeting; None when there is no such meeting."""
    with Session(engine) as session:
        found = session.execute(select(Meeting, Course).join(Course).where(Meeting.id == meeting_id)).first()
        if found is None:
            return None
        meeting, course = found
        posts, withdrawn = _load_posts(session, meeting_id)
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
            rehearsal=meeting.rehearsal,
            shared_key=meeting.shared_key,
            unwilling=unwilling_for(meeting.unwilling),
            posts=posts,
            withdrawn=withdrawn,
        )


def _load_posts(session: Session, meeting_id: str) -> tuple[_Posts, dict[str, list[Post]]]:
    """What phones sent, by step and id, and by step what they took back."""
    posts: _Posts = {}
    withdrawn: dict[str, list[Post]] = {}
    for row in session.scalars(select(StoredPost).where(StoredPost.meeting_id == meeting_id)):
        content = json.loads(row.payload)
        flags = (row.paper, row.alone, row.leaving, row.seen)
        post = Post(row.id, row.item, row.author, content or {}, *flags)
        if content is None:
            withdrawn.setdefault(row.step, []).append(post)
        else:
            posts.setdefault(row.step, {})[row.id] = post
    return posts, withdrawn


def find_meeting(engine: Engine, *, code: str = "", secret: str = "") -> str | None:
    """The id of the meeting with this join code or join secret, if any."""
    column, value = (Meeting.code, code) if code else (Meeting.secret, secret)
    if not value:
        return None
    with engine.connect() as connection:
        return connection.scalar(select(Meeting.id).where(column == value))


def shown_names(engine: Engine) -> Names:
    """The name that others see for each account, by account id."""
    with engine.connect() as connection:
        return shown_names_in(connection)


def shown_names_in(connection: Connection) -> Names:
    """The same, with accounts that this connection made and did not commit yet."""
    rows = connection.execute(select(User.id, User.login, User.name))
    return Names(names.shown((row.id, row.login, row.name) for row in rows))


def running_meetings(engine: Engine) -> list[str]:
    """The ids of all meetings that were opened and not closed, including those with an unknown phase."""
    with engine.connect() as connection:
        return list(connection.scalars(select(Meeting.id).where(Meeting.phase.not_in(("planned", "closed")))))


def save_posts(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Executes `SAVE_POST` for many rows in few statements.

    One statement per row would release the GIL for every row, and wait as often to get it back. The number
    of rows is a power of two, because the driver caches every statement it prepared, and one of a hundred
    rows takes some 150 KiB. What is missing to that number repeats the last row: writing that once more
    costs less than another statement.
    """
    last = {_place_of(row): row for row in rows}
    found = list(last.values())
    one = f"({', '.join('?' * len(POST_COLUMNS))})"
    start, _, conflict = str(SAVE_POST.text).partition(" VALUES ")
    conflict = conflict[conflict.index(" ON CONFLICT") :]
    while found:
        number = 1 << (min(len(found), ROWS_A_STATEMENT) - 1).bit_length()
        some, found = found[:number], found[number:]
        some += some[-1:] * (number - len(some))
        values = tuple(chain.from_iterable(map(_values_of, some)))
        connection.exec_driver_sql(f"{start} VALUES {', '.join([one] * number)}{conflict}", values)


def meetings_past_retention(engine: Engine, today: date) -> list[str]:
    """The ids of meetings that hold free text not provably within its retention period."""
    with engine.connect() as connection:
        within = {
            row.id
            for row in connection.execute(STORED_MEETINGS)
            if within_time(row.phase, row.closed_on, row.retention_days, today)
        }
        return [key for key in connection.scalars(MEETINGS_WITH_TEXTS) if key not in within]


def left_behind(engine: Engine) -> int:
    """How many posts, phones and results are stored for meetings that may not have them."""
    with engine.connect() as connection:
        return sum(connection.scalar(count) or 0 for count in COUNT_LEFT_BEHIND)


def told_of(engine: Engine, meeting_id: str) -> tuple[object, object]:
    """The state of a meeting and its `closed_on`, as stored; ('', None) when there is no such meeting."""
    with engine.connect() as connection:
        row = connection.execute(TOLD, {"meeting_id": meeting_id}).first()
        return (row.state, row.closed_on) if row else ("", None)


def expired_invitations(engine: Engine, today: date) -> int:
    """How many invitations are used or expired, with links to plans and to new passwords, and old resets."""
    over = or_(Invitation.used, Invitation.expires < today)
    queries = (
        select(func.count()).select_from(Invitation).where(over),
        select(func.count()).select_from(PlanLink).where(PlanLink.expires < today),
        select(func.count()).select_from(ResetLink).where(ResetLink.expires < today),
    )
    with engine.connect() as connection:
        resets = connection.scalar(statements.COUNT_RESETS, {"today": today}) or 0
        return resets + sum(connection.scalar(query) or 0 for query in queries)


def results(engine: Engine, meeting_id: str) -> dict[str, list[Kept]]:
    """What was kept of each step of a meeting, by step id."""
    found: dict[str, list[Kept]] = {}
    query = select(Result).where(Result.meeting_id == meeting_id).order_by(Result.step, Result.place)
    with Session(engine) as session:
        for stored in session.scalars(query):
            row = msgspec.json.decode(stored.row, type=Kept)
            found.setdefault(stored.step, []).append(_with_texts(row, stored.texts))
    return found


def kept_before(engine: Engine, meeting_id: str, step: EarlierStep) -> tuple[Kept, ...]:
    """What was kept of a step in the closed meeting of the same course that gave it last; () when none did.

    A rehearsal leaves nothing, and one that is going on is no source.
    """
    course = select(Meeting.course_id).where(Meeting.id == meeting_id).scalar_subquery()
    earlier = (
        select(Meeting.id)
        .join(Result, (Result.meeting_id == Meeting.id) & (Result.step == step.step))
        .where(Meeting.course_id == course, Meeting.part == step.part, Meeting.id != meeting_id)
        .where(Meeting.phase == "closed", Meeting.rehearsal.is_(False))
        .order_by(Meeting.closed_on.desc(), Meeting.date.desc(), Meeting.position.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        last = connection.scalar(earlier)
    return tuple(results(engine, last).get(step.step, ())) if last else ()


def _with_texts(row: Kept, stored: str | None) -> Kept:
    """The row with its texts, which have been deleted when nothing is `stored` any more."""
    found = None if stored is None else json.loads(stored)
    if not found or isinstance(found[0], str):
        return replace(row, texts=None if found is None else tuple(found))
    texts, groups = zip(*found, strict=True)
    return replace(row, texts=texts, groups=groups)


def anonymised(posts: Iterable[Post]) -> list[tuple[str, Post]]:
    """(old id, the same post with a new id and an author of its own), in random order.

    After this nothing links two posts, and no phone can recognise one by its id.
    """
    fresh = [
        (post.id, Post(str(uuid.uuid4()), post.item, uuid.uuid4().hex, post.payload, seen=FREE + LOOKED))
        for post in posts
    ]
    random.SystemRandom().shuffle(fresh)
    return fresh
