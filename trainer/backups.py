"""Backup and restore: all that must outlast a broken disk, and nothing that says who wrote what.

A backup lives on in places that nobody wipes. So what ties a post to a phone is not in it: every step of a
running meeting is sealed in the copy, as it would be ten minutes after it was left, phones are forgotten, and
exercises that keep nothing are empty. Of steps that were not sealed yet there are no results: two copies of
which the totals differ by one answer would be that answer. After a restore the trainers go on where they
were, and the phones join again.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask
from sqlalchemy import make_url

from trainer.config import Settings
from trainer.host import Host
from trainer.store import repository
from trainer.store.database import upgrade_database
from trainer.store.lock import FolderLock
from trainer.store.writer import Transaction

SIDE_FILES = ("-wal", "-shm", "-journal")
Create = Callable[[Settings], Flask]


class BackupError(Exception):
    """What stands in the way, and what to do about it."""


def back_up(settings: Settings, target: Path, create: Create) -> None:
    """Writes a backup to the new file `target`, readable by its owner alone; Kwartier may be running.

    `create` makes the application. Raises BackupError, or OSError when the file cannot be written.
    """
    source = _database_file(settings)
    if not source.exists():
        raise BackupError(f"there is no database at {source}: set DATA_DIR as for the server")
    if target.exists():
        raise BackupError(f"{target} exists: choose another name")
    if settings.key_dir in target.resolve().parents:
        raise BackupError(f"{target} lies beside the keys, which no backup may do: choose another folder")
    with _scratch(target.resolve().parent) as folder:
        copy = folder / "data" / "copy.db"
        copy.parent.mkdir()
        with _opened(source) as original, closing(sqlite3.connect(copy)) as other:
            original.backup(other)
        _seal_all(
            replace(
                settings,
                data_dir=copy.parent,
                key_dir=folder / "keys",
                database_url=f"sqlite:///{copy}",
            ),
            create,
        )
        done = folder / "done.db"
        with closing(sqlite3.connect(copy)) as other:
            # Written anew: not even a free page has anything of what was taken out.
            other.execute("VACUUM INTO ?", (str(done),))
        done.chmod(0o600)
        # Appears whole or not at all, and never over something that came meanwhile.
        os.link(done, target)


def restore(settings: Settings, source: Path, create: Create, *, force: bool = False) -> Path | None:
    """Puts a backup back as the database; gives where the old database went, if there was one.

    Raises BackupError; InUse while Kwartier is running; OSError when a file cannot be read or written.
    """
    target = _database_file(settings)
    _check_whole(source)
    lock = FolderLock(settings.data_dir)
    try:
        if target.exists() and not force:
            raise BackupError(f"{target} exists: with --force it is put aside first")
        fresh = target.with_name(f"{target.name}.new")
        shutil.copyfile(source, fresh)
        fresh.chmod(0o640)
        aside = _put_aside(target) if target.exists() else None
        fresh.replace(target)
        for key in settings.key_dir.glob("*.key"):
            key.unlink()
        upgrade_database(create(settings))
        return aside
    finally:
        lock.release()


def _database_file(settings: Settings) -> Path:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BackupError("this database is not a file of SQLite: use its own tools, such as pg_dump")
    return Path(url.database).resolve()


def _opened(path: Path) -> closing[sqlite3.Connection]:
    """A database to read from and not to write to."""
    return closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))


@contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    """A folder for this process alone, of which the files are overwritten before they go."""
    folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=parent))
    try:
        (folder / "keys").mkdir(mode=0o700)
        yield folder
    finally:
        for path in (folder / "data").glob("*"):
            path.write_bytes(bytes(path.stat().st_size))
        shutil.rmtree(folder)


def _seal_all(settings: Settings, create: Create) -> None:
    """Makes a copy forget who wrote what, by the rules of the meeting itself."""
    app = create(settings)
    host: Host = app.extensions["kwartier"]
    for meeting_id in repository.running_meetings(host.engine):
        host.writer.submit(_forget_people(host, meeting_id))
    host.engine.dispose()
    host.writer.engine.dispose()


def _forget_people(host: Host, meeting_id: str) -> Callable[[Transaction], None]:
    def work(changes: Transaction) -> None:
        changes.compact = True
        changes.add(repository.DELETE_PARTICIPANTS, {"meeting_id": meeting_id})
        try:
            room = host.room(meeting_id)
        except Exception:
            # Its rules cannot be read, so nothing says what of it may be kept.
            changes.add(repository.DELETE_POSTS, {"meeting_id": meeting_id})
            return
        if room is not None:
            for step in room.part.steps():
                host.sealing.seal(changes, room, step.id, results=False)

    return work


def _check_whole(path: Path) -> None:
    """Raises BackupError when `path` is not a whole database of Kwartier."""
    if not path.is_file():
        raise BackupError(f"{path} is not a file")
    try:
        with _opened(path) as database:
            found = database.execute("PRAGMA integrity_check").fetchone()[0]
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{path} is not a backup of Kwartier: {error}") from error
    if found != "ok":
        raise BackupError(f"{path} is damaged: {found}")
    if not {"alembic_version", "meeting", "post"} <= tables:
        raise BackupError(f"{path} is not a backup of Kwartier: its tables are missing")


def _put_aside(database: Path) -> Path:
    """Moves a database, with what belongs to it, to the first free name beside it."""
    number = 1
    while (aside := database.with_name(f"{database.stem}-before-restore-{number}{database.suffix}")).exists():
        number += 1
    for suffix in ("", *SIDE_FILES):
        path = database.with_name(database.name + suffix)
        if path.exists():
            path.rename(aside.with_name(aside.name + suffix))
    return aside
