"""Group commit: everything that changes a meeting goes through one writer.

Whoever has something to store hands over a piece of work and waits. The writer takes all queued work, runs
it against the meetings in memory, commits what it asks for in one transaction, and only then answers.
While a commit runs the next group gathers: there is no waiting window. One writer also means that nothing
races: a vote and the command that closes the vote are serialised.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine, TextClause
from sqlalchemy.exc import DBAPIError

from trainer.store.database import compact_sqlite
from trainer.store.health import explain, where
from trainer.store.repository import save_posts
from trainer.store.statements import ADD_PARTICIPANT, SAVE_POST, SAVE_STATE

# If one of these writes fewer rows than it was given, memory no longer matches the database.
MUST_WRITE = (SAVE_STATE, ADD_PARTICIPANT)

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Offload = Callable[..., Any]


class NotSaved(Exception):
    """Nothing of this was stored: the database refused (full, locked, damaged), or its group failed."""


class Transaction:
    """What a group of jobs wants written, in order, and which meetings it touched."""

    def __init__(self) -> None:
        self.statements: list[tuple[TextClause, list[Mapping[str, Any]]]] = []
        self.touched: set[str] = set()
        self.touches = 0
        self.compact = False
        self.after: list[Callable[[], None]] = []
        # The events of meetings that nobody may see until this is committed or given up.
        self._unstored: list[threading.Event] = []
        # Steps that begin again: their keys are destroyed after the commit.
        self.emptied: set[tuple[str, str]] = set()

    def touch(self, meeting_id: str) -> None:
        """Marks a meeting as about to change in memory; call it before the first change."""
        self.touched.add(meeting_id)
        self.touches += 1

    def hide(self, stored: threading.Event) -> None:
        """Hides a meeting whose memory is about to hold what others would see and what may never be stored.

        `stored` is the meeting's event: whoever shows the meeting waits for it.
        """
        stored.clear()
        self._unstored.append(stored)

    def reveal(self) -> None:
        """Shows the hidden meetings again: all of it is committed, or forgotten."""
        for stored in self._unstored:
            stored.set()

    def add(self, statement: TextClause, row: Mapping[str, Any]) -> None:
        """Adds one execution of `statement`; consecutive ones of the same statement are sent together."""
        if self.statements and self.statements[-1][0] is statement:
            self.statements[-1][1].append(row)
        else:
            self.statements.append((statement, [row]))


def wipe(changes: Transaction) -> None:
    """Work that only wipes traces of what was deleted or replaced, if there may be any."""
    changes.compact = True


class _Job(Generic[Result]):
    __slots__ = ("done", "error", "result", "work")

    def __init__(
        self, work: Callable[[Transaction], Result], done: Callable[[Result | Exception], None]
    ) -> None:
        self.work = work
        self.done = done
        self.result: Result | None = None
        self.error: Exception | None = None

    def finish(self) -> None:
        try:
            self.done(self.result if self.error is None else self.error)  # type: ignore[arg-type]
        except Exception as error:
            log.error("an answer could not be given: %s", where(error))


class Writer:
    """The one writer of meetings. `offload` runs a blocking function where it holds up nobody else."""

    def __init__(self, engine: Engine, offload: Offload, forget: Callable[[set[str]], None]) -> None:
        self.engine = engine
        self._offload = offload
        self._forget = forget
        self._jobs: deque[_Job[Any]] = deque()
        # Did the database refuse the last write?
        self.failing = False
        self._wake = threading.Event()
        # Started here, because callers of `submit_later` may be unable to wait for a thread to start.
        threading.Thread(target=self._run, name="writer", daemon=True).start()

    def submit(self, work: Callable[[Transaction], Result]) -> Result:
        """Runs `work` in the next group and returns what it returned, once it is committed.

        `work` must not block. Raises NotSaved when the commit failed or other work of its group broke; what
        `work` changed in memory is then forgotten, and read again from the database. Raises whatever `work`
        raised.
        """
        finished = threading.Event()
        outcome: list[Result | Exception] = []

        def done(result: Result | Exception) -> None:
            outcome.append(result)
            finished.set()

        self.submit_later(work, done)
        finished.wait()
        if isinstance(outcome[0], Exception):
            raise outcome[0]
        return outcome[0]

    def submit_later(
        self, work: Callable[[Transaction], Result], done: Callable[[Result | Exception], None]
    ) -> None:
        """The same without waiting: `done` gets the result or the exception, and must not block.

        With `submit`, a thousand phones waiting for their vote would be a thousand greenlets to wake.
        """
        self._jobs.append(_Job(work, done))
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

    def _serve(self, jobs: list[_Job[Any]]) -> None:
        transaction = Transaction()
        if self._prepare(jobs, transaction):
            try:
                if transaction.statements or transaction.compact:
                    self._offload(self._commit, transaction)
                    self.failing = self.failing and not transaction.statements
            except Exception as error:
                # Not the error itself: its message may hold what somebody wrote.
                self.failing = True
                log.error("not saved: %s", explain(error) if isinstance(error, DBAPIError) else where(error))
                self._give_up(jobs, transaction)
        else:
            self._give_up(jobs, transaction)
        transaction.reveal()
        for callback in transaction.after:
            try:
                callback()
            except Exception as error:
                log.error("what follows a change could not be done: %s", where(error))
        for job in jobs:
            job.finish()

    def _prepare(self, jobs: list[_Job[Any]], transaction: Transaction) -> bool:
        """Runs the work in memory; False when a job failed halfway, so that memory cannot be trusted."""
        whole = True
        for job in jobs:
            touches = transaction.touches
            try:
                job.result = job.work(transaction)
            except Exception as error:
                job.error = error
                whole = whole and transaction.touches == touches
                log.error("a change to a meeting failed: %s", where(error))
        return whole

    def _give_up(self, jobs: list[_Job[Any]], transaction: Transaction) -> None:
        self._forget(transaction.touched)
        for job in jobs:
            job.error = job.error or NotSaved()
        transaction.after = []

    def _commit(self, transaction: Transaction) -> None:
        with self.engine.connect() as connection:
            for statement, rows in transaction.statements:
                if statement is SAVE_POST and len(rows) > 1:
                    save_posts(connection, rows)
                    continue
                written = connection.execute(statement, rows)
                if statement in MUST_WRITE and written.rowcount != len(rows):
                    raise NotSaved("another process has changed this meeting")
            connection.commit()
            if transaction.compact:
                self._wipe(connection)

    def _wipe(self, connection: Connection) -> None:
        """Wipes traces. If that fails, what was committed stays so, and a sweep tries again."""
        try:
            compact_sqlite(connection)
        except Exception as error:
            log.error("deleted texts are not wiped yet: %s", type(error).__name__)
