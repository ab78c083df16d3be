"""One phone in three tabs, too much at once, and too many that say nothing: the others may not notice."""

import contextlib
import json
import re
import resource
import socket
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import requests
import websocket

from tests.faults.pulse import Pulse, Waits
from tests.support.findings import BUSY_MACHINE, Finding
from tests.support.klein import PROGRAMMES
from tests.support.running import Control, Phone, RunningServer, Trainer, wait_for

VOTE = "eens-of-oneens"
TEN_MEGABYTES = 10_000_000
MEGABYTES = 5.0
ACK_MILLISECONDS = 250.0
HALF_OPEN = 2_000
PATH = "/socket.io/?EIO=4&transport="
FORM = "application/x-www-form-urlencoded"


class Others:
    """A phone that goes on voting and a trainer who goes on pressing, and how long each of them waits."""

    def __init__(self, server: RunningServer, control: Control) -> None:
        self.phone = Phone(server)
        self.phone.connect()
        self.control = control
        self.acks: list[float] = []
        self.steps: list[float] = []
        self.failures: list[str] = []
        self._stop = threading.Event()

    def go_on(self) -> None:
        # At the pace of a person: four votes a second, and a button every half second.
        number = 0
        while not self._stop.wait(0.25):
            number += 1
            begun = time.perf_counter()
            answer = self.phone.post(VOTE, "1/1", choice="1")
            self.acks.append((time.perf_counter() - begun) * 1000)
            if not answer["ok"] and answer["code"] in ("too-fast", "not-saved"):
                self.failures.append(str(answer))
            if number % 2:
                begun = time.perf_counter()
                seen = self.phone.view["version"] >> 20
                self.control.go("timer-plus")
                wait_for(lambda seen=seen: self.phone.view["version"] >> 20 > seen, "the step on the phone")
                self.steps.append((time.perf_counter() - begun) * 1000)

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        self._stop.clear()
        self.acks, self.steps, self.failures = [], [], []
        with ThreadPoolExecutor(1) as pool:
            going = pool.submit(self.go_on)
            try:
                yield
                time.sleep(0.6)
            finally:
                self._stop.set()
            going.result()


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
    bound: float,
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
    quick = acks.part(0.95) < bound and steps.part(0.95) < bound
    return [
        Finding(f"{name}: kept out", outcome, "refused", refused(outcome)),
        Finding(f"{name}: memory", f"+{grown:.1f} MB", f"under {MEGABYTES:.0f} MB", grown < MEGABYTES),
        Finding(f"{name}: /healthz", str(pulse.waits), "under 1 s", pulse.waits.worst < 1000),
        Finding(
            f"{name}: others",
            f"ack {acks}; step {steps}; {len(others.failures)} failures",
            f"p95 under {bound:.0f} ms, 0",
            quick and not others.failures,
        ),
    ]


def _headers(phone: Phone) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{one.name}={one.value}" for one in phone._session.cookies)}


def _raw(server: RunningServer, phone: Phone) -> websocket.WebSocket:
    """A phone's own connection, without a client that behaves."""
    link = websocket.create_connection(
        f"ws://127.0.0.1:{server.port}{PATH}websocket", header=_headers(phone), timeout=10
    )
    link.recv()
    link.send(f"40{json.dumps({'meeting': phone.meeting, 'role': 'phone'})}")
    # Views may come before the answer.
    while not link.recv().startswith("40"):
        pass
    return link


