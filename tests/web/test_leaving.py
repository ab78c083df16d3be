"""What a browser holds of a participant, and what is left when they leave."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.browsing import HERE, send, token_of
from tests.support.hall import Hall
from trainer.store.keys import new_token


def leave(browser: FlaskClient, hall: Hall) -> TestResponse:
    """Presses the button on the phone's page."""
    page = browser.get(f"/m/{hall.meeting}").text
    found = re.search(r'data-leave="([^"]+)"', page)
    assert found
    return browser.post(found.group(1), headers=HERE)


def test_leaving_forgets_the_phone_and_its_token(hall: Hall, browser: FlaskClient) -> None:
    send(browser, f"/j/{hall.secret}")
    token = token_of(browser)

    answer = leave(browser, hall)

    assert (answer.status_code, token_of(browser)) == (204, "")
    assert not hall.host.is_participant(hall.meeting, token)
    assert not hall.restarted().host.is_participant(hall.meeting, token)
    assert browser.get(f"/m/{hall.meeting}").status_code == 302


def test_a_phone_is_another_in_another_meeting(hall: Hall, browser: FlaskClient) -> None:
    elsewhere = new_token()
    browser.set_cookie("kwartier_phone", elsewhere)

    send(browser, f"/j/{hall.secret}")

    assert token_of(browser) not in ("", elsewhere)


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_phone_that_goes_on_to_another_meeting_leaves_the_one_before(
    hall: Hall, browser: FlaskClient, in_memory: bool
) -> None:
    other, third = hall.another(), hall.another()
    send(browser, f"/j/{hall.secret}")
    if not in_memory:
        hall.host.rooms.forget([hall.meeting])

    send(browser, f"/j/{other.secret}")

    assert [len(each.room.participants) for each in (hall, other, third)] == [0, 1, 0]
    assert [hall.room.departed, other.room.departed] == [1, 0]
    assert hall.restarted().room.participants == set()


def test_a_phone_that_may_not_go_on_stays_where_it_is(hall: Hall, browser: FlaskClient) -> None:
    send(browser, f"/j/{hall.secret}")
    token, over = token_of(browser), hall.another()
    over.do("start")
    over.do("close")

    answer = send(browser, f"/j/{over.secret}")

    assert (answer.status_code, token_of(browser)) == (404, token)
    assert hall.host.is_participant(hall.meeting, token)


@pytest.mark.parametrize("in_memory", [True, False])
def test_leaving_a_meeting_leaves_no_other(hall: Hall, browser: FlaskClient, in_memory: bool) -> None:
    other = hall.another()
    send(browser, f"/j/{hall.secret}")
    send(browser, f"/j/{other.secret}")
    token = token_of(browser)
    if not in_memory:
        hall.host.rooms.forget([other.meeting])

    # In a tab that still has the page of the one before.
    browser.post(f"/m/{hall.meeting}/verlaten", headers=HERE)

    assert (token_of(browser), hall.host.meetings_of(token)) == (token, [other.meeting])


def lock_of(browser: FlaskClient, hall: Hall) -> str:
    found = re.search(r'data-lock="([0-9a-f]{64})"', browser.get(f"/m/{hall.meeting}").text)
    return found.group(1) if found else ""


def test_the_lock_of_a_phone_stays_while_it_takes_part(hall: Hall, browser: FlaskClient) -> None:
    send(browser, f"/j/{hall.secret}")
    first, other = lock_of(browser, hall), hall.app.test_client()
    send(other, f"/j/{hall.secret}")

    assert first != ""
    assert first == lock_of(browser, hall)
    assert first != lock_of(other, hall)


def test_the_lock_of_a_phone_cannot_be_made_again_after_the_end(hall: Hall, browser: FlaskClient) -> None:
    send(browser, f"/j/{hall.secret}")
    token, before = token_of(browser), lock_of(browser, hall)
    keys = [path.read_bytes() for path in (hall.folder / "keys").glob("*.key")]
    assert keys

    hall.do("start")
    hall.do("close")

    assert lock_of(browser, hall) == ""
    assert list((hall.folder / "keys").glob("*.key")) == []
    assert hall.host.keys.lock(hall.meeting, token) != before


@pytest.mark.parametrize("made_up", ["a", "user:1", "x" * 4000, "../../etc", ""])
def test_a_token_that_we_did_not_make_is_replaced(hall: Hall, browser: FlaskClient, made_up: str) -> None:
    browser.set_cookie("kwartier_phone", made_up)

    send(browser, f"/j/{hall.secret}")

    assert len(token_of(browser)) == len(new_token())


def test_the_database_knows_neither_token_nor_address_nor_device(hall: Hall, browser: FlaskClient) -> None:
    headers = {"User-Agent": "HerkenbaarToestel/1.0"}
    browser.get("/", headers=headers, environ_base={"REMOTE_ADDR": "203.0.113.77"})
    send(browser, f"/j/{hall.secret}")

    written = hall.written()
    for known in (token_of(browser), "203.0.113.77", "HerkenbaarToestel", "127.0.0.1"):
        assert known.encode() not in written


def test_a_meeting_that_is_over_lets_nobody_in(hall: Hall, browser: FlaskClient) -> None:
    hall.do("start")
    hall.do("close")

    assert send(browser, "/", code=hall.code).status_code == 422
    answer = browser.get(f"/j/{hall.secret}")
    assert answer.status_code == 404
    assert "Deze bijeenkomst is voorbij" in answer.text


def test_a_made_up_link_leads_nowhere(still: FlaskClient) -> None:
    assert still.get(f"/j/{new_token()}").status_code == 404


ELSEWHERE = [
    {"Origin": "https://elders.example"},
    {"Origin": "http://localhost.elders.example"},
    {"Origin": "http://localhost:81"},
    # A page that hides where it is, or a frame in a sandbox.
    {"Origin": "null"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site", **HERE},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_what_another_site_sends_for_a_phone_is_refused(
    hall: Hall, browser: FlaskClient, headers: dict[str, str]
) -> None:
    send(browser, f"/j/{hall.secret}")
    token = token_of(browser)

    for path in ("/", f"/j/{hall.secret}", f"/m/{hall.meeting}/verlaten"):
        answer = browser.post(path, data={"code": hall.code}, headers=headers)

        assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (400, [])
        assert "Deze pagina is verlopen" in answer.text
    assert (token_of(browser), hall.host.is_participant(hall.meeting, token)) == (token, True)


@pytest.mark.parametrize(
    "headers",
    [HERE, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {}],
)
def test_what_our_own_page_sends_for_a_phone_is_taken(
    hall: Hall, browser: FlaskClient, headers: dict[str, str]
) -> None:
    assert browser.post(f"/j/{hall.secret}", headers=headers).status_code == 200
