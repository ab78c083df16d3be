"""Real browsers behind a proxy that ends TLS: whatever people do, an ear on the network hears the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.attack.story import QUICK
from tests.browser.people import PHONE, House, Sitting, online
from tests.support.server import wait_for
from tests.support.tls import Ear, TlsServer

# Of Engine.IO: it comes at a moment of its own.
PING = "2"
VOTE, FLAP = "eens-of-oneens", "wat-brengt-ervaring"
Act = Callable[[Page], None]
Trace = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Room:
    """A meeting that people reach over TLS only."""

    server: TlsServer
    browser: Browser
    sitting: Sitting

    @contextmanager
    def phone(self) -> Iterator[tuple[Page, Ear, list[int]]]:
        """A phone, who listens to it, and the length of each message that it got."""
        ear = self.server.ear()
        context = self.browser.new_context(ignore_https_errors=True, locale="nl-NL", **PHONE)
        # These come some seconds after a phone came in, each at a moment of chance: whatever anybody presses.
        for later in ("**/aloud-*.js", "**/*-700-normal-*.woff2", "**/notebook_part-*.js"):
            context.route(later, lambda route: route.abort())
        page, got = context.new_page(), list[int]()

        def get(frame: str | bytes) -> None:
            if frame != PING:
                got.append(_bytes(frame))

        page.on("websocket", lambda socket: socket.on("framereceived", get))
        page.goto(f"{ear.url}/j/{self.sitting.secret}")
        page.get_by_role("button", name="Doe mee").click()
        yield online(page), ear, got
        context.close()

    def heard(self, act: Act, *before: Act) -> Trace:
        """What an ear hears of a phone that does this, after what it did before."""
        with self.phone() as (page, ear, got):
            for each in before:
                each(page)
            self.server.until_quiet(1.5)
            ear.heard.clear()
            got.clear()
            act(page)
            # The second comes a tenth of a second later, or a second when there was one just before.
            wait_for(lambda: page.wait_for_timeout(50) or len(got) > 1, "an answer, and what is its own")
            self.server.until_quiet()
            return ear.trace


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Room]:
    server = TlsServer(tmp_path_factory.mktemp("tls"), **QUICK).start()
    with House(server, browser).visit() as house:
        sitting = house.sitting()
        sitting.do("start")
        yield Room(server, browser, sitting)
    server.stop()


def choose(answer: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_label(answer, exact=True).check()
        expect(page.locator("#own")).to_contain_text(f"Jouw antwoord: {answer}.")

    return act


def write(text: str) -> Act:
    def act(page: Page) -> None:
        cards = page.locator("#own li").count()
        page.get_by_label("Je antwoord").fill(text)
        page.get_by_role("button", name="Verstuur").click()
        expect(page.locator("#own li")).to_have_count(cards + 1)

    return act


def press(button: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_role("button", name=button).first.click()

    return act


def test_every_vote_sounds_alike(room: Room) -> None:
    room.sitting.go(VOTE)
    often = [choose(answer) for answer in ("Eens", "Oneens") * 6]
    heard = {
        "agrees": room.heard(choose("Eens")),
        "does not know": room.heard(choose("Weet ik niet")),
        "changes": room.heard(choose("Oneens"), choose("Eens")),
        "changes for the twelfth time": room.heard(choose("Eens"), *often),
        "takes back": room.heard(press("Haal mijn antwoord weg"), choose("Eens")),
    }
    assert len(set(heard.values())) == 1, heard


def test_every_card_sounds_alike(room: Room) -> None:
    room.sitting.go(FLAP)
    heard = {
        "a short text": room.heard(write("ja")),
        "a long text": room.heard(write("x" * 40)),
        "accents": room.heard(write("\u00e9" * 40)),
        "emoji": room.heard(write("\U0001f9e1" * 20)),
        "quotes": room.heard(write('"' * 40)),
        "backslashes and lines": room.heard(write("\\\n" * 19 + "x")),
        "the last of three": room.heard(write("drie"), write("een"), write("twee")),
        "changes": room.heard(press("Pas aan"), write('een "lang" antwoord')),
        "takes back": room.heard(press("Haal weg"), write("een"), write("twee")),
    }
    assert len(set(heard.values())) == 1, heard


def test_a_page_that_is_loaded_again_is_as_long_whatever_was_sent(room: Room) -> None:
    room.sitting.go(FLAP)
    with room.phone() as (page, _, frames):
        lengths = []
        for text in ("", "een", '"' * 40):
            if text:
                write(text)(page)
            frames.clear()
            loaded = page.reload()
            assert loaded is not None
            online(page)
            expect(page.locator("#own li")).to_have_count(len(lengths))
            # Opened, connected, what all see, and what is its own.
            wait_for(lambda: page.wait_for_timeout(50) or len(frames) >= 4, "the private fragment")
            lengths.append((len(loaded.body()), frames[:2], frames[3]))

        assert lengths == lengths[:1] * 3


def test_a_text_that_is_changed_is_in_the_form_again(room: Room) -> None:
    room.sitting.go(FLAP)
    with room.phone() as (page, _, _):
        write('een "lang" antwoord')(page)
        page.get_by_role("button", name='Pas aan een "lang" antwoord').click()
        expect(page.get_by_label("Je antwoord")).to_have_value('een "lang" antwoord')
        expect(page.locator("#own li")).to_have_count(0)


def _bytes(text: str | bytes) -> int:
    return len(text.encode() if isinstance(text, str) else text)