@cache
def _ten_megabytes(*, whole: bool) -> bytes:
    """A text message of 10 MB, made beforehand: making it would take the time of those who are measured."""
    frame, kind = websocket.ABNF.create_frame, websocket.ABNF
    if whole:
        return bytes(frame("x" * TEN_MEGABYTES, kind.OPCODE_TEXT).format())
    part = bytes(frame("x" * 1000, kind.OPCODE_CONT, fin=0).format())
    return bytes(frame("x" * 1000, kind.OPCODE_TEXT, fin=0).format()) + part * (TEN_MEGABYTES // 1000)


def large_frames(server: RunningServer, phone: Phone, times: int) -> str:
    """Frames of 10 MB, whole and in parts. Says how many were hung up on."""
    hung_up = 0
    for number in range(times):
        link = _raw(server, phone)
        try:
            link.sock.sendall(_ten_megabytes(whole=bool(number % 2)))
            while link.recv():
                pass
        except (OSError, websocket.WebSocketException):
            pass
        with contextlib.suppress(OSError, websocket.WebSocketException):
            link.ping()
            time.sleep(0.05)
            link.ping()
            link.settimeout(2)
            link.recv()
            continue
        hung_up += 1
    return f"{hung_up} of {times} hung up on"


def large_bodies(server: RunningServer, phone: Phone, times: int) -> str:
    """Bodies of 10 MB to a form and to polling, whole or in chunks. Says how many were refused."""
    targets = [("/", FORM), (f"{PATH}polling&sid=x", "text/plain"), (f"/j/{server.join_secret}", FORM)]

    piece = b"a=&" * 10_000
    whole = piece * (TEN_MEGABYTES // len(piece))

    def body(chunked: bool) -> Any:
        return iter([piece] * (TEN_MEGABYTES // len(piece))) if chunked else whole

    refused = 0
    for number in range(times):
        path, kind = targets[number % len(targets)]
        try:
            answer = requests.post(
                f"{server.url}{path}",
                data=body(bool(number // len(targets) % 2)),
                headers={"Content-Type": kind, **_headers(phone)},
                timeout=20,
            )
            refused += answer.status_code >= 400
        except requests.RequestException:
            refused += 1
    return f"{refused} of {times} refused"


def half_open(server: RunningServer, number: int, seconds: float) -> str:
    """Connections that say nothing, half a request, or half a body. Says what became of them."""
    said = (
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nabc",
    )
    sockets = []
    try:
        for count in range(number):
            link = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            sockets.append(link)
            link.sendall(said[count % len(said)])
        time.sleep(seconds)
        # Somebody who comes in now.
        late = Phone(server)
        late.connect()
        late.close()
        return f"{number} open; a phone that came in meanwhile is in"
    finally:
        for link in sockets:
            link.close()


def flood(server: RunningServer, phone: Phone, seconds: float) -> str:
    """1,000 posts a second by one phone. Says how many were taken of how many."""
    link = _raw(server, phone)
    answers = {"ok": 0, "too-fast": 0}
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            with contextlib.suppress(websocket.WebSocketTimeoutException):
                text = link.recv()
                if text == "2":
                    link.send("3")
                elif '"ok":true' in text:
                    answers["ok"] += 1
                elif "too-fast" in text:
                    answers["too-fast"] += 1

    sent = 0
    link.settimeout(1)
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        begun = time.monotonic()
        while (gone := time.monotonic() - begun) < seconds:
            while sent < gone * 1000:
                sent += 1
                message = {"id": str(uuid.uuid4()), "step": VOTE, "item": "1/1", "form": {"choice": ["1"]}}
                link.send(f"42{sent}{json.dumps(['post', message])}")
            time.sleep(0.005)
        time.sleep(0.5)
        done.set()
        reading.result()
    link.close()
    return f"{answers['ok']} taken, {answers['too-fast']} told to wait, of {sent} in {seconds:.0f} s"


def polling_flood(server: RunningServer, phone: Phone, seconds: float) -> str:
    """The same by long polling, as fast as requests go on four connections."""
    url = f"{server.url}{PATH}polling"
    session = requests.Session()
    session.headers.update(_headers(phone))
    sid = json.loads(session.get(url, timeout=10).text[1:])["sid"]
    session.post(
        f"{url}&sid={sid}", data=f"40{json.dumps({'meeting': phone.meeting, 'role': 'phone'})}", timeout=10
    )
    sent = [0, 0]
    deadline = time.monotonic() + seconds

    def one() -> None:
        own = requests.Session()
        while time.monotonic() < deadline:
            message = {"id": str(uuid.uuid4()), "step": VOTE, "item": "1/1", "form": {"choice": ["1"]}}
            payload = "\x1e".join([f"421{json.dumps(['post', message])}"] * 16)
            answer = own.post(f"{url}&sid={sid}", data=payload, timeout=10)
            sent[0] += 16
            sent[1] += answer.status_code != 200

    with ThreadPoolExecutor(4) as pool:
        for work in [pool.submit(one) for _ in range(4)]:
            work.result()
    return f"{sent[1]} of {sent[0] // 16} requests refused: it never asked for its answers"


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
        server = RunningServer(Path(name), CONTENT_DIR=str(PROGRAMMES)).start()
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
            ]
            bound = ACK_MILLISECONDS * (BUSY_MACHINE if quick else 1)
            # The short form keeps the three that cost most.
            for name, attack, refused in attacks[::2] if quick else attacks:
                findings += _findings(name, server, others, attack, refused, bound)
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
