"""Control and screen get their view once, with the page: the socket tells its number, until it changes."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import websocket

from tests.sockets.conftest import Stage

VOTE = "eens-of-oneens"
PATHS = {"control": "regie", "screen": "scherm"}
KNOWN = {"version", "key", "build", "lefts"}

both = pytest.mark.parametrize("role", PATHS)


class Opened:
    """A page of a trainer, as a browser opens it: its HTML, and then its socket."""

    def __init__(self, stage: Stage, role: str) -> None:
        session, server = stage.trainer.session, stage.server
        page = session.get(f"{server.url}/{PATHS[role]}/{stage.meeting}").text
        found = re.search(r' data-mark="(\w+)"', page)
        assert found
        self.html = page
        says = {"EIO": "4", "transport": "websocket", "meeting": stage.meeting, "role": role, "has": found[1]}
        cookies = "; ".join(f"{each.name}={each.value}" for each in session.cookies)
        url = f"{server.url.replace('http', 'ws')}/socket.io/?{urlencode(says)}"
        self._link = websocket.create_connection(url, header={"Cookie": cookies}, timeout=5)
        self._link.send(f"40{json.dumps({'meeting': stage.meeting, 'role': role})}")

    def view(self) -> dict[str, Any]:
        """The next one that comes."""
        while not (said := str(self._link.recv())).startswith('42["view"'):
            pass
        return dict(json.loads(said[2:])[1])

    def close(self) -> None:
        self._link.close()


@pytest.fixture
def vote(stage: Stage) -> Iterator[Stage]:
    """A vote with a timer that runs, and two phones."""
    stage.at(VOTE)
    stage.phone()
    stage.phone()
    yield stage


@both
def test_page_of_a_trainer_is_told_that_it_is_right(vote: Stage, role: str) -> None:
    page = Opened(vote, role)

    # The second is for all who lead: this page is one more.
    first, second = page.view(), page.view()
    page.close()

    assert (set(first), set(second)) == (KNOWN, KNOWN)
    assert second["version"] > first["version"]


@both
def test_time_that_is_left_and_the_time_of_day_come_with_it(vote: Stage, role: str) -> None:
    page = Opened(vote, role)

    lefts = [float(each) for each in page.view()["lefts"]]
    page.close()

    clock, timer = lefts
    written = [float(each) for each in re.findall(r' data-(?:clock|left)="([\d.]+)"', page.html)]
    assert 0 <= clock - written[0] < 60
    assert 0 <= written[1] - timer < 60


@both
def test_what_changes_comes_whole(vote: Stage, role: str) -> None:
    page = Opened(vote, role)
    page.view()
    page.view()

    vote.control.go("timer-plus")
    other = page.view()
    page.close()

    assert 'data-total="660"' in other["html"]


def test_control_tells_in_its_page_how_many_phones_there_are(vote: Stage) -> None:
    page = Opened(vote, "control")
    page.close()

    assert re.search(r'Telefoons</span> <strong class="num">2</strong>', page.html)
