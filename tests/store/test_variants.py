"""A course's own version of a part is kept like the course itself: in backups, after a restore, and off."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.hall import Hall, klein_environment
from tests.support.klein import PROGRAMMES
from tests.support.older import go_back
from trainer import create_app
from trainer.config import load
from trainer.operating.backups import back_up
from trainer.operating.restoring import restore
from trainer.store.database import migrate, transaction
from trainer.store.models import Course, db

NATIONAL = (PROGRAMMES / "klein" / "dagdeel-2.md").read_text("utf-8")
LOCAL = NATIONAL.replace("titel: ", "titel: Oost, ", 1)


@pytest.fixture
def varied(hall: Hall) -> Hall:
    """A course with its own version of its second part."""
    with hall.app.app_context():
        course = db.session.get_one(Course, 1)
        assert transaction(lambda: hall.host.library.keep(course, "dagdeel-2", LOCAL)) == ()
    return hall


def stored(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT course_id, part, base, source FROM variant").fetchall()


def test_a_backup_and_a_restore_keep_the_versions_of_courses(
    varied: Hall, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fresh = tmp_path_factory.mktemp("fresh")
    back_up(load(klein_environment(varied.folder)), fresh / "backup.db", create_app)

    restore(load(klein_environment(fresh)), fresh / "backup.db", create_app)

    assert stored(fresh / "data" / "kwartier.db") == [(1, "dagdeel-2", NATIONAL, LOCAL)]


def test_a_version_is_given_after_a_restart(varied: Hall) -> None:
    again = varied.restarted()

    with again.app.app_context():
        part = again.host.library.part(db.session.get_one(Course, 1), "dagdeel-2")

    assert part is not None
    assert part.title.startswith("Oost, ")


def test_what_a_course_gave_before_there_were_versions_is_its_first(tmp_path: Path) -> None:
    app = create_app(load(klein_environment(tmp_path)))
    file = tmp_path / "data" / "kwartier.db"
    with app.app_context():
        migrate(app, "0012")
        with closing(sqlite3.connect(file)) as database:
            values = "(1, 'Oost', 'klein', '', 30)"
            database.execute(
                f"INSERT INTO course (id, title, programme, place, retention_days) VALUES {values}"
            )
            row = [1, "dagdeel-2", NATIONAL, LOCAL]
            database.execute("INSERT INTO variant (course_id, part, base, source) VALUES (?, ?, ?, ?)", row)
            database.commit()
        migrate(app)
        opened = app.extensions["kwartier"].versions.opened(db.session.get_one(Course, 1), "dagdeel-2")
        db.session.remove()
        go_back(app, "0012")

    assert (opened.number, opened.source) == (1, LOCAL)
    assert stored(file) == [(1, "dagdeel-2", NATIONAL, LOCAL)]
    app.extensions["kwartier"].engine.dispose()
    app.extensions["kwartier"].writer.engine.dispose()
