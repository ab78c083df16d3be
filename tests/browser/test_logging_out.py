"""Logging out in one tab empties the others: of this browser, of another one, and one that was asleep.

So does taking back a meeting.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import House, Sitting, Wire, online, shoot
from tests.support.trainers import Trainer

EXERCISE = "Wie veel meemaakte"


@pytest.fixture
def leaving(house: House, sitting: Sitting) -> Trainer:
    """A trainer of this meeting who is going to log out."""
    trainer = house.trainer.invite(f"weg-{sitting.code.replace(' ', '')}")
    house.trainer.share(sitting.id)
    sitting.go("over-de-lijn")
    return trainer


def tab(page: Page, path: str) -> Page:
    """Another tab of the same browser."""
    other = page.context.new_page()
    origin = page.url.split("/", 3)
    other.goto(f"{origin[0]}//{origin[2]}{path}")
    return other


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_text("Je bent uitgelogd, ook op andere apparaten.")).to_be_visible()


def expect_empty(page: Page, why: str) -> None:
    expect(page.get_by_role("heading", name=why)).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(EXERCISE)


def test_every_page_of_the_account_is_emptied_and_says_why(
    house: House, sitting: Sitting, leaving: Trainer
) -> None:
    control = house.control(sitting, leaving)
    screen = online(tab(control, f"/scherm/{sitting.id}"))
    elsewhere = house.control(sitting, leaving)
    for page in (control, screen, elsewhere):
        expect(page.locator("#view")).to_contain_text(EXERCISE)
    home = tab(control, "/beheer")

    log_out(home)

    expect_empty(control, "Je bent uitgelogd")
    expect_empty(elsewhere, "Je bent uitgelogd")
    expect_empty(screen, "Dit scherm is gesloten")
    shoot(control, "ended-control")
    shoot(screen, "ended-screen")
    assert sitting.hidden.send("hello") == {"ok": True}


def test_the_way_back_leads_to_the_same_control(house: House, sitting: Sitting, leaving: Trainer) -> None:
    control = house.control(sitting, leaving)
    log_out(tab(control, "/beheer"))

    control.get_by_role("link", name="Log weer in").click()
    control.get_by_label("Inlognaam").fill(f"weg-{sitting.code.replace(' ', '')}")
    control.get_by_label("Wachtwoord").fill("een lang wachtwoord")
    control.get_by_role("button", name="Log in").click()

    expect(online(control).locator("#view")).to_contain_text(EXERCISE)
    assert control.url.endswith(f"/regie/{sitting.id}")


def test_a_page_that_slept_is_emptied_when_it_wakes_up(
    house: House, sitting: Sitting, leaving: Trainer
) -> None:
    wire = Wire()
    control = house.control(sitting, leaving, wire)
    wire.fall_asleep()
    leaving.log_out()

    control.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")

    expect_empty(control, "Je bent uitgelogd")


def test_a_page_of_an_organiser_asks_to_log_in(house: House, sitting: Sitting, leaving: Trainer) -> None:
    home = house.open("/beheer", leaving)
    expect(home.get_by_role("heading", name="Trajecten")).to_be_visible()

    leaving.log_out()

    expect(home.get_by_role("heading", name="Inloggen")).to_be_visible()


def test_taking_a_meeting_back_empties_control_screen_and_phone(house: House, sitting: Sitting) -> None:
    control, screen, phone = house.control(sitting), house.screen(sitting), house.phone(sitting)
    overview = tab(control, f"/beheer/bijeenkomsten/{sitting.id}")

    overview.get_by_role("button", name="Toch niet openen").click()

    expect(phone.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()
    for page in (control, screen):
        expect(page.get_by_role("heading", name="Deze bijeenkomst is niet open")).to_be_visible()
        expect(page.locator("body")).not_to_contain_text(sitting.code)
