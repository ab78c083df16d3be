"""Meetings that tests of the store begin with."""

import pytest

from tests.store.acts import FLAP, LINE
from tests.support.hall import Hall
from trainer.web.accounts import invite


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


@pytest.fixture
def flap(hall: Hall) -> Hall:
    """At the flap, to which nobody sent anything yet."""
    hall.do("goto", step=FLAP)
    return hall


@pytest.fixture
def line(hall: Hall) -> Hall:
    """At the line, on which nobody stands yet."""
    hall.do("goto", step=LINE)
    return hall


@pytest.fixture
def wall(hall: Hall) -> Hall:
    """Three phones that each sent one card; the trainer showed them."""
    hall.do("goto", step=FLAP)
    for text in ("moed", "geduld", "hoop"):
        hall.post(hall.phone(), FLAP, text=text)
    hall.do("do:draw")
    hall.do("do:show-all")
    return hall
