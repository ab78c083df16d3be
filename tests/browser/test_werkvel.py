"""A sheet of a small group: from the phone that writes for it to the screen, and changed after that."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import House, Sitting, online
from tests.browser.voices import OURS, hear, voiced

STEP = "straatfeest"


@pytest.fixture
def samples(samples: House) -> Iterator[House]:
    with samples.visit() as house:
        yield house


@pytest.fixture
def sheet(samples: House) -> Sitting:
    """The sheets are in front of everybody."""
    sitting = samples.sitting("voorbeeld-werkvel")
    sitting.do("start")
    sitting.go(STEP)
    return sitting


def cells(screen: Page) -> list[str]:
    return [" ".join(text.split()) for text in screen.locator(".k-werkvel__cell").all_inner_texts()]


def test_one_phone_writes_for_its_group_and_changes_what_it_wrote(samples: House, sheet: Sitting) -> None:
    phone, screen = samples.phone(sheet), samples.screen(sheet)
    phone.get_by_role("button", name="Groep 2, oranje ster").click()
    phone.get_by_text("Ik schrijf voor mijn groep").click()
    place = phone.get_by_role("textbox", name="Plek")
    place.fill("de speeltuin")
    phone.reload()
    online(phone)

    phone.get_by_text("Ik schrijf voor mijn groep").click()
    expect(place).to_have_value("de speeltuin")
    phone.get_by_label("Dit mag ook alleen getoond worden").check()
    phone.get_by_role("button", name="Stuur naar het scherm").click()
    expect(phone.locator(".k-werkvel__sent")).to_contain_text("de speeltuin")
    sheet.do("do:draw")
    sheet.do("do:show-all")
    expect(screen.locator(".k-werkvel__cell")).to_contain_text("de speeltuin")

    change = phone.get_by_role("button", name="Pas aan")
    expect(change).to_have_attribute("data-confirm", re.compile("Weghalen"))
    change.click()
    phone.locator("dialog#confirm [value=yes]").click()
    expect(place).to_have_value("de speeltuin")
    place.fill("het plein")
    phone.get_by_label("Dit mag ook alleen getoond worden").check()
    phone.get_by_role("button", name="Stuur naar het scherm").click()
    expect(phone.locator(".k-werkvel__sent")).to_contain_text("het plein")
    assert cells(screen) == ["Groep 2 de speeltuin"]

    sheet.do("do:draw")
    sheet.do("do:show-all")
    expect(screen.locator(".k-werkvel__cell")).to_contain_text("het plein")
    assert cells(screen) == ["Groep 2 het plein"]


def test_what_a_phone_sent_is_not_read_aloud(samples: House, sheet: Sitting) -> None:
    phone = voiced(samples, sheet, OURS)
    phone.get_by_role("button", name="Groep 2, oranje ster").click()
    phone.get_by_text("Ik schrijf voor mijn groep").click()
    phone.get_by_role("textbox", name="Plek").fill("de speeltuin")
    phone.get_by_role("button", name="Stuur naar het scherm").click()
    expect(phone.locator(".k-werkvel__sent")).to_contain_text("de speeltuin")

    phone.get_by_role("button", name="Lees voor").click()
    heard = " ".join(hear(phone))

    assert ("Plek" in heard, "speeltuin" in heard) == (True, False)
