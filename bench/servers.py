"""The servers under test: their common base, and Kwartier itself."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from bench.client import Phone, Swarm, Visitor, frame

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
# In a closed loop a phone votes faster than any person could; in a burst it does not.
NO_LIMIT = "1000000"
# A trainer can announce at most this many people for a meeting: a larger crowd gets a second meeting.
MOST_PEOPLE = 1000

# The size of a vote when the view gives none.
POST_BYTES = 128
SIZE = re.compile(rb'data-size=\\?"(\d+)')
KEY = re.compile(rb'"key":"([^"/]*)/([^"]*)"')
SEEN_VERSION = re.compile(rb'data-version=\\?"(\d+)')


class Server(ABC):
    """A server running in its own process. `core`: the core it may use, or None for all of them."""

    name: str

    def __init__(
        self, command: list[str], core: int | None, environ: Mapping[str, str], folder: Path
    ) -> None:
        self._log = tempfile.NamedTemporaryFile(mode="w+", suffix=".log")  # noqa: SIM115
        self._process = subprocess.Popen(
            command,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, **environ},
            preexec_fn=(lambda: os.sched_setaffinity(0, {core})) if core is not None else None,
        )
        self.pid = self._process.pid
        self.address = ("127.0.0.1", 0)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """The first match in the server's output. Raises RuntimeError on exit or after PATIENCE seconds."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = re.search(pattern, self.output())
            if found:
                return found
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"{self.name} did not start:\n{self.output()}")

    def output(self) -> str:
        """All that the server has printed so far."""
        return Path(self._log.name).read_text()

    def rss(self) -> float:
        """The resident memory of the server, in KiB."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1024

    def cpu(self) -> float:
        """The CPU time that the server's threads have used, in microseconds."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1000

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    @abstractmethod
    def visitors(self, count: int) -> Iterator[Visitor]:
        """Yields `count` new phones that may join, one by one, since preparing each may take a while."""

    @abstractmethod
    def leader(self, role: str) -> Visitor:
        """The credentials of a trainer's page: 'control' or 'screen'."""

    def step(self, control: Phone) -> bytes:
        """The frame with which the trainer goes on to the next step."""
        return self.command(control, b"next")

    def show(self, control: Phone) -> bytes:
        """The frame with which the trainer closes the question and shows the result."""
        return self.command(control, b"do:show")

    def command(self, control: Phone, name: bytes, args: bytes = b"{}") -> bytes:
        """The frame of the button `name` on that page, with `args` in JSON."""
        found = SEEN_VERSION.search(control.view)
        version = int(found[1]) if found else 0
        return frame(b'427["command",{"version":%d,"name":"%s","args":%s}]' % (version, name, args))

    def post(self, phone: Phone, number: int) -> bytes:
        """The frame of a vote on the question that phone shows; `number` determines its id."""
        found = KEY.search(phone.view)
        step, item = found.groups() if found else (b"", b"")
        message = (
            b'2%d["post",{"id":"00000000-0000-4000-8000-%012x","step":"%s","item":"%s","form":{"choice":["%d"]}}]'
            % (number % 1000, number, step, item, number % 3)
        )
        # Padded as phones do: see static/js/padding.js.
        size = SIZE.search(phone.view)
        return frame(b"4" + message.ljust(int(size[1]) if size else POST_BYTES))

    @abstractmethod
    def total(self, screen: Phone) -> int:
        """How many votes are in the result on the screen; 0 when there is none."""

    def stored(self) -> int | None:
        """How many votes are in the database; None when the server has no database."""
        return None


@dataclass(frozen=True, slots=True)
class Door:
    """What phones need to enter a meeting: the secret in its QR code, and its id."""

    secret: str
    meeting: str


