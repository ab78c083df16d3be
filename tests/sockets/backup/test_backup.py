"""A backup is made while a meeting goes on, and put back: the meeting goes on, and nobody is named."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.sockets.backup.conftest import CARD, FLAP, typed
from tests.sockets.conftest import QUICK
from tests.support.pages import Phone
from tests.support.server import RunningServer
from tests.support.trainers import Trainer


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as connection:
        return connection.execute(query).fetchall()


def test_a_backup_holds_no_text_of_what_goes_on_and_nothing_that_ties_it_to_a_phone(
    server: RunningServer, backup: Path
) -> None:
    running = server.folder / "data" / "kwartier.db"
    query = "SELECT DISTINCT author FROM post"
    authors = [str(author) for (author,) in rows(running, query)]
    written = backup.read_bytes()

    # What stands on the screen too: its owner may still take it back.
    assert [word for word in ("voor 0", "voor 1", "voor 2") if word.encode() in written] == []
    assert [rows(backup, f"SELECT * FROM {table}") for table in ("participant", "post")] == [[], []]
    assert (len(authors) > 0, [author for author in authors if author.encode() in written]) == (True, [])
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
        assert screen.place == f"{FLAP}/"
        assert "voor 0" not in screen.view["html"]
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
    refused = server.command("run", PORT=str(RunningServer(server.folder).port))

    assert refused.returncode == 1
    assert "another Kwartier is running" in refused.stderr
