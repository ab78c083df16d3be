"""A backup is made while a meeting goes on, and put back: nothing that was said is lost, nobody is named."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.sockets.conftest import QUICK
from tests.support.running import ROOT, Phone, RunningServer, Trainer, wait_for
from trainer.operating.backups import _scratch, clean_up

FLAP, GAME = "wat-brengt-ervaring", "diagnose-me"
CARD = "Ik durf niet te bellen"


def typed(
    server: RunningServer, *arguments: str, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """`python -m trainer ...` with the settings of a server, or on another folder."""
    environ = {**os.environ, **server.environment}
    if folder is not None:
        environ["DATA_DIR"] = str(folder / "data")
    return subprocess.run(
        [sys.executable, "-m", "trainer", *arguments],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    server = RunningServer(tmp_path_factory.mktemp("kept"), **QUICK).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def backup(server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made in the middle of posts on a flap with some on the screen, after cards of 'Diagnose me!' and a text
    that was taken back."""
    phones = [Phone(server).connect() for _ in range(3)]
    control = Trainer(server).make_account().control(phones[0].meeting)
    control.go("goto", step=GAME)
    for phone in phones:
        assert phone.post(GAME, vulnerability=CARD, passion="Vissen") == {"ok": True}
    control.go("goto", step=FLAP)
    wrong = "11111111-1111-4111-8111-111111111111"
    assert phones[0].post(FLAP, post_id=wrong, text="Dit wil ik niet kwijt") == {"ok": True}
    wait_for(lambda: "Dit wil ik niet kwijt" in phones[0].own.get("html", ""), "the own text")
    shown = phones[0].own["html"].split('data-withdraw="')[1][:36]
    assert phones[0].send("withdraw", step=FLAP, id=shown) == {"ok": True}
    for number, phone in enumerate(phones):
        assert phone.post(FLAP, text=f"voor {number}") == {"ok": True}
    control.go("do:draw")
    control.go("do:show-all")

    going = threading.Event()
    enough = threading.Event()

    def post_on() -> None:
        number = 0
        # Until the phone has sent as much as it may.
        while not enough.wait(0.2) and phones[1].post(FLAP, text=f"tijdens {number}")["ok"]:
            number += 1
            going.set()

    poster = threading.Thread(target=post_on)
    poster.start()
    going.wait(10)
    target = tmp_path_factory.mktemp("backup") / "kwartier.backup"
    made = typed(server, "backup", str(target))
    enough.set()
    poster.join(10)
    assert made.returncode == 0, made.stderr
    for page in (*phones, control):
        page.close()
    return target


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as connection:
        return connection.execute(query).fetchall()


def authors(database: Path) -> set[object]:
    return {author for (author,) in rows(database, "SELECT author FROM post")}


def test_a_backup_holds_what_was_on_the_screen_and_nothing_that_ties_it_to_a_phone(
    server: RunningServer, backup: Path
) -> None:
    running = server.folder / "data" / "kwartier.db"
    texts = {text for (text,) in rows(backup, "SELECT json_extract(payload, '$.text') FROM post")}

    assert texts == {"voor 0", "voor 1", "voor 2"}
    assert rows(backup, "SELECT * FROM participant") == []
    assert authors(backup) & authors(running) == set()
    # Every post has an author of its own: not even two of one phone belong together.
    assert len(authors(backup)) == len(rows(backup, "SELECT id FROM post"))
    assert (backup.stat().st_mode & 0o777, [p.name for p in backup.parent.iterdir()]) == (
        0o600,
        [backup.name],
    )


def test_a_backup_holds_no_results_of_what_goes_on(backup: Path) -> None:
    # The difference of two backups would be the answers of whoever answered in between.
    assert rows(backup, "SELECT * FROM result") == []


def test_a_backup_holds_nothing_of_what_is_not_kept(server: RunningServer, backup: Path) -> None:
    written = backup.read_bytes()

    assert CARD.encode() not in written
    assert b"Dit wil ik niet kwijt" not in written
    assert b"tijdens 0" not in written
    keys = [path.read_bytes() for path in (server.folder / "keys").iterdir()]
    assert len(keys) > 1
    assert [key for key in keys if key in written] == []


