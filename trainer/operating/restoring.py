"""Restoring a backup over the database, and what happens to the one that was there.

Killed at any moment, it leaves either the old database or the backup, never neither.
"""

import glob
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flask import Flask

from trainer.config import Settings
from trainer.live.clock import Clock
from trainer.meetings.retention import purge
from trainer.operating.backups import PART, BackupError, Create, publish, readable, sealed
from trainer.store import schema
from trainer.store.aside import SIDE_FILES, database_file, free_name, prefix
from trainer.store.database import upgrade_database
from trainer.store.keys import KeyRing
from trainer.store.lock import FolderLock
from trainer.store.log import OPERATOR, Deed, What, change
from trainer.store.shred import shred
from trainer.store.writer import NotSaved

# The new database, and the old one: the next start wipes what a killed restore left of them.
FRESH, OLD = ".new", ".old"
# What lets somebody in who has it, and may have been used or taken back since.
LINKS = ("invitation", "plan_link", "reset_link")
# How many of the things that do not belong in a backup an error names.
MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Restored:
    """What happened to the old database: the path of its sealed copy, or why there is none.

    Both are empty when there was no database. `purged` says whether everything past its retention time could
    be deleted.
    """

    aside: Path | None = None
    lost: str = ""
    purged: bool = True


def restore(settings: Settings, source: Path, create: Create, *, force: bool = False) -> Restored:
    """Restores a backup as the database; returns what happened to the old one.

    No invitation, and no link to a plan or for a new password, works afterwards: it may have been used or
    taken back since.
    A sealed copy of the old database is put aside, like a backup; the database itself is destroyed. One that
    cannot be read cannot be sealed, so it is destroyed without a copy: what it holds must not be found later.

    Raises BackupError when `source` is no sound backup, a database exists and `force` is not given, or the
    old one cannot be sealed now; InUse while Kwartier is running; OSError when a file cannot be used.
    """
    target = database_file(settings.database_url)
    with readable(source):
        found = schema.examine(source)
    if found.strange:
        raise BackupError(f"{source} has in it what does not belong in a backup: {_listed(found.strange)}")
    lock = FolderLock(settings.data_dir)
    try:
        if target.exists() and not force:
            raise BackupError(_before(target))
        _wipe_beside(target)
        fresh = _beside(target, FRESH)
        with readable(source):
            schema.copy(source, fresh, found.revision)
        _void_links(fresh)
        today = Clock(settings.timezone).now().date()
        restored = _put_aside(settings, target, create, today) if target.exists() else Restored()
        # Side files first, the database last: it is whole without them, and they are useless without it.
        for suffix in reversed(SIDE_FILES):
            with suppress(FileNotFoundError):
                _beside(target, suffix).rename(_beside(target, OLD + suffix))
        _move_in(settings, fresh, target)
        _wipe_beside(target)
        return replace(restored, purged=_bring_up_to_date(create(settings), today))
    finally:
        _wipe_beside(target)
        lock.release()


def _bring_up_to_date(app: Flask, today: date) -> bool:
    """Migrates the new database, and deletes what is past its time. False when not all of that could be."""
    upgrade_database(app)
    with app.app_context():
        change(lambda: None, Deed(What.BACKUP_RESTORED, OPERATOR, today))
    try:
        purge(app.extensions["kwartier"], today)
    except NotSaved:
        return False
    return True


def _void_links(fresh: Path) -> None:
    """Before the new database is in place: a restore that is killed then must not leave them."""
    with closing(sqlite3.connect(fresh)) as database:
        database.execute("PRAGMA journal_mode=MEMORY")
        database.execute("PRAGMA secure_delete=ON")
        there = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        for table in there.intersection(LINKS):
            database.execute(f"DELETE FROM {table}")  # noqa: S608  a name of our own
        database.commit()


def _before(target: Path) -> str:
    """The error when --force is missing: says what it would do to the database."""
    flaw = _flaw(target)
    if flaw:
        return (
            f"{target} exists, but nothing of it can be put aside, since {flaw}: with --force it is destroyed"
        )
    return f"{target} exists: with --force a sealed copy of it, like a backup, is put aside first"


def _put_aside(settings: Settings, target: Path, create: Create, today: date) -> Restored:
    flaw = _flaw(target)
    if flaw:
        return Restored(lost=flaw)
    aside = free_name(target, today)
    with sealed(settings, create) as done:
        publish(done, aside)
    return Restored(aside)


def _flaw(target: Path) -> str:
    """Why a database can never be sealed; '' when it can be. Raises BackupError for what may be temporary."""
    with readable(target):
        try:
            schema.examine(target)
        except schema.Unfit as error:
            return str(error)
    return ""


def _listed(found: tuple[str, ...]) -> str:
    more = len(found) - MOST_TOLD
    return ", ".join(found[:MOST_TOLD]) + (f", and {more} more" if more > 0 else "")


def _wipe_beside(target: Path) -> None:
    """Wipes the old database and what an unfinished restore left."""
    for suffix in SIDE_FILES:
        for name in (FRESH, OLD):
            with suppress(FileNotFoundError):
                shred(_beside(target, name + suffix))
    for part in target.parent.glob(f".{glob.escape(prefix(target))}*{PART}"):
        shred(part)


def clean_up_restore(settings: Settings) -> None:
    """Finishes a restore that was killed while no database was in place: the new one is whole by then.

    Wipes what any other restore left. The caller must hold the FolderLock, so that no restore is running.
    """
    target = database_file(settings.database_url)
    fresh = _beside(target, FRESH)
    if fresh.exists() and _beside(target, OLD).exists() and not target.exists():
        _move_in(settings, fresh, target)
    _wipe_beside(target)


def _move_in(settings: Settings, fresh: Path, target: Path) -> None:
    fresh.replace(target)
    KeyRing(settings.key_dir).destroy_all()


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(target.name + suffix)
