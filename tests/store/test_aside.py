"""What a restore leaves of before: a database for a day, and no key."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.store.damage import add_meetings, damage, today
from tests.support.klein import Hall, klein_environment
from trainer import create_app
from trainer.backups import back_up, clean_up_restore, restore
from trainer.cli import main
from trainer.config import Settings, load
from trainer.retention import purge
from trainer.store.aside import put_aside

PREFIX = "kwartier-before-restore-"


def settings(hall: Hall) -> Settings:
    return load(klein_environment(hall.folder))


def restored(hall: Hall) -> Path:
    """Puts a backup of the hall back; gives where its own database went."""
    backup = hall.folder / "kwartier.backup"
    backup.unlink(missing_ok=True)
    back_up(settings(hall), backup, create_app)
    hall.stop()
    aside = restore(settings(hall), backup, create_app, force=True)
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


def test_what_a_restore_puts_aside_has_the_day_in_its_name(hall: Hall) -> None:
    assert restored(hall).name == f"{PREFIX}{today(hall)}.db"
    assert restored(hall.restarted()).name == f"{PREFIX}{today(hall)}-2.db"


@pytest.mark.parametrize(("days", "there"), [(0, True), (1, True), (2, False), (400, False), (-1, False)])
def test_what_was_put_aside_stays_until_the_next_day_has_ended(hall: Hall, days: int, there: bool) -> None:
    # A day that is still to come proves nothing.
    aside = restored(hall)
    again = hall.restarted()

    found = purge(again.host, today(again) + timedelta(days=days))

    assert (aside.exists(), found.aside) == (there, () if there else (aside,))


def test_it_is_overwritten_with_all_that_belongs_to_it(hall: Hall) -> None:
    old = f"{PREFIX}2026-01-05"
    paths = lying(hall, f"{old}.db", f"{old}.db-shm", f"{old}.db-wal", f"{old}-2.db")

    assert sorted(purge(hall.host, today(hall)).aside) == sorted(paths)

    assert left(hall) == []
    assert [set((hall.folder / path.name).read_bytes()) for path in paths] == [{0}] * 4


@pytest.mark.parametrize("name", ["1.db", "2026-02-31.db", "9999-12-31.db", "kopie.db-wal"])
def test_a_name_that_proves_nothing_keeps_nothing(hall: Hall, name: str) -> None:
    lying(hall, f"{PREFIX}{name}")

    purge(hall.host, today(hall))

    assert left(hall) == []


def test_nothing_else_beside_the_database_is_deleted(hall: Hall) -> None:
    others = lying(hall, "kwartier-2026-01-05.db", "ander-before-restore-2026-01-05.db", "notities.txt")

    purge(hall.host, today(hall))

    assert [path.exists() for path in (*others, hall.folder / "data" / "kwartier.db")] == [True] * 4


def test_the_sweep_deletes_it_once_a_day(hall: Hall) -> None:
    lying(hall, *named([today(hall) - timedelta(days=1)]))
    hall.host.sweep()
    assert left(hall) != []

    hall.age(24 * 3600)
    hall.host.sweep()

    assert left(hall) == []


def test_the_next_restore_deletes_it_too(hall: Hall) -> None:
    lying(hall, *named([today(hall) - timedelta(days=2)]))

    assert left(hall) == named([today(hall) - timedelta(days=2)])
    assert [restored(hall).name] == left(hall)


@pytest.mark.parametrize(
    ("options", "verb", "there"), [(["--dry-run"], "Would delete", True), ([], "Deleted", False)]
)
def test_purge_says_what_it_deletes(
    hall: Hall,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    verb: str,
    there: bool,
) -> None:
    (path,) = lying(hall, f"{PREFIX}2026-01-05.db")
    for name, value in klein_environment(hall.folder).items():
        monkeypatch.setenv(name, value)

    assert main(["purge", *options]) == 0

    assert f"{verb} {path}, which a restore put aside.\n" in capsys.readouterr().out
    assert path.exists() == there


def test_what_was_put_aside_can_be_restored_with_what_was_still_in_its_log(hall: Hall) -> None:
    # Kwartier was killed: the last that was stored is not in the file itself.
    database = hall.folder / "data" / "kwartier.db"
    reader = sqlite3.connect(database)
    reader.execute("BEGIN").execute("SELECT * FROM course").fetchall()
    damage(hall, "UPDATE course SET place = 'Laatste woord'")
    assert b"Laatste woord" not in database.read_bytes()
    aside = put_aside(database, today(hall))
    hall.stop()

    restore(settings(hall), aside, create_app)
    reader.close()

    with sqlite3.connect(database) as restored_database:
        query = "SELECT DISTINCT place FROM course"
        assert restored_database.execute(query).fetchall() == [("Laatste woord",)]


def test_a_restore_destroys_the_keys_of_before(hall: Hall) -> None:
    hall.do("goto", step="wat-brengt-ervaring")
    hall.post(hall.phone(), "wat-brengt-ervaring", text="van mij")
    keys = list((hall.folder / "keys").glob("*.key"))
    for key in keys:
        (hall.folder / key.name).hardlink_to(key)

    restored(hall)

    assert list((hall.folder / "keys").glob("*.key")) == []
    assert [set((hall.folder / key.name).read_bytes()) for key in keys] == [{0}] * len(keys)
    assert keys != []


def test_a_restore_that_came_to_nothing_leaves_no_copy(hall: Hall) -> None:
    lying(hall, "kwartier.db.new", "kwartier.db.new-journal")

    clean_up_restore(settings(hall))

    assert list((hall.folder / "data").glob("*.new*")) == []
    assert set((hall.folder / "kwartier.db.new").read_bytes()) == {0}


def test_a_restore_that_cannot_delete_what_is_past_its_time_says_so(
    closed: Hall, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add_meetings(closed, {"vast": ("kapot", "vast-geheim")})
    damage(closed, "CREATE TRIGGER stuck BEFORE UPDATE ON result BEGIN SELECT RAISE(FAIL, 'stuck'); END")
    damage(closed, "VACUUM INTO ?", str(closed.folder / "kopie"))
    closed.stop()
    for name, value in klein_environment(closed.folder).items():
        monkeypatch.setenv(name, value)

    assert main(["restore", "--force", str(closed.folder / "kopie")]) == 1

    assert "restored, but not everything that is past its time could be deleted" in capsys.readouterr().err
