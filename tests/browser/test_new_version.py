"""Pages that are open while a newer Kwartier starts go on, say so, and load anew between two steps."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import cut_off, small_text
from tests.browser.people import House, Sitting, on_step, online, shoot
from tests.support.made_up import copied_house
from tests.support.server import ROOT, RunningServer

LINE, FLAP, EVALUATION = "over-de-lijn", "wat-brengt-ervaring", "hoe-was-het"
NEWER = "Er is een nieuwe versie van Kwartier."


class Changing(RunningServer):
    """A copy of Kwartier of which there are newer versions."""

    def __init__(self, folder: Path) -> None:
        self.root = copied_house(folder)
        (self.root / "static").unlink()
        shutil.copytree(ROOT / "static" / "built", self.root / "static" / "built")
        super().__init__(folder, CONTENT_DIR=str(ROOT / "tests" / "programmes"))

    def upgrade(self) -> None:
        """Stops it, and starts another version."""
        self.kill()
        manifest = self.root / "static" / "built" / "manifest.json"
        built = json.loads(manifest.read_text("utf-8"))
        manifest.write_text(json.dumps(built | {"version": f"{built['version']}+"}), "utf-8")
        self.start()


@pytest.fixture(scope="module")
def opened_house(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    server = Changing(tmp_path_factory.mktemp("changing")).start()
    yield House(server, browser)
    server.stop()


def upgraded(house: House, sitting: Sitting, *pages: Page) -> None:
    """A newer version runs, and these pages are connected to it."""
    for page in pages:
        page.evaluate("() => { window.stillHere = true; }")
    assert isinstance(house.server, Changing)
    house.server.upgrade()
    house.rejoin(sitting)
    for page in pages:
        online(page)


def is_still_here(page: Page) -> bool:
    return page.evaluate("() => window.stillHere") is True


def test_pages_say_so_and_load_themselves_anew_with_the_next_step(house: House, sitting: Sitting) -> None:
    sitting.go(LINE)
    control, screen, phone = house.control(sitting), house.screen(sitting), house.phone(sitting)
    upgraded(house, sitting, control, screen, phone)
    for page in (control, phone):
        expect(page.locator("#connection")).to_contain_text(NEWER)
    expect(screen.locator("#connection")).to_be_hidden()
    shoot(control, "newer-control")
    shoot(phone, "newer-phone")
    phone.get_by_label("helemaal eens").check()
    expect(phone.locator("#own")).to_contain_text("Jouw plek: helemaal eens")
    assert [is_still_here(page) for page in (control, screen, phone)] == [True] * 3

    sitting.go(FLAP)

    for page in (control, screen, phone):
        page.wait_for_function("() => !window.stillHere")
        online(page)
        expect(page.locator("#connection")).to_be_hidden()
    on_step(control, FLAP)
    on_step(screen, FLAP)
    expect(phone.get_by_label("Je antwoord")).to_be_visible()


def test_phone_with_a_text_that_was_not_sent_stays_as_it_is(house: House, sitting: Sitting) -> None:
    sitting.go(FLAP)
    phone = house.phone(sitting)
    phone.get_by_label("Je antwoord").fill("Half af")
    upgraded(house, sitting, phone)

    sitting.go(LINE)

    expect(phone.get_by_label("helemaal eens")).to_be_visible()
    assert is_still_here(phone)
    expect(phone.locator("#connection")).to_contain_text(NEWER)
    phone.get_by_role("button", name="Laad de pagina opnieuw").click()
    phone.wait_for_function("() => !window.stillHere")
    online(phone)
    sitting.go(FLAP)
    expect(phone.get_by_label("Je antwoord")).to_have_value("Half af")


def test_control_with_a_half_typed_text_stays_as_it_is(house: House, sitting: Sitting) -> None:
    sitting.go(EVALUATION)
    control = house.control(sitting)
    control.get_by_text("Voer een papieren kaart in").click()
    control.get_by_label("Wat kan beter?").press_sequentially("Meer pauze")
    upgraded(house, sitting, control)

    sitting.go(FLAP)

    on_step(control, FLAP)
    assert is_still_here(control)


def test_projector_in_full_screen_says_what_to_press_and_stays_until_somebody_does(
    house: House, sitting: Sitting
) -> None:
    sitting.go(LINE)
    screen = house.screen(sitting)
    screen.keyboard.press("f")
    screen.wait_for_function("() => document.fullscreenElement !== null")
    upgraded(house, sitting, screen)
    line = screen.locator("#connection")
    expect(line).to_contain_text(f"{NEWER} Druk op F")
    shoot(screen, "newer-screen")

    sitting.go(FLAP)

    on_step(screen, FLAP)
    expect(line).to_be_visible()
    assert (cut_off(screen), small_text(screen)) == ([], [])
    assert is_still_here(screen)
    screen.keyboard.press("f")
    screen.wait_for_function("() => !window.stillHere")
    on_step(online(screen), FLAP)
    expect(line).to_be_hidden()
