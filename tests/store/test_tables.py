"""The tables: nothing a participant did has a time, an address, a device or an order beside it."""

import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.config import load
from trainer.live.taking import TAKES_SECONDS
from trainer.store.database import migrate, upgrade_database
from trainer.store.health import is_current
from trainer.store.models import Course, db

# What a table may hold that participants are in. A new column here is a decision on privacy: see design.md.
KEPT = {
    "participant": {"meeting_id", "token_hash"},
    "post": {
        "id", "meeting_id", "step", "item", "author", "slot", "payload", "paper", "alone", "leaving", "seen",
    },
    "result": {"meeting_id", "step", "place", "row", "texts"},
}  # fmt: skip
# What organisers and trainers write has its day, its hour and its number: see decision 33.
OF_THOSE_WHO_ORGANISE = frozenset({"variant", "version"})
# What is in a result is of nobody: its rows lie in the order of the questions.
OF_PHONES = ("participant", "post")
TELLING = re.compile(r"time|_at$|created|updated|stamp|addr|_ip$|^ip|agent|device|browser|host|seq|number")


def test_a_course_of_before_gets_an_empty_place_for_who_is_responsible(tmp_path: Path) -> None:
    app = create_app(load(klein_environment(tmp_path)))
    with app.app_context():
        migrate(app, "0001")
        with db.engine.begin() as connection:
            names = "id, title, programme, place, retention_days"
            connection.execute(text(f"INSERT INTO course ({names}) VALUES (1, 'Oost', 'klein', 'Oost', 30)"))

        migrate(app)

        course = db.session.get_one(Course, 1)
        assert (course.title, course.responsible, course.contact) == ("Oost", "", "")


@pytest.fixture
def database(prepared: Path) -> Iterator[sqlite3.Connection]:
    # Closed here, and not whenever it is found unused: that takes files away that others are copying.
    with closing(sqlite3.connect(prepared / "data" / "kwartier.db")) as opened:
        yield opened


def columns(database: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in database.execute(f"PRAGMA table_info('{table}')")}


@pytest.mark.parametrize("table", KEPT)
def test_the_tables_of_participants_hold_these_columns_and_no_others(
    database: sqlite3.Connection, table: str
) -> None:
    assert columns(database, table) == KEPT[table]


def test_no_table_has_a_column_that_tells_when_or_from_where(database: sqlite3.Connection) -> None:
    found = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    tables = found - OF_THOSE_WHO_ORGANISE
    telling = {(table, name) for table in tables for name in columns(database, table) if TELLING.search(name)}

    assert telling == set()


@pytest.mark.parametrize("table", OF_PHONES)
def test_rows_of_participants_have_no_hidden_number_that_tells_their_order(
    database: sqlite3.Connection, table: str
) -> None:
    with pytest.raises(sqlite3.OperationalError, match="rowid"):
        database.execute(f"SELECT rowid FROM {table}")


def test_no_table_counts_upwards_behind_our_back(database: sqlite3.Connection) -> None:
    query = "SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence' OR sql LIKE '%AUTOINCREMENT%'"

    assert database.execute(query).fetchall() == []


def test_the_migrations_make_exactly_the_tables_of_the_models(hall: Hall) -> None:
    with hall.app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, db.metadata) == []


def test_a_database_without_tables_is_not_current(tmp_path: Path) -> None:
    app = create_app(load(klein_environment(tmp_path)))

    assert is_current(app.extensions["kwartier"].engine) is False


def test_a_prepared_database_is_current(hall: Hall) -> None:
    assert is_current(hall.host.engine) is True


def test_every_connection_flushes_at_each_commit_and_zeroes_what_is_deleted(hall: Hall) -> None:
    for engine in (hall.host.engine, hall.host.writer.engine):
        with engine.connect() as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
            }
        assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_everything_is_deleted_with_the_meeting(hall: Hall) -> None:
    hall.do("goto", step="wat-brengt-ervaring")
    for word in ("moed", "geduld", "hoop", "lef", "trots"):
        hall.post(hall.phone(), "wat-brengt-ervaring", text=word)
    hall.do("do:draw")
    hall.do("do:show-all")
    hall.do("next")
    hall.age(TAKES_SECONDS + 1)
    hall.host.sweep()
    with hall.host.engine.connect() as connection:
        before = [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in KEPT]
        connection.exec_driver_sql("DELETE FROM meeting")
        connection.commit()

        left = [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in KEPT]
    assert (before, left) == ([5, 5, 1], [0, 0, 0])


def test_keys_lie_outside_the_data_and_only_the_owner_may_look(prepared: Path) -> None:
    assert stat.S_IMODE((prepared / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((prepared / "keys" / "secret-key").stat().st_mode) == 0o600
    assert not (prepared / "data").is_relative_to(prepared / "keys")


def test_a_database_of_before_keeps_its_accounts_and_voids_links_that_may_be_of_earlier_starts(
    tmp_path: Path,
) -> None:
    app = create_app(load(klein_environment(tmp_path)))
    engine = app.extensions["kwartier"].engine
    with app.app_context():
        migrate(app, "0001")
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO course VALUES (1, 'Oost', 'klein', 'Wijk', 30)",
            "INSERT INTO user VALUES (1, 'anna', 'Anna', 'x', 1), (2, 'bram', 'Bram', 'y', 0)",
            "INSERT INTO meeting VALUES ('m', 1, 'dagdeel-1', 0, '2027-01-12', '09:30', 'planned',"
            " NULL, NULL, '', 0, '')",
            "INSERT INTO meeting_trainer VALUES ('m', 1), ('m', 2)",
            "INSERT INTO invitation VALUES ('first', 1, NULL, '2027-01-26', 0),"
            " ('course', 0, 1, '2027-01-26', 0)",
        ):
            connection.exec_driver_sql(statement)

    upgrade_database(app)

    with engine.connect() as connection:
        keys = connection.exec_driver_sql("SELECT session_key FROM user").scalars().all()
        trainers = connection.exec_driver_sql("SELECT count(*) FROM meeting_trainer").scalar()
        left = connection.exec_driver_sql("SELECT token_hash FROM invitation").scalars().all()
    assert (len(set(keys)), min(len(key) for key in keys) > 16) == (2, True)
    assert (trainers, left) == (2, ["course"])
