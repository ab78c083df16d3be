"""Everybody who is there when a whole dagdeel is given, from the first link until all have come in."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, House, online, shoot
from tests.support.pages import Phone


@dataclass
class Group:
    """Everybody who is there: the trainer's two pages, four phones in a browser, and one without."""

    control: Page
    screen: Page
    phones: list[Page]
    fifth: Phone
    passed: list[str] = field(default_factory=list)

    @property
    def step(self) -> str:
        return str(self.control.locator("#now").get_attribute("data-fresh"))

    def press(self, name: str, sure: bool = False) -> None:
        """A button of the control page; waits until it had its effect."""

        def press() -> None:
            self.control.get_by_role("button", name=name, exact=True).first.click()
            if sure:
                self.control.get_by_role("button", name="Ja, doe maar").click()

        self.has_effect(press)

    def forward(self) -> None:
        self.has_effect(self.control.locator("[data-command=next]").click)

    def has_effect(self, press: Callable[[], None]) -> None:
        """Presses, and waits for the effect: what is pressed before it would count for the next one too."""
        before = str(self.control.locator(".control").get_attribute("data-version"))
        press()
        expect(self.control.locator(".control")).not_to_have_attribute("data-version", before)

    def on(self, step: str) -> None:
        """Everybody sees this step."""
        expect(self.control.locator("#now")).to_have_attribute("data-fresh", step)
        expect(self.screen.locator("#stage")).to_have_attribute("data-fresh", step)
        for phone in self.phones:
            expect(phone.locator("#page")).to_have_attribute("data-fresh", re.compile(f"^{step}/"))

    def to(self, step: str) -> None:
        """Presses on until this step, and looks at every page on the way."""
        while self.passed[-1] != step:
            self.forward()
            if self.step != self.passed[-1]:
                self.passed.append(self.step)
                self.on(self.step)

    def keep_pictures(self, name: str) -> None:
        for who, page in (("control", self.control), ("screen", self.screen), ("phone", self.phones[0])):
            shoot(page, f"{name}-{who}")


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
