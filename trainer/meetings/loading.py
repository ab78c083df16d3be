"""Reading a meeting from the database."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from trainer.kinds.contract import Kind
from trainer.library.texts import Library
from trainer.live.clock import Clock
from trainer.live.places import whole
from trainer.live.state import SCHEME
from trainer.live.stored import state_from_json
from trainer.meetings.room import MeetingUnreadable, Room
from trainer.meetings.veil import plain_post, unveiled
from trainer.store import repository
from trainer.store.keys import KeyRing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loading:
    """Makes the room of a meeting from what is stored."""

    engine: Engine
    keys: KeyRing
    clock: Clock
    kinds: Mapping[str, Kind]
    library: Library

    def __call__(self, meeting_id: str) -> Room | None:
        """The meeting as it is stored; None when it was never opened.

        Raises MeetingUnreadable when it is damaged, and OperationalError when the database is busy.
        """
        try:
            record = repository.load_meeting(self.engine, meeting_id)
            if record is None or record.phase == "planned":
                return None
            return self._make_room(record)
        except OperationalError:
            # Busy or full, not damaged: that passes.
            raise
        except Exception as error:
            # Any kind of damage. Only the type is logged: the message may hold what somebody wrote.
            log.error(
                "meeting %s cannot be read (%s). The others go on. Put a backup back, or remove it.",
                meeting_id,
                type(error).__name__,
            )
            raise MeetingUnreadable(meeting_id) from error

    def _make_room(self, record: repository.MeetingRecord) -> Room:
        if record.state.get("phase", "lobby") != record.phase:
            # Otherwise nobody would know whether it is still running.
            raise ValueError(f"the phase of meeting {record.id} is not that of its state")
        part, problems = self.library.stored(record.source, record.programme, record.part)
        if part is None:
            raise ValueError(f"the stored text of meeting {record.id} cannot be read: {problems}")
        programme = self.library.programme(record.programme)
        room = Room(
            record=record,
            programme_title=programme.title if programme else record.programme,
            programme=programme,
            part=part,
            kinds=self.kinds,
            state=state_from_json(record.state, part, self.kinds, self.clock.origin),
            participants=set(record.participants),
        )
        room.secret_of = partial(self.keys.secret, room.id)
        room.kept_before = partial(repository.kept_before, self.engine, room.id)
        for step_id, gone in record.withdrawn.items():
            for post in gone:
                room.take_back(step_id, post)
        for step_id, posts in record.posts.items():
            for post in posts.values():
                room.put(step_id, plain_post(room, self.keys, step_id, post))
        room.state = unveiled(room, self.keys)
        # Who answered was in memory alone. So all phones are asked again, and told so.
        room.state = replace(room.state, asked_again=room.state.shared)
        room.tell_counts()
        room.before = frozenset(room.ever)
        self._find_lost(room)
        return room

    def _find_lost(self, room: Room) -> None:
        """Finds the posts that nobody can change any more; the sweep seals their steps."""
        open_steps = [s for s in {*room.posts, *room.ever} if whole(s) not in room.state.sealed]
        # A backup was restored, or a key is gone: what others have seen of these since is unknown, so they
        # count as shown.
        keyless = [s for s in open_steps if s in room.posts and not self.keys.has(room.id, s)]
        room.lost = set(keyless)
        if room.state.scheme < SCHEME:
            # Phones have other authors now. What others have seen is known, so these may begin again.
            room.lost = set(open_steps)
            steps = map(room.step, room.state.kinds)
            # Nobody knows from what they dealt, so each counts as a deal by what phones chose.
            dealt = sum(room.kind(step).deals for step in steps if step)
            room.state = replace(room.state, dealt=room.state.dealt + dealt)
        if room.lost:
            sealed = room.state.with_sealed(*map(whole, room.lost))
            room.state = sealed.with_shown(*map(whole, keyless))
