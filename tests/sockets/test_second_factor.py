"""A server that demands a second factor, and the sockets of somebody who proved a password alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.sockets.conftest import QUICK
from tests.support.factors import set_up_by
from tests.support.pages import Page
from tests.support.server import RunningServer
from tests.support.trainers import Trainer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    server = RunningServer(tmp_path, **QUICK).start()
    yield server
    server.stop()


def opens(trainer: Trainer, meeting: str, role: str) -> bool:
    page = Page(trainer.server, trainer.session, meeting, role)
    try:
        page.connect()
    except Refused:
        return False
    page.close()
    return True


def restart(server: RunningServer, setting: str) -> None:
    server.stop()
    server.environment["SECOND_FACTOR"] = setting
    server.start()


def test_sockets_open_once_the_second_factor_is_set_up(server: RunningServer) -> None:
    trainer = Trainer(server).make_account()
    meeting = trainer.open_meeting("Voorbeeldtraject").id
    restart(server, "everybody")
    # Their meeting goes on; whoever logs in now is half way.
    half = Trainer(server).log_in()
    thief = half.copied()
    before = [opens(one, meeting, "control") for one in (trainer, half, thief)]

    set_up_by(half)

    assert before == [True, False, False]
    assert [opens(one, meeting, "control") for one in (trainer, half, thief)] == [False, True, False]


def test_a_second_factor_from_the_command_line_is_off_in_the_server(server: RunningServer) -> None:
    trainer = Trainer(server).make_account()
    set_up_by(trainer, password="een lang wachtwoord")
    asked = trainer.user("second-factor", "voorbeeld")

    told = trainer.user("second-factor", "voorbeeld", "--off")

    assert asked == "voorbeeld has a second factor, and 10 spare codes."
    assert told == "The second factor of voorbeeld is off; whoever was logged in is logged out."
    assert not trainer.is_logged_in
    assert Trainer(server).log_in().is_logged_in
