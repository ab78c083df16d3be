"""How long links for a new password and notes of their use are kept, and what a restore does with them."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from tests.store.aside import restored
from tests.store.damage import count, damage, today
from tests.support.hall import Hall
from trainer.meetings.retention import purge
from trainer.store.log import Unlogged, change
from trainer.store.models import User, db
from trainer.store.resets import note_reset, replace_link


@pytest.fixture
def reset(hall: Hall) -> Hall:
    """An account that got a new password by a link today, and has another link."""

    def work() -> None:
        user = User(login="sam", name="Sam", password_hash="x")
        db.session.add(user)
        db.session.flush()
        note_reset(user.id, today(hall), "Olga")
        replace_link(user.id, None, "een-hash", today(hall))

    with hall.app.app_context():
        change(work, Unlogged.NOBODY)
    return hall


def kept(hall: Hall) -> tuple[int, int]:
    return count(hall, "reset_link"), count(hall, "reset")


@pytest.mark.parametrize(
    ("days", "there"), [(0, (1, 1)), (1, (1, 1)), (2, (0, 1)), (30, (0, 1)), (31, (0, 0))]
)
def test_link_is_kept_for_a_day_and_the_note_for_thirty(
    reset: Hall, days: int, there: tuple[int, int]
) -> None:
    purge(reset.host, today(reset) + timedelta(days=days))

    assert kept(reset) == there


@pytest.mark.parametrize("stored", ["kapot", "", "2099-02-28"])
def test_note_of_a_day_that_cannot_be_goes(reset: Hall, stored: str) -> None:
    damage(reset, "UPDATE reset SET day = ?", stored)

    purge(reset.host, today(reset))

    assert kept(reset) == (1, 0)


def test_restore_voids_the_links(reset: Hall) -> None:
    restored(reset)

    with closing(sqlite3.connect(reset.folder / "data" / "kwartier.db")) as database:
        assert database.execute("SELECT count(*) FROM reset_link").fetchone() == (0,)


def test_both_go_with_the_account(reset: Hall) -> None:
    with reset.app.app_context():
        change(
            lambda: db.session.delete(db.session.query(User).filter_by(login="sam").one()), Unlogged.NOBODY
        )

    assert kept(reset) == (0, 0)
