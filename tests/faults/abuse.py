"""One phone in three tabs, too much at once, and too many that say nothing: the others may not notice."""

import re
import resource
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.others import VOTE, Others
from tests.faults.overload import flood, half_open, large_bodies, large_frames, polling_flood
from tests.faults.pulse import Pulse, Waits
from tests.faults.refused import refused_rows
from tests.support.findings import Finding
from tests.support.klein import PROGRAMMES
from tests.support.pages import Control, Phone
from tests.support.server import RunningServer, wait_for
from tests.support.trainers import Trainer

MEGABYTES = 5.0
ACK_MILLISECONDS = 250.0
HALF_OPEN = 2_000


def memory(server: RunningServer) -> float:
    """What the server has in memory, in MB."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _waits(found: list[float]) -> Waits:
    return Waits(tuple(sorted(found)) or (0.0,))


def _findings(
    name: str,
    server: RunningServer,
    others: Others,
    attack: Callable[[], str],
    refused: Callable[[str], bool],
) -> list[Finding]:
    """Does `attack` while the others go on; `refused` tells by its outcome whether it was kept out."""
    before = memory(server)
    peak = [before]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            peak.append(memory(server))

    with ThreadPoolExecutor(1) as pool, Pulse(server) as pulse, others.busy():
        watching = pool.submit(watch)
        try:
            outcome = attack()
        finally:
            over.set()
            watching.result()
    grown = max(peak) - before
    acks, steps = _waits(others.acks), _waits(others.steps)
    quick = max(acks.part(0.95), steps.part(0.95)) < ACK_MILLISECONDS
    return [
        Finding(f"{name}: kept out", outcome, "refused", refused(outcome)),
        Finding(f"{name}: memory", f"+{grown:.1f} MB", f"under {MEGABYTES:.0f} MB", grown < MEGABYTES),
        Finding(f"{name}: /healthz", str(pulse.waits), "under 1 s", pulse.waits.worst < 1000, clock=True),
        Finding(f"{name}: others fail", str(len(others.failures)), "0", not others.failures),
        Finding(
            f"{name}: others",
            f"ack {acks}; step {steps}",
            f"p95 under {ACK_MILLISECONDS:.0f} ms",
            quick,
            clock=True,
        ),
    ]


def three_tabs(server: RunningServer, control: Control) -> list[Finding]:
    """One phone with three pages: one identity, one count, one bucket."""
    phone = Phone(server)
    before = _phones(control)
    tabs = [phone.connect(), phone.another_tab().connect(), phone.another_tab().connect()]
    wait_for(lambda: _phones(control) == before + 1, "one more phone on the control page")
    time.sleep(0.5)
    counted = _phones(control) - before
    for tab in tabs:
        form = {"choice": ["1"]}
        tab.send("post", id=str(uuid.uuid4()), step=VOTE, item="1/1", form=form)
    asked = [tab.send("hello")["ok"] for _ in range(20) for tab in tabs]
    for tab in tabs:
        tab.socket.eio.disconnect(abort=True)
    return [
        Finding("three tabs: phones counted", str(counted), "1", counted == 1),
        Finding(
            "three tabs: at once, of 60",
            f"{sum(asked)} taken",
            "under 30 (20, and 5 a second)",
            sum(asked) < 30,
        ),
    ]


def _phones(control: Control) -> int:
    return int(re.search(r'Telefoons</span> <strong class="num">(\d+)', control.view["html"])[1])


def prove(quick: bool, seed: int) -> list[Finding]:
    """All of them on one server, one after the other. `seed` is not used: nothing here is drawn."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, HALF_OPEN + 1000), hard))
    with tempfile.TemporaryDirectory() as name:
        server = RunningServer(Path(name), fresh=True, CONTENT_DIR=str(PROGRAMMES)).start()
        try:
            trainer = Trainer(server).make_account()
            phone = Phone(server)
            control = trainer.control(phone.meeting)
            control.go("goto", step=VOTE)
            findings = three_tabs(server, control)
            others = Others(server, control)
            seconds = 1.0 if quick else 10.0
            # What the first of everything costs is no growth.
            with others.busy():
                flood(server, phone, 0.5)
                large_frames(server, phone, 2)
                half_open(server, 10, 0)
            attacks: list[tuple[str, Callable[[], str], Callable[[str], bool]]] = [
                ("a frame of 10 MB", lambda: large_frames(server, phone, 2 if quick else 40), _all),
                ("a body of 10 MB", lambda: large_bodies(server, phone, 3 if quick else 60), _all),
                ("1,000 posts a second", lambda: flood(server, phone, seconds), _mostly),
                ("posts by polling", lambda: polling_flood(server, phone, seconds), _some),
                (
                    f"{HALF_OPEN} half-open connections",
                    lambda: half_open(server, HALF_OPEN, 0.5 if quick else 35),
                    lambda text: text.endswith("is in"),
                ),
                ("rows that the database refuses", lambda: refused_rows(server, trainer, seconds), _all),
            ]
            # The short form keeps the three that cost most.
            for name, attack, refused in attacks[::2] if quick else attacks:
                findings += _findings(name, server, others, attack, refused)
            return findings
        finally:
            server.stop()


def _all(outcome: str) -> bool:
    number, _, of, *_ = outcome.split()
    return number == of


def _some(outcome: str) -> bool:
    return int(outcome.split()[0]) > 0


def _mostly(outcome: str) -> bool:
    """The bucket: twenty at once, and five a second."""
    taken, _, _, seconds = (int(part) for part in outcome.replace(",", " ").split() if part.isdigit())
    return taken <= 20 + 5 * (seconds + 2)
