"""Who listens on the network: what people are told of it, and what sizes of messages give away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, expect

from tests.browser.looks import cut_off, sideways, small_text, violations
from tests.browser.people import OLD_BEAMER, SMALL_PHONE, House, Sitting, shoot
from tests.support.server import RunningServer
from trainer.meetings.codeguard import WRONG_AT_ONCE
from trainer.store.codes import tail_of

FLAP = "wat-brengt-ervaring"


@pytest.fixture(scope="module")
def on_wifi(tmp_path_factory: pytest.TempPathFactory, browser: Browser, content: Path) -> Iterator[House]:
    """A server that phones reach over plain HTTP, at the address of a laptop on the WiFi."""
    settings = {"CONTENT_DIR": str(content), "BASE_URL": "http://10.0.0.5:8000"}
    server = RunningServer(tmp_path_factory.mktemp("wifi"), **settings).start()
    with House(server, browser).visit() as house:
        yield house
    server.stop()


def test_a_personal_exercise_waits_until_the_trainer_opens_it(on_wifi: House) -> None:
    sitting = on_wifi.sitting()
    control, phone = on_wifi.control(sitting), on_wifi.phone(sitting, **SMALL_PHONE)
    shoot(control, "wifi-lobby-control")
    sitting.go("diagnose-me")
    expect(control.locator("#now")).to_contain_text("Anderen op deze wifi kunnen meelezen.")
    expect(phone.locator("#own")).to_have_text("Wacht even. De trainer opent deze oefening zo.")
    for page, name in ((control, "wifi-held-control"), (phone, "wifi-held-phone")):
        assert violations(page) == []
        assert sideways(page) == []
        shoot(page, name)

    control.get_by_role("button", name="De groep weet dit, open de oefening").click()

    expect(phone.get_by_label("Een kwetsbaarheid")).to_be_visible()
    expect(control.locator("#now")).not_to_contain_text("Anderen op deze wifi kunnen meelezen.")
    shoot(phone, "wifi-open-phone")


def test_a_longer_code_fits_on_every_screen(on_wifi: House) -> None:
    sitting = on_wifi.sitting()
    screens = [on_wifi.screen(sitting), on_wifi.screen(sitting, **OLD_BEAMER)]
    for _ in range(WRONG_AT_ONCE + 2):
        _guess(on_wifi)
    sitting.do("start")
    sitting.do("join")
    for page in screens:
        expect(page.locator(".join-code")).to_have_text(f"{sitting.code} {_tail(sitting)}")
        assert (violations(page), cut_off(page), small_text(page) if page is screens[0] else []) == (
            [],
            [],
            [],
        )
        shoot(page, "longer-code-screen")


def _guess(house: House) -> None:
    requests.post(house.server.url, data={"code": "AAAAAA"}, timeout=10)


def _tail(sitting: Sitting) -> str:

    return tail_of(sitting.secret)
