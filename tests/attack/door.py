"""Somebody who wants to be a crowd: one machine that makes as many phones as it can."""

import math
import re
import sqlite3
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import requests

from tests.attack.stolen import none
from tests.attack.story import QUICK
from tests.support.findings import Finding
from tests.support.guest import Guest
from tests.support.pages import Control
from tests.support.server import RunningServer, wait_for
from tests.support.trainers import Trainer
from trainer.meetings.door import AT_ONCE, PER_SECOND

SECONDS, QUICK_SECONDS = 20.0, 4.0
HANDS = 4
# As many does one hand keep waiting.
PAGES = 40
# How often a page that waits asks, and how long somebody of the room may have to.
PAGE_SECONDS, PATIENCE = 2.0, 60.0
EXPECTED, PEOPLE = 60, 12


def door(quick: bool) -> list[Finding]:
    seconds = QUICK_SECONDS if quick else SECONDS
    with tempfile.TemporaryDirectory() as place:
        server = RunningServer(Path(place), **QUICK).start()
        try:
            trainer = Trainer(server).make_account()
            control = trainer.control(trainer.first_meeting)
            found = [*_open(server, control, seconds), *_shut(server, control, seconds)]
            return [*found, *_full(server, control, seconds)]
        finally:
            server.stop()


def _open(server: RunningServer, control: Control, seconds: float) -> list[Finding]:
    """The door is open: nobody said how many are expected, and then a hall is."""
    found = [_siege(server, "one machine makes phones", seconds, AT_ONCE)]
    waits = wait_for(lambda: re.search(r"(\d+) telefoons? wacht", control.view["html"]), "who waits")
    found.append(Finding("the same: waiting, by control", waits[1], "over 0", int(waits[1]) > 0))
    control.go("expect", people=str(EXPECTED))
    missing = EXPECTED - _inside(server)
    found.append(_siege(server, f"the same, {missing} people still expected", seconds, missing))
    # The trainer counts the people in the room, and sees that it does not add up.
    control.go("expect", people=str(PEOPLE))
    told = f"{_inside(server)} telefoons, {PEOPLE} mensen" in control.view["html"]
    return [*found, Finding("the same: more phones than people, by control", str(told), "True", told)]


def _siege(server: RunningServer, what: str, seconds: float, at_once: int) -> Finding:
    tries, came, took = _besiege(server, lambda: time.sleep(seconds))
    most = at_once + math.ceil(PER_SECOND * took)
    what = f"{what}, {tries} tries in {took:.0f} s: in"
    return Finding(what, str(came), f"at most {most}", came <= most)


def _shut(server: RunningServer, control: Control, seconds: float) -> list[Finding]:
    """The door is shut; in the middle of it somebody of the room is let in, by the word on the phone."""
    control.go("door", to="shut")
    tries, came, _ = _besiege(server, lambda: time.sleep(seconds))
    guest = Guest(f"{server.url}/j/{server.join_secret}")
    _, more, took = _besiege(server, lambda: _comes_in(guest, control))
    return [
        none(f"a shut door, {tries} tries: in", came),
        Finding("the same: who has the right word is let in, and nobody else", str(more), "1", more == 1),
        Finding("the same: after", f"{took:.0f} s", f"at most {PATIENCE:.0f} s", took < PATIENCE),
    ]


def _full(server: RunningServer, control: Control, seconds: float) -> list[Finding]:
    """As many are in as the trainers say that there are people, also after a start."""
    control.go("door", to="open")
    control.go("expect", people=str(_inside(server)))
    before = _siege(server, "as many phones as people", seconds, 1)
    server.stop()
    server.start()
    return [before, _siege(server, "the same, Kwartier was started again", seconds, 1)]


def _comes_in(guest: Guest, control: Control) -> None:
    """Somebody tells the trainer the word; as long as others have all the words, she sends those away."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        time.sleep(PAGE_SECONDS)
        word = guest.asks()["word"]
        listed = set(re.findall(r'data-door="admit" data-words="(\w+)"', control.view["html"]))
        if word:
            assert control.send("door", name="admit", args={"word": [word]}) == {"ok": True}
            return
        if listed:
            control.send("door", name="refuse", args={"word": sorted(listed)})


def _besiege(server: RunningServer, meanwhile: Callable[[], None]) -> tuple[int, int, float]:
    """Tries with several hands; gives how often, how many phones came in, and how long it took."""
    before, begun = _inside(server), time.monotonic()
    tries = [0] * HANDS
    over = threading.Event()

    def one(hand: int) -> None:
        knock = (_by_form if hand % 2 else _by_asking)(server)
        while not over.is_set():
            knock()
            tries[hand] += 1

    with ThreadPoolExecutor(HANDS) as pool:
        working = [pool.submit(one, hand) for hand in range(HANDS)]
        try:
            meanwhile()
        finally:
            over.set()
        for hand in working:
            hand.result()
    return sum(tries), _inside(server) - before, time.monotonic() - begun


def _by_form(server: RunningServer) -> Callable[[], None]:
    """'Doe mee', again and again as a phone that was never there."""
    url = f"{server.url}/j/{server.join_secret}"
    session = requests.Session()

    def knock() -> None:
        session.cookies.set("kwartier_phone", None)
        session.post(url, timeout=10, allow_redirects=False)

    return knock


def _by_asking(server: RunningServer) -> Callable[[], None]:
    """'Doe mee' as many phones that were never there, which ask again and again as a page that waits does."""
    url = f"{server.url}/j/{server.join_secret}"
    tokens: deque[str] = deque()

    def knock() -> None:
        if len(tokens) < PAGES:
            pressed = requests.post(url, timeout=10, allow_redirects=False)
            tokens.append(pressed.cookies["kwartier_phone"])
        tokens.rotate()
        requests.get(f"{url}/deur", cookies={"kwartier_phone": tokens[0]}, timeout=10)

    return knock


def _inside(server: RunningServer) -> int:
    """How many phones are in, by the database."""
    with closing(sqlite3.connect(server.folder / "data" / "kwartier.db")) as database:
        return int(database.execute("SELECT count(*) FROM participant").fetchone()[0])
