"""What a Kwartier database consists of, according to its migrations. Nothing else in a file is ever copied.

A table or a trigger that somebody added could record what people send, and when, and nothing would wipe it.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask

from trainer.store.database import init_database, migrate
from trainer.store.health import revisions

NOTED = "alembic_version"
# Names that begin with sqlite_ are SQLite's own, such as its index statistics.
EVERYTHING = (
    "SELECT CASE WHEN sql LIKE 'CREATE VIRTUAL%' THEN 'virtual table' ELSE type END, name"
    " FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
)


class Unfit(Exception):
    """A file is not a complete Kwartier database; the message says why."""


@dataclass(frozen=True, slots=True)
class Found:
    """A complete database: its migration, and what in it does not belong there."""

    revision: str
    strange: tuple[str, ...]


def opened(path: Path) -> closing[sqlite3.Connection]:
    """A read-only connection to a database, for a `with` statement."""
    return closing(sqlite3.connect(_read_only(path), uri=True))


def examine(path: Path) -> Found:
    """Checks every page of a file. Raises Unfit, or sqlite3.OperationalError when it cannot be read now."""
    if not path.is_file():
        raise Unfit("it is no file")
    try:
        with opened(path) as database:
            whole = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if whole != "ok":
                raise Unfit(f"it is damaged ({whole.strip().splitlines()[-1]})")
            parts = set(_parts(database))
            if ("table", NOTED) not in parts:
                raise Unfit("its tables are missing")
            noted = [revision for (revision,) in database.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise Unfit(f"it cannot be read ({error})") from error
    if len(noted) != 1 or noted[0] not in revisions():
        raise Unfit("it is of a newer version of Kwartier, or was changed by hand")
    known = _known(noted[0])
    lacking = [_told(part) for part in sorted(known - parts) if part[0] != "index"]
    if lacking:
        raise Unfit(f"it lacks {', '.join(lacking)}")
    tables = tuple(f"{name}." for kind, name in known if kind == "table")
    # A table that does not belong there is reported without its columns.
    strange = [part for part in sorted(parts - known) if part[0] != "column" or part[1].startswith(tables)]
    return Found(noted[0], tuple(map(_told, strange)))


def copy(source: Path, target: Path, revision: str) -> None:
    """Makes `target`: a database with the rows of Kwartier's own tables, from one consistent snapshot."""
    make(target, revision)
    with closing(sqlite3.connect(target.resolve().as_uri(), uri=True, isolation_level=None)) as database:
        # Otherwise what people wrote would also be in a log, which is removed without being overwritten.
        database.execute("PRAGMA journal_mode=MEMORY")
        database.execute("ATTACH ? AS source", (_read_only(source),))
        database.execute("BEGIN")
        for kind, table in database.execute(EVERYTHING).fetchall():
            if kind == "table" and table != NOTED:
                columns = ", ".join(f'"{column}"' for column in _columns(database, table))
                rows = f'SELECT {columns} FROM source."{table}"'  # noqa: S608  names of our own migrations
                database.execute(f'INSERT INTO main."{table}" ({columns}) {rows}')
        database.execute("COMMIT")


def make(path: Path, revision: str = "head") -> None:
    """Makes an empty database, private to its owner, with the tables of a migration."""
    with open(path, "xb", opener=_private) as file:
        file.write(_empty(revision))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@cache
def _empty(revision: str) -> bytes:
    """Such a database as a file: to run all migrations takes a tenth of a second, and a restore makes two."""
    app = Flask("schema")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        engine = init_database(app, f"sqlite:///{path}")
        migrate(app, revision)
        engine.dispose()
        return path.read_bytes()


@cache
def _known(revision: str) -> frozenset[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        make(path, revision)
        with opened(path) as database:
            return frozenset(_parts(database))


def _parts(database: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The kind and name of everything in a database."""
    for kind, name in database.execute(EVERYTHING).fetchall():
        yield kind, name
        if kind == "table":
            yield from (("column", f"{name}.{column}") for column in _columns(database, name))


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    return [name for (name,) in database.execute("SELECT name FROM pragma_table_xinfo(?)", (table,))]


def _told(part: tuple[str, str]) -> str:
    # Untrusted: whoever made the file chose the name.
    return f"{part[0]} {part[1][:80]!a}"


def _read_only(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro"
