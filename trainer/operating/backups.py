"""Backups: everything that must survive a broken disk, and nothing that says who wrote what.

A backup lives on in places that nobody wipes, so it holds nothing that links a post to a phone. In the copy
every step of a running meeting is sealed, as it would be ten minutes after it was left, phones are
forgotten, exercises that keep nothing are empty, and rehearsals are planned again.

Steps that were not sealed yet have no results: two copies whose totals differ by one answer would reveal
that answer. Nor do they have a text. A card that is being taken back is on the screen until something else
changes, so that nobody learns who did it. A copy without that card would tell that its owner had pressed by
then, and so would one without its batch, or without any card in that case alone. A copy with it would keep
for ever what somebody took back. Counts stay as the screen shows them: taking an answer back changes none.

No step that was begun, and in which people may send something, starts again: its totals may have been shown
after the copy was made, and the difference would be a newcomer's answer. Nor does one that is empty, for that
would tell of whoever pressed that all was taken back. After a restore the trainers continue where they were,
and the phones join again.
"""

import fcntl
import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, delete, select, update

from trainer.config import Settings
from trainer.meetings.ending import end_unread
from trainer.meetings.host import Host
from trainer.meetings.sealing import begun
from trainer.store import repository, schema, statements
from trainer.store.aside import database_file
from trainer.store.database import upgrade_database
from trainer.store.factors import SecondFactor
from trainer.store.group import Transaction
from trainer.store.health import DatabaseUnusable, require_current, where
from trainer.store.log import OPERATOR, Deed, What, change
from trainer.store.models import User, new_session_key
from trainer.store.plan_models import PlanLink
from trainer.store.shred import shred

log = logging.getLogger(__name__)

# The scratch folder holds a copy that still says who wrote what, so it lies among the keys. The part file
# beside the target is sealed.
SCRATCH, PART = ".backup-", ".kwartier-part"
Create = Callable[[Settings], Flask]


class BackupError(Exception):
    """A backup or restore that cannot be done; the message says why and what to do."""


def back_up(settings: Settings, target: Path, create: Create) -> None:
    """Writes a backup to the new file `target`, readable by its owner only; Kwartier may be running.

    `create` makes the application. Raises BackupError when there is no usable database, `target` exists or
    lies beside the keys, or another backup is running; OSError when the file cannot be written.
    """
    source = database_file(settings.database_url)
    if not source.exists():
        raise BackupError(f"there is no database at {source}: set DATA_DIR as for the server")
    if target.exists():
        raise BackupError(f"{target} exists: choose another name")
    if settings.key_dir in target.resolve().parents:
        raise BackupError(f"{target} lies beside the keys, which no backup may do: choose another folder")
    for folder in target.resolve().parent.glob(f"{SCRATCH}*"):
        # Older versions left their copy here.
        if (folder / "data" / "copy.db").is_file():
            _wipe(folder)
    with sealed(settings, create) as done:
        _write_in_log(settings, create)
        publish(done, target)


def _write_in_log(settings: Settings, create: Create) -> None:
    """Before the file is there: nobody has a copy of which the log says nothing."""
    host: Host = (app := create(settings)).extensions["kwartier"]
    try:
        require_current(host.engine)
        with app.app_context():
            change(lambda: None, Deed(What.BACKUP_MADE, OPERATOR, host.clock.now().date()))
    except DatabaseUnusable:
        # Of an older version, which has no log.
        pass
    finally:
        host.engine.dispose()
        host.writer.engine.dispose()


