"""What a trainer needs at a moment is on control without scrolling, in the sample of every kind."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.crowding import fill
from tests.browser.looks import resize, sideways
from tests.browser.people import PHONE, SMALL_PHONE, House, on_step, shoot
from trainer import kinds
from trainer.curriculum.model import Step

SMALL_LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}}
OFFICE_LAPTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}}
# What is there in every kind; a kind without buttons of its own has none of this moment.
ON_A_LAPTOP = ("#notes-title", ".c-next", ".c-clock", ".c-screen", "#now-title", "#agenda > summary")
ON_A_PHONE = (".c-next", "[data-command=back]", ".c-bar [data-command=cover]", "#now-title", ".c-tabs")
WHEN_THERE = (".c-likely button", ".c-timer [role=timer]", ".c-timer button")
CROWD = 5

OUTSIDE = """(selectors) => selectors.flatMap((selector) =>
  [...document.querySelectorAll(selector)].filter((element) => {
    const {left, top, right, bottom} = element.getBoundingClientRect();
    const seen = element.checkVisibility({visibilityProperty: true}) && right > left && bottom > top;
    return !seen || left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5;
  }).map((element) => `${selector}: ${element.textContent.trim().slice(0, 40)}`))"""
MISSING = "(selectors) => selectors.filter((selector) => !document.querySelector(selector))"
# Text under a bar that stays in its place; what scrolled out of its part is not seen, and counts for nothing.
COVERED = """() => {
  const seen = (node, box) => {
    let {left, top, right, bottom} = box;
    for (let part = node.parentElement; part; part = part.parentElement) {
      if (getComputedStyle(part).overflowY === "visible") continue;
      const box = part.getBoundingClientRect();
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return {left, top, right, bottom};
  };
  const bars = [...document.querySelectorAll(".c-top, .c-head, .c-likely, .c-tabs, .c-bar, .board-bar")];
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("#view"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const {currentNode: node} = walker, parent = node.parentElement;
    if (!node.textContent.trim() || !parent.checkVisibility({visibilityProperty: true})) continue;
    if (parent.closest(".visually-hidden")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = seen(node, range.getBoundingClientRect());
    for (const bar of bars) {
      if (bar.contains(node)) continue;
      const box = seen(bar, bar.getBoundingClientRect());
      const wide = Math.min(text.right, box.right) - Math.max(text.left, box.left);
      const high = Math.min(text.bottom, box.bottom) - Math.max(text.top, box.top);
      if (wide > 1 && high > 1) found.push(`${bar.className}: ${node.textContent.trim().slice(0, 40)}`);
    }
  }
  return found;
}"""
# Where cards begin, a card of two lines with its state is to be read above the bar.
WHOLE_ROW = """() => document.querySelector(".board-card").getBoundingClientRect().bottom
  <= document.querySelector(".c-bar").getBoundingClientRect().top"""
# The buttons of the timer end where those of the bar do.
SPILLS = """() => [...document.querySelectorAll(".c-timer")]
  .filter((timer) => timer.scrollWidth > timer.clientWidth + 1).map(() => "the timer is too wide")"""
SCROLLS = "() => document.scrollingElement.scrollHeight > innerHeight + 1 ? ['the page scrolls'] : []"


def faults(page: Page, where: str, needed: tuple[str, ...]) -> list[str]:
    """What of this view is not there, not in sight, or under a bar."""
    # First of all, for it waits until the page is drawn in its size.
    found = [f"sideways: {each}" for each in sideways(page)]
    found += [f"missing: {each}" for each in page.evaluate(MISSING, list(needed))]
    found += [f"out of sight: {each}" for each in page.evaluate(OUTSIDE, [*needed, *WHEN_THERE])]
    found += [f"covered: {each}" for each in page.evaluate(COVERED)]
    found += page.evaluate(SCROLLS)
    found += page.evaluate(SPILLS)
    return [f"{where}: {each}" for each in found]


@pytest.mark.parametrize("name", list(kinds.discover()))
def test_what_a_trainer_needs_now_is_in_sight(name: str, samples: House, steps: dict[str, Step]) -> None:
    step, found = steps[name], list[str]()
    with samples.visit() as house:
        sitting = house.sitting(f"voorbeeld-{name}")
        sitting.do("start")
        sitting.go(step.id)
        fill(sitting, step, house.crowd(sitting, CROWD))
        for devices, needed in (
            ((SMALL_LAPTOP, OFFICE_LAPTOP), ON_A_LAPTOP),
            ((PHONE, SMALL_PHONE), ON_A_PHONE),
        ):
            control = house.control(sitting, **devices[0])
            on_step(control, step.id)
            for device in devices:
                resize(control, **device["viewport"])
                found += faults(control, f"{name}, {device['viewport']}", needed)
                shoot(control, f"regie-{name}")

    assert found == []


def test_sixty_cards_leave_the_buttons_in_their_place(samples: House, steps: dict[str, Step]) -> None:
    step = steps["flap"]
    with samples.visit() as house:
        sitting = house.sitting("voorbeeld-flap")
        sitting.go(step.id)
        for number, phone in enumerate(house.crowd(sitting, 20)):
            for card in range(3):
                assert phone.post(step.id, text=f"Kaart {number} {card} van iemand") == {"ok": True}
        sitting.do("do:draw")
        control = house.control(sitting, **SMALL_LAPTOP)
        expect(control.locator(".board-card")).to_have_count(60)
        assert faults(control, "60 cards", ON_A_LAPTOP) == []
        # A whole row of them, however many buttons there are.
        assert control.evaluate(WHOLE_ROW)
        bar = control.locator(".board-bar")
        high = bar.bounding_box()["height"]

        control.locator("input[data-pick]").last.check()
        assert bar.bounding_box()["height"] == high

        needed = [".c-likely button", ".board-bar button", ".c-next", "#notes-title"]
        assert control.evaluate(OUTSIDE, needed) == []
        shoot(control, "regie-60-kaarten")


def test_phone_swipes_from_the_buttons_to_the_notes(samples: House, steps: dict[str, Step]) -> None:
    with samples.visit() as house:
        sitting = house.sitting("voorbeeld-flap")
        sitting.go(steps["flap"].id)
        control = house.control(sitting, **PHONE)
        assert control.evaluate(OUTSIDE, ["#notes-title"]) != []
        here = control.locator(".c-tabs [aria-current]")
        expect(here).to_have_text("Nu")

        control.evaluate("() => document.querySelector('.c-body').scrollBy({left: innerWidth})")

        control.wait_for_function(f"() => ({OUTSIDE})(['#notes-title']).length === 0")
        expect(here).to_have_text("Voor jou")
        shoot(control, "regie-notities")
        sitting.do("timer-pause")
        expect(control.get_by_role("button", name="Start de timer")).to_be_visible()
        expect(here).to_have_text("Voor jou")
        control.get_by_role("link", name="Programma").click()
        control.wait_for_function(f"() => ({OUTSIDE})(['#agenda > summary']).length === 0")
        control.get_by_role("link", name="Nu").click()
        control.wait_for_function(f"() => ({OUTSIDE})(['#now']).length === 0")


def test_small_screen_shows_what_the_room_sees_and_takes_no_keys(samples: House) -> None:
    with samples.visit() as house:
        sitting = house.sitting("voorbeeld-flap")
        control = house.control(sitting, **SMALL_LAPTOP)
        small = control.frame_locator("#small-screen")
        # Nothing in it is read out: control says the same in words.
        expect(small.locator(".stage--lobby .title")).to_be_visible()

        sitting.do("start")
        expect(small.locator(".screen--live")).to_be_visible()
        sitting.do("cover")
        expect(small.get_by_text("Even een moment")).to_be_visible()

        control.locator(".c-screen").click(force=True)
        assert control.evaluate("() => document.activeElement.localName") != "iframe"
        # Who steers from a screen is named; a small one is none.
        expect(control.locator(".c-leaders")).not_to_contain_text("het scherm")


def test_phone_does_not_load_the_small_screen(samples: House) -> None:
    with samples.visit() as house:
        sitting = house.sitting("voorbeeld-flap")
        asked: list[str] = []
        context = house.context(house.trainer, **PHONE)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.goto(f"{house.server.url}/regie/{sitting.id}")
        expect(page.locator("html")).to_have_attribute("data-connection", "online")

        assert [url for url in asked if "/scherm/" in url] == []


def test_long_title_of_what_comes_next_does_not_widen_what_is_beside_control(house: House) -> None:
    sitting = house.sitting("training")
    sitting.do("start")
    sitting.go("pauze")
    control = house.control(sitting, **SMALL_LAPTOP)

    assert control.locator(".c-left").evaluate("(left) => left.scrollWidth - left.clientWidth") == 0


def test_names_of_two_trainers_leave_the_time_on_its_line(house: House) -> None:
    sitting = house.sitting("training", "Wijkteam Noord en vrienden")
    sitting.do("start")
    sitting.go("pauze")
    control = house.control(sitting, house.colleague, **SMALL_LAPTOP)
    house.control(sitting, **OFFICE_LAPTOP)
    expect(control.locator(".c-leaders")).to_contain_text("Voorbeeld")
    expect(control.locator(".c-leaders")).to_contain_text("Tweede trainer")

    for width, height in ((1280, 720), (1024, 768)):
        resize(control, width, height)
        title = control.locator(".c-names h1").bounding_box()
        time = control.locator(".c-clock").bounding_box()

        assert time["y"] < title["y"] + title["height"]
        assert title["x"] + title["width"] < time["x"] < width - time["width"]
