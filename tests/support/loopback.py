"""Pages that are connected without a network: the real handlers, and a wire that is a method call.

What a page shows is kept as `static/js/connection.js`, `page.js` and `morph.js` keep it.
"""

import itertools
import json
import re
import secrets
import threading
from typing import Any

from flask import Flask
from flask_socketio import SocketIO
from werkzeug.test import create_environ

from trainer.cookies import PHONE, Cookies

PATIENCE = 10.0
PHONE_COOKIE = Cookies(secure=False).name(PHONE)
# What a browser counts by itself.
TIMER = re.compile(
    r' data-(?:left|clock)="[^"]*"| stroke-dasharray="[^"]*"|<span class="[^"]*" data-timer-text>[^<]*'
)
OWN = re.compile(
    r'<div id="own" class="stack" data-key="[^"]*" data-size="[^"]*">(.*)</div>\s*</div>\s*$', re.DOTALL
)


class Loopback:
    """One open page of `role`; `cookie` says whose."""

    def __init__(self, app: Flask, meeting: str, role: str, cookie: str) -> None:
        socketio: SocketIO = app.extensions["socketio"]
        self.role = role
        self._server: Any = socketio.server
        self.closed = False
        self.view: dict[str, Any] = {}
        self._own: dict[str, Any] = {}
        # Of which view and private fragment `shown` was made last: it is asked for again and again.
        self._shown: tuple[Any, Any, str] = (None, None, "")
        self._answers: dict[int, dict[str, Any]] = {}
        self._answered = threading.Condition()
        self._numbers = itertools.count(1)
        self._id = secrets.token_hex(10)
        self._server.eio.sockets[self._id] = self
        environ = create_environ("/socket.io/", headers={"Cookie": cookie})
        self._server._handle_eio_connect(self._id, environ)
        self._take_in("0" + json.dumps({"meeting": meeting, "role": role}))
        assert self.view, "the page was refused"

    def send(self, packet: Any) -> None:
        """What the server sends."""
        text = str(packet.data)
        kind, rest = text[0], text[1:]
        if kind == "2":
            event, message = json.loads(rest)
            (self._on_view if event == "view" else self._on_own)(message)
        elif kind == "3":
            number, answer = rest.split("[", 1)
            with self._answered:
                self._answers[int(number)] = json.loads(f"[{answer}")[0]
                self._answered.notify_all()

    def tell(self, event: str, **data: Any) -> int:
        """Sends a message; the number is for `answer`."""
        number = next(self._numbers)
        self._take_in(f"2{number}" + json.dumps([event, data]))
        return number

    def answer(self, number: int) -> dict[str, Any]:
        with self._answered:
            assert self._answered.wait_for(lambda: number in self._answers, PATIENCE), "no answer"
            return self._answers.pop(number)

    def ask(self, event: str, **data: Any) -> dict[str, Any]:
        return self.answer(self.tell(event, **data))

    def close(self) -> None:
        """The connection is gone: what was on its way never arrives."""
        self.closed = True
        self._server._handle_eio_disconnect(self._id, self._server.eio.reason.TRANSPORT_CLOSE)
        del self._server.eio.sockets[self._id]

    @property
    def version(self) -> int:
        """The version of the meeting that this page shows."""
        return int(re.findall(r'data-version="(\d+)"', self.view["html"])[0])

    @property
    def shown(self) -> str:
        """The whole of what somebody sees, without what the browser counts down by itself."""
        view, own = self.view, self._own
        if self._shown[0] is not view or self._shown[1] is not own:
            self._shown = (view, own, _together(view, own))
        return self._shown[2]

    def _take_in(self, text: str) -> None:
        self._server.eio._trigger_event("message", self._id, text)

    def _on_view(self, view: dict[str, Any]) -> None:
        if not self.view or view["version"] >= self.view["version"]:
            self.view = view

    def _on_own(self, own: dict[str, Any]) -> None:
        self._own = own


def _together(view: dict[str, Any], own: dict[str, Any]) -> str:
    html, private = str(view["html"]), str(own.get("html", ""))
    place = OWN.search(html)
    if place and private.strip() and own["key"] == view["key"]:
        html = html[: place.start(1)] + private.rstrip(" ") + html[place.end(1) :]
    return TIMER.sub("", html)


def phone_cookie(token: str) -> str:
    return f"{PHONE_COOKIE}={token}"
