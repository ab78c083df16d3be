"""What a restore put aside: a sealed copy of the previous database, which expires by itself.

It holds texts that may be wiped or expire elsewhere while it exists. Its name holds the day on which it was
put aside; it can be restored until the end of the next day.
"""

import glob
import re
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import make_url

SIDE_FILES = ("", "-wal", "-shm", "-journal")
KEPT = timedelta(days=1)


def database_file(url: str) -> Path:
    """The file of the SQLite database at a URL."""
    return Path(make_url(url).database or "").resolve()


def free_name(database: Path, today: date) -> Path:
    """The first free name, beside a database, for a copy put aside today."""
    number, aside = 1, database.with_name(f"{prefix(database)}{today}{database.suffix}")
    while aside.exists():
        number += 1
        aside = database.with_name(f"{prefix(database)}{today}-{number}{database.suffix}")
    return aside


def last_day(aside: Path) -> date | None:
    """The last day of a database that was put aside; None when its name does not say."""
    found = re.search(r"-before-restore-(\d{4}-\d\d-\d\d)\b", aside.name)
    try:
        return date.fromisoformat(found.group(1)) + KEPT if found else None
    except (ValueError, OverflowError):
        return None


def past(database: Path, today: date) -> tuple[Path, ...]:
    """The files put aside of a database, except those whose names prove that they may stay."""
    kept = (today, today + KEPT)
    found = database.parent.glob(f"{glob.escape(prefix(database))}*{glob.escape(database.suffix)}*")
    return tuple(sorted(path for path in found if path.is_file() and last_day(path) not in kept))


def prefix(database: Path) -> str:
    """What the names of copies put aside of a database begin with."""
    return f"{database.stem}-before-restore-"
