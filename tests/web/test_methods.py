"""HEAD is GET without the body, on every address and for everybody; other methods are refused alike."""

import pytest
from werkzeug.test import TestResponse

from tests.support.hall import Hall
from tests.support.loopback import PHONE_COOKIE
from tests.support.site import Site, Visitor
from tests.web.test_who_may import Cast, arranged
from trainer.meetings.codeguard import WRONG_AT_ONCE

# What is another for every answer: a signed cookie has the second in it.
RANDOM = {"Set-Cookie", "Date"}


def told(answer: TestResponse) -> tuple[int, list[tuple[str, str]], list[str]]:
    """All that an answer says besides its body."""
    cookies = [line.partition("=")[0] for line in answer.headers.getlist("Set-Cookie")]
    return answer.status_code, sorted(pair for pair in answer.headers if pair[0] not in RANDOM), cookies


@pytest.fixture
def cast(site: Site) -> Cast:
    return arranged(site)


@pytest.mark.parametrize("who", ["nobody", "stranger", "trainer", "organiser"])
def test_head_says_what_get_says_on_every_address(cast: Cast, who: str) -> None:
    visitor: Visitor = getattr(cast, who)
    for address in [*map(cast.address, cast.rules()), "/niets", "/inloggen?next=/beheer"]:
        # A first visit may bring something along, such as a message for the next page.
        visitor.get(address)
        asked = visitor.client.get(address)

        answer = visitor.client.head(address)

        assert (address, told(answer)) == (address, told(asked))
        assert answer.data == b""


def test_head_says_what_get_says_to_a_phone(hall: Hall) -> None:
    phone = hall.app.test_client()
    phone.set_cookie(PHONE_COOKIE, hall.phone())
    # Its first answer brings the key of its group along.
    phone.get(f"/m/{hall.meeting}")
    for address in (
        "/",
        f"/j/{hall.secret}",
        f"/j/{hall.secret}/deur",
        f"/m/{hall.meeting}",
        f"/m/{hall.secret}",
    ):
        for browser in (phone, hall.app.test_client()):
            asked = browser.get(address)

            answer = browser.head(address)

            assert (address, told(answer), answer.data) == (address, told(asked), b"")


def test_nothing_can_be_sent_by_head(hall: Hall) -> None:
    browser = hall.app.test_client()
    code = hall.host.screens.codes

    for _ in range(WRONG_AT_ONCE + 5):
        assert browser.head("/", data={"code": "AAAAAA"}).status_code == 200
        assert browser.head("/scherm", data={"code": "AAAAAA"}).status_code == 200

    assert (hall.host.codes.longer, code.guard.longer) == (False, False)
    assert browser.head("/", data={"code": hall.code}).status_code == 200


def test_who_asks_for_control_by_head_is_named_too(cast: Cast) -> None:
    answer = cast.trainer.client.head(f"/regie/{cast.meeting}")

    assert answer.status_code == 200
    assert cast.site.host.leaders.view(cast.meeting)["leaders"] == ["Trainer"]


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_methods_are_refused_alike_whatever_the_address_and_whoever_asks(
    cast: Cast, method: str
) -> None:
    addresses = [*map(cast.address, cast.rules()), "/niets", "/regie/niets"]

    answers = {
        (answer.status_code, answer.headers["Allow"], answer.headers["Cache-Control"], answer.data)
        for address in addresses
        for visitor in (cast.nobody, cast.organiser)
        for answer in [visitor.client.open(address, method=method)]
    }

    assert answers == {(405, "GET, HEAD, POST", "no-store", b"")}
