"""A phone that has a voice: what it would say."""

import json
from typing import Any

from playwright.sync_api import Page

from tests.browser.people import PHONE, House, Sitting, online

# This browser has no voice at all. The voice is ours, and what it says is kept.
VOICE = """(voices) => {
  const said = [];
  Object.assign(window, {said, cancelled: 0});
  Object.defineProperty(window, "speechSynthesis", {value: Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak: (utterance) => said.push(utterance),
    cancel: () => { window.cancelled += 1; },
  })});
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
}"""
OURS = {"lang": "nl-NL", "localService": True, "name": "ours"}
ELSEWHERE = {"lang": "nl-NL", "localService": False, "name": "elsewhere"}


def voiced(house: House, sitting: Sitting, *voices: dict[str, Any], **device: Any) -> Page:
    """A participant whose phone has these voices."""
    page = house.open(f"/j/{sitting.secret}", **(device or PHONE))
    page.add_init_script(f"({VOICE})({json.dumps(voices)})")
    page.get_by_role("button", name="Doe mee").click()
    return online(page)


def spoken(page: Page) -> list[str]:
    return list(page.evaluate("said.map(({text}) => text)"))


def hear(page: Page) -> list[str]:
    """Listens to the end."""
    while page.get_by_role("button", name="Stop met voorlezen").is_visible():
        page.evaluate("said.at(-1).dispatchEvent(new Event('end'))")
    return spoken(page)
