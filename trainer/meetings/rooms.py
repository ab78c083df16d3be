"""The meetings that this process holds in memory: loaded when asked for, dropped when they are over."""

import threading
from collections.abc import Callable, Collection, Sequence

from trainer.meetings.rendered import Numbers
from trainer.meetings.room import Room
from trainer.store.group import Transaction


class Rooms:
    """The rooms of this process, by meeting id. `load` reads one from the database."""

    def __init__(self, load: Callable[[str], Room | None]) -> None:
        self._load = load
        self._rooms: dict[str, Room] = {}
        # How far their views are numbered; kept when rooms are dropped.
        self._numbers: dict[str, Numbers] = {}
        # Meetings that the writer is ending, which the database does not know yet.
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
        """Hides meetings that these changes end in the database, or that it no longer holds.

        Later work in the same group finds none of them, as if the end were committed already.
        """
        for meeting_id in meeting_ids:
            changes.touch(meeting_id)
        changes.after.append(lambda: self.forget(meeting_ids))
        with self._loading:
            self._away.update(meeting_ids)
            for meeting_id in meeting_ids:
                self._rooms.pop(meeting_id, None)

    def forget(self, meeting_ids: Collection[str]) -> None:
        """Drops stale in-memory copies; the meetings are loaded again when asked for.

        Call it only between two groups of the writer: within one, the database is not up to date yet.
        """
        # A load in progress may have read the old rows: the lock waits for it, so that it is dropped too.
        with self._loading:
            self._away.difference_update(meeting_ids)
            for meeting_id in meeting_ids:
                self._rooms.pop(meeting_id, None)

    def over(self) -> Sequence[str]:
        """The meetings in memory that are closed."""
        return [meeting for meeting, room in list(self._rooms.items()) if room.state.phase == "closed"]