@contextmanager
def sealed(settings: Settings, create: Create) -> Iterator[Path]:
    """A copy of the database that does not say who wrote what; it is wiped on exit. Raises BackupError."""
    source = database_file(settings.database_url)
    with _scratch(settings.key_dir) as folder, readable(source):
        copy, done = folder / "data" / "copy.db", folder / "done.db"
        copy.parent.mkdir()
        schema.copy(source, copy, schema.examine(source).revision)
        _seal_all(
            replace(
                settings,
                data_dir=copy.parent,
                key_dir=folder / "keys",
                database_url=f"sqlite:///{copy}",
            ),
            create,
        )
        with closing(sqlite3.connect(copy)) as other:
            # Rewritten, so that no free page holds anything that was deleted.
            other.execute("VACUUM INTO ?", (str(done),))
        yield done


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turns what is wrong with the database at `path` into a BackupError that says so."""
    try:
        yield
    except schema.Unfit as error:
        raise BackupError(f"{path} is not a whole database of Kwartier: {error}") from error
    except sqlite3.Error as error:
        raise BackupError(f"{path} cannot be copied: {error}") from error


def clean_up(key_dir: Path) -> None:
    """Wipes what a killed backup left among the keys; does nothing while a backup is running."""
    with suppress(BackupError), _alone(key_dir):
        pass


@contextmanager
def _alone(key_dir: Path) -> Iterator[None]:
    """Locks out other backups: whatever lies there now was left by one that was killed."""
    descriptor = os.open(key_dir, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in key_dir.glob(f"{SCRATCH}*"):
            _wipe(left)
        yield
    except BlockingIOError as error:
        raise BackupError("another backup is being made: wait until it is there") from error
    finally:
        os.close(descriptor)


@contextmanager
def _scratch(key_dir: Path) -> Iterator[Path]:
    """A folder for this process only; its files are overwritten before they are deleted."""
    with _alone(key_dir):
        folder = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=key_dir))
        try:
            (folder / "keys").mkdir(mode=0o700)
            yield folder
        finally:
            _wipe(folder)


def _wipe(folder: Path) -> None:
    """Overwrites the files in a folder in place, and removes it."""
    for path in list(folder.rglob("*")):
        if path.is_file():
            shred(path)
    shutil.rmtree(folder)


def publish(done: Path, target: Path) -> None:
    """Publishes a finished backup: whole or not at all, and never over a file that appeared meanwhile.

    Raises BackupError when `target` exists, OSError when it cannot be written.
    """
    for left in target.parent.glob(f".*{PART}"):
        left.unlink()
    part = target.with_name(f".{target.name}{PART}")
    try:
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file, done.open("rb") as source:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, target)
        except FileExistsError as error:
            raise BackupError(f"{target} exists: choose another name") from error
        except OSError:
            # A file system without hard links, such as FAT on a USB stick.
            if target.exists():
                raise
            part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _seal_all(settings: Settings, create: Create) -> None:
    """Makes a copy forget who wrote what, by the meetings' own rules."""
    app = create(settings)
    upgrade_database(app)
    host: Host = app.extensions["kwartier"]
    for meeting_id in repository.running_meetings(host.engine):
        try:
            host.writer.submit(_forget_people(host, meeting_id))
        except Exception as error:
            # Its rules cannot be read, so nothing says which of its posts may be kept.
            log.error("meeting %s is ended in the backup, without its posts: %s", meeting_id, where(error))
            today = host.clock.now().date()
            host.writer.submit(partial(end_unread, meeting_id=meeting_id, today=today))
    _end_sessions(host.engine)
    with host.engine.begin() as connection:
        # A restore would otherwise revive links that were taken back since.
        connection.execute(delete(PlanLink))
        # When an account last logged in, to the minute.
        connection.execute(update(SecondFactor).values(used=0, wrong=0))
    host.engine.dispose()
    host.writer.engine.dispose()


def _end_sessions(engine: Engine) -> None:
    """Revokes all sessions: a restore would otherwise revive sessions and screens that were ended since."""
    with engine.begin() as connection:
        for user_id in connection.scalars(select(User.id)).all():
            fresh = {"session_key": new_session_key()}
            connection.execute(update(User).where(User.id == user_id).values(fresh))


def _forget_people(host: Host, meeting_id: str) -> Callable[[Transaction], None]:
    def work(changes: Transaction) -> None:
        changes.compact = True
        for statement in (
            statements.DELETE_PARTICIPANTS,
            statements.FORGET_DEPARTED,
            statements.FORGET_UNWILLING,
        ):
            changes.add(statement, {"meeting_id": meeting_id})
        room = host.room(meeting_id)
        if room is None:
            return
        if room.record.rehearsal:
            host.sealing.take_back(changes, room)
            return
        # Without its key every step that had posts counts as sealed here. Its totals may be shown after this
        # moment, to people who would remember them if it started again after a restore.
        steps = {step.id for step in room.part.steps() if room.kind(step).takes_posts}
        state = room.state.with_shown(*room.state.sealed, *(steps & begun(room.state)))
        host.store_state(changes, room, state.advanced())
        for step in room.part.steps():
            host.sealing.seal(changes, room, step.id, words=False)
        end = room.state.timeless()
        host.store_state(changes, room, end.advanced())

    return work
