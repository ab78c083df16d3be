"""Setting up a second factor where it is demanded, logging in with it, and its pages in the account."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import resize, sideways, violations
from tests.browser.people import LAPTOP, House, shoot
from tests.support.factors import App
from tests.support.server import RunningServer

PASSWORD = "een lang wachtwoord"


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory, content: Path, browser: Browser) -> Iterator[House]:
    """A house where everybody with an account must have one."""
    folder = tmp_path_factory.mktemp("strict")
    server = RunningServer(folder, CONTENT_DIR=str(content), SECOND_FACTOR="everybody").start()
    yield House(server, browser)
    server.stop()


def look(page: Page, name: str) -> None:
    """Axe finds nothing, on a laptop and in the width of a small phone, where nothing scrolls sideways."""
    shoot(page, f"factor-{name}")
    assert violations(page) == []
    resize(page, 320, 568)
    shoot(page, f"factor-{name}")
    assert (sideways(page), violations(page)) == ([], [])
    # Text that sticks out of its element makes no element too wide.
    assert page.evaluate("document.scrollingElement.scrollWidth") == 320
    resize(page, **LAPTOP["viewport"])


def fill(page: Page, **fields: str) -> None:
    """Fills in fields by their label, and sends the form with the keyboard."""
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)
    page.keyboard.press("Enter")


def make_account(house: House) -> Page:
    page = house.open(house.server.welcome_link.removeprefix(house.server.url), **LAPTOP)
    page.get_by_label("Je naam").fill("Voorbeeld")
    fill(page, Inlognaam="voorbeeld", Wachtwoord=PASSWORD, **{"Wachtwoord,_nog_een_keer": PASSWORD})
    return page


def log_in(page: Page) -> None:
    page.get_by_role("button", name="Uitloggen").click()
    fill(page, Inlognaam="voorbeeld", Wachtwoord=PASSWORD)
    expect(page.get_by_role("heading", name="Vul je code in")).to_be_visible()


def test_from_an_invitation_to_the_spare_codes_and_in_and_off_again(strict: House) -> None:
    with strict.visit() as house:
        page = make_account(house)
        expect(page.get_by_role("heading", name="Inloggen in twee stappen")).to_be_visible()
        look(page, "set-up")
        app = App(page.locator(".key").inner_text().replace(" ", ""), time.time)
        fill(page, Code=app.wrong())
        expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet.")
        look(page, "set-up-wrong")
        fill(page, Code=app.code(-1))
        expect(page.get_by_role("heading", name="Je reservecodes")).to_be_visible()
        look(page, "spare-codes")
        spares = page.locator(".spare-codes li").all_inner_texts()
        assert len(spares) == 10
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Kopieer de codes").click()
        expect(page.get_by_text("De codes zijn gekopieerd.")).to_be_visible()
        page.get_by_role("link", name="Klaar, verder").click()
        expect(page.get_by_role("heading", name="Trajecten")).to_be_visible()

        log_in(page)
        look(page, "code")
        fill(page, Code=app.wrong())
        expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet")
        look(page, "code-wrong")
        fill(page, Code=app.code())
        expect(page.get_by_role("heading", name="Trajecten")).to_be_visible()

        page.get_by_role("link", name="Account", exact=True).click()
        look(page, "account")
        page.get_by_role("link", name="Nieuwe reservecodes").click()
        look(page, "renew")
        page.go_back()
        page.get_by_role("link", name="Zet uit").click()
        look(page, "remove")
        page.get_by_label("Je wachtwoord").fill(PASSWORD)
        fill(page, Code=spares[0])
        expect(page.get_by_text("Zet dat nu eerst aan.")).to_be_visible()
