"""One phone that sends too much: large frames and bodies, half-open connections, and floods of posts."""

import contextlib
import json
import socket
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import requests
import websocket

from tests.faults.others import VOTE
from tests.support.pages import Phone
from tests.support.server import RunningServer

TEN_MEGABYTES = 10_000_000
PATH = "/socket.io/?EIO=4&transport="
FORM = "application/x-www-form-urlencoded"


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
