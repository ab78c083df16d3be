"""A backup or a restore that is killed: the next start, stop or backup wipes what it left."""

import os
import subprocess
import sys
from pathlib import Path

from tests.sockets.backup.conftest import typed
from tests.sockets.conftest import QUICK
from tests.support.server import ROOT, RunningServer, wait_for
from trainer.operating.backups import _scratch, clean_up


def test_the_next_start_wipes_what_a_killed_restore_left(tmp_path: Path) -> None:
    server = RunningServer(tmp_path, **QUICK).start()
    server.stop()
    halves = [tmp_path / "data" / f"kwartier.db{end}" for end in (".new", ".old", ".old-wal")]
    for half in halves:
        half.write_bytes(b"wat iemand schreef")

    server.start().stop()

    assert [half for half in halves if half.exists()] == []


def killed_backup(server: RunningServer, target: Path) -> list[Path]:
    """`kill -9` as soon as a copy of the database lies anywhere; gives the copies."""
    begun = subprocess.Popen(
        [sys.executable, "-m", "trainer", "backup", str(target)],
        cwd=ROOT,
        env={**os.environ, **server.environment},
        stdout=subprocess.DEVNULL,
    )

    def copies() -> list[Path]:
        places = (server.folder, target.parent)
        return [
            path
            for place in places
            for path in place.rglob("copy.db*")
            if path.stat().st_size and path.name == "copy.db"
        ]

    try:
        wait_for(copies, "a copy of the database")
    finally:
        begun.kill()
    assert begun.wait(10) == -9
    return copies()


def leftovers(server: RunningServer) -> list[Path]:
    return list((server.folder / "keys").glob(".backup-*"))


def test_a_backup_that_is_killed_leaves_nothing_beside_its_target(
    server: RunningServer, backup: Path, tmp_path: Path
) -> None:
    copies = killed_backup(server, tmp_path / "kwartier.backup")

    assert list(tmp_path.iterdir()) == []
    (folder,) = leftovers(server)
    assert [path.is_relative_to(folder) for path in copies] == [True]
    assert oct(folder.stat().st_mode & 0o777) == "0o700"


def test_the_next_backup_wipes_what_a_killed_one_left(
    server: RunningServer, backup: Path, tmp_path: Path
) -> None:
    killed_backup(server, tmp_path / "kwartier.backup")
    older = tmp_path / ".backup-x" / "data" / "copy.db"
    older.parent.mkdir(parents=True)
    older.write_bytes(b"van een oudere versie")

    made = typed(server, "backup", str(tmp_path / "kwartier.backup"))

    assert made.returncode == 0, made.stderr
    assert leftovers(server) == []
    assert [path.name for path in tmp_path.iterdir()] == ["kwartier.backup"]


def test_the_next_start_wipes_what_a_killed_backup_left(backup: Path, tmp_path: Path) -> None:
    server = RunningServer(tmp_path, **QUICK).start()
    killed_backup(server, tmp_path / "kwartier.backup")
    server.kill()
    assert leftovers(server)

    server.start().stop()

    assert leftovers(server) == []


def test_a_stop_wipes_what_a_killed_backup_left(tmp_path: Path) -> None:
    server = RunningServer(tmp_path, **QUICK).start()
    killed_backup(server, tmp_path / "kwartier.backup")
    assert leftovers(server)

    server.stop()

    assert leftovers(server) == []


def test_a_start_leaves_a_backup_that_is_being_made_alone(tmp_path: Path) -> None:
    with _scratch(tmp_path) as folder:
        (folder / "data").mkdir()
        (folder / "data" / "copy.db").write_bytes(b"onderweg")

        clean_up(tmp_path)

        assert (folder / "data" / "copy.db").read_bytes() == b"onderweg"
    assert list(tmp_path.iterdir()) == []


def test_what_is_wiped_is_overwritten_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / ".backup-x" / "data").mkdir(parents=True)
    copy, other_name = tmp_path / ".backup-x" / "data" / "copy.db", tmp_path / "zelfde"
    copy.write_bytes(b"van wie dit is" * 200_000)
    other_name.hardlink_to(copy)

    clean_up(tmp_path)

    assert not copy.exists()
    assert set(other_name.read_bytes()) == {0}
    assert other_name.stat().st_size == 2_800_000
