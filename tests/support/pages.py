"""The pages of a meeting as real clients that have no browser: phone, screen and control."""

import re
import time
import uuid
from functools import partial
from typing import Any

import requests
import socketio

from tests.support.packets import PaddedPacket
from tests.support.server import PATIENCE, RunningServer, wait_for
from trainer.cookies import PHONE

GOODBYE_SECONDS = 0.1


def shown_count(html: str) -> str:
    """How many have answered, as screen and control say it; '' when they say nothing."""
    found = re.search(r'(?:Antwoorden|stuurden|Ingevuld): <(?:span|strong) class="num">([^<]*)<', html)
    return found.group(1) if found else ""


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
        # How it introduces itself.
        self.auth = {"meeting": meeting, "role": role}
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
            auth=self.auth,
            transports=["websocket"],
            wait_timeout=int(patience),
        )
        wait_for(lambda: self.view, "the first view", patience)
        return self

    def close(self) -> None:
        stream = self.socket.eio.ws
        if stream is not None:
            # Another thread hears the goodbye of the other side: nobody else needs to wait for it.
            stream.close = partial(stream.close, timeout=GOODBYE_SECONDS)
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
        assert "Content-Location" in answer.headers, "the door lets nobody in now: see Trainer.expect"
        address = answer.headers["Content-Location"]
        super().__init__(server, session, address.rsplit("/", 1)[1], "phone")

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
