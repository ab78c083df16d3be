"""What may not be kept for ever: it is deleted unless it is provably within its retention time."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trainer.meetings.core import Core
from trainer.store import aside, repository, sanity, statements
from trainer.store import log as log_lines
from trainer.store.group import Transaction
from trainer.store.shred import shred
from trainer.store.writer import NotSaved, wipe

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Expired:
    """Meetings with free text that is not provably within its retention time, and what else is to go.

    `left` counts posts, phones and results of meetings that may not, or no longer, have any; `aside` holds
    the files of databases that a restore put aside; `lines` counts those of the log.
    """

    meetings: tuple[str, ...]
    invitations: int
    left: int = 0
    aside: tuple[Path, ...] = ()
    lines: int = 0

    def __bool__(self) -> bool:
        return bool(self.meetings or self.invitations or self.left or self.aside or self.lines)


def expired(core: Core, today: date) -> Expired:
    """What `purge` would delete today."""
    database = aside.database_file(core.settings.database_url)
    return Expired(
        tuple(repository.meetings_past_retention(core.engine, today)),
        repository.expired_invitations(core.engine, today),
        repository.left_behind(core.engine),
        aside.past(database, today),
        log_lines.lines_past(core.engine, today, core.settings.log_days),
    )


def purge(core: Core, today: date) -> Expired:
    """Deletes what has expired, leaving no trace in the files, and returns it; totals of evaluations stay.

    Then corrects stored days, times and numbers that are out of bounds. In this order, because an impossible
    value proved nothing, and its correction must prove nothing either. Raises NotSaved when something could
    not be deleted; the rest still is, but nothing is corrected.
    """
    found = expired(core, today)
    works = [_forget_texts(core, meeting_id) for meeting_id in found.meetings]
    if found.left:
        works.append(_forget_left_behind)
    if found.invitations:
        works.append(_forget_invitations(today))
    if found.lines:
        works.append(_forget_lines(log_lines.period(today, core.settings.log_days)))
    failed = [work for work in works if not _is_done(core, work)]
    core.writer.submit(wipe)
    if not _are_shredded(found.aside) or failed:
        raise NotSaved
    for correction in sanity.corrections(core.engine, today):
        log.warning(correction.what)
        _is_done(core, _correct(correction))
    return found


def _are_shredded(files: Sequence[Path]) -> bool:
    whole = True
    for path in files:
        try:
            shred(path)
        except FileNotFoundError:
            continue
        except OSError as error:
            log.error("%s cannot be deleted: %s", path, error.strerror)
            whole = False
    return whole


def _is_done(core: Core, work: Callable[[Transaction], None]) -> bool:
    """Submits `work` by itself, so that a failure does not stop the others. False when it was not saved."""
    try:
        core.writer.submit(work)
    except NotSaved:
        return False
    return True


def _forget_texts(core: Core, meeting_id: str) -> Callable[[Transaction], None]:
    def work(changes: Transaction) -> None:
        changes.touch(meeting_id)
        changes.add(statements.DELETE_TEXTS, {"meeting_id": meeting_id})
        changes.add(statements.DELETE_NOTES, {"meeting_id": meeting_id})
        changes.add(statements.FORGET_SHARED, {"meeting_id": meeting_id})
        changes.after.append(lambda: core.forget({meeting_id}))

    return work


def _forget_left_behind(changes: Transaction) -> None:
    for statement in statements.DELETE_LEFT_BEHIND:
        changes.add(statement, {})


def _forget_invitations(today: date) -> Callable[[Transaction], None]:
    def work(changes: Transaction) -> None:
        for statement in (
            statements.DELETE_INVITATIONS,
            statements.DELETE_PLAN_LINKS,
            statements.DELETE_RESET_LINKS,
            statements.DELETE_RESETS,
        ):
            changes.add(statement, {"today": today})

    return work


def _forget_lines(kept: Mapping[str, date]) -> Callable[[Transaction], None]:
    return lambda changes: changes.add(log_lines.DELETE_PAST, kept)


def _correct(found: sanity.Correction) -> Callable[[Transaction], None]:
    return lambda changes: changes.add(found.statement, found.row)
