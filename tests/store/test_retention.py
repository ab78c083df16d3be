"""What people wrote is deleted when its time is over; totals stay, and no file keeps a trace."""

from datetime import date, timedelta

import pytest

from tests.support.klein import Hall
from trainer.retention import Expired, expired, purge
from trainer.store.models import Meeting, db
from trainer.web.accounts import invite

FLAP, EVALUATION = "wat-brengt-ervaring", "evaluatie"


@pytest.fixture
def closed(hall: Hall) -> Hall:
    """A closed meeting with texts that were on a flap, and an invitation that nobody used."""
    hall.do("start")
    hall.do("goto", step=FLAP)
    for number in range(6):
        assert hall.post(hall.phone(), FLAP, text=f"geheim {number}") is None
    hall.do("do:draw")
    hall.do("do:show-all")
    hall.do("close")
    with hall.app.app_context():
        invite(hall.host.clock.now().date(), is_organiser=False)
    return hall


def meeting_day(hall: Hall, days: int) -> date:
    """The day so many days after the meeting."""
    with hall.app.app_context():
        return db.session.get_one(Meeting, hall.meeting).date + timedelta(days=days)


def test_texts_are_kept_on_the_last_day_of_the_retention_time(closed: Hall) -> None:
    assert expired(closed.host, meeting_day(closed, 30)).meetings == ()


def test_texts_are_deleted_after_it_and_leave_no_trace(closed: Hall) -> None:
    assert b"geheim 3" in closed.written()

    found = purge(closed.host, meeting_day(closed, 31))

    assert found == Expired((closed.meeting,), 1)
    assert [row.texts for row in closed.host.kept(closed.meeting)] == [None]
    assert b"geheim" not in closed.written()


def test_purging_again_finds_nothing(closed: Hall) -> None:
    purge(closed.host, meeting_day(closed, 31))

    assert not purge(closed.host, meeting_day(closed, 31))


def test_the_sweep_purges_once_a_day(closed: Hall) -> None:
    closed.host.sweep()
    assert b"geheim" in closed.written()

    closed.age(31 * 24 * 3600)
    closed.host.sweep()

    assert b"geheim" not in closed.written()
