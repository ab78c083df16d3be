"""A phone that walks out of the WiFi is told nothing more: it lets go by itself, by its own clock."""

import pytest
from playwright.sync_api import Page, expect

from tests.attack.borrowed import ON_DISK, TYPED
from tests.browser.looks import phone_faults
from tests.browser.people import SMALL_PHONE, House, Sitting, online

FLAP, STICKERS = "wat-brengt-ervaring", "stickers"
# What is awake again after a sleep, in which no timer ran.
AWAKE = {
    "looked at": "() => document.dispatchEvent(new Event('visibilitychange'))",
    "shown again": "() => window.dispatchEvent(new Event('pageshow'))",
    "in a network": "() => window.dispatchEvent(new Event('online'))",
}


def clocked(house: House, sitting: Sitting, **device: object) -> Page:
    """A phone of which the clock can be moved."""
    phone = house.phone(sitting, **device)
    phone.clock.install()
    phone.reload()
    return online(phone)


def sleep(phone: Page, minutes: int) -> None:
    """The clock goes on, and no timer runs."""
    phone.clock.set_system_time(phone.evaluate("() => Date.now() / 1000") + minutes * 60)


def write(phone: Page, text: str) -> None:
    phone.locator("form[data-post] textarea").first.fill(text)
    phone.locator("form[data-post] button").first.click()


def write_all(phone: Page) -> None:
    """One text that is sent, one that waits for a connection, and one that is half typed."""
    write(phone, "Merk verstuurd")
    expect(phone.locator("#own li").first).to_contain_text("Merk verstuurd")
    phone.context.set_offline(True)
    write(phone, "Merk wacht")
    expect(phone.locator("#sent")).to_contain_text("Nog niet verstuurd")
    phone.locator("form[data-post] textarea").first.fill("Merk klad")


def texts(phone: Page) -> int:
    return int(phone.evaluate(TYPED).count("Merk"))


def test_what_an_exercise_does_not_keep_goes_after_half_an_hour(house: House, sitting: Sitting) -> None:
    sitting.go(STICKERS)
    phone = clocked(house, sitting, **SMALL_PHONE)
    write_all(phone)
    phone.clock.fast_forward("28:00")
    expect(phone.locator("#own li").first).to_contain_text("Merk verstuurd")

    phone.clock.fast_forward("03:00")

    expect(phone.get_by_role("heading", name="Even geen verbinding")).to_be_visible()
    expect(phone.locator("#announce")).to_have_text("Even geen verbinding")
    expect(phone.locator("#sent")).to_be_empty()
    assert texts(phone) == 0
    expect(phone.locator("#connection")).to_be_hidden()
    assert phone_faults(phone, "out-of-reach-exercise") == []


def test_phone_that_is_back_goes_on_with_what_the_server_has(house: House, sitting: Sitting) -> None:
    sitting.go(STICKERS)
    phone = clocked(house, sitting)
    write_all(phone)
    phone.clock.fast_forward("31:00")
    expect(phone.get_by_role("heading", name="Even geen verbinding")).to_be_visible()

    phone.context.set_offline(False)

    expect(phone.locator("#own li")).to_have_count(1)
    expect(phone.locator("#own li").first).to_contain_text("Merk verstuurd")
    assert house.stored("post", sitting) == 1


def test_phone_that_slept_in_reach_shows_the_exercise_again(house: House, sitting: Sitting) -> None:
    sitting.go(STICKERS)
    phone = clocked(house, sitting)
    write(phone, "Merk verstuurd")
    expect(phone.locator("#own li").first).to_contain_text("Merk verstuurd")
    phone.locator("form[data-post] textarea").first.fill("Merk klad")

    sleep(phone, minutes=40)
    phone.evaluate(AWAKE["looked at"])

    expect(phone.locator("#own li").first).to_contain_text("Merk verstuurd")
    expect(phone.locator("form[data-post] textarea").first).to_have_value("")


def test_what_an_exercise_keeps_waits_for_a_connection(house: House, sitting: Sitting) -> None:
    sitting.go(FLAP)
    phone = clocked(house, sitting)
    write_all(phone)

    phone.clock.fast_forward("11:00:00")

    assert (texts(phone) > 0, phone.evaluate(ON_DISK)) == (True, 2)
    phone.context.set_offline(False)
    expect(phone.locator("#own li")).to_have_count(2)
    expect(phone.locator("form[data-post] textarea").first).to_have_value("Merk klad")


def test_phone_that_heard_nothing_for_twelve_hours_lets_go_of_everything(
    house: House, sitting: Sitting
) -> None:
    sitting.go(FLAP)
    phone = clocked(house, sitting, **SMALL_PHONE)
    write_all(phone)

    phone.clock.fast_forward("12:01:00")

    title = "De bijeenkomst is voorbij, of te ver weg"
    expect(phone.get_by_role("heading", name=title)).to_be_visible()
    expect(phone.locator("#announce")).to_have_text(title)
    expect(phone.get_by_role("button", name="Verlaat de bijeenkomst")).to_be_hidden()
    assert (texts(phone), phone.evaluate(ON_DISK)) == (0, 0)
    assert phone.locator("[data-lock]").count() == 0
    assert phone_faults(phone, "out-of-reach-meeting") == []
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()
    assert phone.evaluate("() => localStorage.length") == 0
    assert (house.stored("post", sitting), house.stored("participant", sitting)) == (1, 0)


@pytest.mark.parametrize("awake", AWAKE.values(), ids=AWAKE)
def test_phone_that_slept_looks_at_the_clock(house: House, sitting: Sitting, awake: str) -> None:
    sitting.go(FLAP)
    phone = clocked(house, sitting)
    write_all(phone)
    sleep(phone, minutes=13 * 60)
    assert texts(phone) > 0

    phone.evaluate(awake)

    assert texts(phone) == 0
    phone.wait_for_function(f"async () => await ({ON_DISK})() === 0")
