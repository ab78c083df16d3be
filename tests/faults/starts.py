"""A database that is damaged or of another version: a start says what is the matter, and what to do."""

import contextlib
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.support.findings import Finding
from tests.support.server import RunningServer


def _header(path: Path) -> None:
    path.write_bytes(b"not a database, " * 64 + path.read_bytes()[1024:])


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flipped(path: Path) -> None:
    """The first page of the posts with every bit turned: nothing at the start needs it."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'post'").fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    place = slice((page - 1) * size, page * size)
    data[place] = bytes(byte ^ 0xFF for byte in data[place])
    path.write_bytes(bytes(data))


def _newer(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


def _without_migration(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM alembic_version")


STARTS: tuple[tuple[str, Callable[[Path], None], str], ...] = (
    ("a header of garbage", _header, "the database is damaged. Stop Kwartier"),
    ("half a file", _truncated, "the database is damaged. Stop Kwartier"),
    ("a page of turned bits", _flipped, "the database is damaged. Stop Kwartier"),
    ("tables of no known migration", _without_migration, "no migration is noted in it"),
    ("a newer migration", _newer, "made by a newer version of Kwartier"),
)


def start(server: RunningServer, data: Path) -> subprocess.CompletedProcess[str]:
    """`python -m trainer run` on other data, until it gives up."""
    try:
        return server.command("run", patience=30, DATA_DIR=str(data))
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(["run"], 0, "", "it started")


def refuses(server: RunningServer, name: str, damage: Callable[[Path], None], says: str) -> Finding:
    """What `python -m trainer run` says to an operator about a damaged copy of the data."""
    folder = server.folder / f"copy-{name.replace(' ', '-')}"
    shutil.copytree(server.folder / "data", folder / "data")
    damage(folder / "data" / "kwartier.db")
    ran = start(server, folder / "data")
    lines = ran.stderr.strip().splitlines()
    clear = ran.returncode == 1 and len(lines) == 1 and says in lines[0]
    said = re.sub(r"\s+", " ", lines[-1] if lines else "nothing")[:90]
    return Finding(f"{name}, at the start", f"exit {ran.returncode}: {said}", "exit 1 and what to do", clear)
