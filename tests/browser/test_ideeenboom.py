"""A tree of ideas: from a leaf on a phone to the poster that goes to who reads it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import cut_off, small_text
from tests.browser.people import LAPTOP, PHONE, House, shoot

STEP = "boom"
LEAF = ".k-ideeenboom--screen .k-ideeenboom__leaf"
PRINTED = "() => (window.print = () => document.body.append('geprint'))"


@pytest.fixture(scope="module")
def opened_house(samples: House) -> House:
    return samples


def test_leaves_from_phones_hang_in_the_tree_and_are_all_that_is_printed(house: House) -> None:
    sitting = house.sitting("voorbeeld-ideeenboom")
    sitting.do("start")
    sitting.go(STEP)
    phone, control = house.phone(sitting, **PHONE), house.control(sitting, **LAPTOP)
    screen = house.screen(sitting)
    for number, each in enumerate(house.crowd(sitting, 4)):
        each.post(STEP, sort="Voorstel", text=f"Elke maand samen een situatie bespreken, keer {number}")

    phone.get_by_label("Voorstel").check()
    expect(phone.locator("form[data-post]")).to_contain_text("Dit blad is straks ook voor het projectteam.")
    phone.get_by_label("Wat staat er op het blad?").fill("Ik bel morgen de inloop")
    phone.get_by_role("button", name="Hang mijn blad in de boom").click()
    expect(phone.locator(".k-ideeenboom--own li")).to_contain_text("Voorstel: Ik bel morgen de inloop")
    control.get_by_role("button", name="Bekijk nieuwe kaarten").click()
    control.get_by_role("button", name="Toon alles").click()

    expect(screen.locator(LEAF)).to_have_count(5)
    shoot(screen, "ideeenboom-screen")
    assert (cut_off(screen), small_text(screen)) == ([], [])
    control.evaluate(PRINTED)
    control.get_by_role("button", name="Print de boom").click()
    expect(control.locator("body")).to_contain_text("geprint")
    _is_only_the_poster(control)


def _is_only_the_poster(control: Page) -> None:
    expect(control.locator(".poster")).to_be_hidden()
    control.emulate_media(media="print")
    expect(control.locator(".poster .k-ideeenboom__leaf")).to_have_count(5)
    for place in control.locator(".poster .k-ideeenboom__leaf").all():
        expect(place).to_be_visible()
    for part in (".c-top", ".c-bar", ".c-side", ".c-controls", ".k-ideeenboom__branch"):
        expect(control.locator(part).first).to_be_hidden()
