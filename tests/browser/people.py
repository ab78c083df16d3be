"""People with a real browser: trainers at control and screen, participants on their phones."""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebSocketRoute,
    expect,
    sync_playwright,
)

from tests.support.pages import Control, Phone
from tests.support.server import RunningServer, csrf_token
from tests.support.trainers import Trainer

# A folder for pictures of every view that the tests pass: SHOTS=/tmp/shots make test
SHOTS = os.environ.get("SHOTS", "")

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL_PHONE: dict[str, Any] = PHONE | {"viewport": {"width": 320, "height": 568}}
LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
BEAMER: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
OLD_BEAMER: dict[str, Any] = {"viewport": {"width": 1024, "height": 768}}


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
# The same browser without windows, which nobody looks at here: a page takes a fifth of the time.
WINDOWLESS = shutil.which("chromium-headless-shell") or CHROMIUM
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """A browser, with the patience that a busy machine asks for; `flags` are besides those that all need."""
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=WINDOWLESS, args=[*FLAGS, *flags])
        yield browser
        browser.close()


def shoot(page: Page, name: str) -> None:
    """Keeps a picture of a page, when somebody asked for pictures."""
    if SHOTS:
        folder = Path(SHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        size = page.viewport_size or {"width": 0}
        page.screenshot(path=folder / f"{name}-{size['width']}.png", full_page=size["width"] < 1000)


def online(page: Page) -> Page:
    """Waits until a live page has its connection."""
    expect(page.locator("html")).to_have_attribute("data-connection", "online")
    return page


def on_step(page: Page, step: str) -> None:
    """Waits until a control page or a screen is at a step."""
    expect(page.locator("#now, #stage")).to_have_attribute("data-fresh", step)


@dataclass
class Complaints:
    """What no page of ours may ever do: ask somebody else for something, break the CSP, fail in a script."""

    origin: str
    heard: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.heard.append(f"script error: {error.error}"))

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.origin:
            self.heard.append(f"a request left for {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.heard.append(message.text)


class Wire:
    """The WebSocket of a page, in hands that can let go of what passes."""

    def __init__(self) -> None:
        self.drops_answers = False
        self.holds_views = False
        self._held: list[Callable[[], None]] = []
        self._connections: list[WebSocketRoute] = []
        self._asleep: set[WebSocketRoute] = set()

    def join(self, context: BrowserContext) -> None:
        context.route_web_socket(re.compile("/socket.io/"), self._connect)

    def _connect(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        self._connections.append(page)
        page.on_message(lambda message: None if page in self._asleep else server.send(message))
        server.on_message(lambda message: self._to_page(page, message))

    def _to_page(self, page: WebSocketRoute, message: str | bytes) -> None:
        kind = str(message)[:2]
        if page in self._asleep or (self.drops_answers and kind == "43"):
            return
        if self.holds_views and kind == "42":
            self._held.append(lambda: page.send(message))
        else:
            page.send(message)

    def fall_asleep(self) -> None:
        """The connections of now look open, and carry nothing any more; a new one will work."""
        self._asleep.update(self._connections)

    def let_go(self) -> None:
        """The views that were held come through."""
        self.holds_views = False
        for send in self._held:
            send()
        self._held.clear()


@dataclass
class Sitting:
    """A meeting that is open: how to join it, and a hidden trainer who moves it along quickly."""

    id: str
    secret: str
    code: str
    hidden: Control

    def go(self, step: str) -> None:
        """Puts a step on screen."""
        self.do("goto", step=step)

    def do(self, name: str, **args: str) -> None:
        """Gives any command of a trainer; again when somebody else was first."""
        hidden = self.hidden
        before, answer = hidden.version, hidden.command(name, **args)
        for _ in range(3):
            if answer.get("code") != "stale":
                break
            hidden.newer_than(before)
            before, answer = hidden.version, hidden.command(name, **args)
        assert answer == {"ok": True}, answer
        hidden.newer_than(before)


class House:
    """A running server with a browser in front of it, and the accounts of two trainers."""

    def __init__(self, server: RunningServer, browser: Browser) -> None:
        self.server = server
        self.browser = browser
        self.complaints = Complaints(urlsplit(server.url).netloc)
        self._contexts: list[BrowserContext] = []
        self._hidden: list[Control | Phone] = []
        self._courses = 0

    @cached_property
    def trainer(self) -> Trainer:
        return Trainer(self.server).make_account()

    @cached_property
    def colleague(self) -> Trainer:
        """A second trainer, on a device of their own."""
        colleague = Trainer(self.server)
        link = self.invite()
        form = {
            "csrf_token": csrf_token(colleague.session.get(link).text),
            "name": "Tweede trainer",
            "login": "tweede",
            "password": "een lang wachtwoord",
            "again": "een lang wachtwoord",
        }
        answer = colleague.session.post(link, data=form)
        assert answer.ok, answer.text
        return colleague

    def invite(self) -> str:
        """A link with which somebody makes an account."""
        session, home = self.trainer.session, f"{self.server.url}/beheer"
        form = {"csrf_token": csrf_token(session.get(home).text)}
        page = session.post(f"{home}/uitnodigen", data=form)
        return re.search(r'value="(http[^"]+/welkom/[^"]+)"', page.text).group(1)

    # Meetings

    def sitting(self, programme: str = "klein", title: str = "") -> Sitting:
        """Opens the first meeting of a new course."""
        self._courses += 1
        opened = self.trainer.open_meeting(title or f"Traject {self._courses}", programme, everybody=True)
        return Sitting(opened.id, opened.secret, opened.code, self._control(opened.id))

    def _control(self, meeting_id: str) -> Control:
        hidden = self.trainer.control(meeting_id)
        self._hidden.append(hidden)
        return hidden

    def rejoin(self, sitting: Sitting) -> None:
        """The hidden trainer comes back after the server was away."""
        sitting.hidden = self._control(sitting.id)

    def crowd(self, sitting: Sitting, people: int) -> list[Phone]:
        """Phones without a browser: what others see needs company."""
        crowd = [Phone(self.server, sitting.secret) for _ in range(people)]
        for phone in crowd:
            phone.connect()
        self._hidden += crowd
        return crowd

    def stored(self, table: str, sitting: Sitting) -> int:
        """How many rows of a meeting are in the database: no page tells so exactly."""
        with sqlite3.connect(self.server.folder / "data" / "kwartier.db") as database:
            query = f"SELECT count(*) FROM {table} WHERE meeting_id = ?"
            return int(database.execute(query, [sitting.id]).fetchone()[0])

    # Browsers

    def context(self, trainer: Trainer | None = None, **device: Any) -> BrowserContext:
        """A browser of its own, logged in as `trainer`; its faults are heard.

        Nothing moves in it, unless a test asks for motion: without a graphics card each picture costs much.
        """
        context = self.browser.new_context(locale="nl-NL", **{"reduced_motion": "reduce", **device})
        context.set_default_timeout(20_000)
        self.complaints.listen(context)
        self._contexts.append(context)
        for cookie in trainer.session.cookies if trainer else ():
            context.add_cookies([{"name": cookie.name, "value": str(cookie.value), "url": self.server.url}])
        return context

    def open(
        self, path: str, trainer: Trainer | None = None, wire: Wire | None = None, **device: Any
    ) -> Page:
        """Any page, in a browser of its own."""
        context = self.context(trainer, **device)
        if wire:
            wire.join(context)
        page = context.new_page()
        page.goto(self.server.url + path)
        return page

    def control(
        self, sitting: Sitting, trainer: Trainer | None = None, wire: Wire | None = None, **device: Any
    ) -> Page:
        by = trainer or self.trainer
        if by is not self.trainer:
            self.trainer.share(sitting.id)
        return online(self.open(f"/regie/{sitting.id}", by, wire, **(device or LAPTOP)))

    def screen(self, sitting: Sitting, **device: Any) -> Page:
        return online(self.open(f"/scherm/{sitting.id}", self.trainer, **(device or BEAMER)))

    def phone(self, sitting: Sitting, wire: Wire | None = None, **device: Any) -> Page:
        """A participant who scanned the QR code, and agreed."""
        page = self.open(f"/j/{sitting.secret}", wire=wire, **(device or PHONE))
        page.get_by_role("button", name="Doe mee").click()
        return online(page)

    @contextmanager
    def visit(self) -> Iterator["House"]:
        """Closes every page that was opened inside, and fails when one did what no page may do."""
        contexts, hidden = len(self._contexts), len(self._hidden)
        yield self
        for connection in self._hidden[hidden:]:
            connection.close()
        for context in self._contexts[contexts:]:
            context.close()
        del self._hidden[hidden:], self._contexts[contexts:]
        heard = list(self.complaints.heard)
        self.complaints.heard.clear()
        assert heard == []
