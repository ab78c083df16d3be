"""Picture cards: everybody can look at all of them, and nobody can find out who looked at which."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, Request, WebSocket, expect

from tests.browser.looks import cut_off, sideways, small_text, violations
from tests.browser.people import BEAMER, LAPTOP, OLD_BEAMER, PHONE, SMALL_PHONE, House, Sitting, shoot

STEP = "beeldkaarten"
CARDS = 36
# So tall that the bar at the bottom covers nothing: axe would take a covered card for a small one.
TALL_PHONE = SMALL_PHONE | {"viewport": {"width": 320, "height": 6000}}
LOADED = "() => [...document.querySelectorAll('.k-beeldkaarten img')].every((each) => each.naturalWidth > 0)"
SHAPES = """(pictures) => pictures.map((each) => {
  const {width, height} = each.getBoundingClientRect();
  return Math.abs(width * 3 - height * 4) < 4 ? "4:3" : `${width}:${height}`;
})"""


@pytest.fixture
def cards(house: House) -> Iterator[Sitting]:
    """The training, with its picture cards in front of everybody."""
    sitting = house.sitting("training")
    sitting.do("start")
    sitting.go(STEP)
    yield sitting


@dataclass
class Traffic:
    """All that leaves a page, but for the heartbeat of its connection."""

    sent: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("request", self._asked)
        page.on("websocket", self._connected)

    def _asked(self, request: Request) -> None:
        self.sent.append(request.url)

    def _connected(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)

    def _sent(self, frame: str | bytes) -> None:
        if frame not in ("2", "3"):
            self.sent.append(str(frame))


def card(page: Page, title: str) -> Locator:
    return page.locator("summary", has_text=re.compile(rf"^\s*{title}\s"))


def opened(page: Page) -> Locator:
    return page.locator("details[open]")


def all_loaded(page: Page) -> None:
    pictures = page.locator(".k-beeldkaarten img")
    expect(pictures).to_have_count(CARDS)
    page.wait_for_function(LOADED)


def watched_phone(house: House, sitting: Sitting) -> tuple[Page, Traffic]:
    """A phone of which everything that it sends is known, from a moment before its page was loaded."""
    phone, traffic = house.phone(sitting), Traffic()
    traffic.listen(phone)
    phone.reload()
    expect(phone.locator("html")).to_have_attribute("data-connection", "online")
    return phone, traffic


def test_a_phone_asks_for_the_pictures_in_their_own_step_and_then_for_all(house: House) -> None:
    sitting = house.sitting("training")
    sitting.do("start")
    phone, traffic = watched_phone(house, sitting)
    pictures = [url for url in traffic.sent if "/programma/" in url]

    sitting.go(STEP)
    all_loaded(phone)

    assert pictures == []
    assert len({url for url in traffic.sent if "/programma/training/kaart-" in url}) == CARDS


def test_looking_at_cards_sends_nothing(house: House, cards: Sitting) -> None:
    phone, traffic = watched_phone(house, cards)
    all_loaded(phone)
    phone.wait_for_load_state("networkidle")
    before = list(traffic.sent)

    for title in ("Knoop", "Ballon", "Brug"):
        card(phone, title).tap()
        expect(opened(phone)).to_have_count(1)
        expect(opened(phone).get_by_text("Terug naar alle kaarten")).to_be_visible()
        opened(phone).locator("summary").tap()
        expect(opened(phone)).to_have_count(0)
    # What the page would have sent goes out before what the trainer's next press brings.
    cards.do("cover")
    expect(phone.locator("main")).to_contain_text("Het scherm staat even uit.")

    assert traffic.sent == before


def test_an_open_card_fills_the_phone_and_stays_open_while_the_trainer_turns_the_page(
    house: House, cards: Sitting
) -> None:
    phone, screen = house.phone(cards, **SMALL_PHONE), house.screen(cards)
    all_loaded(phone)
    card(phone, "Vuurtoren").tap()

    cards.do("next")
    expect(screen.locator(".k-beeldkaarten__number")).to_have_text("Blad 2 van 2")
    cards.do("cover")
    expect(phone.locator("main")).to_contain_text("Het scherm staat even uit.")

    box = opened(phone).locator("summary").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 568}
    expect(opened(phone)).to_contain_text("Vuurtoren")
    picture = opened(phone).locator("img").bounding_box()
    assert picture is not None
    # As wide as the phone, but for its margins of one rem, which is 18 px there.
    assert (round(picture["width"]), round(picture["height"])) == (284, 213)
    shoot(phone, "open-card")


def test_keys_open_and_close_a_card_and_the_focus_is_never_behind_it(house: House, cards: Sitting) -> None:
    phone = house.phone(cards)
    all_loaded(phone)
    first = card(phone, "Brug")

    first.focus()
    phone.keyboard.press("Enter")
    expect(opened(phone)).to_contain_text("Brug")
    phone.keyboard.press("Escape")
    expect(opened(phone)).to_have_count(0)
    expect(first).to_be_focused()

    phone.keyboard.press("Space")
    expect(opened(phone)).to_contain_text("Brug")
    phone.keyboard.press("Tab")
    expect(opened(phone)).to_have_count(0)
    assert phone.evaluate("() => document.activeElement !== document.body")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phones_can_be_used_by_everybody(house: House, cards: Sitting, scheme: str) -> None:
    phone = house.phone(cards, **TALL_PHONE, color_scheme=scheme)
    all_loaded(phone)
    assert (violations(phone), sideways(phone)) == ([], [])

    card(phone, "Brug").tap()
    expect(opened(phone)).to_have_count(1)
    assert violations(phone) == []

    for name, device in (("phone", PHONE), ("phone-small", SMALL_PHONE)):
        page = house.phone(cards, **device, color_scheme=scheme)
        all_loaded(page)
        shoot(page, f"cards-{scheme}-{name}")


@pytest.mark.parametrize("device", [BEAMER, OLD_BEAMER], ids=["1920x1080", "1024x768"])
def test_the_screen_shows_every_card_in_two_pages(
    house: House, cards: Sitting, device: dict[str, object]
) -> None:
    screen = house.screen(cards, **device)
    seen: list[str] = []
    for number in (1, 2):
        expect(screen.locator(".k-beeldkaarten__number")).to_have_text(f"Blad {number} van 2")
        seen += screen.locator(".k-beeldkaarten__title").all_inner_texts()
        screen.wait_for_load_state("networkidle")
        shoot(screen, f"cards-page-{number}")
        assert (cut_off(screen), violations(screen)) == ([], [])
        assert set(screen.locator(".k-beeldkaarten img").evaluate_all(SHAPES)) == {"4:3"}
        if device is BEAMER:
            assert small_text(screen) == []
        cards.do("theme")
        expect(screen.locator("html")).to_have_attribute("data-theme", "dark")
        shoot(screen, f"cards-page-{number}-dark")
        assert violations(screen) == []
        cards.do("theme")
        if number == 1:
            cards.do("next")

    assert len(set(seen)) == CARDS


def test_the_control_page_says_which_page_is_up_and_turns_it(house: House, cards: Sitting) -> None:
    control = house.control(cards, **LAPTOP)
    expect(control.locator(".k-beeldkaarten")).to_contain_text("blad 1 van 2")
    expect(control.locator("main")).to_contain_text("Volgende blad")

    cards.do("next")

    expect(control.locator(".k-beeldkaarten")).to_contain_text("blad 2 van 2")
    shoot(control, "cards-control")
    assert violations(control) == []


def test_paper_has_four_cards_of_a6_on_each_sheet(house: House, cards: Sitting) -> None:
    paper = house.open(f"/regie/{cards.id}/papier", house.trainer, **LAPTOP)
    sheets = paper.locator(".k-beeldkaarten__sheet")
    expect(sheets).to_have_count(CARDS // 4)
    assert [sheet.locator("figure").count() for sheet in sheets.all()] == [4] * (CARDS // 4)

    printed = paper.pdf(prefer_css_page_size=True)

    # In points: an A4 on its side.
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert [(round(float(a)), round(float(b))) for a, b in sizes].count((842, 595)) == CARDS // 4
