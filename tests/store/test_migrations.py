"""Migrations, on a database with data in it: up, down, and up again."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from tests.support.hall import klein_environment
from tests.support.klein import PROGRAMMES
from tests.support.older import go_back
from trainer import create_app
from trainer.config import load
from trainer.store.database import migrate
from trainer.store.health import MIGRATIONS, revisions
from trainer.store.models import db

MEETING, CLOSED = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
FLAP = "wat-brengt-ervaring"
STATE = {
    "version": 7,
    "phase": "live",
    "step": FLAP,
    "sealed": ["over-de-lijn"],
    "kinds": {FLAP: {"batches": {"drawn": ["x"], "shown": ["x"]}}},
    "people": {"over-de-lijn": 4},
    "runs": {FLAP: 1},
}

MOMENTS = {"begun": {"ervaring": 1799743800.5}, "left": {}, "ended": 1799743900.5, "opened": 1799743700.5}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """An installation of before the gate, in the middle of a meeting and with one that is closed."""
    app = create_app(load(klein_environment(tmp_path)))
    migrate(app, "0001")
    source = (PROGRAMMES / "klein" / "dagdeel-1.md").read_text("utf-8")
    with closing(database(app)) as other:
        other.execute("INSERT INTO course VALUES (1, 'Voorbeeld', 'klein', 'Gouda', 30)")
        for meeting, phase in ((MEETING, "live"), (CLOSED, "closed")):
            state = json.dumps({**STATE, **MOMENTS, "phase": phase})
            other.execute(
                "INSERT INTO meeting"
                " (id, course_id, part, position, date, start, phase, source, version, state)"
                " VALUES (?, 1, 'dagdeel-1', 0, '2027-01-12', '09:30', ?, ?, 7, ?)",
                [meeting, phase, source, state],
            )
            other.execute(
                "INSERT INTO post (meeting_id, step, item, author, slot, id, payload)"
                """ VALUES (?, ?, '', 'a', 'x', 'x', '{"text": "oud"}')""",
                [meeting, FLAP],
            )
        other.execute("INSERT INTO participant VALUES (?, 'hash')", [MEETING])
        other.commit()
    yield app
    app.extensions["kwartier"].engine.dispose()
    app.extensions["kwartier"].writer.engine.dispose()


def database(app: Flask) -> sqlite3.Connection:
    folder: Path = app.extensions["kwartier"].settings.data_dir
    return sqlite3.connect(folder / "kwartier.db")


def rows(app: Flask, query: str) -> list[tuple[object, ...]]:
    with closing(database(app)) as other:
        return other.execute(query).fetchall()


def columns(app: Flask) -> list[tuple[object, ...]]:
    return rows(app, "SELECT name FROM pragma_table_info('post') ORDER BY cid")


def test_files_of_migrations_are_named_by_their_order() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS)).walk_revisions()

    assert [script.revision for script in scripts] == sorted(revisions(), reverse=True)


def test_going_up_takes_the_old_posts_away_and_lets_a_meeting_go_on(app: Flask) -> None:
    migrate(app)

    assert rows(app, "SELECT * FROM post") == []
    host = app.extensions["kwartier"]
    room = host.room(MEETING)
    assert (room.state.step, room.state.sealed, room.state.runs) == (FLAP, ("over-de-lijn",), {FLAP: 1})
    assert (room.state.kinds, room.state.pictures) == ({}, {})
    assert room.participants == {"hash"}
    assert host.kept(CLOSED) == ()


def test_going_up_takes_moments_from_meetings_that_are_over(app: Flask) -> None:
    migrate(app)

    stored = {key: json.loads(str(state)) for key, state in rows(app, "SELECT id, state FROM meeting")}
    assert stored[MEETING].keys() - stored[CLOSED].keys() == MOMENTS.keys()
    assert stored[CLOSED].keys() - stored[MEETING].keys() == set()


def test_going_up_leaves_no_word_of_the_old_posts_once_the_server_runs(app: Flask) -> None:
    migrate(app)

    app.extensions["kwartier"].sweep()

    folder = app.extensions["kwartier"].settings.data_dir
    written = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b'"oud"' not in written


def test_going_up_gives_the_tables_of_the_models(app: Flask) -> None:
    migrate(app)

    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_going_up_leaves_courses_and_organisers_without_a_location(app: Flask) -> None:
    with closing(database(app)) as other:
        other.execute(
            "INSERT INTO user (id, login, name, password_hash, is_organiser) VALUES (1, 'o', 'O', '', 1)"
        )
        other.commit()

    migrate(app)

    assert rows(app, "SELECT place, location_id FROM course") == [("Gouda", None)]
    assert rows(app, "SELECT is_organiser, location_id FROM user") == [(1, None)]
    assert rows(app, "SELECT * FROM location") == []


def test_going_down_makes_nobody_an_organiser_of_everything(app: Flask) -> None:
    migrate(app)
    with closing(database(app)) as other:
        other.execute("INSERT INTO location VALUES (1, 'Gouda')")
        for number, location in ((1, None), (2, 1)):
            other.execute(
                "INSERT INTO user (id, login, name, password_hash, is_organiser, session_key, location_id)"
                " VALUES (?, ?, 'O', '', 1, ?, ?)",
                [number, str(number), str(number), location],
            )
        other.commit()

    go_back(app, "0016")

    assert rows(app, "SELECT id, is_organiser FROM user") == [(1, 1), (2, 0)]


def test_going_down_gives_back_the_tables_of_before_and_the_rest_of_the_data(app: Flask) -> None:
    before, meetings = columns(app), rows(app, "SELECT id, phase, version, source FROM meeting")
    migrate(app)
    with closing(database(app)) as other:
        other.execute(
            "INSERT INTO post (meeting_id, step, item, author, slot, id, payload, seen)"
            """ VALUES (?, ?, '', 'b', 'y', 'y', '{"text": "nieuw"}', 'b0')""",
            [MEETING, FLAP],
        )
        other.execute("INSERT INTO result VALUES (?, ?, 0, '{}', NULL)", [CLOSED, FLAP])
        other.commit()

    go_back(app, "0001")

    assert columns(app) == before
    assert rows(app, "SELECT name FROM sqlite_master WHERE name = 'result'") == []
    assert rows(app, "SELECT id, payload FROM post") == [("y", '{"text": "nieuw"}')]
    assert rows(app, "SELECT id, phase, version, source FROM meeting") == meetings
    with pytest.raises(sqlite3.OperationalError, match="rowid"):
        rows(app, "SELECT rowid FROM post")


def test_going_up_again_after_going_down_works(app: Flask) -> None:
    migrate(app)
    go_back(app, "0001")

    migrate(app)

    assert app.extensions["kwartier"].room(MEETING).state.step == FLAP
    with pytest.raises(sqlite3.OperationalError, match="rowid"):
        rows(app, "SELECT rowid FROM post")
