"""What the database holds once a step is sealed, or its meeting is over: no more than was seen, no moment."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.attack.outlasting import database, moments, stored_pictures
from tests.store.acts import EVALUATION, LINE, field_of, sealed, voted
from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.config import load
from trainer.live.audience import Audience, Role
from trainer.operating.backups import back_up


def filled_in(hall: Hall) -> None:
    """Seven people say the same: the screen hides it, for it would be everybody's answer."""
    hall.do("goto", step=EVALUATION)
    for _ in range(7):
        assert hall.post(hall.phone(), EVALUATION, **{field_of(hall, "tempo"): "0"}) is None
    hall.do("do:totals")
    hall.do("do:hide")


def in_a_backup(hall: Hall) -> Path:
    target = hall.folder / "kwartier.backup"
    back_up(load(klein_environment(hall.folder)), target, create_app)
    return target


def dots(hall: Hall) -> list[str]:
    html = hall.host.messages.message(hall.room, Audience(Role.SCREEN))["html"]
    return re.findall(r"<circle cx[^>]*>", html)


def test_counts_that_the_screen_hid_do_not_outlast_their_step(hall: Hall) -> None:
    filled_in(hall)

    sealed(hall)

    assert stored_pictures(database(hall)) == {}


def test_counts_that_the_screen_hid_are_in_no_backup(hall: Hall) -> None:
    filled_in(hall)

    assert stored_pictures(in_a_backup(hall)) == {}


def test_dots_that_nobody_saw_do_not_outlast_their_step(hall: Hall) -> None:
    hall.do("goto", step=LINE)
    voted(hall, "0", "0", "0", "1", "3", "4", "4")
    hall.do("do:summary")

    assert stored_pictures(in_a_backup(hall)) == {}
    sealed(hall)
    assert stored_pictures(database(hall)) == {}


def test_dots_that_were_on_the_screen_stay_on_the_wall(hall: Hall) -> None:
    hall.do("goto", step=LINE)
    voted(hall, "0", "0", "0", "1", "3", "4", "4")
    hall.do("do:show")
    before = dots(hall)

    sealed(hall)

    hall.do("goto", step=LINE)
    assert (set(stored_pictures(database(hall))), dots(hall)) == ({LINE}, before)
    assert len(before) == 7


def test_a_sealed_evaluation_says_where_its_totals_are(hall: Hall) -> None:
    filled_in(hall)
    sealed(hall)

    hall.do("goto", step=EVALUATION)

    control = hall.host.messages.message(hall.room, Audience(Role.CONTROL))["html"]
    assert "De totalen staan straks in het verslag." in control
    assert "toon totalen" not in control


def test_a_meeting_that_is_over_holds_no_moment(hall: Hall) -> None:
    filled_in(hall)
    hall.host.leave(hall.meeting, hall.phone())
    hall.do("goto", step="eens-of-oneens")

    hall.do("close")

    assert moments(database(hall)) == []
    with closing(sqlite3.connect(database(hall))) as other:
        found = other.execute("SELECT departed, returned FROM meeting WHERE phase = 'closed'").fetchall()
    assert found == [(0, 0)]


def test_a_backup_of_a_running_meeting_holds_no_moment(hall: Hall) -> None:
    filled_in(hall)
    hall.host.leave(hall.meeting, hall.phone())
    hall.do("goto", step="eens-of-oneens")
    assert moments(database(hall)) != []

    backup = in_a_backup(hall)

    assert moments(backup) == []
    with closing(sqlite3.connect(backup)) as other:
        assert other.execute("SELECT DISTINCT departed, returned FROM meeting").fetchall() == [(0, 0)]
