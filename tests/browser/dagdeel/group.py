"""Everybody who is there when a whole dagdeel is given: trainers, a screen, and people with phones."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.browser.dagdeel.hands import Hands, Sleeping
from tests.browser.dagdeel.ledger import Ledger
from tests.browser.looks import clipped, sideways
from tests.browser.people import PHONE, House, online, shoot
from tests.support.pages import Phone

# Which of the people has the smallest phone.
SMALL = 2
# The forms for paper are as they came: what was in them is entered.
ENTERED = """() => [...document.querySelectorAll("#enter form")].every(
  ({elements}) => [...elements].every((each) => {
    const {value, defaultValue = value, checked, defaultChecked} = each;
    return value === defaultValue && checked === defaultChecked;
  }))"""
CHANGED = "(before) => document.querySelector('.control').dataset.version !== before"


@dataclass
class Person:
    """Somebody with a phone. `team` is the number of their small group, as their phone says it.

    `said_whose`: they told whether the phone is their own.
    """

    number: int
    hands: Hands
    team: int = 0
    said_whose: bool = False

    @property
    def page(self) -> Page:
        return self.hands.page


@dataclass
class Group:
    """Everybody who is there: `control` is the page of the trainer who presses now, `colleague` of the other.

    `fifth` is a phone without a browser. `has_begun`: people did something in this exercise. `faults` is what
    was wrong with how a page looks.
    """

    control: Page
    screen: Page
    people: list[Person]
    colleague: Page | None = None
    fifth: Phone | None = None
    passed: list[str] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    has_begun: bool = False
    faults: list[str] = field(default_factory=list)

    @property
    def phones(self) -> list[Page]:
        return [person.page for person in self.people]

    @property
    def small(self) -> Page:
        """The phone of 320 pixels."""
        return self.phones[SMALL]

    @property
    def sleeper(self) -> Sleeping | None:
        return next((each.hands for each in self.people if isinstance(each.hands, Sleeping)), None)

    @property
    def step(self) -> str:
        return str(self.control.locator("#now").get_attribute("data-fresh"))

    # Trainers

    def press(self, name: str, sure: bool = False) -> None:
        """A button of the control page; waits until it had its effect."""

        def press() -> None:
            self.control.get_by_role("button", name=name, exact=True).first.click()
            if sure:
                self.control.get_by_role("button", name="Ja, doe maar").click()

        self.has_effect(press)

    def can_press(self, name: str | re.Pattern[str]) -> bool:
        """Is this a button of the exercise now?"""
        found = self.control.locator(".c-controls").get_by_role("button", name=name)
        return found.count() > 0 and found.first.is_enabled()

    def forward(self) -> None:
        self.has_effect(self.control.locator("[data-command=next]").click)

    def has_effect(self, press: Callable[[], None]) -> None:
        """Presses, and waits for the effect: what is pressed before it would count for the next one too."""
        before = str(self.control.locator(".control").get_attribute("data-version"))
        press()
        self.control.wait_for_function(CHANGED, arg=before)

    def change_trainers(self) -> None:
        """From now on the other trainer presses."""
        assert self.colleague is not None
        self._in_step(self.colleague)
        self.control, self.colleague = self.colleague, self.control

    def enter_paper(self, fills: Callable[[Hands], None]) -> None:
        """What somebody without a phone wrote, entered by the trainer."""
        if self.control.locator("#enter:not([open])").count():
            self.control.locator("#enter > summary").click()
        fills(Hands(self.control, "#enter"))
        self.control.wait_for_function(ENTERED)

    # Phones

    def everybody(self, does: Callable[[Person], None], sees: Callable[[Person], None] | None = None) -> None:
        """All of them do something, and then each sees what became of it."""
        self.begin()
        for person in self.people:
            does(person)
        for person in self.people:
            person.hands.wake()
        for person in self.people:
            if sees:
                sees(person)

    def begin(self) -> None:
        """People begin with this exercise, if they did not yet."""
        if not self.has_begun:
            for person in self.people:
                person.hands.begin()
        self.has_begun = True

    def rest(self) -> None:
        """The exercise is over for the phones."""
        self.begin()
        for person in self.people:
            person.hands.rest()
        self.has_begun = False

    # Pages

    def on(self, step: str) -> None:
        """Everybody sees this step."""
        expect(self.control.locator("#now")).to_have_attribute("data-fresh", step)
        expect(self.screen.locator("#stage")).to_have_attribute("data-fresh", step)
        sleeper = self.sleeper
        for phone in self.phones:
            if sleeper and sleeper.is_frozen and phone is sleeper.page:
                continue
            expect(phone.locator("#page")).to_have_attribute("data-fresh", re.compile(f"^{step}/"))

    def to(self, step: str) -> None:
        """Presses on until this step, and looks at every page on the way."""
        while self.passed[-1] != step:
            self.forward()
            if self.step != self.passed[-1]:
                self.passed.append(self.step)
                self.on(self.step)

    def look(self, phone: Page | None = None) -> None:
        """Is anything on the screen cut off, now that it shows what control is about? And on this phone?"""
        self._in_step(self.screen)
        found = [*clipped(self.screen), *(sideways(phone) if phone else [])]
        self.faults += [f"{self.step}: {fault}" for fault in found]

    def keep_pictures(self, name: str) -> None:
        for who, page in (("control", self.control), ("screen", self.screen), ("phone", self.phones[0])):
            shoot(page, f"{name}-{who}")

    def _in_step(self, page: Page) -> None:
        """Waits until a page shows the same version of the meeting as control does."""
        version = str(self.control.locator(".control").get_attribute("data-version"))
        shown = "(version) => document.querySelector('#view > [data-version]').dataset.version === version"
        page.wait_for_function(shown, arg=version)


def join_by_code(house: House, screen: Page) -> Page:
    code = screen.locator(".join-code").inner_text()
    phone = house.open("/", **PHONE)
    shoot(phone, "join")
    phone.get_by_label("Code").fill(code.lower())
    phone.get_by_role("button", name="Verder").click()
    expect(phone.locator("main")).to_contain_text("Niemand ziet wie wat schreef.")
    shoot(phone, "consent")
    phone.get_by_role("button", name="Doe mee").click()
    return online(phone)


def join_by_link(house: House) -> Page:
    phone = house.open(f"/j/{house.server.join_secret}", **PHONE)
    phone.get_by_role("button", name="Doe mee").click()
    return online(phone)
