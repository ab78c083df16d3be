"""What the writer does in one turn: pieces of work, what they want written, and which belong together."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import TextClause

from trainer.store.health import where

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Row = Mapping[str, Any]
# Of a transaction: meetings touched, rows to write, calls that follow.
Size = tuple[int, int, int]


class Transaction:
    """What pieces of work want written, in order, and which meetings they touched."""

    def __init__(self) -> None:
        self.touched: list[str] = []
        self.writes: list[tuple[TextClause, Row]] = []
        # What follows the commit.
        self.after: list[Callable[[], None]] = []
        self.compact = False
        # The events of meetings that nobody may see until this is committed or given up.
        self._unstored: list[threading.Event] = []

    def touch(self, meeting_id: str) -> None:
        """Marks a meeting as about to change in memory; call it before the first change."""
        self.touched.append(meeting_id)

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

    def add(self, statement: TextClause, row: Row) -> None:
        """Adds one execution of `statement`; consecutive ones of the same statement are sent together."""
        self.writes.append((statement, row))

    def size(self) -> Size:
        """How much was touched, is to be written, and is to follow, so far."""
        return len(self.touched), len(self.writes), len(self.after)

    def cut(self, size: Size) -> None:
        """Drops what was added since it had this size, but for what was touched."""
        del self.writes[size[1] :], self.after[size[2] :]

    def take_over(self, other: "Transaction", begin: Size, end: Size) -> None:
        """Adds what another added while it grew from one size to the other."""
        self.touched += other.touched[begin[0] : end[0]]
        self.writes += other.writes[begin[1] : end[1]]
        self.after += other.after[begin[2] : end[2]]


class Job(Generic[Result]):
    """A piece of work, and whom to tell what came of it; `about` is the meeting that it reads, if any."""

    __slots__ = ("about", "begin", "done", "error", "is_broken", "result", "work")

    def __init__(
        self,
        work: Callable[[Transaction], Result],
        done: Callable[[Result | Exception], None],
        about: str | None = None,
    ) -> None:
        self.work = work
        self.done = done
        self.about = about
        self.result: Result | None = None
        self.error: Exception | None = None
        # Did it fail halfway, so that memory cannot be trusted?
        self.is_broken = False

    def run(self, changes: Transaction) -> None:
        """Runs the work in memory; what it raises is kept, for whoever asked."""
        self.begin = changes.size()
        try:
            self.result = self.work(changes)
        except Exception as error:
            self.error = error
            self.is_broken = changes.size()[0] > self.begin[0]
            changes.cut(self.begin)
            log.error("a change to a meeting failed: %s", where(error))

    def finish(self) -> None:
        """Tells whoever asked what came of it."""
        try:
            self.done(self.result if self.error is None else self.error)  # type: ignore[arg-type]
        except Exception as error:
            log.error("an answer could not be given: %s", where(error))


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Jobs that are stored or given up together."""

    jobs: list[Job[Any]] = field(default_factory=list)
    changes: Transaction = field(default_factory=Transaction)

    def run(self) -> None:
        """Runs all work in memory, in the order in which it was asked."""
        for job in self.jobs:
            job.run(self.changes)

    def by_meeting(self) -> "list[Group]":
        """The same in parts that do not depend on each other, once it has run.

        A job of several meetings binds these together; one of no meeting is a part of its own.
        """
        leaders: dict[object, object] = {}

        def leader(meeting: object) -> object:
            while (found := leaders.setdefault(meeting, meeting)) != meeting:
                meeting = found
            return meeting

        ends = [*(job.begin for job in self.jobs[1:]), self.changes.size()]
        for job, end in zip(self.jobs, ends, strict=True):
            for meeting in filter(None, [job.about, *self.changes.touched[job.begin[0] : end[0]]]):
                leaders[leader(job)] = leader(meeting)
        parts: dict[object, Group] = defaultdict(Group)
        for job, end in zip(self.jobs, ends, strict=True):
            part = parts[leader(job)]
            part.jobs.append(job)
            part.changes.take_over(self.changes, job.begin, end)
        return list(parts.values())
