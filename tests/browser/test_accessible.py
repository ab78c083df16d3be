"""Everybody can take part: axe finds nothing, nothing scrolls sideways on a small phone, and the screen can
be read from the back of the room. In every view and every state of every kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import cut_off, sideways, small_text, unfold, violations
from tests.browser.people import LAPTOP, OLD_BEAMER, PHONE, SMALL_PHONE, House, Sitting, shoot
from tests.support.pages import Phone

# So tall that the bar at the bottom covers nothing: axe would take a covered button for a small one.
TALL_LAPTOP = {"viewport": {"width": 1280, "height": 3000}}
TALL_PHONE = SMALL_PHONE | {"viewport": {"width": 320, "height": 12000}}
LONG = "Samenwerkingsovereenkomst met de ervaringsdeskundigenorganisatie"


@dataclass
class Room:
    """A meeting with every role looking on, and five phones that do what they are told."""

    sitting: Sitting
    control: Page
    screen: Page
    phone: Page
    crowd: list[Phone]
    faults: list[str] = field(default_factory=list)

    def go(self, step: str) -> None:
        self.sitting.go(step)

    def do(self, name: str, **args: str) -> None:
        self.sitting.do(name, **args)

    def post(self, step: str, item: str = "", **form: str | list[str]) -> None:
        """Every phone of the crowd sends this; `#` in a text becomes the phone's number."""
        for number, phone in enumerate(self.crowd):
            sent = {name: str(value).replace("#", str(number)) for name, value in form.items()}
            answer = phone.post(step, item=item, **sent)
            assert answer == {"ok": True}, answer

    def seen(self, text: str) -> None:
        """Waits until all three pages show a text."""
        for page in (self.control, self.screen, self.phone):
            expect(page.locator("main")).to_contain_text(text)

    def look(self, state: str) -> None:
        """Looks at everything as it is now."""
        version = str(self.sitting.hidden.version)
        for page in (self.control, self.screen):
            expect(page.locator("#view > [data-version]")).to_have_attribute("data-version", version)
        for name, page in (("control", self.control), ("screen", self.screen), ("phone", self.phone)):
            self._note(f"{state}, {name}", violations(page))
            shoot(page, f"{state}-{name}")
        self._note(f"{state}, text on the screen", small_text(self.screen))
        self._note(f"{state}, more than the screen holds", cut_off(self.screen))
        self._note(f"{state}, scrolls sideways on the phone", sideways(self.phone))

    def look_in_the_dark(self, state: str) -> None:
        self.do("theme")
        expect(self.screen.locator("html")).to_have_attribute("data-theme", "dark")
        self._note(f"{state}, dark screen", violations(self.screen))
        shoot(self.screen, f"{state}-dark-screen")
        self.do("theme")
        expect(self.screen.locator("html")).to_have_attribute("data-theme", "light")

    def _note(self, where: str, found: list[str]) -> None:
        self.faults += [f"{where}: {fault}" for fault in found]


@pytest.fixture(scope="module")
def shared(opened_house: House) -> Iterator[Room]:
    with opened_house.visit() as house:
        sitting = house.sitting()
        crowd = [Phone(house.server, sitting.secret).connect() for _ in range(5)]
        control, screen = house.control(sitting, **TALL_LAPTOP), house.screen(sitting)
        yield Room(sitting, control, screen, house.phone(sitting, **SMALL_PHONE), crowd)
        for phone in crowd:
            phone.close()


@pytest.fixture
def room(shared: Room) -> Iterator[Room]:
    shared.faults.clear()
    yield shared
    assert shared.faults == []


def test_lobby_and_join_overlay_and_cover(room: Room) -> None:
    room.look("lobby")
    room.look_in_the_dark("lobby")
    room.do("start")
    room.do("join")
    room.look("join-overlay")
    room.look_in_the_dark("join-overlay")
    room.do("join")
    room.do("cover")
    room.look("cover")
    room.look_in_the_dark("cover")
    room.do("cover")


@pytest.mark.parametrize("step", ["welkom", "wat-is-herstel", "pauze", "napraten", "huiswerk"])
def test_kinds_without_phones(room: Room, step: str) -> None:
    room.go(step)
    room.look(step)
    room.look_in_the_dark(step)


def test_over_de_lijn(room: Room) -> None:
    step = "over-de-lijn"
    room.go(step)
    room.look(f"{step}-open")
    room.post(step, "1", place="#")
    room.phone.get_by_label("helemaal eens").check()
    expect(room.phone.locator("#own")).to_contain_text("Jouw plek")
    room.do("do:show")
    room.look(f"{step}-shown")
    room.look_in_the_dark(f"{step}-shown")
    room.do("do:close")
    room.look(f"{step}-closed")
    room.do("do:summary")
    room.look(f"{step}-summary")
    room.do("do:statements")
    room.do("do:room")
    room.look(f"{step}-room")
    room.do("do:phones")


def test_stelling(room: Room) -> None:
    step = "eens-of-oneens"
    room.go(step)
    room.look(f"{step}-open")
    room.post(step, "1/1", choice="1")
    room.phone.get_by_label("Eens", exact=True).check()
    expect(room.phone.locator("#own")).to_contain_text("Jouw antwoord")
    room.do("do:show")
    room.look(f"{step}-shown")
    room.look_in_the_dark(f"{step}-shown")
    # What control says of how many sent something comes with the next tick, and the button with it.
    expect(room.control.get_by_role("button", name="Start ronde 2")).to_be_enabled()
    room.do("do:second")
    room.look(f"{step}-second")
    room.post(step, "1/2", choice="2")
    room.do("do:show")
    room.look(f"{step}-shift")


