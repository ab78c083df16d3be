"""A lost connection is tried again at once, after pauses that grow, and when somebody presses a button."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.people import House, Sitting, online, shoot
from tests.support.server import ROOT, RunningServer, wait_for

STEP = 25


@pytest.fixture(scope="module")
def opened_house(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("server")
    server = RunningServer(folder, CONTENT_DIR=str(ROOT / "tests" / "programmes")).start()
    yield House(server, browser)
    server.stop()


class Attempts:
    """What a page tries, whose clock stands still until it is told how long it waited."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.begun = self.failed = 0
        page.on("websocket", self._begin)
        page.on("requestfailed", self._fail)

    def _begin(self, _: object) -> None:
        self.begun += 1

    def _fail(self, request: Request) -> None:
        # Where the WebSocket does not come, a request is tried: after that the next pause begins.
        self.failed += "transport=polling" in request.url

    def pause(self) -> int:
        """How many milliseconds the page waits before it tries again."""
        before, waited = self.begun, 0
        while self.begun == before:
            self.page.clock.run_for(STEP)
            self.page.wait_for_timeout(20)
            waited += STEP
        wait_for(self._has_failed, "the attempt to fail")
        return waited

    def _has_failed(self) -> bool:
        # It passes the news on with a timer of no time at all.
        self.page.clock.run_for(1)
        self.page.wait_for_timeout(20)
        return self.failed == self.begun


def still(page: Page) -> Page:
    """The clock of the page stands still from now on."""
    page.clock.install()
    page.reload()
    online(page)
    page.clock.pause_at(page.evaluate("() => Date.now()") / 1000 + 1)
    return page


def test_pauses_between_attempts_grow(house: House, sitting: Sitting) -> None:
    phone = still(house.phone(sitting))
    attempts = Attempts(phone)

    house.server.kill()
    pauses = [attempts.pause() for _ in range(4)]
    house.server.start()

    bounds = ((0, 100), (400, 1250), (800, 2450), (1600, 4850))
    assert [low <= pause <= high for pause, (low, high) in zip(pauses, bounds, strict=True)] == [True] * 4, (
        pauses
    )


def test_press_tries_at_once(house: House, sitting: Sitting) -> None:
    phone = still(house.phone(sitting))
    house.server.kill()
    Attempts(phone).pause()
    phone.clock.run_for(1500)
    expect(phone.locator("#connection")).to_contain_text("Verbinding weg")
    shoot(phone, "lost-phone-button")
    house.server.start()

    phone.get_by_role("button", name="Probeer het nu").click()

    online(phone)
    expect(phone.locator("#connection")).to_be_hidden()
