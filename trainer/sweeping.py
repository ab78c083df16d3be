"""What is to be done again and again without anybody asking for it; see `trainer/server.py` for how often."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from trainer.retention import purge
from trainer.store import repository
from trainer.store.health import explain, where
from trainer.store.writer import wipe

if TYPE_CHECKING:
    from trainer.host import Host

log = logging.getLogger(__name__)


class Sweep:
    """Seals and closes what is due, purges, lets go of who may not lead and what is over, and wipes traces.

    One chore that fails, such as a meeting that cannot be read, keeps no other from being done.
    """

    def __init__(self, host: "Host") -> None:
        self._host = host
        # The day on which what was too old was last looked for.
        self._purged: date | None = None

    def __call__(self) -> None:
        self._do(self._chores())

    def before_stop(self) -> None:
        """Seals what was left: nobody knows when Kwartier is started again."""
        seal = self._host.sealing.seal_left
        self._do((f"sealing meeting {each}", partial(seal, each)) for each in self._running())

    def _do(self, chores: Iterable[tuple[str, Callable[[], None]]]) -> None:
        for name, chore in chores:
            try:
                chore()
            except Exception as error:
                log.error("%s failed, and is tried again: %s", name, where(error))

    def _chores(self) -> Iterator[tuple[str, Callable[[], None]]]:
        host = self._host
        # The clock on the wall, and how late they are, change without anybody doing anything.
        yield "showing the time", host.notify_screens
        for meeting_id in self._running():
            yield f"sweeping meeting {meeting_id}", partial(host.sealing.sweep_meeting, meeting_id)
        yield "destroying stray keys", host.sealing.destroy_stray_keys
        yield "closing pages of who may not lead", host.hang_up_strangers
        yield "purging", self._purge
        yield "letting go of closed meetings", self._let_go
        # Last: also of what was deleted just now.
        yield "wiping traces", partial(host.writer.submit, wipe)

    def _running(self) -> list[str]:
        try:
            running = repository.running_meetings(self._host.engine)
        except DBAPIError as error:
            log.error("no meeting could be swept: %s", explain(error))
            return []
        self._host.ending.know_only(running)
        return running

    def _purge(self) -> None:
        today = self._host.clock.now().date()
        if today != self._purged:
            purge(self._host, today)
            self._purged = today

    def _let_go(self) -> None:
        over = self._host.rooms.over()
        if over:
            # By the writer: until the closing is stored, only memory knows that the meeting is over.
            self._host.writer.submit(
                lambda changes: changes.after.append(lambda: self._host.rooms.forget(over))
            )
