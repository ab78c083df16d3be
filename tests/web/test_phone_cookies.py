"""A phone gets the cookie of its place in a meeting, and the key of its group: no page starts a session."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.hall import Hall
from tests.support.loopback import PHONE_COOKIE
from tests.web.test_who_may import FOR_WHOM, OPEN

# Open to everybody, and for trainers.
FOR_TRAINERS = {"auth.login", "auth.welcome", "auth.present", "screens.enter"}


def cookies_of(answer: TestResponse) -> list[str]:
    """The names of the cookies that an answer sets."""
    return [line.partition("=")[0] for line in answer.headers.getlist("Set-Cookie")]


@pytest.fixture
def phone(hall: Hall) -> FlaskClient:
    """A phone that takes part."""
    phone = hall.app.test_client()
    phone.set_cookie(PHONE_COOKIE, hall.phone())
    return phone


def addresses(hall: Hall) -> list[tuple[str, str, str]]:
    """Every public (endpoint, method, address), with values that lead somewhere and that lead nowhere."""
    there = {
        "meeting_id": hall.meeting,
        "secret": hall.secret,
        "programme_id": "klein",
        "handout_id": "x",
    }
    found = []
    for rule in hall.app.url_map.iter_rules():
        if FOR_WHOM[rule.endpoint] != OPEN or rule.endpoint in FOR_TRAINERS:
            continue
        for values in (
            {name: there.get(name, "x") for name in rule.arguments},
            dict.fromkeys(rule.arguments, "x"),
        ):
            built = rule.build(values)
            assert built is not None
            found += [(rule.endpoint, method, built[1]) for method in sorted(rule.methods or ())]
    return found


def test_every_public_answer_sets_the_cookies_of_the_phone_or_none(hall: Hall, phone: FlaskClient) -> None:
    strangers = [
        (endpoint, method, cookies_of(visitor.open(address, method=method)))
        for endpoint, method, address in addresses(hall)
        for visitor in (phone, hall.app.test_client())
    ]

    of_phones = {PHONE_COOKIE, f"kwartier_gedeeld_{hall.meeting}"}
    assert [one for one in strangers if set(one[2]) - of_phones] == []
    giving = {endpoint for endpoint, _, cookies in strangers if cookies}
    assert giving == {"public.take_part", "live.leave"}


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        (lambda hall, phone: phone.post("/", data={"code": "AAAAAA"}), 422),
        (lambda hall, phone: phone.post("/", data={"code": hall.code}), 200),
        (lambda hall, phone: phone.post("/", headers={"Origin": "https://elders.example"}), 400),
        (lambda hall, phone: phone.post("/", data={"code": "A" * 1_000_001}), 413),
        (lambda hall, phone: phone.get("/niets"), 404),
        (lambda hall, phone: phone.put("/"), 405),
        (lambda hall, phone: phone.get("/socket.io/?EIO=4&transport=polling"), 200),
        (lambda hall, phone: phone.get(f"/m/{hall.meeting}"), 302),
    ],
)
def test_what_goes_wrong_starts_no_session_either(
    hall: Hall, ask: Callable[[Hall, FlaskClient], TestResponse], status: int
) -> None:
    answer = ask(hall, hall.app.test_client())

    assert (answer.status_code, cookies_of(answer)) == (status, [])


def test_a_phone_that_waits_or_is_refused_has_its_own_cookie_alone(hall: Hall) -> None:
    hall.do("door", to="shut")
    phone, door = hall.app.test_client(), f"/j/{hall.secret}"

    waits = phone.post(door)
    hall.later_at_the_door()
    asks = phone.get(f"{door}/deur")
    words, _ = hall.room.door.words(hall.state)
    hall.host.joining.refuse(hall.meeting, words)
    refused = phone.get(door)

    assert [answer.status_code for answer in (waits, asks, refused)] == [202, 200, 202]
    assert "Je bent nog niet binnen" in refused.text
    assert [set(cookies_of(answer)) for answer in (waits, asks, refused)] == [
        {PHONE_COOKIE},
        set(),
        {PHONE_COOKIE},
    ]


def test_a_phone_sees_the_whole_meeting_without_a_session(hall: Hall, phone: FlaskClient) -> None:
    page = f"/m/{hall.meeting}"
    found = [cookies_of(phone.get(page))]
    hall.do("start")
    found.append(cookies_of(phone.get(page)))
    hall.do("close")
    found.append(cookies_of(phone.get(page)))

    # Once, as it comes in: the key of its group.
    assert found == [[f"kwartier_gedeeld_{hall.meeting}"], [], []]
