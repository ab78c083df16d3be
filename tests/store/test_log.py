"""How long lines of the log are kept, that they tell no order, and what backup and restore do with them."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from tests.store.aside import backed_up, restored
from tests.store.damage import damage, today
from tests.support.hall import Hall, klein_environment
from trainer.cli import main
from trainer.meetings.retention import expired, purge
from trainer.store.log import Deed, What, change, lines
from trainer.web.accounts import invite


@pytest.fixture
def noted(hall: Hall) -> Hall:
    """A course of which somebody saved a text today."""
    note(hall, today(hall))
    return hall


def note(hall: Hall, day: date, about: str = "Dagdeel 1") -> None:
    with hall.app.app_context():
        change(lambda: None, Deed(What.TEXT_SAVED, "Olga-geheim", day, about, 1, "Oost"))


def told(hall: Hall) -> list[tuple[str, str]]:
    with hall.app.app_context():
        return [(line.what, line.about) for line in lines(None)]


@pytest.mark.parametrize(("days", "there"), [(0, True), (365, True), (366, False), (-1, False)])
def test_line_is_kept_for_a_year(noted: Hall, days: int, there: bool) -> None:
    # A day that is still to come proves nothing.
    found = purge(noted.host, today(noted) + timedelta(days=days))

    assert (found.lines, told(noted) != []) == (0 if there else 1, there)
    assert (b"Olga-geheim" in noted.written()) is there


@pytest.mark.parametrize("stored", ["kapot", "", "2027-02-30", 20270301, 1.5])
def test_line_of_a_day_that_is_damaged_goes(noted: Hall, stored: object) -> None:
    damage(noted, "UPDATE log_line SET day = ?", stored)

    assert purge(noted.host, today(noted)).lines == 1

    assert told(noted) == []


def test_purge_tells_how_many_lines_went(
    noted: Hall, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(noted, "UPDATE log_line SET day = ?", "2021-01-01")
    for name, value in klein_environment(noted.folder).items():
        monkeypatch.setenv(name, value)

    assert main(["purge"]) == 0

    assert "Deleted 1 lines of the log.\n" in capsys.readouterr().out


def test_sweep_deletes_what_is_past_its_time(noted: Hall) -> None:
    noted.host.sweep()
    assert told(noted) == [("text-saved", "Dagdeel 1")]

    noted.age(366 * 24 * 3600)
    noted.host.sweep()

    assert told(noted) == []


def test_nothing_in_the_file_tells_which_deed_came_first(noted: Hall) -> None:
    for number in range(40):
        note(noted, today(noted), f"Tekst {number:02}")
    noted.host.sweep()

    with closing(sqlite3.connect(noted.folder / "data" / "kwartier.db")) as database:
        stored = [about for (about,) in database.execute("SELECT about FROM log_line")]
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            database.execute("SELECT rowid FROM log_line")

    # That 41 random ids come in this order happens once in 10^49 times.
    assert stored != ["Dagdeel 1", *sorted(stored)[1:]]


def test_line_names_no_time_and_no_address(noted: Hall) -> None:
    with closing(sqlite3.connect(noted.folder / "data" / "kwartier.db")) as database:
        columns = [name for (name,) in database.execute("SELECT name FROM pragma_table_info('log_line')")]
        stored = database.execute("SELECT day FROM log_line").fetchall()

    assert columns == ["id", "day", "who", "what", "about", "course_id", "location_id", "course"]
    assert stored == [(today(noted).isoformat(),)]


def test_backup_has_the_log_and_is_in_it(noted: Hall) -> None:
    backup = backed_up(noted)

    assert told(noted) == [("backup-made", ""), ("text-saved", "Dagdeel 1")]
    with closing(sqlite3.connect(backup)) as database:
        assert database.execute("SELECT what FROM log_line").fetchall() == [("text-saved",)]


def test_restored_log_says_that_it_was_restored_and_what_is_past_its_time_is_gone(noted: Hall) -> None:
    note(noted, today(noted) - timedelta(days=400), "Lang geleden")
    assert expired(noted.host, today(noted)).lines == 1

    restored(noted)

    assert told(noted.restarted()) == [("backup-restored", ""), ("text-saved", "Dagdeel 1")]


def test_restore_voids_all_invitations_and_says_so(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with hall.app.app_context():
        invite(today(hall), is_organiser=True)
    backup = backed_up(hall)
    with closing(sqlite3.connect(backup)) as database:
        assert database.execute("SELECT count(*) FROM invitation").fetchone() == (1,)
    hall.stop()
    for name, value in klein_environment(hall.folder).items():
        monkeypatch.setenv(name, value)

    assert main(["restore", "--force", str(backup)]) == 0

    told = "Invitations, links to a plan and links for a new password do not work any more: make new ones.\n"
    assert told in capsys.readouterr().out
    with closing(sqlite3.connect(hall.folder / "data" / "kwartier.db")) as database:
        assert database.execute("SELECT count(*) FROM invitation").fetchone() == (0,)
