"""The time of day on the projector goes on by itself, in a room where nobody presses anything."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import BEAMER, House, Sitting, Wire, online
from trainer.meetings.messages import lefts, mark

MINUTES = 10


def still(screen: Page) -> Page:
    """A screen of which the clock stands still until it is told to go on."""
    screen.clock.install()
    screen.reload()
    online(screen)
    screen.clock.pause_at(screen.evaluate("() => Date.now()") / 1000 + 1)
    return screen


@pytest.mark.parametrize("begun", [False, True], ids=["lobby", "live"])
def test_clock_of_the_screen_goes_on_without_a_view(house: House, sitting: Sitting, begun: bool) -> None:
    if begun:
        sitting.do("start")
    wire = Wire()
    page = house.open(f"/scherm/{sitting.id}", house.trainer, wire=wire, **BEAMER)
    screen = still(online(page))
    wire.holds_views = True
    clock = screen.locator(".screen-clock")
    said = timedelta(seconds=int(clock.get_attribute("data-clock") or 0))

    screen.clock.run_for(MINUTES * 60_000)

    later = datetime.min + said + timedelta(minutes=MINUTES)
    expect(clock).to_have_text(f"{later:%H:%M}")


def test_view_in_which_only_the_time_of_day_went_on_is_the_same_view() -> None:
    before = '<p data-left="90.5">1:31</p><p class="num" data-clock="34199">09:29</p><p>Welkom</p>'
    after = before.replace("34199", "34200").replace("09:29", "09:30")

    assert mark(before) == mark(after)
    assert mark(after) != mark(after.replace("Welkom", "Dank"))
    assert lefts(after) == ["90.5", "34200"]
