"""Pages that are not live: for who joins, who reads a hand-out, and who organises. Axe finds nothing, and
nothing scrolls sideways on a small phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import FOR_ORGANISERS, values_of
from tests.browser.looks import resize, sideways, unfold, violations
from tests.browser.people import LAPTOP, House, Sitting, shoot


@dataclass
class Reader:
    """A laptop that is not logged in, one that is, and what the addresses of the pages need."""

    stranger: Page
    organiser: Page
    house: House
    values: dict[str, str]

    def open(self, page: Page, path: str) -> None:
        page.goto(self.house.server.url + path.format(**self.values))

    def look(self, page: Page, name: str) -> None:
        """Looks at a page on a laptop, and in the width of a small phone."""
        unfold(page)
        shoot(page, name)
        assert violations(page) == []
        resize(page, 320, 568)
        shoot(page, name)
        assert sideways(page) == []
        assert violations(page) == []
        resize(page, **LAPTOP["viewport"])


@pytest.fixture(scope="module")
def reader(opened_house: House) -> Iterator[Reader]:
    with opened_house.visit() as house:
        lobby: Sitting = house.sitting()
        yield Reader(house.open("/"), house.open("/beheer", house.trainer), house, values_of(house, lobby))


def wrong_code(page: Page) -> None:
    page.get_by_label("Code").fill("AAA")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("alert")).to_be_visible()


def wrong_password(page: Page) -> None:
    page.get_by_label("Inlognaam").fill("niemand")
    page.get_by_label("Wachtwoord").fill("niet het goede")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_be_visible()


def too_short(page: Page) -> None:
    page.get_by_role("button", name="Maak mijn account").click()
    expect(page.get_by_role("alert")).to_be_visible()


def leave_alone(page: Page) -> None:
    page.wait_for_load_state()


@pytest.mark.parametrize(
    ("path", "act"),
    [
        ("/", leave_alone),
        ("/", wrong_code),
        ("/j/{secret}", leave_alone),
        ("/j/bestaat-niet", leave_alone),
        ("/inloggen", leave_alone),
        ("/inloggen", wrong_password),
        ("/welkom/{invitation}", leave_alone),
        ("/welkom/{invitation}", too_short),
        ("/welkom/bestaat-niet", leave_alone),
        ("/wachtwoord/{reset}", leave_alone),
        ("/privacy", leave_alone),
        ("/toegankelijkheid", leave_alone),
        ("/programma/training/bijlage/leeslijst", leave_alone),
        ("/programma/training/bijlage/functieprofiel", leave_alone),
        ("/plan/bestaat-niet", leave_alone),
        ("/plan-gesloten", leave_alone),
        ("/bestaat-niet", leave_alone),
    ],
)
def test_page_for_everybody(reader: Reader, path: str, act: Callable[[Page], None]) -> None:
    page = reader.stranger
    reader.open(page, path)
    act(page)
    reader.look(page, f"page{path.replace('/', '-').split('{')[0]}-{act.__name__}")


@pytest.mark.parametrize("path", FOR_ORGANISERS)
def test_page_for_organisers(reader: Reader, path: str) -> None:
    reader.open(reader.organiser, path)
    name = path.partition("?")[0].replace("/", "-").replace("{meeting}", "x")
    reader.look(reader.organiser, f"page{name}")
