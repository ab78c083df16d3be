"""Periodic chores that nobody asks for; `serving/server.py` says how often they run."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial

from sqlalchemy.exc import DBAPIError

from trainer.kinds.contract import Command
from trainer.meetings.core import Core
from trainer.meetings.ending import LONGEST_MEETING_SECONDS, Ending, first
from trainer.meetings.retention import purge
from trainer.meetings.room import MeetingUnreadable
from trainer.meetings.sealing import Sealing
from trainer.meetings.steering import Steering
from trainer.store import repository
from trainer.store.health import explain, where
from trainer.store.writer import wipe

log = logging.getLogger(__name__)


class Sweep:
    """Seals and closes what is due, disconnects who may not lead, purges, drops what is over, wipes traces.

    A chore that fails, such as a meeting that cannot be read, does not stop the others.
    """

    def __init__(self, core: Core, steering: Steering, sealing: Sealing) -> None:
        self._core = core
        self._steering = steering
        self._sealing = sealing
        self._ending = Ending(core)
        # The day of the last purge.
        self._purged: date | None = None

    def __call__(self) -> None:
        self._do(self._chores())

    def before_stop(self) -> None:
        """Seals every step that was left: nobody knows when Kwartier will be started again."""
        seal = self._sealing.seal_left
        self._do((f"sealing meeting {each}", partial(seal, each)) for each in self._running())

    def _do(self, chores: Iterable[tuple[str, Callable[[], None]]]) -> None:
        for name, chore in chores:
            try:
                chore()
            except Exception as error:
                log.error("%s failed, and is tried again: %s", name, where(error))

    def _chores(self) -> Iterator[tuple[str, Callable[[], None]]]:
        # The time of day, and how late the meetings are running, change by themselves.
        yield "showing the time", self._core.notify_screens
        for meeting_id in self._running():
            yield f"sweeping meeting {meeting_id}", partial(self._meeting, meeting_id)
        yield "destroying stray keys", self._sealing.destroy_stray_keys
        yield "closing pages of whoever may not lead", self._core.signals.hang_up_strangers
        yield "purging", self._purge
        yield "letting go of closed meetings", self._let_go
        # Last, to include what was deleted just now.
        yield "wiping traces", partial(self._core.writer.submit, wipe)

    def _meeting(self, meeting_id: str) -> None:
        """Seals steps left long enough ago, closes a forgotten meeting, and ends one that cannot be read."""
        try:
            room = self._core.room(meeting_id)
        except MeetingUnreadable:
            room = None
        if room is None:
            self._ending.sweep(meeting_id)
            return
        if room.state.phase == "lobby":
            if self._ending.age(meeting_id, room.state.opened) > LONGEST_MEETING_SECONDS:
                self._steering.unopen(meeting_id)
            return
        # In a rehearsal the clock may have run ahead since, but not yet when it was opened.
        since = room.state.opened if room.record.rehearsal else first(room.state.begun)
        if self._ending.age(meeting_id, since) > LONGEST_MEETING_SECONDS:
            try:
                self._steering.command(meeting_id, Command("close"), room.state.version_at())
            except Exception:
                # A full disk passes, but what is stored may be so damaged that it can never be closed.
                self._ending.sweep(meeting_id, readable=True)
                raise
            return
        self._sealing.seal_due(room)

    def _running(self) -> list[str]:
        try:
            running = repository.running_meetings(self._core.engine)
        except DBAPIError as error:
            log.error("no meeting could be swept: %s", explain(error))
            return []
        self._ending.know_only(running)
        return running

    def _purge(self) -> None:
        today = self._core.clock.now().date()
        if today != self._purged:
            purge(self._core, today)
            self._purged = today

    def _let_go(self) -> None:
        over = self._core.rooms.over()
        if over:
            # By the writer: until the close is committed, only memory knows that the meeting is over.
            self._core.writer.submit(
                lambda changes: changes.after.append(lambda: self._core.rooms.forget(over))
            )
