"""A phone that comes by another address of the same server is told that it may count twice."""

import re

import pytest
from flask.testing import FlaskClient

from tests.support.hall import Hall
from tests.support.site import Site, Visitor
from trainer.live.audience import Audience, Role
from trainer.meetings.arrivals import ELSEWHERE, MOST_REMEMBERED, Arrivals

OWN = "http://10.0.0.5:8000"
WORDS = "Was je er al op een ander adres? Ga dan daar verder. Anders tel je dubbel."


@pytest.fixture
def asks(hall: Hall) -> FlaskClient:
    hall.host.arrivals.tell(OWN)
    return hall.app.test_client()


def join_page(asks: FlaskClient, hall: Hall, here: str) -> str:
    return asks.get(f"/j/{hall.secret}", headers={"Host": here}).text


@pytest.mark.parametrize("here", ["10.0.0.9:8000", "kwartier.local"])
def test_who_joins_by_another_address_is_told_and_led_to_that_of_the_meeting(
    hall: Hall, asks: FlaskClient, here: str
) -> None:
    page = join_page(asks, hall, here)

    assert WORDS in page
    assert re.findall(r'<a href="(http[^"]+)">([^<]+)</a>', page) == [
        (f"{OWN}/j/{hall.secret}", "10.0.0.5:8000")
    ]
    assert f'data-copy="{OWN}/j/{hall.secret}"' in page


@pytest.mark.parametrize("here", ["10.0.0.5:8000", "10.0.0.5", "10.0.0.5:443", "localhost:8000", "127.0.0.1"])
def test_who_joins_by_the_address_of_the_meeting_or_on_the_laptop_itself_is_told_nothing(
    hall: Hall, asks: FlaskClient, here: str
) -> None:
    assert WORDS not in join_page(asks, hall, here)


def test_after_a_change_of_network_the_former_address_is_named(hall: Hall, asks: FlaskClient) -> None:
    hall.host.arrivals.tell("http://192.168.7.2:8000")

    page = join_page(asks, hall, "192.168.7.2:8000")

    assert f'href="{OWN}/j/{hall.secret}"' in page
    assert "192.168.7.2" not in page


def test_no_token_and_no_address_of_a_phone_is_in_what_is_told(hall: Hall, asks: FlaskClient) -> None:
    phone = hall.phone()
    asks.set_cookie(hall.host.cookies.name("phone"), phone, domain="10.0.0.9")

    page = join_page(asks, hall, "10.0.0.9:8000")

    assert (phone in page, "127.0.0.1" in page) == (False, False)


def control(hall: Hall) -> str:
    with hall.app.app_context():
        return str(hall.host.messages.message(hall.room, Audience(Role.CONTROL))["html"])


def test_control_counts_phones_by_address_when_there_is_more_than_one(hall: Hall) -> None:
    arrivals = hall.host.arrivals
    arrivals.tell(OWN)
    arrivals.came(hall.meeting, "1", "a", "//10.0.0.5:8000")
    arrivals.came(hall.meeting, "2", "b", "//10.0.0.5:8000")
    alone = control(hall)
    arrivals.came(hall.meeting, "3", "c", "//192.168.7.2:8000")

    assert "meer dan één adres" not in alone
    assert f"via meer dan één adres: 2 via 10.0.0.5:8000, 1 via {ELSEWHERE}." in control(hall)


def test_what_a_browser_says_that_the_address_is_is_never_shown() -> None:
    arrivals = Arrivals()
    for number, said in enumerate(("//kwaad.example", "//<b>", "//[", "", "//kwaad.example/x")):
        arrivals.came("m", str(number), str(number), said)

    assert arrivals.in_use("m") == [(ELSEWHERE, 5)]


def test_a_phone_with_more_tabs_counts_once_until_the_last_is_gone() -> None:
    arrivals = Arrivals()
    arrivals.tell(OWN)
    for sid, token in (("1", "a"), ("2", "a"), ("3", "b")):
        arrivals.came("m", sid, token, "//10.0.0.5:8000")
    arrivals.came("m", "4", "c", "//elders")

    arrivals.went("m", "1")
    assert (arrivals.phones("m"), arrivals.in_use("m")) == (3, [("10.0.0.5:8000", 2), (ELSEWHERE, 1)])
    arrivals.went("m", "2")
    assert (arrivals.phones("m"), arrivals.in_use("m")) == (2, [("10.0.0.5:8000", 1), (ELSEWHERE, 1)])
    for sid in ("3", "4", "never"):
        arrivals.went("m", sid)
    assert (arrivals.phones("m"), arrivals.in_use("m")) == (0, ())


def test_only_the_last_addresses_are_remembered() -> None:
    arrivals = Arrivals()
    told = [f"http://10.0.0.{number}:8000" for number in range(MOST_REMEMBERED + 2)]
    for base in told:
        arrivals.tell(base)

    assert list(arrivals.others("http://elders")) == told[: -MOST_REMEMBERED - 1 : -1]


@pytest.mark.parametrize("path", ["/beheer/trajecten/1/uitnodigen", "/beheer/uitnodigen"])
def test_an_invitation_link_has_a_button_that_copies_it(
    site: Site, organiser: Visitor, course: list[str], path: str
) -> None:
    page = organiser.post(path, page="/beheer/trajecten/1").text

    shown = re.search(r'id="link"[^>]*value="([^"]+/welkom/[^"]+)"', page)
    assert shown
    assert f'data-copy="{shown[1]}"' in page
