"""Meetings that tests of the store begin with."""

import pytest

from tests.support.klein import Hall
from trainer.web.accounts import invite

FLAP = "wat-brengt-ervaring"


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
