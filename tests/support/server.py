"""A real Kwartier in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import requests

from tests.support import loaded
from trainer.cookies import Cookies

ROOT = loaded.ROOT
# Only who fails waits so long: a machine may be busy.
PATIENCE = 30.0
# A server that has nothing else to do answers well within it.
AT_ONCE = 0.1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Any, what: str, patience: float = PATIENCE) -> Any:
    """The first truthy value of `condition()`; fails with `what` when there is none in time."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {patience} s for {what}")


class RunningServer:
    """`python -m trainer run` with a folder of its own; can be killed and started again.

    `url` is how people come to it, `inside` the process itself. One that is `fresh` is forked from no other:
    see `tests/support/loaded.py`.
    """

    arguments: tuple[str, ...] = ("trainer", "run")
    root = ROOT

    def __init__(self, folder: Path, fresh: bool = False, **environment: str) -> None:
        self.folder = folder
        self.fresh = fresh
        self.port = free_port()
        self.url = self.inside = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "DATA_DIR": str(folder / "data"),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "BASE_URL": self.url,
            **environment,
        }
        self.output = folder / "output.txt"
        self._process: subprocess.Popen[bytes] | loaded.Forked | None = None

    def start(self) -> "RunningServer":
        with self.output.open("ab") as output:
            self._process = self._begun(output)
        try:
            wait_for(self._ready, "the server to be ready", 60)
        except AssertionError as error:
            self.kill()
            raise AssertionError(f"{error}; it printed:\n{self.printed()}") from None
        return self

    def _begun(self, output: IO[bytes]) -> subprocess.Popen[bytes] | loaded.Forked:
        environment = {**os.environ, **self.environment}
        # A house of its own has modules of its own.
        if not self.fresh and self.root == ROOT:
            with Path(os.devnull).open() as nothing:
                return loaded.start(self.arguments, environment, nothing, output, output)
        command = [sys.executable, "-m", *self.arguments]
        return subprocess.Popen(command, cwd=self.root, env=environment, stdout=output, stderr=output)

    def kill(self) -> None:
        """`kill -9`: no chance to tidy up."""
        self._stop(signal.SIGKILL)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        self._stop(number)

    def _stop(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                raise
            finally:
                self._process = None

    def _ready(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise AssertionError(f"the server stopped:\n{self.printed()}")
        try:
            return requests.get(f"{self.url}/readyz", timeout=1).ok
        except requests.RequestException:
            return False

    def answers_at_once(self) -> bool:
        """Where a busy machine keeps the server waiting, silence says nothing: one loop does everything."""
        asked = time.monotonic()
        return requests.get(f"{self.inside}/healthz", timeout=60).ok and time.monotonic() - asked < AT_ONCE

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def cookies(self) -> Cookies:
        """What its cookies are called."""
        return Cookies(self.environment["BASE_URL"].startswith("https://"))

    def command(
        self, *arguments: str, typed: str = "", patience: float = 60, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """What `python -m trainer ...` does beside it; `typed` is the answers."""
        settings = {**os.environ, **self.environment, **environment}
        return loaded.run(*arguments, environment=settings, typed=typed, timeout=patience)

    def printed(self) -> str:
        return self.output.read_text() if self.output.exists() else ""

    @property
    def welcome_link(self) -> str:
        # The last: each start makes a new one, and those of before lead nowhere.
        found = wait_for(lambda: re.findall(r"/welkom/\S+", self.printed()), "the link")
        return f"{self.url}{found[-1]}"

    @property
    def join_secret(self) -> str:
        return re.findall(r"/j/(\S+)", self.printed())[-1]

    @property
    def join_code(self) -> str:
        return re.findall(r"with code\s+(\w{3} \w{3})", self.printed())[-1]

    def secret_of(self, code: str) -> str:
        """Where the code that somebody typed leads to."""
        answer = requests.post(self.url, data={"code": code})
        return answer.headers["Content-Location"].rsplit("/", 1)[1]


class ThreadedServer(RunningServer):
    """The same application on threads instead of eventlet: see `tests/support/threaded.py`."""

    arguments = ("tests.support.threaded",)


def csrf_token(page: str) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)
