"""Phones that do not give up: what `static/js/outbox.js` and `connection.js` do, as a client of the tests."""

import random
import threading
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from socketio.exceptions import SocketIOError

from tests.support.pages import Page, Phone
from tests.support.server import RunningServer

ACK_SECONDS = 8.0
WAKE_SECONDS = 2.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 1.2


class PatientPhone:
    """Keeps what it must send until it is told that it is saved, and comes back whenever it is cut off.

    `address` is where it connects: that of the server, or of a proxy before it.
    """

    def __init__(self, server: RunningServer, address: str = "", chance: random.Random | None = None) -> None:
        self._chance = chance or random.Random()
        self._joined = Phone(server)
        self._address = address or server.url
        self.waiting: list[tuple[str, dict[str, Any]]] = []
        self.acked: dict[str, str] = {}
        # What the server refused for good, with the reason.
        self.refused: dict[str, str] = {}
        self.page: Page | None = None
        # When the page that is open now had its first view.
        self.seen = 0.0
        self._awake = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()

    @property
    def meeting(self) -> str:
        return self._joined.meeting

    def write(self, step: str, text: str) -> None:
        data = {"id": str(uuid.uuid4()), "step": step, "item": "", "form": {"text": [text]}}
        self.waiting.append((text, data))
        self._awake.set()

    def wake(self) -> None:
        """Somebody looks at the phone: is the connection still there?"""
        page = self.page
        if page is None:
            return
        try:
            page.socket.call("hello", {}, timeout=WAKE_SECONDS)
            self.seen = time.monotonic()
        except (SocketIOError, TimeoutError):
            self._hang_up()
            self._awake.set()

    def another_page(self) -> Page:
        """The same phone, opened anew: what it should see now."""
        page = self._joined.another_tab(self._address).connect()
        # Its private fragment comes right after the view.
        page.socket.call("hello", {}, timeout=ACK_SECONDS)
        return page

    def stop(self) -> None:
        self._stopped = True
        self._awake.set()
        self._hang_up()

    def _live(self) -> None:
        while not self._stopped:
            page = self.page
            if page is None or not page.socket.connected:
                self._come_back()
            elif self.waiting:
                self._send(page)
            else:
                self._awake.wait(0.25)
                self._awake.clear()

    def _come_back(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopped:
            page = self._joined.another_tab(self._address)
            try:
                page.connect()
                self.page, self.seen = page, time.monotonic()
                return
            except (SocketIOError, AssertionError, OSError):
                with suppress(Exception):
                    page.socket.disconnect()
                time.sleep(pause * self._chance.uniform(0.5, 1.5))
                pause = min(LONGEST_PAUSE, 2 * pause)

    def _send(self, page: Page) -> None:
        text, data = self.waiting[0]
        answers: list[dict[str, Any]] = []
        try:
            page.socket.emit("post", data, callback=answers.append)
        except SocketIOError:
            return
        late = time.monotonic() + ACK_SECONDS
        while not answers and page.socket.connected and time.monotonic() < late:
            time.sleep(0.005)
        if not answers:
            return
        if answers[0]["ok"]:
            self.acked[text] = data["id"]
            self.waiting.pop(0)
        elif answers[0]["retry"]:
            time.sleep(0.2)
        else:
            self.refused[text] = answers[0]["message"]
            self.waiting.pop(0)

    def _hang_up(self) -> None:
        page, self.page = self.page, None
        if page is not None:
            with suppress(Exception):
                page.socket.eio.disconnect(abort=True)


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
