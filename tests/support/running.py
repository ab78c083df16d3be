"""A real Kwartier in its own process, and the people who use it: trainers and phones as real clients."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import requests
import socketio

from tests.support.packets import PaddedPacket
from trainer.cookies import PHONE, Cookies

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 10.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def shown_count(html: str) -> str:
    """How many have answered, as screen and control say it; '' when they say nothing."""
    found = re.search(r'(?:Antwoorden|stuurden|Ingevuld): <(?:span|strong) class="num">([^<]*)<', html)
    return found.group(1) if found else ""


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

    `url` is how people come to it, `inside` the process itself.
    """

    arguments: tuple[str, ...] = ("-m", "trainer", "run")
    root = ROOT

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
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
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "RunningServer":
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, *self.arguments],
                cwd=self.root,
                env={**os.environ, **self.environment},
                stdout=output,
                stderr=output,
            )
        try:
            wait_for(self._ready, "the server to be ready", 60)
        except AssertionError as error:
            self.kill()
            raise AssertionError(f"{error}; it printed:\n{self.printed()}") from None
        return self

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

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def cookies(self) -> Cookies:
        """What its cookies are called."""
        return Cookies(self.environment["BASE_URL"].startswith("https://"))

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
        session = requests.Session()
        return str(session.post(self.url, data={"code": code}).url.rsplit("/", 1)[1])


class ThreadedServer(RunningServer):
    """The same application on threads instead of eventlet: see `tests/support/threaded.py`."""

    arguments = ("-m", "tests.support.threaded")


def csrf_token(page: str) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)


def open_by_code(server: RunningServer, code: str) -> tuple[requests.Session, requests.Response]:
    """Another laptop, where somebody types a code for a screen; and the answer."""
    laptop = requests.Session()
    door = f"{server.url}/scherm"
    form = {"csrf_token": csrf_token(laptop.get(door).text), "code": code}
    return laptop, laptop.post(door, data=form)


class Page:
    """One open page: keeps the last view and private fragment that the server sent."""

    def __init__(
        self,
        server: RunningServer,
        session: requests.Session,
        meeting: str,
        role: str,
        address: str = "",
    ) -> None:
        self.meeting, self.role = meeting, role
        self._address = address or server.inside
        self.view: dict[str, Any] = {}
        self.own: dict[str, Any] = {}
        self.views: list[dict[str, Any]] = []
        self.owns: list[dict[str, Any]] = []
        # When each view came.
        self.moments: list[float] = []
        self._server = server
        self._session = session
        self.packets = type("Packets", (PaddedPacket,), {"size": 0})
        self.socket = socketio.Client(reconnection=False, serializer=self.packets, timestamp_requests=False)
        self.socket.on("view", self._on_view)
        self.socket.on("own", self._on_own)
        # What the server said when this page had to stop showing the meeting.
        self.ended: dict[str, Any] = {}
        self.socket.on("ended", self._on_ended)

    def _on_view(self, message: dict[str, Any]) -> None:
        size = re.search(r'data-size="(\d+)"', message["html"])
        self.packets.size = int(size[1]) if size else 0
        self.view = message
        self.moments.append(time.monotonic())
        self.views.append(message)

    def _on_own(self, message: dict[str, Any]) -> None:
        self.own = message
        self.owns.append(message)

    def _on_ended(self, message: dict[str, Any]) -> None:
        self.ended = message

    def was_ended(self, words: str) -> bool:
        """Waits until the server closed this page; did it tell `words` in place of the meeting?"""
        wait_for(lambda: not self.socket.connected, f"{self.role} to be closed")
        return words in self.ended.get("html", "")

    @property
    def place(self) -> str:
        """The step and item that the view is about, however often the step was begun."""
        return str(self.view["key"]).split("#")[0]

    def connect(self, patience: float = PATIENCE, ask_for_page: bool = True) -> "Page":
        if self.role == "screen" and ask_for_page:
            # Its page gives it the pass that its socket shows.
            self._session.get(f"{self._server.url}/scherm/{self.meeting}")
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._session.cookies)
        self.socket.connect(
            self._address,
            headers={**self._session.headers, "Cookie": cookies},
            auth={"meeting": self.meeting, "role": self.role},
            transports=["websocket"],
            wait_timeout=int(patience),
        )
        wait_for(lambda: self.view, "the first view", patience)
        return self

    def close(self) -> None:
        self.socket.disconnect()

    def send(self, event: str, **data: Any) -> dict[str, Any]:
        return self.socket.call(event, data, timeout=PATIENCE)

    def take_back(self, step: str, after: str = "", **how: bool) -> dict[str, Any]:
        """Presses the first button that takes something back, behind the text `after` in what is its own."""

        def button() -> re.Match[str] | None:
            shown = self.own.get("html", "").partition(after)[2] if after else self.own.get("html", "")
            return re.search(r'data-withdraw="([^"]+)"([^>]*)', shown)

        found = wait_for(button, "a button to take it back")
        warned = "data-confirm" in found[2]
        return self.send("withdraw", **{"step": step, "id": found[1], "warned": warned, **how})

    def again(self) -> "Page":
        """The same page, opened once more."""
        return Page(self._server, self._session, self.meeting, self.role, self._address).connect()

    def shows(self, text: str, patience: float = PATIENCE) -> bool:
        """Waits until the view shows `text`."""
        wait_for(lambda: text in self.view["html"], f"{text!r} in the view of {self.role}", patience)
        return True


