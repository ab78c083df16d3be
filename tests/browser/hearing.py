"""What the server told a page, so that a test can wait until it shows what it should."""

import json
from typing import Any

from playwright.sync_api import Page, WebSocket

from tests.browser.people import online
from tests.support.server import wait_for


class Hearing:
    """Listens to what a phone is told. The page is loaded again, because it is connected already."""

    def __init__(self, phone: Page) -> None:
        self._phone = phone
        self._version = 0
        # Has the private fragment come since the last view?
        self._own_came = False
        phone.on("websocket", self._listen)
        phone.reload()
        online(phone)

    def wait_for(self, version: int, with_own: bool) -> None:
        """Waits until the phone shows this version of the meeting or a later one, and its own part of it.

        `with_own`: somebody sent something in this step, so that a private fragment follows each view.
        """

        def shows() -> bool:
            # What came is only told while something is asked of the page.
            self._phone.evaluate("0")
            return self._version >= version and (self._own_came or not with_own)

        wait_for(shows, f"the phone to show version {version}")

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._hear)

    def _hear(self, frame: str | bytes) -> None:
        if str(frame)[:2] != "42":
            return
        message: tuple[str, Any] = json.loads(str(frame)[2:])
        if message[0] == "view":
            # A view has a number of its own within the version of the meeting.
            self._version, self._own_came = message[1]["version"] >> 20, False
        elif message[0] == "own":
            self._own_came = True