def test_a_backup_brings_back_no_session_that_has_ended(server: RunningServer, backup: Path) -> None:
    query = "SELECT session_key FROM user"
    running, kept = rows(server.folder / "data" / "kwartier.db", query), rows(backup, query)

    assert len(kept) == len(running) == 1
    assert set(kept) & set(running) == set()


def test_a_restored_meeting_goes_on_and_its_phones_join_again(
    server: RunningServer, backup: Path, tmp_path: Path
) -> None:
    restored = typed(server, "restore", str(backup), folder=tmp_path)
    assert restored.returncode == 0, restored.stderr

    again = RunningServer(tmp_path, **QUICK).start()
    try:
        trainer = Trainer(again)
        trainer.log_in()
        phone = Phone(again).connect()
        control = trainer.control(phone.meeting)
        assert control.place == f"{FLAP}/"
        screen = trainer.screen(phone.meeting)
        assert screen.shows("voor 0")
        screen.close()
        assert phone.post(FLAP, text="te laat")["code"] == "late"
        control.go("next")
        phone.close()
        control.close()
    finally:
        again.stop()


def test_a_restore_is_refused_while_kwartier_runs(server: RunningServer, backup: Path) -> None:
    refused = typed(server, "restore", str(backup), "--force")

    assert refused.returncode == 1
    assert "another Kwartier is running" in refused.stderr


def test_a_restore_puts_the_old_database_aside_and_only_when_told_to(
    server: RunningServer, backup: Path, tmp_path: Path
) -> None:
    typed(server, "restore", str(backup), folder=tmp_path)

    refused = typed(server, "restore", str(backup), folder=tmp_path)
    forced = typed(server, "restore", str(backup), "--force", folder=tmp_path)

    assert (refused.returncode, forced.returncode) == (1, 0)
    assert "--force" in refused.stderr
    (aside,) = (tmp_path / "data").glob("kwartier-before-restore-*.db")
    put_aside = date.fromisoformat(aside.stem[-10:])
    assert forced.stdout.splitlines()[:2] == [
        f"A sealed copy of the old database is {aside}. It holds what people wrote.",
        f"It can be restored until the end of {put_aside + timedelta(days=1)}; "
        "the next day it is deleted by itself.",
    ]


def test_the_next_start_wipes_what_a_killed_restore_left(tmp_path: Path) -> None:
    server = RunningServer(tmp_path, **QUICK).start()
    server.stop()
    halves = [tmp_path / "data" / f"kwartier.db{end}" for end in (".new", ".old", ".old-wal")]
    for half in halves:
        half.write_bytes(b"wat iemand schreef")

    server.start().stop()

    assert [half for half in halves if half.exists()] == []


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "tables are missing"), (b"geen database" * 99, "not a whole database")]
)
def test_what_is_not_a_backup_is_not_restored(
    server: RunningServer, tmp_path: Path, content: bytes, said: str
) -> None:
    wrong = tmp_path / "verkeerd"
    wrong.write_bytes(content)

    refused = typed(server, "restore", str(wrong), folder=tmp_path)

    assert refused.returncode == 1
    assert said in refused.stderr
    assert not (tmp_path / "data" / "kwartier.db").exists()


def test_a_backup_is_never_written_over_a_file_or_beside_the_keys(
    server: RunningServer, backup: Path
) -> None:
    before = backup.read_bytes()

    over = typed(server, "backup", str(backup))
    beside = typed(server, "backup", str(server.folder / "keys" / "kwartier.backup"))

    assert (over.returncode, beside.returncode) == (1, 1)
    assert backup.read_bytes() == before
    assert "beside the keys" in beside.stderr


def test_a_second_kwartier_on_the_same_folder_is_refused(server: RunningServer) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "trainer", "run"],
        cwd=ROOT,
        env={**os.environ, **server.environment, "PORT": str(RunningServer(server.folder).port)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert refused.returncode == 1
    assert "another Kwartier is running" in refused.stderr


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
