"""Can the database be used? If not: what is wrong, in words for whoever runs Kwartier."""

import traceback
from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

MIGRATIONS = Path(__file__).parent / "migrations"
# What SQLite says, and what it means to an operator.
REMEDIES = (
    (
        ("not a database", "malformed", "corrupt"),
        "the database is damaged. Stop Kwartier, copy DATA_DIR, and put a backup back in its place.",
    ),
    (
        ("is full", "disk i/o error"),
        "the database cannot be written: its disk is full or broken. Make room, and start again.",
    ),
    (
        ("locked", "busy"),
        "another program holds the database. Close it (is Kwartier running already?), and start again.",
    ),
    (
        ("readonly", "unable to open"),
        "the database cannot be opened. Look at DATA_DIR and DATABASE_URL, and at who owns that folder.",
    ),
)


NOT_YET = "there is no database yet. Start Kwartier once (make run): that makes it."
OLDER = "the database is of an older version. Start Kwartier once (make run): that brings it up to date."


class DatabaseUnusable(Exception):
    """The database cannot be used as it is; the message says why, and what to do."""


def explain(error: DBAPIError) -> str:
    """What an operator can do about a database error; never contains what somebody wrote."""
    said = str(error.orig)
    for signs, remedy in REMEDIES:
        if any(sign in said.lower() for sign in signs):
            return f"{remedy} ({said})"
    return f"the database refused: {type(error.orig).__name__}"


def where(error: Exception) -> str:
    """An error's type and traceback, for the log: not its message, which may hold what somebody wrote."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"


def examine(engine: Engine) -> None:
    """Checks every page of the database, and that this version knows its migration.

    Raises DatabaseUnusable when it does not pass. A new database and one of an older version pass.
    """
    try:
        with engine.connect() as connection:
            found = str(connection.scalar(text("PRAGMA quick_check(1)")))
        applied = _applied(engine)
    except DBAPIError as error:
        raise DatabaseUnusable(explain(error)) from error
    if found != "ok":
        raise DatabaseUnusable(f"{REMEDIES[0][1]} ({found.strip().splitlines()[-1]})")
    if not applied and inspect(engine).has_table("meeting"):
        raise DatabaseUnusable(
            "the database has tables, but no migration is noted in it: it was changed by hand, or restored "
            "by half. Put a backup back in its place."
        )
    if applied and applied not in revisions():
        raise DatabaseUnusable(
            f"the database was made by a newer version of Kwartier (migration {applied}). "
            "Run that version, or put a backup from before it back."
        )


def require(database: Path) -> None:
    """Raises DatabaseUnusable when there is no database; does not create one."""
    if not database.exists() or not database.stat().st_size:
        raise DatabaseUnusable(NOT_YET)


def require_current(engine: Engine) -> None:
    """Raises DatabaseUnusable when not all migrations are applied, so that a command would fail."""
    if not is_current(engine):
        raise DatabaseUnusable(OLDER)


def is_current(engine: Engine) -> bool:
    """Are all migrations applied?"""
    return _applied(engine) == max(revisions())


def revisions() -> frozenset[str]:
    """The migrations that this version knows, numbered in order."""
    # From the names of their files: to load Alembic takes a fifth of a start.
    return frozenset(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _applied(engine: Engine) -> str:
    if not inspect(engine).has_table("alembic_version"):
        return ""
    with engine.connect() as connection:
        return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""