def test_stickers(room: Room) -> None:
    step = "stickers"
    room.go(step)
    room.look(f"{step}-open")
    room.post(step, geel="Lastig #")
    room.post(step, blauw=f"{LONG[:50]} #")
    room.phone.get_by_label("Een sticker die op jou geplakt is").fill("Half af")
    room.do("do:draw")
    room.look(f"{step}-drawn")
    room.do("do:show-all")
    room.look(f"{step}-shown")
    room.look_in_the_dark(f"{step}-shown")


def test_diagnose_me(room: Room) -> None:
    step = "diagnose-me"
    room.go(step)
    room.look(f"{step}-writing")
    room.post(step, vulnerability=f"{LONG} #", passion="Vissen #")
    room.phone.get_by_label("Een kwetsbaarheid").fill("Ik slaap slecht")
    room.phone.get_by_label("Een hobby of passie").fill("Tuinieren")
    room.phone.get_by_role("button", name="Lever mijn kaart in").click()
    expect(room.phone.locator("#own")).to_contain_text("Je kaart is binnen.")
    room.look(f"{step}-written")
    room.do("do:start")
    room.look(f"{step}-table")
    room.do("do:open")
    room.look(f"{step}-card")
    room.look_in_the_dark(f"{step}-card")
    room.do("do:silent")
    room.look(f"{step}-silent")
    room.do("do:finish")
    room.look(f"{step}-done")


def test_flap(room: Room) -> None:
    step = "wat-brengt-ervaring"
    room.go(step)
    room.look(f"{step}-open")
    room.post(step, text="herkenning")
    room.post(step, text=f"{LONG[:36]} #")
    room.phone.get_by_label("Je antwoord").fill("Hoop")
    room.phone.get_by_role("button", name="Verstuur").click()
    expect(room.phone.locator("#own li")).to_have_count(1)
    room.do("do:draw")
    room.look(f"{step}-drawn")
    room.do("do:show-all")
    room.do("do:group", title="Dichtbij")
    room.do("do:define", text="Ervaring brengt hoop.")
    room.look(f"{step}-shown")
    room.look_in_the_dark(f"{step}-shown")
    room.do("do:cloud")
    room.look(f"{step}-cloud")
    room.do("do:close")
    room.look(f"{step}-closed")


def test_evaluatie(room: Room) -> None:
    step = "hoe-was-het"
    room.go(step)
    room.look(f"{step}-open")
    names = {
        label: str(room.phone.get_by_label(label).first.get_attribute("name"))
        for label in ("een beetje", "goed")
    }
    room.post(step, **{names["een beetje"]: "1", names["goed"]: "1"})
    room.phone.get_by_label("een beetje").check()
    room.phone.get_by_role("button", name="Verstuur").click()
    expect(room.phone.locator("#own")).to_contain_text("Je antwoorden zijn bewaard.")
    room.look(f"{step}-sent")
    room.do("do:totals")
    room.look(f"{step}-totals")
    room.look_in_the_dark(f"{step}-totals")


def test_paper_cards_of_every_kind(house: House, sitting: Sitting) -> None:
    control = house.control(sitting, **TALL_LAPTOP)
    for step in ("over-de-lijn", "eens-of-oneens", "stickers", "diagnose-me", "wat-brengt-ervaring"):
        sitting.go(step)
        expect(control.locator("#now")).to_have_attribute("data-fresh", step)
        control.get_by_text("Voer een papieren kaart in").click()
        shoot(control, f"paper-{step}-control")
        assert violations(control) == [], step


def test_control_page_on_a_phone(house: House, shared: Room, room: Room) -> None:
    control = house.control(shared.sitting, **TALL_PHONE)
    for step in ("wat-is-herstel", "over-de-lijn", "wat-brengt-ervaring", "stickers", "diagnose-me"):
        room.go(step)
        expect(control.locator("#now")).to_have_attribute("data-fresh", step)
        unfold(control)
        shoot(control, f"small-{step}-control")
        assert sideways(control) == [], step
        assert violations(control) == [], step


def test_screen_on_an_old_beamer(house: House, shared: Room, room: Room) -> None:
    screen = house.screen(shared.sitting, **OLD_BEAMER)
    for step in (
        "welkom",
        "wat-is-herstel",
        "over-de-lijn",
        "wat-brengt-ervaring",
        "stickers",
        "pauze",
        "huiswerk",
    ):
        room.go(step)
        expect(screen.locator("#stage")).to_have_attribute("data-fresh", step)
        shoot(screen, f"old-{step}-screen")
        assert cut_off(screen) == [], step


def test_meeting_that_is_closed(house: House, room: Room) -> None:
    room.do("close")
    expect(room.phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    unfold(room.phone)
    room.look("closed")
    shared_link = f"/j/{room.sitting.secret}"
    late = house.open(shared_link, **SMALL_PHONE)
    assert violations(late) == []
    evaluation = house.open(f"/beheer/bijeenkomsten/{room.sitting.id}/evaluatie", house.trainer, **LAPTOP)
    shoot(evaluation, "evaluation")
    assert violations(evaluation) == []


def test_phones_in_the_dark(house: House, sitting: Sitting) -> None:
    """A phone and a laptop follow the device."""
    phone = house.phone(sitting, **PHONE, color_scheme="dark")
    control = house.control(sitting, **LAPTOP, color_scheme="dark")
    for step in ("over-de-lijn", "stickers", "diagnose-me", "wat-brengt-ervaring"):
        sitting.go(step)
        expect(phone.locator("#page")).to_have_attribute("data-fresh", re.compile(f"^{step}/"))
        expect(control.locator("#now")).to_have_attribute("data-fresh", step)
        shoot(phone, f"dark-{step}-phone")
        assert violations(phone) == [], step
        assert violations(control) == [], step
    shoot(control, "dark-control")
