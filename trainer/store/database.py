"""Opens the database, and writes to it without blocking everybody else."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import (
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
    StatementError,
)

from trainer.store.health import MIGRATIONS, DatabaseUnusable, examine, explain, is_current
from trainer.store.models import db
from trainer.store.shred import overwrite

# SQLite's own wait blocks the event loop and so everybody; `transaction` sleeps without blocking it.
BUSY_MILLISECONDS = 5
RETRY_SECONDS = 0.05
# Work that just misses one group waits for two, which must end before a phone gives up on its answer.
WRITER_BUSY_MILLISECONDS = 2_000
PATIENCE_SECONDS = 2.0
# Key in `Connection.info`: how far everybody had written when this connection last wiped.
WIPED = "wiped"
# What the database says of a row that it cannot store.
OF_A_ROW = (IntegrityError, DataError, InterfaceError, ProgrammingError, StatementError)

Result = TypeVar("Result")


class DatabaseBusy(Exception):
    """Another process held the database for too long; nothing was written."""


def init_database(app: Flask, url: str) -> Engine:
    """Binds the database to the app and returns its engine.

    Raises DatabaseUnusable when the files belong to another user.
    """
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    _keep_private(engine.url.database or "")
    event.listen(engine, "connect", partial(_prepare_sqlite, BUSY_MILLISECONDS))
    return engine


def writer_engine(url: str) -> Engine:
    """The engine of the one writer of meetings: one connection, which may wait since it blocks nobody."""
    engine = create_engine(url, pool_size=1, max_overflow=0)
    event.listen(engine, "connect", partial(_prepare_sqlite, WRITER_BUSY_MILLISECONDS))
    return engine


def _keep_private(path: str) -> None:
    """Makes the database, new or existing, private to its owner; SQLite gives side files the same mode."""
    try:
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                Path(path + suffix).chmod(0o600)
    except PermissionError as error:
        raise DatabaseUnusable(f"{path} belongs to somebody else: run Kwartier as its owner") from error
    except OSError:
        # A missing folder or a full disk is reported when the database is opened.
        pass


def _prepare_sqlite(busy_milliseconds: int, connection: Any, record: Any) -> None:
    """WAL, flushed at every commit: what is acknowledged survives a power cut. Deleted text is zeroed."""
    # A damaged character must not keep the other rows from being read; the reader of its row judges it.
    connection.text_factory = lambda stored: stored.decode(errors="replace")
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={busy_milliseconds}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        # Otherwise SQLite copies pages with posts to files in the system's temporary folder.
        "temp_store=MEMORY",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def compact_sqlite(connection: Connection) -> bool:
    """Leaves no trace of deleted rows in the database's files, free pages and write-ahead log included.

    The log is overwritten before it is truncated: otherwise its blocks stay readable on the raw disk.

    Does nothing when nobody has written since the last wipe. SQLite knows, for every connection and process,
    so code that deletes or replaces need not say so. Every write counts, for the log also reveals the order
    in which posts came. False when a reader or a writer kept the log from being emptied: try again later.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    # What other connections wrote, and what this one did.
    written = (driver.execute("PRAGMA data_version").fetchone(), driver.total_changes)
    if connection.info.get(WIPED) == written:
        return True
    level, driver.isolation_level = driver.isolation_level, None
    try:
        # First zeroes what was deleted in place, so that the pages VACUUM cuts off hold none of it.
        driver.execute("PRAGMA wal_checkpoint(FULL)")
        driver.execute("VACUUM")
        wiped = _overwrite_log(driver)
    finally:
        driver.isolation_level = level
    if wiped:
        connection.info[WIPED] = written
    return wiped


def _overwrite_log(driver: Any) -> bool:
    """Zeroes and empties the write-ahead log once the database holds all of it. False when that must wait.

    After a complete checkpoint nobody reads the log any more, and the next writer starts it afresh. Nobody
    may write in between: hence the lock, and the check that nobody wrote between checkpoint and lock. After a
    power cut here, a log without its header counts as empty.
    See sqlite.org/wal.html and walformat.html.
    """
    before = driver.execute("PRAGMA data_version").fetchone()
    if driver.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()[0]:
        return False
    driver.execute("BEGIN IMMEDIATE")
    try:
        if driver.execute("PRAGMA data_version").fetchone() != before:
            return False
        for _, name, path in driver.execute("PRAGMA database_list").fetchall():
            if name == "main" and path:
                log = Path(f"{path}-wal")
                overwrite(log)
                os.truncate(log, 0)
    finally:
        driver.execute("ROLLBACK")
    return True


def upgrade_database(app: Flask) -> None:
    """Brings the tables up to date. Raises DatabaseUnusable when they cannot be."""
    with app.app_context():
        examine(db.engine)
        current = is_current(db.engine)
    if not current:
        migrate(app)


def migrate(app: Flask, revision: str = "head") -> None:
    """Brings the tables up to a migration."""
    # Most starts find their tables up to date, and loading this takes a fifth of a start.
    from flask_migrate import Migrate, upgrade

    if "migrate" not in app.extensions:
        Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    with app.app_context():
        upgrade(revision=revision)


def is_busy(error: OperationalError) -> bool:
    """Does somebody else hold the database? Then trying again helps."""
    return "locked" in str(error.orig) or "busy" in str(error.orig)


def is_of_a_row(error: Exception) -> bool:
    """Did what was to be written cause this error, and not a database that is locked, full, damaged or gone?

    The driver raises errors of Python itself for values that it cannot convert.
    """
    return type(error) in OF_A_ROW or not isinstance(error, SQLAlchemyError)


def transaction(work: Callable[[], Result]) -> Result:
    """Runs `work` (which uses `db.session`) and commits; retries while another writer holds the database.

    `work` must not yield to other greenlets: it may run more than once. Raises DatabaseBusy after two
    seconds, with nothing written.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            result = work()
            db.session.commit()
            return result
        except OperationalError as error:
            db.session.rollback()
            if not is_busy(error):
                raise
            if time.monotonic() > deadline:
                raise DatabaseBusy(explain(error)) from error
            time.sleep(RETRY_SECONDS)
        except Exception:
            db.session.rollback()
            raise
