"""What may not be kept for ever, and is deleted when its time is over."""

import logging
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from trainer.store import repository, sanity
from trainer.store.writer import Transaction

if TYPE_CHECKING:
    from trainer.host import Host

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Expired:
    """Closed meetings that still hold free text, and how many invitations nobody can use any more."""

    meetings: tuple[str, ...]
    invitations: int

    def __bool__(self) -> bool:
        return bool(self.meetings or self.invitations)


def expired(host: "Host", today: date) -> Expired:
    """What `purge` would delete today."""
    meetings = repository.meetings_past_retention(host.engine, today)
    return Expired(tuple(meetings), repository.expired_invitations(host.engine, today))


def purge(host: "Host", today: date) -> Expired:
    """Deletes it, leaving no trace in the files; totals of evaluations stay. Gives what it was."""
    put_right(host, today)
    found = expired(host, today)
    if not found:
        return found

    def work(changes: Transaction) -> None:
        for meeting_id in found.meetings:
            changes.touch(meeting_id)
            changes.add(repository.DELETE_TEXTS, {"meeting_id": meeting_id})
        changes.add(repository.DELETE_INVITATIONS, {"today": today})
        changes.compact = True

    host.writer.submit(work)
    host.forget(set(found.meetings))
    return found


def put_right(host: "Host", today: date) -> None:
    """Brings stored days, times and numbers that cannot be within their bounds, and says which they were."""
    for found in sanity.corrections(host.engine, today):
        log.warning(found.what)
        host.writer.submit(partial(_correct, found))


def _correct(found: sanity.Correction, changes: Transaction) -> None:
    changes.add(found.statement, found.row)
