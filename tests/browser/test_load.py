"""What it costs a phone to take part: few requests, few bytes, and the second time hardly any.

The limits are those of a community centre: twenty-five phones on one access point. Seconds are for
`make bench`.
"""

import re

import pytest
from playwright.sync_api import Page

from bench.traffic import Traffic
from tests.browser.people import PHONE, House, Sitting, online

MOST_REQUESTS, MOST_BYTES, MOST_AGAIN = 8, 58_000, 11_000

ENCODINGS = pytest.mark.parametrize("plain", [True, False], ids=["gzip", "brotli"])


def listened(house: House, plain: bool) -> tuple[Page, Traffic]:
    """A page of a phone that has never been here."""
    page = house.context(**PHONE).new_page()
    traffic = Traffic(page)
    return page, traffic.over_plain_http() if plain else traffic


def takes_part(house: House, sitting: Sitting, page: Page) -> None:
    """From the page on which the code is typed until answers are taken."""
    page.goto(house.server.url)
    page.get_by_label("Code").fill(sitting.code)
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Doe mee").click()
    online(page)


# People come in before it begins, while something simple is on, and at the largest exercise.
@ENCODINGS
@pytest.mark.parametrize("step", ["", "over-de-lijn", "wat-brengt-ervaring", "hoe-was-het"])
def test_phone_takes_part_within_its_budget(house: House, sitting: Sitting, step: str, plain: bool) -> None:
    if step:
        sitting.go(step)
    phone, traffic = listened(house, plain)

    takes_part(house, sitting, phone)

    told = [f"{traffic.sizes[number]:>6} {url}" for number, url in traffic.requests.items()]
    assert len(traffic.requests) <= MOST_REQUESTS, told
    assert traffic.bytes <= MOST_BYTES, told


@ENCODINGS
def test_phone_that_is_opened_again_asks_for_the_page_and_the_socket_alone(
    house: House, sitting: Sitting, plain: bool
) -> None:
    sitting.go("wat-brengt-ervaring")
    phone, traffic = listened(house, plain)
    takes_part(house, sitting, phone)
    traffic.begin()

    phone.reload()
    online(phone)

    page, socket = (re.sub(r"\?.*", "", url) for url in traffic.requests.values())
    assert page == f"{house.server.url}/m/{sitting.id}"
    assert socket.endswith(f":{house.server.port}/socket.io/")
    # The page, and what is this phone's own: neither is ever compressed.
    assert traffic.bytes <= MOST_AGAIN
