"""The clock on the wall is set an hour on and back, while running and over a restart: timers do not move."""

import os
import re
import signal
import tempfile
import time
from pathlib import Path

from tests.support.findings import Finding
from tests.support.klein import PROGRAMMES
from tests.support.pages import Page, Phone
from tests.support.server import RunningServer, wait_for
from tests.support.trainers import Trainer

HOUR = 3600.0
SECONDS = 1.0
STEP = "eens-of-oneens"


class ClockServer(RunningServer):
    """As it is run, with a wall clock that can be set: see `tests/support/shifted.py`."""

    arguments = ("tests.support.shifted", "run")

    def set_clock(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)
        time.sleep(0.1)


def left(page: Page) -> float:
    """What a fresh view of this page says is left of the timer, in seconds."""
    seen = len(page.views)
    page.send("hello")
    wait_for(lambda: len(page.views) > seen, "a fresh view")
    return float(re.search(r'data-left="(-?[0-9.]+)"', page.view["html"])[1])


class Watch:
    """What is left of a timer by a clock that nobody sets, against what a page says."""

    def __init__(self, page: Page) -> None:
        self._ends = time.monotonic() + left(page)

    def error(self, page: Page) -> float:
        return abs(left(page) - (self._ends - time.monotonic()))


def _timer(name: str, errors: list[float]) -> Finding:
    worst = max(errors)
    return Finding(f"{name}: timer wrong by", f"{worst:.2f} s", f"under {SECONDS:.0f} s", worst < SECONDS)


def _stays(name: str, server: RunningServer, trainer: Trainer, phone: Phone) -> Finding:
    """Nobody is logged out or shut out by it: pages open again, and a new phone comes in."""
    home = trainer.session.get(f"{server.url}/beheer", allow_redirects=False, timeout=10)
    tab = phone.another_tab().connect()
    new = Phone(server).connect()
    well = home.status_code == 200 and tab.place == new.place
    for page in (tab, new):
        page.close()
    return Finding(f"{name}: trainer and phones", f"page {home.status_code}, {tab.place}", "stay in", well)


def prove(quick: bool, seed: int) -> list[Finding]:
    """On one server: both ways while running, then both ways over a restart. `seed` is not used."""
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory() as name:
        # Its clock is another before anything is loaded.
        server = ClockServer(
            Path(name), fresh=True, CONTENT_DIR=str(PROGRAMMES), POST_RATE="1000", POST_BURST="1000"
        ).start()
        try:
            trainer = Trainer(server).make_account()
            phone = Phone(server)
            tab = phone.another_tab().connect()
            control = trainer.control(phone.meeting)
            control.go("goto", step=STEP)
            watch = Watch(control)
            for way, number in (
                ("on", signal.SIGUSR1),
                ("back", signal.SIGUSR2),
                ("back again", signal.SIGUSR2),
            ):
                server.set_clock(number)
                time.sleep(0.2 if quick else 30)
                findings.append(_timer(f"an hour {way}, running", [watch.error(control), watch.error(tab)]))
                findings.append(_stays(f"an hour {way}, running", server, trainer, phone))
            ahead = -HOUR
            for way, moved in (("on", 2 * HOUR), ("back", -HOUR))[: 1 if quick else 2]:
                for page in (control, tab):
                    page.socket.eio.disconnect(abort=True)
                server.stop()
                ahead += moved
                server.environment["AHEAD_SECONDS"] = str(ahead)
                server.start()
                tab, control = phone.another_tab().connect(), trainer.control(phone.meeting)
                findings.append(_timer(f"restart, the clock {way}", [watch.error(control), watch.error(tab)]))
                findings.append(_stays(f"restart, the clock {way}", server, trainer, phone))
            for page in (control, tab):
                page.socket.eio.disconnect(abort=True)
            return findings
        finally:
            server.stop()