class Kwartier(Server):
    """`python -m trainer run` on an empty data folder, with its sample course and one open meeting."""

    name = "kwartier"
    root, content = ROOT, ROOT / "bench" / "content"
    TOTAL = re.compile(rb"(\d+) mens(?:en)? (?:koos|kozen)\.")

    def __init__(self, core: int | None, websocket: str = "fast") -> None:
        self._data = Path(tempfile.mkdtemp(prefix="kwartier-bench-"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environ = {
            "DATA_DIR": str(self._data / "data"),
            "KEY_DIR": str(self._data / "keys"),
            "DATABASE_URL": "",
            "CONTENT_DIR": str(self.content),
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "BASE_URL": f"http://127.0.0.1:{port}",
            "WEBSOCKET": websocket,
            "POST_RATE": NO_LIMIT,
            "POST_BURST": NO_LIMIT,
            "PYTHONUNBUFFERED": "1",
        }
        super().__init__([sys.executable, "-m", "trainer", "run"], core, environ, self.root)
        self.address = ("127.0.0.1", port)
        try:
            self._prepare()
        except BaseException:
            self.stop()
            raise

    def _prepare(self) -> None:
        welcome = self.wait_for(r"(/welkom/\S+)")[1]
        secret = self.wait_for(r"/j/(\S+)")[1]
        self._http = http.client.HTTPConnection(*self.address, timeout=PATIENCE)
        session, token = self._form(welcome, "")
        answers = {"name": "Meting", "login": "meting", "password": "lang genoeg", "again": "lang genoeg"}
        _, cookies = self._submit(welcome, session, {"csrf_token": token, **answers})
        self._trainer = "; ".join(f"{name}={value}" for name, value in cookies.items())
        page, _, _ = self._request("GET", "/beheer", None, self._trainer)
        control = re.search(r"/regie/([0-9a-f-]{36})", page)
        assert control, page
        self.door = Door(secret, control[1])
        # How many phones entered through each door.
        self._inside: Counter[Door] = Counter()

    def _request(
        self, method: str, path: str, body: str | None, cookie: str
    ) -> tuple[str, str, dict[str, str]]:
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self._http.request(method, path, body, headers)
        response = self._http.getresponse()
        text = response.read().decode()
        if response.status >= 400:
            raise RuntimeError(f"{method} {path}: {response.status}\n{text}")
        lines = response.headers.get_all("Set-Cookie") or []
        cookies = dict(line.split(";", 1)[0].split("=", 1) for line in lines)
        place = response.headers.get("Location") or response.headers.get("Content-Location", "")
        return text, place, cookies

    def _form(self, path: str, cookie: str) -> tuple[str, str]:
        """(session cookie, CSRF token) of the form on a page."""
        text, _, cookies = self._request("GET", path, None, cookie)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
        if not found:
            raise RuntimeError(f"no form on {path}:\n{text}")
        return "; ".join(f"{name}={value}" for name, value in cookies.items()), found[1]

    def _submit(self, path: str, cookie: str, fields: Mapping[str, str]) -> tuple[str, dict[str, str]]:
        """(the address that it leads to, cookies) after submitting a form. Raises RuntimeError if refused."""
        text, place, cookies = self._request("POST", path, urlencode(fields), cookie)
        if not place:
            raise RuntimeError(f"the form on {path} was refused:\n{text}")
        return place, cookies

    def visitors(self, count: int, door: Door | None = None) -> Iterator[Visitor]:
        # The server has closed this connection if it was idle.
        self._http.close()
        for _ in range(count):
            if door is None and self._inside[self.door] == MOST_PEOPLE:
                self.door = self.another_meeting("Nog een zaal")
            here = door or self.door
            if not self._inside[here]:
                self._expect(here)
            _, cookies = self._submit(f"/j/{here.secret}", "", {})
            self._inside[here] += 1
            auth = f'{{"meeting":"{here.meeting}","role":"phone"}}'
            yield Visitor(f"kwartier_phone={cookies['kwartier_phone']}", auth)

    def _expect(self, door: Door) -> None:
        """The trainer announces MOST_PEOPLE: without that, a crowd has to wait at the door."""
        swarm = Swarm(self.address)
        (control,) = swarm.join([self.leader("control", door)], 1)
        answers: list[bytes] = []
        swarm.on_ack = lambda phone, text: answers.append(text)
        found = SEEN_VERSION.search(control.view)
        command = b'421["command",{"version":%d,"name":"expect","args":{"people":["%d"]}}]'
        swarm.send(control, frame(command % (int(found[1]) if found else 0, MOST_PEOPLE)))
        swarm.until(lambda: bool(answers))
        swarm.leave()
        if b'"ok":true' not in answers[0]:
            raise RuntimeError(f"the trainer was refused: {answers[0].decode()}")

    def leader(self, role: str, door: Door | None = None) -> Visitor:
        meeting, cookies = (door or self.door).meeting, self._trainer
        if role == "screen":
            # Loading its page gives it the pass with which its socket authenticates.
            self._http.close()
            _, _, given = self._request("GET", f"/scherm/{meeting}", None, self._trainer)
            cookies = "; ".join([cookies, *(f"{name}={value}" for name, value in given.items())])
        return Visitor(cookies, f'{{"meeting":"{meeting}","role":"{role}"}}')

    def another_meeting(self, title: str) -> Door:
        """Makes a new course and opens its first meeting; returns that meeting's door."""
        new = "/beheer/trajecten/nieuw"
        fresh, token = self._form(new, self._trainer)
        self._trainer = fresh or self._trainer
        course = {"programme": "training", "title": title, "place": "", "start": "09:30"}
        # The first account on this server, the one that leads the meeting.
        course["trainers"] = "1"
        answers = {"csrf_token": token, "first_date": date.today().isoformat(), **course}
        place, _ = self._submit(new, self._trainer, answers)
        page, _, _ = self._request("GET", place, None, self._trainer)
        opening = re.search(r'action="(\S+/openen)"', page)
        assert opening, page
        control, _ = self._submit(opening[1], self._trainer, {"csrf_token": token})
        page, _, _ = self._request("GET", control, None, self._trainer)
        code = re.search(r'class="code">(\w{3} \w{3})<', page)
        assert code, page
        inside, _ = self._submit("/", "", {"code": code[1]})
        return Door(inside.rsplit("/", 1)[-1], control.rsplit("/", 1)[-1])

    def total(self, screen: Phone) -> int:
        found = self.TOTAL.search(screen.view)
        return int(found[1]) if found else 0

    def stored(self) -> int | None:
        import sqlite3

        with sqlite3.connect(f"file:{self._data / 'data' / 'kwartier.db'}?mode=ro", uri=True) as database:
            return int(database.execute("SELECT count(*) FROM post").fetchone()[0])

    def stop(self) -> None:
        super().stop()
        shutil.rmtree(self._data, ignore_errors=True)
