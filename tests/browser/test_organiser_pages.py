"""The pages for organisers in a real browser: axe finds nothing, nothing sticks out, and keys are enough."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser.looks import flexible_on_paper
from tests.support.server import ROOT
from tests.support.site import PASSWORD, Site

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (390, 1280)


class Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing: the output is for the tests."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Three courses: of one a meeting was held and one is open, of one the order turned, one is archived."""
    site = Site(tmp_path_factory.mktemp("organiser"))
    organiser = site.logged_in("olga", is_organiser=True)
    for title in ("Oost", "West", "Archiefwijk"):
        organiser.post(
            "/beheer/trajecten/nieuw",
            title=title,
            programme="klein",
            first_date=date.today(),
            start="09:30",
        )
    held, opened = site.meetings()
    site.hold(held.id, [1, 1, 1, 1, 1, 1, 0, 2, 2], ["a", "b", "c", "d", "e"])
    organiser.post(f"/beheer/bijeenkomsten/{opened.id}/openen", page="/beheer")
    late = date.today() + timedelta(weeks=9)
    organiser.post(f"/beheer/bijeenkomsten/{site.meetings(2)[0].id}", date=late, start="09:30")
    organiser.post("/beheer/trajecten/3/archiveren", page="/beheer/trajecten/3")
    yield site
    site.stop()


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


def log_in(page: Page, address: str) -> None:
    """With the keyboard alone."""
    page.goto(f"{address}/inloggen")
    # The page puts the cursor there by itself; on a busy machine a moment after it has loaded.
    expect(page.get_by_label("Inlognaam")).to_be_focused()
    page.keyboard.type("olga")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/beheer")


def violations(page: Page) -> list[tuple[str, list[str]]]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def sticks_out(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_accessible_and_fit(browser: Browser, address: str, site: Site, width: int) -> None:
    held, opened = (meeting.id for meeting in site.meetings())
    paths = (
        "/beheer", "/beheer/trajecten/nieuw", "/beheer/trajecten/1", "/beheer/trajecten/2/verwijderen",
        "/beheer/trajecten/2", "/beheer/trajecten/3", "/beheer/archief", "/beheer/trajecten/1/kopie",
        "/beheer/trajecten/1/evaluatie", f"/beheer/bijeenkomsten/{opened}", "/beheer/programmas",
        "/beheer/vergelijken", "/beheer/vergelijken?per=bijeenkomst&traject=1",
        f"/beheer/bijeenkomsten/{held}/evaluatie", f"/beheer/bijeenkomsten/{opened}/evaluatie",
        f"/beheer/bijeenkomsten/{held}/verslag", f"/beheer/bijeenkomsten/{held}/verslag/lezen",
        f"/beheer/bijeenkomsten/{held}", "/beheer/trajecten/1/verslag", "/beheer/trajecten/2/verslag",
    )  # fmt: skip
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    outcomes = {}
    for path in ("/inloggen", site.invitation(is_organiser=True), "/welkom/weg"):
        page.goto(address + path)
        outcomes[path] = (violations(page), sticks_out(page))
    log_in(page, address)
    for path in paths:
        page.goto(address + path)
        outcomes[path] = (violations(page), sticks_out(page))
    context.close()

    assert outcomes == dict.fromkeys(outcomes, ([], 0))


def test_mistakes_in_a_form_are_announced_and_accessible(browser: Browser, address: str, site: Site) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(address + site.invitation(is_organiser=True))
    page.get_by_role("button", name="Maak mijn account").click()

    assert page.get_by_role("alert").get_by_role("link").first.inner_text() == "Je naam"
    assert page.get_by_label("Je naam").get_attribute("aria-invalid") == "true"
    assert violations(page) == []
    context.close()


def test_evaluation_prints_without_menu_and_buttons(
    browser: Browser, address: str, site: Site, tmp_path: Path
) -> None:
    page = browser.new_context().new_page()
    log_in(page, address)
    page.goto(f"{address}/beheer/bijeenkomsten/{site.meetings()[0].id}/evaluatie")
    page.emulate_media(media="print")

    assert page.get_by_role("navigation").is_visible() is False
    assert page.get_by_role("link", name="CSV").is_visible() is False
    assert page.get_by_role("heading", name="Het tempo was").is_visible() is True
    page.context.close()


def test_report_asks_before_somebody_leaves_it_unsaved(browser: Browser, address: str, site: Site) -> None:
    asks = "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    page = browser.new_context().new_page()
    log_in(page, address)
    page.goto(f"{address}/beheer/bijeenkomsten/{site.meetings()[0].id}/verslag")
    before = page.evaluate(asks)
    page.get_by_label("Tekst aan het begin").fill("Een goede dag.")
    typed = page.evaluate(asks)

    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Bewaard.")

    assert (before, typed, page.evaluate(asks)) == (False, True, False)
    page.get_by_role("link", name="Lees of druk af").click()
    expect(page.get_by_text("Een goede dag.")).to_be_visible()
    page.context.close()


def test_report_prints_without_menu_and_buttons(browser: Browser, address: str, site: Site) -> None:
    page = browser.new_context().new_page()
    log_in(page, address)
    page.goto(f"{address}/beheer/trajecten/1/verslag")
    page.emulate_media(media="print")

    assert page.get_by_role("navigation").is_visible() is False
    assert page.get_by_role("heading", name="Maak het eerst klaar").is_visible() is False
    assert page.get_by_role("heading", name="Wat hier niet in staat, en waarom").is_visible() is True
    page.context.close()


def test_nothing_is_printed_over_what_goes_on_over_the_page(
    browser: Browser, address: str, site: Site
) -> None:
    held = f"/beheer/bijeenkomsten/{site.meetings()[0].id}"
    paths = (
        f"{held}/verslag/lezen", "/beheer/trajecten/1/verslag", f"{held}/evaluatie",
        "/beheer/trajecten/1/evaluatie", "/beheer/vergelijken?per=bijeenkomst&traject=1", f"{held}/draaiboek",
        f"{held}/materialen", "/beheer/logboek",
    )  # fmt: skip
    page = browser.new_context().new_page()
    log_in(page, address)
    found = {}
    for path in paths:
        page.goto(address + path)
        found[path] = flexible_on_paper(page)

    assert {path: boxes for path, boxes in found.items() if boxes} == {}
    page.context.close()