class Phone(Page):
    """A participant: joins by the secret in the QR code."""

    def __init__(
        self, server: RunningServer, secret: str | None = None, browser: str = "", address: str = ""
    ) -> None:
        """`browser` and `address` are what its requests say of it."""
        session = requests.Session()
        if browser:
            session.headers.update({"User-Agent": browser, "X-Forwarded-For": address})
        url = f"{server.url}/j/{secret or server.join_secret}"
        answer = session.post(url)
        assert answer.ok, answer.text
        super().__init__(server, session, answer.url.rsplit("/", 1)[1], "phone")

    @property
    def session(self) -> requests.Session:
        """Its browser."""
        return self._session

    @property
    def token(self) -> str:
        return str(self._session.cookies[self._server.cookies.name(PHONE)])

    def another_tab(self, address: str = "") -> Page:
        """The same phone once more: a second tab, or after sleep; perhaps by the address of a proxy."""
        return Page(self._server, self._session, self.meeting, "phone", address)

    def disguised(self, token: str, role: str) -> Page:
        """A page that says it is somebody else."""
        session = requests.Session()
        session.cookies.set(self._server.cookies.name(PHONE), token)
        return Page(self._server, session, self.meeting, role)

    def post(self, step: str, item: str = "", post_id: str = "", **form: Any) -> dict[str, Any]:
        fields = {name: value if isinstance(value, list) else [value] for name, value in form.items()}
        return self.send("post", id=post_id or str(uuid.uuid4()), step=step, item=item, form=fields)


@dataclass(frozen=True, slots=True)
class Opened:
    """A meeting that is open, and how people come to it."""

    id: str
    code: str
    secret: str


