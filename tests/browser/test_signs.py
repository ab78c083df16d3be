"""The sign that the tabs of a phone share: there while the phone takes part, and gone with the meeting."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import House, Sitting, online, shoot

SIGNS = "() => Object.keys(localStorage)"


def closed(sitting: Sitting, phone: Page) -> None:
    phone.close()
    sitting.do("close")


def closed_after_it_left(sitting: Sitting, phone: Page) -> None:
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Verlaat de bijeenkomst").click()
    phone.get_by_role("button", name="Ja, doe maar").click()
    expect(phone.locator("#toast")).to_contain_text("Wat je typte is gewist.")
    phone.close()
    sitting.do("close")


def came_to_nobody(sitting: Sitting, phone: Page) -> None:
    """The phone lost its cookie."""
    phone.close()
    phone.context.clear_cookies()


@pytest.mark.parametrize("end", [closed, closed_after_it_left, came_to_nobody])
@pytest.mark.parametrize("door", ["", "/j/{secret}", "/m/{id}"])
def test_no_sign_of_a_meeting_stays_for_who_comes_back_after_it(
    house: House, sitting: Sitting, end: Callable[[Sitting, Page], None], door: str
) -> None:
    phone = house.phone(sitting)
    context = phone.context
    end(sitting, phone)
    context.set_offline(False)

    later = context.new_page()
    later.goto(house.server.url + door.format(secret=sitting.secret, id=sitting.id))

    later.wait_for_function(f"() => !({SIGNS})().length")


def test_no_sign_stays_of_a_meeting_that_was_taken_back(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    address, context = phone.url, phone.context
    assert phone.evaluate(SIGNS) == [f"kwartier:{sitting.id}"]
    phone.close()
    overview = house.open(f"/beheer/bijeenkomsten/{sitting.id}", house.trainer)
    overview.get_by_role("button", name="Toch niet openen").click()
    expect(overview.get_by_role("button", name="Toch niet openen")).to_have_count(0)

    later = context.new_page()
    later.goto(address)

    expect(later.get_by_role("heading", name="Deze bijeenkomst is niet open")).to_be_visible()
    later.wait_for_function(f"() => !({SIGNS})().length")
    shoot(later, "not-open-phone")


def test_no_sign_stays_on_a_page_that_saw_the_end_and_is_closed_at_once(
    house: House, sitting: Sitting
) -> None:
    phone = house.phone(sitting)
    sitting.do("close")
    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()

    phone.goto(f"{house.server.url}/healthz")

    assert phone.evaluate(SIGNS) == []


def test_sign_stays_while_the_phone_takes_part(house: House, sitting: Sitting) -> None:
    phone, other = house.phone(sitting), house.sitting()
    tab = phone.context.new_page()

    tab.goto(f"{house.server.url}/j/{other.secret}")
    tab.wait_for_load_state("networkidle")

    assert tab.evaluate(SIGNS) == [f"kwartier:{sitting.id}"]
    expect(phone.get_by_role("heading", name="Je doet mee")).to_be_visible()


def test_no_sign_stays_of_a_meeting_before_this_one(house: House, sitting: Sitting) -> None:
    phone, other = house.phone(sitting), house.sitting()
    tab = phone.context.new_page()

    tab.goto(f"{house.server.url}/j/{other.secret}")
    tab.get_by_role("button", name="Doe mee").click()
    online(tab)

    assert tab.evaluate(SIGNS) == [f"kwartier:{other.id}"]
    expect(phone.get_by_role("heading", name="Je doet mee")).to_have_count(0)
