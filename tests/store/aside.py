"""A restore in a hall, and what it puts aside beside the database."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.config import Settings, load
from trainer.operating.backups import back_up
from trainer.operating.restoring import restore

PREFIX = "kwartier-before-restore-"


def settings(hall: Hall) -> Settings:
    return load(klein_environment(hall.folder))


def backed_up(hall: Hall) -> Path:
    backup = hall.folder / "kwartier.backup"
    backup.unlink(missing_ok=True)
    back_up(settings(hall), backup, create_app)
    return backup


def restored(hall: Hall) -> Path:
    """Puts a backup of the hall back; gives where the copy of its own database went."""
    backup = backed_up(hall)
    hall.stop()
    aside = restore(settings(hall), backup, create_app, force=True).aside
    assert aside is not None
    return aside


def lying(hall: Hall, *names: str) -> list[Path]:
    """Files beside the database, each with another name outside, to see what becomes of their content."""
    paths = [hall.folder / "data" / name for name in names]
    for path in paths:
        path.write_bytes(b"geheim" * 300_000)
        (hall.folder / path.name).hardlink_to(path)
    return paths


def left(hall: Hall) -> list[str]:
    return sorted(path.name for path in (hall.folder / "data").glob(f"{PREFIX}*"))


def named(days: Sequence[date]) -> list[str]:
    return [f"{PREFIX}{day}.db" for day in days]
