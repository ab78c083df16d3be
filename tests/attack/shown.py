"""Hostile texts as a browser shows them: nothing runs, nobody is asked for anything, the layout holds."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page as BrowserPage

from tests.attack.hostile import hostile_texts
from tests.attack.stolen import none
from tests.attack.story import EVALUATION, FLAP, GAME, QUICK, STICKERS
from tests.browser.looks import sideways
from tests.browser.people import OLD_BEAMER, SMALL_PHONE, House, Sitting, chromium
from tests.support.findings import Finding
from tests.support.pages import Page, Phone
from tests.support.server import RunningServer

PHONES = 20
# How each exercise is filled in, and what the trainer presses to have the texts on all pages.
FIELDS: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    FLAP: ("text", {}, ("do:draw", "do:show-all")),
    STICKERS: ("geel", {}, ("do:draw", "do:show-all")),
    GAME: ("vulnerability", {"passion": "lezen"}, ("do:start", "do:open")),
    # Texts are on no screen here.
    EVALUATION: ("vraag-beter", {"vraag-tempo": "1"}, ()),
}
ALIEN = """() => {
  // The size that the screen's own script gives to what it fits into the room.
  const FITTED = /^(?:(?:columns|zoom|--fit): [0-9.]+; ?)+$/;
  return [...document.querySelectorAll("#view *")].filter((element) =>
  element.matches("script, iframe:not(#small-screen), "
    + "object, embed, img, style, link, meta, base, marquee, video, audio")
  || [...element.attributes].some(({name, value}) =>
    /^on|^style$/.test(name) && !element.closest("svg, .dial") && !FITTED.test(value)
    || /javascript:/.test(value) && /^(href|src|action)$/.test(name))).length;
}"""


@dataclass
class Seen:
    """What was wrong on any page."""

    looks = 0
    alien = 0
    sideways = 0
    dialogs = 0


def shown_in(house: House, texts: Sequence[str]) -> list[Finding]:
    """Sends every text through every exercise that takes texts, and looks at the pages of all roles."""
    seen, taken, heard = Seen(), 0, 0
    for start in range(0, len(texts), PHONES):
        with house.visit():
            taken += _shown_once(house, texts[start : start + PHONES], seen)
            heard += len(house.complaints.heard)
            house.complaints.heard.clear()
    return [
        Finding(
            f"in Chromium: hostile texts of {len(texts)} x {len(FIELDS)} taken",
            str(taken),
            "over 0",
            taken > 0,
        ),
        Finding("in Chromium: pages looked at", str(seen.looks), "over 0", seen.looks > 0),
        none("in Chromium: elements that no page of ours has", seen.alien),
        none(
            "in Chromium: scripts that ran, errors, requests to others, refusals by the policy",
            seen.dialogs + heard,
        ),
        none("in Chromium: pages wider than 320 or 1024", seen.sideways),
    ]


def _shown_once(house: House, texts: Sequence[str], seen: Seen) -> int:
    """A meeting for one text of each phone: what was shown does not begin again."""
    sitting = house.sitting()
    phones = [Phone(house.server, sitting.secret) for _ in range(PHONES)]
    for phone in phones:
        phone.connect()
    own = house.phone(sitting, **SMALL_PHONE)
    hand = _hand_of(own, phones[0])
    pages = {
        "screen": house.screen(sitting, **OLD_BEAMER),
        "control": house.control(sitting, **OLD_BEAMER),
        "control on a phone": house.control(sitting, **SMALL_PHONE),
        "phone": own,
    }
    for page in pages.values():
        page.on("dialog", lambda dialog: _dismiss(dialog, seen))
    taken = 0
    for step in FIELDS:
        taken += _fill(sitting, step, [*texts, texts[0]], [*phones[: len(texts)], hand])
        _look(sitting, step, pages, seen)
    for page in (*phones, hand):
        page.close()
    return taken


def shown(folder: Path, seed: int, number: int) -> list[Finding]:
    """The same with a server and a browser of its own."""
    server = RunningServer(folder, **QUICK).start()
    try:
        with chromium() as browser, House(server, browser).visit() as house:
            return shown_in(house, hostile_texts(seed, number))
    finally:
        server.stop()


def _dismiss(dialog: Any, seen: Seen) -> None:
    seen.dialogs += 1
    dialog.dismiss()


def _hand_of(page: BrowserPage, phone: Phone) -> Page:
    """A second tab of a phone in Chromium, that sends what no keyboard could type."""
    (token,) = (one["value"] for one in page.context.cookies() if one["name"] == "kwartier_phone")
    return phone.disguised(token, "phone").connect()


def _fill(sitting: Sitting, step: str, texts: Sequence[str], phones: Sequence[Page]) -> int:
    field, others, buttons = FIELDS[step]
    sitting.go(step)
    taken = 0
    for phone, text in zip(phones, texts, strict=True):
        # A page of ours leaves out half a character; who sends one all the same is hung up on.
        whole = text.encode(errors="ignore").decode()
        form = {name: [value] for name, value in {field: whole, **others}.items()}
        sent = {"id": str(uuid.uuid4()), "step": step, "item": "", "form": form}
        taken += phone.socket.call("post", sent, timeout=20)["ok"]
    for button in buttons:
        # When too few were taken there is nothing to show.
        before, answer = sitting.hidden.version, sitting.hidden.command(button)
        if answer["ok"]:
            sitting.hidden.newer_than(before)
    return taken


def _look(sitting: Sitting, step: str, pages: dict[str, BrowserPage], seen: Seen) -> None:
    version = str(sitting.hidden.version)
    pages["control"].wait_for_selector(f'.control[data-version="{version}"]')
    pages["control on a phone"].wait_for_selector(f'.control[data-version="{version}"]')
    # Views of one change leave in one round; a private fragment comes within a second.
    pages["phone"].wait_for_timeout(300)
    for page in pages.values():
        seen.looks += 1
        seen.alien += int(page.evaluate(ALIEN))
        seen.sideways += bool(sideways(page))
