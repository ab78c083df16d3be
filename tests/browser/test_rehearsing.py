"""Practising with people who do not exist: as the guide says it, and marked on every page.

A server of its own, as somebody has it at home who starts Kwartier for the first time.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import cut_off, sideways, small_text, violations
from tests.browser.people import BEAMER, LAPTOP, PHONE, SMALL_PHONE, House, online, shoot
from tests.support.server import ROOT, RunningServer

GUIDE = ROOT / "docs" / "handleiding" / "vooraf.md"
SECTION = "## Oefenen in vijf minuten"
NAME = re.compile(r"\*\*(.+?)\*\*")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    settings = {"CONTENT_DIR": str(ROOT / "content"), "POST_RATE": "100", "POST_BURST": "1000"}
    server = RunningServer(tmp_path_factory.mktemp("home"), **settings).start()
    house = House(server, browser)
    with house.visit():
        yield house
    server.stop()


class Reader:
    """Somebody who does what the guide says, one bold word after the other."""

    def __init__(self, house: House) -> None:
        self.page = house.open("/beheer", house.trainer, **LAPTOP)
        self.screen: Page | None = None
        self.acts = {
            "Oefenen": lambda: self.page.get_by_role("link", name=re.compile("^Oefenen")).first.click(),
            "Waar begin je?": lambda: self.page.get_by_label("Waar begin je?").select_option("diagnose-me"),
            "Open het scherm": self.open_screen,
            "De groep weet dit, open de oefening": self.accept,
            "Klok": lambda: expect(
                self.page.get_by_role("group", name="Hoe snel de klok loopt")
            ).to_be_visible(),
            "Leg de kaarten op tafel": self.lay_the_cards,
            "Stop de oefening": self.stop,
        }

    def follow(self, word: str) -> None:
        self.acts.get(word, lambda: self.page.get_by_role("button", name=word).first.click())()

    def open_screen(self) -> None:
        with self.page.expect_popup() as opened:
            self.page.get_by_role("link", name="Open het scherm").click()
        self.screen = online(opened.value)

    def accept(self) -> None:
        """Only where others can overhear, which is not so here."""
        expect(self.page.get_by_text("Anderen op deze wifi kunnen meelezen.")).to_have_count(0)

    def lay_the_cards(self) -> None:
        """Once there are enough of them, as the trainer sees."""
        expect(self.page.get_by_text(re.compile(r"1[0-2] bedachte deelnemers doen mee"))).to_be_visible()
        expect(self.page.locator(".c-kind .num").first).to_have_text(re.compile(r"^([69]|1[0-2])"))
        self.page.get_by_role("button", name="Leg de kaarten op tafel").click()

    def stop(self) -> None:
        self.page.get_by_role("button", name="Stop de oefening").click()
        expect(self.page.get_by_role("heading", name="De oefening is klaar")).to_be_visible()
        expect(self.page.locator("#toast")).to_have_text("")


def section() -> str:
    return GUIDE.read_text("utf-8").partition(f"\n{SECTION}\n")[2].partition("\n## ")[0]


def steps() -> list[str]:
    """The bold words of the numbered steps, in order."""
    numbered = [line for line in section().splitlines() if re.match(r"\d+\. ", line)]
    return NAME.findall("\n".join(numbered))


def test_who_follows_the_guide_has_practised_diagnose_me(home: House) -> None:
    reader = Reader(home)
    assert set(reader.acts) <= set(steps())

    for word in steps():
        reader.follow(word)

    assert reader.screen is not None
    expect(reader.screen.get_by_role("heading", name="De oefening is klaar")).to_be_visible()
    reader.page.goto(f"{home.server.url}/beheer")
    expect(reader.page.get_by_text("Oefening", exact=True)).to_have_count(0)


def expect_mark(*pages: Page) -> None:
    for page in pages:
        expect(page.get_by_text("Oefening", exact=True).first).to_be_visible()


def looked(page: Page, name: str) -> list[str]:
    """What is wrong with how a page looks, on a laptop or beamer or phone as it is now."""
    shoot(page, f"rehearsal-{name}")
    return [f"{name}: {fault}" for fault in (*violations(page), *sideways(page))]


def test_a_rehearsal_is_marked_on_every_page(home: House) -> None:
    page = home.open("/beheer", home.trainer, **LAPTOP)
    page.get_by_role("link", name=re.compile("^Oefenen")).first.click()
    faults = looked(page, "form")
    page.get_by_label("Waar begin je?").select_option("diagnose-me")
    page.get_by_role("button", name="Begin de oefening").click()
    control, meeting = online(page), page.url.rsplit("/", 1)[1]
    control.get_by_role("button", name="16×").click()
    expect(control.get_by_role("button", name="16×")).to_have_attribute("aria-pressed", "true")
    expect(control.get_by_text(re.compile("bedachte deelnemers doen mee"))).to_be_visible()
    pages = {"control": control, "screen": online(home.open(f"/scherm/{meeting}", home.trainer, **BEAMER))}
    control.locator("#tools > summary").click()
    control.locator("#join > summary").click()
    code = control.locator("#join .code").inner_text()
    phone = home.open("/", **PHONE)
    phone.get_by_label("Code").fill(code)
    phone.get_by_role("button", name="Verder").click()
    expect(phone.get_by_role("button", name="Doe mee")).to_be_visible()
    expect_mark(phone)
    faults += looked(phone, "join")
    phone.get_by_role("button", name="Doe mee").click()
    pages["phone"] = online(phone)
    pages["meeting"] = home.open(f"/beheer/bijeenkomsten/{meeting}", home.trainer, **LAPTOP)
    pages["home"] = home.open("/beheer", home.trainer, **LAPTOP)
    pages["control on a phone"] = online(home.open(f"/regie/{meeting}", home.trainer, **SMALL_PHONE))

    expect_mark(*pages.values())
    for name, each in pages.items():
        faults += looked(each, name.replace(" ", "-"))
    faults += [f"screen: {fault}" for fault in (*cut_off(pages["screen"]), *small_text(pages["screen"]))]
    control.get_by_role("button", name="Dek af").click()
    expect(pages["screen"].get_by_role("heading", name="Even een moment")).to_be_visible()
    expect_mark(pages["screen"])
    faults += looked(pages["screen"], "covered")

    pages["meeting"].get_by_role("button", name="Stop de oefening").click()

    expect(pages["meeting"].get_by_text("De oefening is gestopt. Alles ervan is gewist.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Dit was een oefening")).to_be_visible()
    faults += looked(phone, "over-phone")
    for name in ("control", "screen"):
        expect(pages[name].get_by_role("heading", name="De oefening is klaar")).to_be_visible()
        faults += looked(pages[name], f"over-{name}")
    assert faults == []
