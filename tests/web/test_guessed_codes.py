"""Codes that are guessed at."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.browsing import send
from tests.support.hall import Hall
from trainer.meetings.codeguard import WRONG_AT_ONCE
from trainer.web.public import NO_SUCH_CODE


def guess(hall: Hall, code: str, number: int = 0) -> TestResponse:
    """A code from another address and another phone every time."""
    guesser = hall.app.test_client()
    return guesser.post("/", data={"code": code}, environ_base={"REMOTE_ADDR": f"10.0.0.{number}"})


@pytest.fixture
def besieged(hall: Hall) -> Hall:
    """A server on which so many wrong codes were typed that codes have become longer."""
    for number in range(WRONG_AT_ONCE + 5):
        guess(hall, "AAAAAA", number)
    assert hall.host.codes.longer
    return hall


def test_after_too_many_wrong_codes_a_short_one_is_not_looked_up(
    besieged: Hall, browser: FlaskClient
) -> None:
    answer = send(browser, "/", code=besieged.code)

    assert answer.status_code == 422
    assert "De code is nu langer. Typ alle tekens die op het scherm staan." in answer.text


def test_who_reads_the_longer_code_from_the_screen_is_not_locked_out(
    besieged: Hall, browser: FlaskClient
) -> None:
    shown = besieged.host.messages.screen_values(besieged.room)["join"]["code"]

    answer = send(browser, "/", code=shown.lower())

    assert len(shown.replace(" ", "")) == 9
    assert answer.content_location == f"/j/{besieged.secret}"


def test_a_longer_code_with_a_wrong_end_is_wrong(besieged: Hall) -> None:
    right = besieged.host.messages.screen_values(besieged.room)["join"]["code"].replace(" ", "")
    wrong = right[:-1] + ("A" if right[-1] != "A" else "C")

    assert NO_SUCH_CODE in guess(besieged, wrong).text


def test_the_qr_works_when_codes_are_longer(besieged: Hall, browser: FlaskClient) -> None:
    assert send(browser, f"/j/{besieged.secret}").content_location == f"/m/{besieged.meeting}"


def test_right_codes_cost_nothing(hall: Hall) -> None:
    for _ in range(WRONG_AT_ONCE + 5):
        assert guess(hall, hall.code).status_code == 200
