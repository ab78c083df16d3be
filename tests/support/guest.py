"""A phone at the door of a real server, without a browser: it knocks, and asks again as its page does."""

import time

import requests

from tests.support.server import wait_for

# A page asks a little less often.
PAGE_SECONDS = 0.5


class Guest:
    """Somebody who pressed 'Doe mee'; `page` is what that led to."""

    def __init__(self, door: str) -> None:
        """`door` is the address in the QR code."""
        self._door = door
        self._session = requests.Session()
        self.press()

    def press(self) -> None:
        self.page = self._session.post(self._door, timeout=10)

    def asks(self) -> dict[str, str]:
        return dict(self._session.get(f"{self._door}/deur", timeout=10).json())

    def word(self) -> str:
        """Asks on until there is a word."""

        def asked() -> str:
            time.sleep(PAGE_SECONDS)
            return self.asks()["word"]

        return str(wait_for(asked, "a word"))
