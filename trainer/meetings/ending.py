"""The longest a meeting may run. One that cannot be read is ended unread."""

import logging
from collections.abc import Collection, Mapping
from datetime import date, timedelta

import msgspec

from trainer.live.clock import Origin
from trainer.meetings.core import Core
from trainer.store import repository, statements
from trainer.store.expiry import read_day
from trainer.store.group import Transaction

LONGEST_MEETING_SECONDS = 12 * 3600
# Consecutive dates may be only a minute apart; between dates two days apart lies at least a whole day.
LONGEST_MEETING_DAYS = timedelta(days=2)
ENDED_UNREAD = '{"phase":"closed"}'

log = logging.getLogger(__name__)


class _Told(msgspec.Struct):
    """What a stored state may tell of its age, even when nothing else in it can be read."""

    begun: dict[str, float] = {}
    opened: float | None = None
    origin: Origin = Origin()


class Ending:
    """Knows how long meetings have been running, and ends those that cannot be read."""

    def __init__(self, core: Core) -> None:
        self._core = core
        # When this process first saw a meeting, and first saw it damaged.
        self._seen: dict[str, float] = {}
        self._damaged: dict[str, float] = {}

    def know_only(self, running: Collection[str]) -> None:
        """Forgets the ages of meetings that are no longer running."""
        for ages in (self._seen, self._damaged):
            for meeting_id in ages.keys() - set(running):
                del ages[meeting_id]

    def age(self, meeting_id: str, begun: float | None) -> float:
        """How long a meeting has been running, in seconds.

        Counts from when this process first saw it if `begun` is None or in the future.
        """
        now = self._now()
        seen = self._seen.setdefault(meeting_id, now)
        age = now - (seen if begun is None or begun > now else begun)
        if age <= LONGEST_MEETING_SECONDS:
            self._damaged.pop(meeting_id, None)
        return age

    def sweep(self, meeting_id: str, readable: bool = False) -> None:
        """Ends a meeting that cannot be read once it is surely too old; until then a backup may be put back.

        One that is `readable` and too old, but cannot be closed, gets as long again from when that was found.
        """
        now, today = self._now(), self._core.clock.now().date()
        damaged = self._damaged.setdefault(meeting_id, now)
        state, noted = repository.told_of(self._core.engine, meeting_id)
        begun, day = self._begun(state), read_day(noted)
        if day is None or day > today:
            row = {"meeting_id": meeting_id, "today": today}
            self._core.writer.submit(lambda changes: changes.add(statements.FOUND_UNREAD, row))
            day = today
        since = damaged if readable or begun is None or begun > now else min(begun, damaged)
        if now - since > LONGEST_MEETING_SECONDS or today - day >= LONGEST_MEETING_DAYS:
            self._end(meeting_id)

    def _end(self, meeting_id: str) -> None:
        today = self._core.clock.now().date()

        def work(changes: Transaction) -> None:
            self._core.rooms.put_away(changes, [meeting_id])
            end_unread(changes, meeting_id, today)
            changes.after.append(lambda: self._core.keys.destroy_of(meeting_id))

        self._core.writer.submit(work)
        log.warning(
            "meeting %s could not be read or closed for too long: it is ended, its posts are deleted",
            meeting_id,
        )
        self._core.notify_all(meeting_id)

    def _begun(self, state: object) -> float | None:
        """When a meeting began, or was opened, on this process's clock; None when its state does not tell."""
        try:
            told = msgspec.json.decode(str(state), type=_Told)
        except (msgspec.MsgspecError, RecursionError):
            return None
        begun = first(told.begun) or told.opened
        return None if begun is None else begun + self._core.clock.origin.since(told.origin)

    def _now(self) -> float:
        return self._core.clock.seconds()


def end_unread(changes: Transaction, meeting_id: str, today: date) -> None:
    """Ends a meeting, keeping only what was sealed before: nobody knows what else may be kept.

    A rehearsal keeps nothing, and is planned again.
    """
    changes.touch(meeting_id)
    of_people = (statements.DELETE_POSTS, statements.DELETE_PARTICIPANTS, statements.DELETE_REHEARSED)
    for statement in of_people:
        changes.add(statement, {"meeting_id": meeting_id})
    row = {"meeting_id": meeting_id, "state": ENDED_UNREAD, "closed_on": today}
    changes.add(statements.END_UNREAD, row)
    changes.add(statements.TAKE_BACK, {"meeting_id": meeting_id, "state": ""})
    changes.compact = True


def first(begun: Mapping[str, float]) -> float | None:
    """When the first block of a meeting began; None when none has."""
    return min(begun.values(), default=None)
