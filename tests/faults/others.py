"""Those who go on voting and pressing while somebody abuses the server: how long does each of them wait?"""

import contextlib
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.support.pages import Control, Phone
from tests.support.server import RunningServer, wait_for

VOTE = "eens-of-oneens"


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
