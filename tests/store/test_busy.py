"""A database that another program is busy with: writes wait, and are given up on when it stays so."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.store.acts import FLAP
from tests.store.damage import count, stranger
from tests.support.hall import Hall


def test_a_database_that_is_busy_for_a_moment_is_waited_for(flap: Hall) -> None:
    phone, other = flap.phone(), stranger(flap)
    other.execute("BEGIN IMMEDIATE")

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(flap.post, phone, FLAP, text="moed")
        time.sleep(0.4)
        assert not answer.done()
        other.execute("ROLLBACK")
        assert answer.result(10) is None
    assert count(flap, "post") == 1


def test_other_writes_are_tried_again_while_the_database_is_busy(hall: Hall) -> None:
    from trainer.store.database import transaction
    from trainer.store.models import Course, db

    other = stranger(hall)
    other.execute("BEGIN IMMEDIATE")

    def rename() -> None:
        with hall.app.app_context():
            transaction(lambda: setattr(db.session.get_one(Course, 1), "title", "Anders"))

    with ThreadPoolExecutor(1) as pool:
        renamed = pool.submit(rename)
        time.sleep(0.3)
        assert not renamed.done()
        other.execute("ROLLBACK")
        renamed.result(10)
    assert other.execute("SELECT title FROM course").fetchall() == [("Anders",)]


def test_a_database_that_stays_busy_is_given_up_on(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.store import database
    from trainer.store.models import Course, db

    monkeypatch.setattr(database, "PATIENCE_SECONDS", 0.2)
    other = stranger(hall)
    other.execute("BEGIN IMMEDIATE")

    with hall.app.app_context(), pytest.raises(database.DatabaseBusy):
        database.transaction(lambda: setattr(db.session.get_one(Course, 1), "title", "Anders"))
    other.execute("ROLLBACK")
    assert other.execute("SELECT title FROM course").fetchall() == [("Voorbeeldtraject",)]


def test_a_wiping_that_failed_is_done_again(flap: Hall) -> None:
    phone = flap.phone()
    flap.post(phone, FLAP, text="zeer-persoonlijk")
    (mine,) = flap.posts(FLAP)
    reader = stranger(flap)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM post").fetchall()

    flap.host.posting.withdraw(flap.meeting, phone, FLAP, mine.id)
    with flap.host.writer.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    flap.host.sweep()
    assert b"zeer-persoonlijk" in flap.written()

    reader.execute("ROLLBACK")
    flap.host.sweep()
    assert b"zeer-persoonlijk" not in flap.written()
