"""A phone that is reloaded before it was told that its text is saved: in Chromium, again and again."""

import random
import sqlite3
import tempfile
from collections import Counter
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.people import House, Sitting, Wire, chromium
from tests.faults.lost import FLAP, QUICK
from tests.support.findings import Finding
from tests.support.server import RunningServer

ROUNDS, QUICK_ROUNDS, PHONES = 15, 2, 4
# One that was sent just before, or some time before.
LONGEST_PAUSE_MS = 60


def prove(quick: bool, seed: int) -> list[Finding]:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        server = RunningServer(Path(place), **QUICK).start()
        try:
            with chromium() as browser, House(server, browser).visit() as house:
                return reloaded(house, QUICK_ROUNDS if quick else ROUNDS, chance)
        finally:
            server.stop()


def reloaded(house: House, rounds: int, chance: random.Random) -> list[Finding]:
    """Every phone writes and is reloaded at some moment before the answer."""
    sitting = house.sitting()
    wires = [Wire() for _ in range(PHONES)]
    phones = [house.phone(sitting, wire) for wire in wires]
    sitting.go(FLAP)
    gone = lost = doubled = 0
    for round_ in range(rounds):
        sitting.do("restart")
        texts = [f"herladen {round_}.{number}" for number in range(PHONES)]
        for phone, wire, text in zip(phones, wires, texts, strict=True):
            _write_and_reload(phone, wire, text, chance)
        gone += sum(not _is_there(phone, text) for phone, text in zip(phones, texts, strict=True))
        stored = _stored(house.server, sitting)
        lost += len(set(texts) - set(stored))
        doubled += sum(count - 1 for count in stored.values())
    what = f"reloaded before the answer, {rounds * PHONES} texts"
    return [
        Finding(f"{what}: not on their page afterwards", str(gone), "0", gone == 0),
        Finding(f"{what}: lost", str(lost), "0", lost == 0),
        Finding(f"{what}: stored twice", str(doubled), "0", doubled == 0),
    ]


def _is_there(phone: Page, text: str) -> bool:
    """Does the page show it as sent, in the end?"""
    try:
        expect(phone.locator("#own")).to_contain_text(text)
    except AssertionError:
        return False
    return True


def _write_and_reload(phone: Page, wire: Wire, text: str, chance: random.Random) -> None:
    field = phone.get_by_label("Je antwoord")
    expect(field).to_be_visible()
    # The text does not arrive, or only the answer does not.
    if chance.random() < 0.5:
        wire.fall_asleep()
    wire.drops_answers = True
    field.fill(text)
    phone.get_by_role("button", name="Verstuur").click()
    phone.wait_for_timeout(chance.uniform(0, LONGEST_PAUSE_MS))
    wire.drops_answers = False
    phone.reload()


def _stored(server: RunningServer, sitting: Sitting) -> Counter[str]:
    with sqlite3.connect(server.folder / "data" / "kwartier.db") as database:
        query = "SELECT json_extract(payload, '$.text') FROM post WHERE step = ? AND meeting_id = ?"
        return Counter(text for (text,) in database.execute(query, [FLAP, sitting.id]))
