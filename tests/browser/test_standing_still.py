"""Nothing moves once a page is drawn: who reads goes on reading, and who presses hits what they meant."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.people import BEAMER, LAPTOP, OLD_BEAMER, PHONE, SMALL_PHONE, House, Sitting, online
from tests.browser.voices import OURS, VOICE

# Kept from the first moment on: what moved, and from where to where.
WATCH = """
window.moved = [];
new PerformanceObserver((list) => {
  for (const {value, sources} of list.getEntries()) {
    const what = sources.map(({node, previousRect: from, currentRect: to}) =>
      `${(node?.outerHTML ?? node?.textContent ?? "").slice(0, 80)}: ${from.x},${from.y} to ${to.x},${to.y}`);
    moved.push(`${value.toFixed(4)} ${what.join("; ")}`);
  }
}).observe({type: "layout-shift", buffered: true});
"""
# Once it is there with its fonts, and drawn.
SETTLED = """() => document.fonts.ready.then(() =>
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))))"""

# An exercise with a timer, one with a field and its counter, and one with cards.
STEPS = pytest.mark.parametrize(
    "step", ["", "over-de-lijn", "eens-of-oneens", "wat-brengt-ervaring", "hoe-was-het"]
)


def moved(page: Page) -> list[str]:
    """What moved on this page since it was first drawn."""
    online(page)
    page.evaluate(SETTLED)
    return list(page.evaluate("moved"))


def at(sitting: Sitting, step: str) -> None:
    """Goes to a step, '' for none. From 10:00 to 9:59 a timer loses a sign: it begins below."""
    if step:
        sitting.go(step)
        sitting.do("timer-minus")


def stranger(house: House, trainer: bool = False, **device: Any) -> Page:
    """A page of a browser that has nothing of ours yet, and notes what moves."""
    context = house.context(house.trainer if trainer else None, reduced_motion="no-preference", **device)
    context.add_init_script(WATCH)
    return context.new_page()


@STEPS
@pytest.mark.parametrize(
    ("device", "voices"), [(PHONE, [OURS]), (SMALL_PHONE, [])], ids=["with-voice", "small"]
)
def test_nothing_moves_on_a_phone_that_comes_in(
    house: House, sitting: Sitting, step: str, device: dict[str, Any], voices: list[Any]
) -> None:
    at(sitting, step)
    page = stranger(house, **device)
    page.add_init_script(f"({VOICE})({json.dumps(voices)})")

    page.goto(f"{house.server.url}/j/{sitting.secret}")
    page.get_by_role("button", name="Doe mee").click()

    assert moved(page) == []


@STEPS
@pytest.mark.parametrize("device", [BEAMER, OLD_BEAMER], ids=["beamer", "old"])
def test_nothing_moves_on_a_screen_that_is_opened(
    house: House, sitting: Sitting, step: str, device: dict[str, Any]
) -> None:
    at(sitting, step)
    page = stranger(house, trainer=True, **device)

    page.goto(f"{house.server.url}/scherm/{sitting.id}")

    assert moved(page) == []


@STEPS
@pytest.mark.parametrize("device", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_nothing_moves_on_control_that_is_opened(
    house: House, sitting: Sitting, step: str, device: dict[str, Any]
) -> None:
    at(sitting, step)
    page = stranger(house, trainer=True, **device)

    page.goto(f"{house.server.url}/regie/{sitting.id}")

    assert moved(page) == []
