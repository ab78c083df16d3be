"""What a restore puts aside lies there until the end of the next day, and no longer."""

import shutil
import subprocess
from datetime import timedelta

import pytest

from tests.store.aside import PREFIX, backed_up, left, lying, named, restored
from tests.store.damage import today
from tests.support.hall import Hall, klein_environment
from trainer.cli import main
from trainer.meetings.retention import purge


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


def test_a_restore_that_cannot_delete_what_is_past_its_time_says_so(
    closed: Hall, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = backed_up(closed)
    closed.stop()
    # No program that runs can be written to.
    running = closed.folder / "data" / f"{PREFIX}2026-01-05.db"
    shutil.copy(shutil.which("sleep") or "", running)
    program = subprocess.Popen([running, "60"])
    for name, value in klein_environment(closed.folder).items():
        monkeypatch.setenv(name, value)

    try:
        assert main(["restore", "--force", str(backup)]) == 1
    finally:
        program.kill()
        program.wait()

    assert "restored, but not everything that is past its time could be deleted" in capsys.readouterr().err
