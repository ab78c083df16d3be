"""The meetings that this process holds in memory: read when asked for, let go when they are over."""

import logging
import threading
from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from trainer import kinds as kind_registry
from trainer.curriculum.model import Part
from trainer.curriculum.parse import base_of, read_part
from trainer.curriculum.problems import Problems
from trainer.live.stored import state_from_json
from trainer.room import MeetingUnreadable, Numbers, Room
from trainer.store import repository
from trainer.store.writer import Transaction
from trainer.veil import unveiled

if TYPE_CHECKING:
    from trainer.host import Host

log = logging.getLogger(__name__)


class Rooms:
    """The rooms of the host, by the id of their meeting."""

    def __init__(self, host: "Host") -> None:
        self._host = host
        self._rooms: dict[str, Room] = {}
        # How far their views are numbered, also while they are forgotten.
        self._numbers: dict[str, Numbers] = {}
        # Those that the writer is ending: of them the database does not know yet.
        self._away: set[str] = set()
        self._loading = threading.Lock()

    def ids(self) -> list[str]:
        """The meetings that are in memory now."""
        return list(self._rooms)

    def get(self, meeting_id: str) -> Room | None:
        """The meeting, from memory or from the database; None when it was never opened.

        Raises MeetingUnreadable when it is damaged, and OperationalError when the database is busy.
        """
        found = self._rooms.get(meeting_id)
        if found is not None:
            return found
        with self._loading:
            if meeting_id in self._away:
                return None
            found = self._rooms.get(meeting_id) or self._load(meeting_id)
            if found is not None and meeting_id not in self._rooms:
                found.number_after(self._numbers.setdefault(meeting_id, Numbers()))
                self._rooms[meeting_id] = found
        return found

    def put_away(self, changes: Transaction, meeting_ids: Collection[str]) -> None:
        """Says that these changes end meetings in the database, or that they are not there any more.

        What comes after it in the same group finds none of them, as if it was committed already.
        """
        for meeting_id in meeting_ids:
            changes.touch(meeting_id)
        changes.after.append(lambda: self.forget(meeting_ids))
        with self._loading:
            self._away.update(meeting_ids)
            for meeting_id in meeting_ids:
                self._rooms.pop(meeting_id, None)

    def forget(self, meeting_ids: Collection[str]) -> None:
        """Drops meetings of which the database knows better; they are read again when asked for.

        Only between two groups of the writer: in one, the database does not know yet.
        """
        # One that is being read may be of before: it is dropped as soon as it is there.
        with self._loading:
            self._away.difference_update(meeting_ids)
            for meeting_id in meeting_ids:
                self._rooms.pop(meeting_id, None)

    def over(self) -> Sequence[str]:
        """Those that are closed."""
        return [meeting for meeting, room in list(self._rooms.items()) if room.state.phase == "closed"]

    def _load(self, meeting_id: str) -> Room | None:
        try:
            record = repository.load_meeting(self._host.engine, meeting_id)
            if record is None or record.phase == "planned":
                return None
            return self._make_room(record)
        except OperationalError:
            # Busy or full: that passes.
            raise
        except Exception as error:
            # Whatever lies there: the type alone, for the message may hold what somebody wrote.
            log.error(
                "meeting %s cannot be read (%s). The others go on. Put a backup back, or remove it.",
                meeting_id,
                type(error).__name__,
            )
            raise MeetingUnreadable(meeting_id) from error

    def _make_room(self, record: repository.MeetingRecord) -> Room:
        problems = Problems()
        if record.state.get("phase", "lobby") != record.phase:
            # Nobody would know whether it goes on.
            raise ValueError(f"the phase of meeting {record.id} is not that of its state")
        part = read_source(record.source, record.programme, record.part, problems)
        if part is None:
            raise ValueError(f"the stored text of meeting {record.id} cannot be read: {problems.sorted()}")
        programme = self._host.library.get(record.programme)
        room = Room(
            record=record,
            programme_title=programme.title if programme else record.programme,
            programme=programme,
            part=part,
            kinds=self._host.kinds,
            state=state_from_json(record.state, part, self._host.kinds, self._host.clock.origin),
            participants=set(record.participants),
        )
        room.secret_of = partial(self._host.keys.secret, room.id)
        for step_id, gone in record.withdrawn.items():
            for post in gone:
                room.take_back(step_id, post)
        for step_id, posts in record.posts.items():
            for post in posts.values():
                room.put(step_id, post)
        room.state = unveiled(room, self._host.keys)
        room.tell_counts()
        room.before = frozenset(room.ever)
        lost = [s for s in room.posts if s not in room.state.sealed and not self._host.keys.has(room.id, s)]
        if lost:
            # A backup was put back, or a key is gone: nobody can change these posts. The sweep seals them.
            # What others saw of them since, nobody knows: they count as shown.
            room.lost = set(lost)
            room.state = room.state.with_sealed(*lost).with_shown(*lost)
        return room


def read_source(source: str, programme: str, part: str, problems: Problems) -> Part | None:
    """A part of a programme from its Markdown, as a meeting keeps it; None when it has an error."""
    return read_part(source.encode(), part, kind_registry.interpret, problems, base=base_of(programme))
