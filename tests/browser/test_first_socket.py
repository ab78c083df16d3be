"""The socket of a live page opens before the scripts of the page are there, and they go on with it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, WebSocket, expect

from tests.browser.people import House, Sitting, online
from tests.support.server import wait_for

SCRIPT = re.compile(r"/static/phone-\w+\.js")
CLOSED = 3
# What the server opens with in the lobby: the session, the view, and that it is connected.
GREETING = 3
# Who looks at the first socket leaves it there.
LOOK = """() => {
  const [socket, said] = window.takeSocket();
  window.takeSocket = () => [socket, said];
  return """


class Opened:
    """The sockets that a page opened, whose own script waits until it is let go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sockets: list[WebSocket] = []
        self._held: list[Route] = []
        page.on("websocket", lambda socket: self.sockets.append(socket))
        page.route(SCRIPT, lambda route: self._held.append(route))

    def let_go(self) -> None:
        for route in self._held:
            route.continue_()
        self.page.unroute(SCRIPT)


@contextmanager
def before_its_script(page: Page) -> Iterator[Opened]:
    """A page that is loaded again, whose socket is there, and its script only afterwards."""
    opened = Opened(page)
    page.reload(wait_until="commit")
    wait_for(lambda: page.evaluate("() => Boolean(window.takeSocket)"), "the first script")
    wait_for(lambda: page.evaluate(f"{LOOK} said.length }}") >= GREETING, "what the server says")
    yield opened
    opened.let_go()
    online(page)


def test_a_page_goes_on_with_the_socket_that_it_began_with(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)

    with before_its_script(phone) as opened:
        pass

    assert len(opened.sockets) == 1


def test_what_was_said_before_the_script_came_is_shown(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)

    with before_its_script(phone) as opened:
        sitting.go("over-de-lijn")

    expect(phone.get_by_role("heading", name="Wie veel meemaakte")).to_be_visible()
    assert len(opened.sockets) == 1


def test_a_first_socket_that_was_lost_is_replaced(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)

    with before_its_script(phone) as opened:
        phone.evaluate(f"{LOOK} socket.close() }}")
        wait_for(lambda: phone.evaluate(f"{LOOK} socket.readyState }}") == CLOSED, "the socket to be closed")

    assert len(opened.sockets) == 2


@pytest.mark.parametrize("view", ["control", "screen"])
def test_pages_of_trainers_do_the_same(house: House, sitting: Sitting, view: str) -> None:
    sockets: list[WebSocket] = []
    page = getattr(house, view)(sitting)
    page.on("websocket", lambda socket: sockets.append(socket))

    page.reload()
    online(page)

    own = [socket.url for socket in sockets if "small=yes" not in socket.url]
    assert [re.findall(r"[?&](meeting|role|has)=", url) for url in own] == [["meeting", "role", "has"]]
