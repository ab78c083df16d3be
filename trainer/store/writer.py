"""Group commit: everything that changes a meeting goes through one writer.

Whoever has something to store hands over a piece of work and waits. The writer takes all queued work, runs
it against the meetings in memory, commits what it asks for in one transaction, and only then answers.
While a commit runs the next group gathers: there is no waiting window. One writer also means that nothing
races: a vote and the command that closes the vote are serialised.

One row that is refused fails the commit of the whole group. Each meeting then gets a commit of its own, so
that only the meeting with that row is given up.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from sqlalchemy import Engine, TextClause
from sqlalchemy.exc import DBAPIError

from trainer.store.database import compact_sqlite, is_of_a_row
from trainer.store.group import Group, Job, Row, Transaction
from trainer.store.health import explain, where
from trainer.store.repository import save_posts
from trainer.store.statements import ADD_PARTICIPANT, SAVE_POST, SAVE_PREPARED, SAVE_STATE

# If one of these writes fewer rows than it was given, what was decided no longer matches the database.
MUST_WRITE = (SAVE_STATE, ADD_PARTICIPANT, SAVE_PREPARED)

# Until it is emptied the write-ahead log tells in which order posts came, also after `kill -9`. Emptying it
# rewrites the database, so a large one on a slow disk is wiped less often: for a fiftieth of the time.
WIPE_SECONDS, WIPE_SECONDS_AT_MOST, WIPES_APART = 5.0, 20.0, 50

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Offload = Callable[..., Any]
_statement_of = itemgetter(0)
_row_of = itemgetter(1)
_is_broken = attrgetter("is_broken")


class NotSaved(Exception):
    """Nothing of this was stored: the database refused it, or something else of the same meeting."""


def wipe(changes: Transaction) -> None:
    """Work that only wipes traces of what was deleted or replaced, if there may be any."""
    changes.compact = True


def next_wipe(took: float) -> float:
    """In how many seconds to wipe again, after a wipe that took so many. Meanwhile what is sent waits."""
    return min(max(WIPE_SECONDS, took * WIPES_APART), WIPE_SECONDS_AT_MOST)


class Writer:
    """The one writer of meetings. `offload` runs a blocking function where it holds up nobody else."""

    def __init__(self, engine: Engine, offload: Offload, forget: Callable[[set[str]], None]) -> None:
        self.engine = engine
        self._offload = offload
        self._forget = forget
        self._jobs: deque[Job[Any]] = deque()
        # Did the database itself fail at the last write, so that nobody's changes can be stored?
        self.failing = False
        self._wake = threading.Event()
        # Started here, because callers of `submit_later` may be unable to wait for a thread to start.
        threading.Thread(target=self._run, name="writer", daemon=True).start()

    def submit(self, work: Callable[[Transaction], Result], about: str | None = None) -> Result:
        """Runs `work` in the next group and returns what it returned, once it is committed.

        `work` must not block. `about` is the meeting that it reads: even when it changes nothing, its result
        may depend on changes that are still to be committed. Raises NotSaved when the database refused this,
        or something else that the group did to the same meetings; what was changed of them in memory is then
        forgotten, and read again from the database. Raises whatever `work` raised.
        """
        finished = threading.Event()
        outcome: list[Result | Exception] = []

        def done(result: Result | Exception) -> None:
            outcome.append(result)
            finished.set()

        self.submit_later(work, done, about)
        finished.wait()
        if isinstance(outcome[0], Exception):
            raise outcome[0]
        return outcome[0]

    def submit_later(
        self,
        work: Callable[[Transaction], Result],
        done: Callable[[Result | Exception], None],
        about: str | None = None,
    ) -> None:
        """The same without waiting: `done` gets the result or the exception, and must not block.

        With `submit`, a thousand phones waiting for their vote would be a thousand greenlets to wake.
        """
        self._jobs.append(Job(work, done, about))
        if not self._wake.is_set():
            self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            # One by one: with real threads, others append to the queue meanwhile.
            jobs = [self._jobs.popleft() for _ in range(len(self._jobs))]
            if jobs:
                self._serve(jobs)

    def _serve(self, jobs: list[Job[Any]]) -> None:
        group = Group(jobs)
        group.run()
        stored = self._store(group)
        if stored and group.changes.compact:
            self._offload(self._wipe)
        group.changes.reveal()
        for callback in chain.from_iterable(part.changes.after for part in stored):
            try:
                callback()
            except Exception as error:
                log.error("what follows a change could not be done: %s", where(error))
        for job in jobs:
            job.finish()

    def _store(self, group: Group) -> list[Group]:
        """Commits a group: together, or by meeting when a row is refused; gives up what fails.

        Returns what is committed. Nobody is answered in between: who kills this process breaks no promise.
        """
        waiting, stored, lost = deque([group]), list[Group](), list[Group]()
        while waiting:
            part = waiting.popleft()
            error = self._try(part)
            if error is None:
                stored.append(part)
            elif part is group and is_of_a_row(error):
                waiting.extend(group.by_meeting())
            else:
                # Not the error itself: its message may hold what somebody wrote.
                log.error("not saved: %s", explain(error) if isinstance(error, DBAPIError) else where(error))
                lost.append(part)
                if not is_of_a_row(error):
                    # The others would only wait for the same.
                    self.failing = True
                    lost.extend(waiting)
                    waiting.clear()
        self._give_up(lost)
        return stored

    def _try(self, part: Group) -> Exception | None:
        """Commits all of a part or nothing; returns why not."""
        if any(map(_is_broken, part.jobs)):
            return NotSaved("work failed halfway")
        try:
            if part.changes.writes:
                self._offload(self._commit, part.changes.writes)
                self.failing = False
        except Exception as error:
            return error
        return None

    def _give_up(self, lost: list[Group]) -> None:
        if lost:
            self._forget({meeting_id for part in lost for meeting_id in part.changes.touched})
        for part in lost:
            for job in part.jobs:
                job.error = job.error or NotSaved()

    def _commit(self, writes: Sequence[tuple[TextClause, Row]]) -> None:
        with self.engine.connect() as connection:
            for statement, some in groupby(writes, _statement_of):
                rows = list(map(_row_of, some))
                if statement is SAVE_POST and len(rows) > 1:
                    save_posts(connection, rows)
                    continue
                written = connection.execute(statement, rows)
                if statement in MUST_WRITE and written.rowcount != len(rows):
                    raise NotSaved("another process has changed this meeting")
            connection.commit()

    def _wipe(self) -> None:
        """Wipes traces. If that fails, what was committed stays so, and a sweep tries again."""
        try:
            with self.engine.connect() as connection:
                compact_sqlite(connection)
        except Exception as error:
            log.error("deleted texts are not wiped yet: %s", type(error).__name__)
