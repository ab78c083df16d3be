"""What a restore put aside: a sealed copy of the database that was there, which ends by itself.

It holds texts that may be wiped or past their time before it is. The day on which it was put aside is in its
name. Until the end of the next day it can be restored.
"""

import glob
import re
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import make_url

SIDE_FILES = ("", "-wal", "-shm", "-journal")
KEPT = timedelta(days=1)


def database_file(url: str) -> Path:
    """The file of a database."""
    return Path(make_url(url).database or "").resolve()


def free_name(database: Path, today: date) -> Path:
    """The first free name of this day, beside a database, for what is put aside of it."""
    number, aside = 1, database.with_name(f"{prefix(database)}{today}{database.suffix}")
    while aside.exists():
        number += 1
        aside = database.with_name(f"{prefix(database)}{today}-{number}{database.suffix}")
    return aside


def last_day(aside: Path) -> date | None:
    """The last day of a database that was put aside; None when its name does not tell."""
    found = re.search(r"-before-restore-(\d{4}-\d\d-\d\d)\b", aside.name)
    try:
        return date.fromisoformat(found.group(1)) + KEPT if found else None
    except (ValueError, OverflowError):
        return None


def past(database: Path, today: date) -> tuple[Path, ...]:
    """The files of databases that were put aside, unless their names prove that they may be there still."""
    kept = (today, today + KEPT)
    found = database.parent.glob(f"{glob.escape(prefix(database))}*{glob.escape(database.suffix)}*")
    return tuple(sorted(path for path in found if path.is_file() and last_day(path) not in kept))


def prefix(database: Path) -> str:
    """How the names begin of what is put aside of a database."""
    return f"{database.stem}-before-restore-"
