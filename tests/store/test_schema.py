"""What a backup may consist of: the tables of Kwartier, and nothing that somebody added."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.damage import damage
from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.config import load
from trainer.operating.backups import BackupError, back_up
from trainer.operating.restoring import restore
from trainer.store import schema

SPY = "CREATE TABLE spy (words)"
ADDED = {
    SPY: "table 'spy'",
    "CREATE TRIGGER tr AFTER INSERT ON post BEGIN DELETE FROM result; END": "trigger 'tr'",
    "CREATE VIEW wie AS SELECT author FROM post": "view 'wie'",
    "CREATE VIRTUAL TABLE zoek USING rtree(id, a, b)": (
        "table 'zoek_node', table 'zoek_parent', table 'zoek_rowid', virtual table 'zoek'"
    ),
    "ALTER TABLE post ADD COLUMN wanneer DEFAULT CURRENT_TIMESTAMP": "column 'post.wanneer'",
    "ALTER TABLE post ADD COLUMN kopie AS (author)": "column 'post.kopie'",
    "CREATE INDEX extra ON post (payload)": "index 'extra'",
    'CREATE TABLE "\x1b[2J" (words)': "table '\\x1b[2J'",
}


def backed_up(hall: Hall) -> Path:
    target = hall.folder / "kwartier.backup"
    back_up(load(klein_environment(hall.folder)), target, create_app)
    return target


def everything(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as database:
        return set(database.execute("SELECT type, name FROM sqlite_master"))


@pytest.mark.parametrize("statement", ADDED)
def test_a_backup_with_something_added_is_refused_and_named(hall: Hall, statement: str) -> None:
    backup = backed_up(hall)
    with closing(sqlite3.connect(backup)) as database:
        database.execute(statement)
        database.commit()
    hall.stop()
    before = (hall.folder / "data" / "kwartier.db").read_bytes()

    with pytest.raises(BackupError) as refused:
        restore(load(klein_environment(hall.folder)), backup, create_app, force=True)

    assert str(refused.value) == f"{backup} has in it what does not belong in a backup: {ADDED[statement]}"
    assert (hall.folder / "data" / "kwartier.db").read_bytes() == before
    assert [path.name for path in (hall.folder / "data").iterdir() if path.name != "lock"] == ["kwartier.db"]


def test_what_somebody_added_to_the_database_is_in_no_backup(hall: Hall) -> None:
    whole = everything(backed_up(hall))
    (hall.folder / "kwartier.backup").unlink()
    for statement in ADDED:
        damage(hall, statement)

    assert everything(backed_up(hall)) == whole


def test_a_backup_of_which_a_column_was_taken_away_is_refused(hall: Hall) -> None:
    backup = backed_up(hall)
    with closing(sqlite3.connect(backup)) as database:
        database.execute("ALTER TABLE post DROP COLUMN seen")

    with pytest.raises(schema.Unfit, match=r"it lacks column 'post\.seen'"):
        schema.examine(backup)


def test_a_backup_of_an_older_version_is_restored(hall: Hall, tmp_path: Path) -> None:
    old = tmp_path / "oud"
    schema.make(old, "0002")
    with closing(sqlite3.connect(old)) as database:
        database.execute("INSERT INTO course VALUES (1, 'Voorbeeld', 'klein', 'Gouda', 30)")
        database.commit()
    hall.stop()

    restore(load(klein_environment(hall.folder)), old, create_app, force=True)

    with closing(sqlite3.connect(hall.folder / "data" / "kwartier.db")) as database:
        assert database.execute("SELECT title, contact FROM course").fetchall() == [("Voorbeeld", "")]


def test_rows_are_copied_as_they_lie_there(hall: Hall) -> None:
    # Letters that are no letters, and a number where there should be a day.
    damage(hall, "UPDATE course SET place = CAST(x'ff66' AS TEXT)")
    damage(hall, "UPDATE meeting SET closed_on = 7")

    with closing(sqlite3.connect(backed_up(hall))) as database:
        query = "SELECT DISTINCT hex(place), closed_on FROM course JOIN meeting ON course.id = course_id"
        assert database.execute(query).fetchall() == [("FF66", 7)]
