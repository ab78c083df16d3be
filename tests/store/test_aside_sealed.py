"""What becomes of the database and the keys that a restore replaces: sealed, overwritten or destroyed."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.acts import FLAP, game, sent, shown
from tests.store.aside import backed_up, left, lying, restored, settings
from tests.store.damage import damage
from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.cli import main
from trainer.operating.backups import BackupError
from trainer.operating.restoring import clean_up_restore, restore


def followed(hall: Hall) -> list[Path]:
    """The files of the database, each by another name outside, to see what becomes of their content."""
    paths = [path for path in (hall.folder / "data").iterdir() if path.name.startswith("kwartier.db")]
    others = [hall.folder / f"gevolgd-{path.name}" for path in paths]
    for path, other in zip(paths, others, strict=True):
        other.hardlink_to(path)
    return others


def test_what_is_put_aside_is_sealed_like_a_backup(hall: Hall) -> None:
    backup = backed_up(hall)
    hall.do("goto", step=FLAP)
    shown(hall, ["moed", "geduld", "hoop"])
    sent(hall, ["nooit getoond"])
    game(hall)
    authors = [post.author for step in hall.room.steps for post in hall.room.step_posts(step)]
    words = [*authors, *hall.room.participants, "moed", "geduld", "hoop", "nooit getoond", "bang 0"]
    assert len(words) == 21
    hall.stop()

    aside = restore(settings(hall), backup, create_app, force=True).aside

    assert aside is not None
    assert [word for word in words if word.encode() in aside.read_bytes()] == []
    with closing(sqlite3.connect(aside)) as database:
        assert database.execute("SELECT state LIKE '%diagnose-me%' FROM meeting ORDER BY 1").fetchall()[
            -1
        ] == (1,)


def test_what_was_in_the_log_of_a_killed_process_is_put_aside_and_can_be_restored(hall: Hall) -> None:
    backup, database = backed_up(hall), hall.folder / "data" / "kwartier.db"
    reader = sqlite3.connect(database)
    reader.execute("BEGIN").execute("SELECT * FROM course").fetchall()
    damage(hall, "UPDATE course SET place = 'Laatste woord'")
    assert b"Laatste woord" not in database.read_bytes()
    hall.stop()

    aside = restore(settings(hall), backup, create_app, force=True).aside
    reader.close()
    assert aside is not None
    restore(settings(hall), aside, create_app, force=True)

    with closing(sqlite3.connect(database)) as put_back:
        query = "SELECT DISTINCT place FROM course"
        assert put_back.execute(query).fetchall() == [("Laatste woord",)]


def test_the_old_database_is_overwritten_with_its_log(hall: Hall) -> None:
    backup = backed_up(hall)
    hall.do("goto", step=FLAP)
    sent(hall, ["moed"])
    others = followed(hall)

    restore(settings(hall), backup, create_app, force=True)

    assert [other.name for other in others if set(other.read_bytes()) != {0}] == []
    assert sorted(other.name for other in others) == [
        f"gevolgd-kwartier.db{end}" for end in ("", "-shm", "-wal")
    ]


def unreadable(hall: Hall) -> tuple[Path, list[Path]]:
    """A backup, and a database that was damaged since."""
    backup = backed_up(hall)
    hall.stop()
    database = hall.folder / "data" / "kwartier.db"
    database.write_bytes(b"geheim" * 10_000)
    return backup, followed(hall)


def test_who_would_lose_a_database_that_cannot_be_read_is_told_so_first(hall: Hall) -> None:
    backup, others = unreadable(hall)

    with pytest.raises(BackupError, match=r"nothing of it can be put aside.*not a database.*is destroyed"):
        restore(settings(hall), backup, create_app)

    assert [other.read_bytes()[:6] for other in others] == [b"geheim"]


def test_a_database_that_cannot_be_read_is_destroyed_and_that_is_told(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, others = unreadable(hall)
    for name, value in klein_environment(hall.folder).items():
        monkeypatch.setenv(name, value)

    assert main(["restore", "--force", str(backup)]) == 0

    assert capsys.readouterr().out.splitlines()[0] == (
        "Nothing of the old database could be put aside, since it cannot be read (file is not a database). "
        "It is destroyed."
    )
    assert (left(hall), [set(other.read_bytes()) for other in others]) == ([], [{0}])


def test_a_database_of_a_newer_version_is_not_destroyed_without_a_word(hall: Hall) -> None:
    backup = backed_up(hall)
    damage(hall, "UPDATE alembic_version SET version_num = '9999'")
    hall.stop()

    with pytest.raises(BackupError, match="of a newer version of Kwartier"):
        restore(settings(hall), backup, create_app)


def test_while_the_old_database_cannot_be_sealed_just_now_it_stays(hall: Hall) -> None:
    # Another program holds it: that passes.
    backup, database = backed_up(hall), hall.folder / "data" / "kwartier.db"
    hall.stop()
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(BackupError, match="locked"):
            restore(settings(hall), backup, create_app, force=True)

    assert (hall.restarted().room.id, left(hall)) == (hall.meeting, [])


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
    paths = lying(
        hall,
        *(f"kwartier.db{name}{end}" for name in (".new", ".old") for end in ("", "-wal", "-shm", "-journal")),
        ".kwartier-before-restore-2026-01-05.db.kwartier-part",
    )

    clean_up_restore(settings(hall))

    assert [path for path in paths if path.exists()] == []
    assert [path.name for path in paths if set((hall.folder / path.name).read_bytes()) != {0}] == []


# For each number that it reads a process dies, as by kill -9, before the n-th time that a file is renamed or
# linked. To load everything takes long, and is done once.
DYING = """
import os, sys
from pathlib import Path
from trainer import create_app, factory
from trainer.operating.restoring import restore
from trainer.config import load
def watch(event, arguments):
    global left
    if event in ("os.rename", "os.link"):
        left -= 1
        if left < 0:
            os._exit(9)
for line in sys.stdin:
    if (process := os.fork()) == 0:
        left = int(line)
        sys.addaudithook(watch)
        restore(load(), Path(sys.argv[1]), create_app, force=True)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""


def test_a_restore_that_is_killed_leaves_the_database_of_before_or_the_backup(hall: Hall) -> None:
    backup = backed_up(hall)
    hall.stop()
    ends = []

    with subprocess.Popen(
        [sys.executable, "-c", DYING, str(backup)],
        env={**os.environ, **klein_environment(hall.folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as dying:
        while not ends or ends[-1] != 0:
            print(len(ends), file=dying.stdin, flush=True)
            ends.append(int(dying.stdout.readline()))
            assert ends[-1] in (0, 9)
            clean_up_restore(settings(hall))
            again = hall.restarted()
            assert again.room.id == hall.meeting
            again.stop()
            data = hall.folder / "data"
            assert [*data.glob("*.old*"), *data.glob("*.new*")] == []
        dying.stdin.close()

    assert ends[:-1] == [9] * (len(ends) - 1)
    assert len(ends) >= 3