class Trainer:
    """An organiser with an account, who opens control pages and screens."""

    def __init__(self, server: RunningServer) -> None:
        self.server = server
        self.session = requests.Session()

    def make_account(
        self, login: str = "voorbeeld", password: str = "een lang wachtwoord", link: str = ""
    ) -> "Trainer":
        link = link or self.server.welcome_link
        page = self.session.get(link)
        form = {
            "csrf_token": csrf_token(page.text),
            "name": "Voorbeeld",
            "login": login,
            "password": password,
            "again": password,
        }
        answer = self.session.post(link, data=form)
        assert answer.ok, answer.text
        return self

    def log_in(self, login: str = "voorbeeld", password: str = "een lang wachtwoord") -> "Trainer":
        link = f"{self.server.url}/inloggen"
        form = {"csrf_token": csrf_token(self.session.get(link).text), "login": login, "password": password}
        answer = self.session.post(link, data=form)
        assert answer.ok, answer.text
        return self

    def log_out(self) -> None:
        form = {"csrf_token": csrf_token(self.session.get(f"{self.server.url}/beheer").text)}
        assert self.session.post(f"{self.server.url}/uitloggen", data=form).ok

    def copied(self) -> "Trainer":
        """Somebody who copied the cookies of this trainer."""
        thief = Trainer(self.server)
        thief.session.cookies.update(self.session.cookies.copy())
        return thief

    @property
    def is_logged_in(self) -> bool:
        return self.session.get(f"{self.server.url}/beheer", allow_redirects=False).status_code == 200

    def user(self, *arguments: str, typed: str = "") -> str:
        """What `python -m trainer user ...` says beside the server that runs; `typed` is the answers."""
        command = [sys.executable, "-m", "trainer", "user", *arguments]
        environ = {"PATH": "", **self.server.environment}
        ran = subprocess.run(
            command,
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            check=True,
            input=typed,
            # No terminal of ours: it would be asked there.
            start_new_session=True,
        )
        return ran.stdout.strip()

    def invite(self, login: str, *options: str) -> "Trainer":
        """Somebody else, who makes an account by an invitation."""
        other = Trainer(self.server)
        link = re.sub(r"^.*(?=/welkom/)", self.server.url, self.user("invite", *options))
        form = {
            "csrf_token": csrf_token(other.session.get(link).text),
            "name": login.capitalize(),
            "login": login,
            "password": "een lang wachtwoord",
        }
        assert other.session.post(link, data={**form, "again": form["password"]}).ok
        return other

    def share(self, meeting: str) -> "Trainer":
        """Makes everybody with an account a trainer of a meeting."""
        page = self.session.get(f"{self.server.url}/beheer/bijeenkomsten/{meeting}").text
        return self.set_trainers(meeting, re.findall(r'name="trainers" value="(\d+)"', page))

    def set_trainers(self, meeting: str, people: list[str]) -> "Trainer":
        """Says who gives a meeting, by their numbers on its page."""
        page = f"{self.server.url}/beheer/bijeenkomsten/{meeting}"
        form = {"csrf_token": csrf_token(self.session.get(page).text), "trainers": people}
        assert self.session.post(f"{page}/trainers", data=form).ok
        return self

    def open_meeting(self, title: str, programme: str = "klein", everybody: bool = False) -> Opened:
        """Opens the first meeting of a new course, for this trainer or for `everybody` with an account."""
        beheer = f"{self.server.url}/beheer"
        new = self.session.get(f"{beheer}/trajecten/nieuw").text
        offered = re.findall(r'name="trainers" value="(\d+)"( checked)?', new)
        form = {
            "csrf_token": csrf_token(new),
            "programme": programme,
            "title": title,
            "place": "Voorbeeldwijk",
            "trainers": [number for number, mine in offered if mine or everybody],
            "first_date": date.today().isoformat(),
            "start": "09:30",
        }
        course = self.session.post(f"{beheer}/trajecten/nieuw", data=form)
        opening = re.search(r'action="(\S+/openen)"', course.text).group(1)
        control = self.session.post(self.server.url + opening, data={"csrf_token": csrf_token(course.text)})
        code = re.search(r'class="code">(\w{3} \w{3})<', control.text).group(1)
        return Opened(control.url.rsplit("/", 1)[1], code, self.server.secret_of(code))

    def control(self, meeting: str) -> "Control":
        control = Control(self.server, self.session, meeting, "control")
        control.connect()
        return control

    def expect(self, people: int, meeting: str = "") -> "Trainer":
        """Says how many people there are: so many phones may come in at once."""
        control = self.control(meeting or self.first_meeting)
        control.go("expect", people=str(people))
        control.close()
        return self

    @property
    def first_meeting(self) -> str:
        """The meeting of the sample course, which is open."""
        found = re.search(r"/regie/([0-9a-f-]{36})", self.session.get(f"{self.server.url}/beheer").text)
        assert found, "no meeting is open"
        return found[1]

    def screen(self, meeting: str) -> Page:
        return Page(self.server, self.session, meeting, "screen").connect()


class Control(Page):
    """A trainer's page."""

    @property
    def version(self) -> int:
        return self.view["version"] >> 20

    def command(self, name: str, version: int | None = None, **args: str) -> dict[str, Any]:
        seen = self.version if version is None else version
        return self.send(
            "command", version=seen, name=name, args={key: [value] for key, value in args.items()}
        )

    def go(self, name: str, **args: str) -> None:
        """Sends a command and waits until the view shows its effect."""
        before = self.version
        answer = self.command(name, **args)
        assert answer == {"ok": True}, answer
        self.newer_than(before)

    def screen_code(self) -> str:
        """A fresh code for a screen on another laptop, as this page shows it."""
        before = self._shown_code()
        assert self.send("screens", name="code") == {"ok": True}
        return str(wait_for(lambda: self._shown_code() not in ("", before) and self._shown_code(), "a code"))

    def _shown_code(self) -> str:
        shown = re.search(r'/scherm</strong> en typ <strong class="code">([^<]+)<', self.view["html"])
        return shown.group(1) if shown else ""

    def newer_than(self, version: int) -> None:
        """Waits until the view is of a later version of the meeting."""
        wait_for(lambda: self.version > version, f"a view after version {version}")
