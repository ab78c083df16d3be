"""Who reads the log of a proxy, or looks at an address bar: does a text ever stand in an address?"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from tests.attack.stolen import none
from tests.browser.people import LAPTOP, PHONE, House, chromium
from tests.support.findings import Finding
from tests.support.made_up import MadeUpServer

SECRET = "Dit gaat niemand iets aan"
ROLES = ("phone", "screen", "control")
FIELDS = ("Geheim", "Verborgen", "Stil")


class Addresses:
    """Every address that a browser asked for, as a proxy would log it, or had in its address bar."""

    def __init__(self, context: BrowserContext) -> None:
        self.seen: list[str] = []
        context.on("request", lambda request: self.seen.append(f"{request.method} {request.url}"))
        context.on("page", lambda page: page.on("framenavigated", lambda frame: self.seen.append(frame.url)))

    def queries(self) -> list[str]:
        """Those that say more than where a page, a versioned file or the socket is."""
        return [
            seen
            for seen in self.seen
            if urlsplit(seen.split(" ")[-1]).query
            and not re.search(r"/kinds/[^?]+\?v=\w+$|/socket\.io/\?", seen)
        ]

    def posts(self) -> list[str]:
        return [seen for seen in self.seen if seen.startswith("POST ") and "/socket.io/" not in seen]


class Plain:
    """A page whose browser runs no scripts, in the hands of its debugger.

    A form that the policy refuses leaves Playwright waiting for a page that never comes.
    """

    def __init__(self, house: House, like: Page, **device: object) -> None:
        context = house.context(java_script_enabled=False, **device)
        context.add_cookies(like.context.cookies())
        self.addresses = Addresses(context)
        self.page = context.new_page()
        self.page.goto(like.url)
        self._session = context.new_cdp_session(self.page)

    def run(self, expression: str) -> Any:
        answer = self._session.send("Runtime.evaluate", {"expression": expression, "returnByValue": True})
        return answer["result"].get("value")

    def press_enter(self) -> None:
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
        self._session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
        self._session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})

    def send_everything(self) -> None:
        """Enter in every field of every form, and a press on each of its buttons."""
        for place in range(self.run("document.querySelectorAll('form :is(input, textarea, button)').length")):
            self.run(f"document.querySelectorAll('form :is(input, textarea, button)')[{place}].focus()")
            self.press_enter()
            self.page.wait_for_timeout(150)

    def texts(self) -> list[str]:
        fields = "document.querySelectorAll('main form :is(input, textarea)')"
        return list(self.run(f"[...{fields}].map((field) => field.value.trim())"))


def refused(house: House) -> int:
    """How often a browser said in its console that the policy refused a form; that is no fault any more."""
    heard = [complaint for complaint in house.complaints.heard if "form-action 'none'" in complaint]
    house.complaints.heard = [each for each in house.complaints.heard if each not in heard]
    return len(heard)


def _open(house: House, role: str) -> Page:
    sitting = house.sitting("vergeten")
    sitting.go("vergeten")
    page: Page = getattr(house, role)(sitting)
    for label in FIELDS:
        expect(page.get_by_label(label).first).to_be_visible()
    return page


def with_scripts(house: House, role: str) -> list[Finding]:
    """Enter and every button in the forms of a kind that nobody thought about."""
    page = _open(house, role)
    addresses, before = Addresses(page.context), page.url
    page.evaluate("() => { window.stillHere = true; }")
    for label in FIELDS:
        page.get_by_label(label).first.fill(SECRET)
        page.get_by_label(label).first.press("Enter")
    for name in ("Stuur", "Toch"):
        page.get_by_role("button", name=name).first.click()
    page.wait_for_timeout(500)
    texts = [page.get_by_label(label).first.input_value() for label in FIELDS]
    stayed = page.url == before and page.evaluate("() => window.stillHere") is True
    return _findings(f"{role}, with scripts", addresses, texts.count(SECRET), stayed)


def by_the_policy_alone(house: House, role: str) -> list[Finding]:
    """The same without a script that could stop it."""
    page = _open(house, role)
    plain = Plain(house, page, **(PHONE if role == "phone" else LAPTOP))
    for label in FIELDS:
        plain.page.get_by_label(label).first.fill(SECRET)
    plain.send_everything()
    found = _findings(
        f"{role}, by the policy alone",
        plain.addresses,
        plain.texts().count(SECRET),
        plain.page.url == page.url,
    )
    times = refused(house)
    return [*found, Finding(f"{role}: forms that the policy refused", str(times), "over 0", times > 0)]


def _findings(what: str, addresses: Addresses, texts: int, stayed: bool) -> list[Finding]:
    lost = len(FIELDS) - texts
    return [
        none(f"{what}: addresses with what was typed", len(addresses.queries())),
        none(f"{what}: forms that the browser sent", len(addresses.posts())),
        none(f"{what}: texts that were lost, or pages left", lost + (not stayed)),
    ]


def addresses(folder: Path) -> list[Finding]:
    """Every page of a house with a forgetful kind."""
    server = MadeUpServer(folder).start()
    try:
        with chromium() as browser, House(server, browser).visit() as house:
            attempts = (with_scripts, by_the_policy_alone)
            return [one for role in ROLES for attempt in attempts for one in attempt(house, role)]
    finally:
        server.stop()
