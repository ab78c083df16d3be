"""Changing a text in a real browser: with keys alone, nothing typed is lost, and axe finds nothing."""

import re
import threading
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from tests.browser.keyboard import under_a_bar
from tests.browser.looks import resize, sideways, violations
from tests.browser.people import shoot
from tests.browser.test_organiser_pages import Silent, log_in
from tests.support.site import PART, Site
from trainer.store.models import Course, db

TEXTS = "/beheer/trajecten/1/teksten"
OUTLINE = f"{TEXTS}/dagdeel-1/opbouw"
LINE = """## Stelling nemen {#stelling-nemen werkvorm=over-de-lijn minuten=20}

- Hulp vragen is moeilijk.
- Een buur kan veel.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("editor"))
    organiser = site.logged_in("olga", is_organiser=True)
    part = site.host.settings.content_dir / "klein" / "dagdeel-1.md"
    part.write_text(PART.format(number=1).replace("## Afsluiting", f"{LINE}\n## Afsluiting"), "utf-8")
    site.host.read_curriculum()
    organiser.post(
        "/beheer/trajecten/nieuw", title="Oost", programme="klein", first_date=date.today(), start="09:30"
    )
    yield site
    site.stop()


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser of somebody who is logged in."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    log_in(page, address)
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(desk: BrowserContext) -> Iterator[Page]:
    page = desk.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    page.close()
    assert complaints == []


def source(site: Site) -> str:
    with site.app.app_context():
        return site.host.library.source(db.session.get_one(Course, 1), "dagdeel-1") or ""


PAGES = ("dagdeel-1/opbouw", "dagdeel-1/opbouw/nieuw", "dagdeel-1/onderdeel/stelling-nemen",
         "dagdeel-1/onderdeel/hoe-was-het", "dagdeel-1/tekst", "foto")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_fit(page: Page, path: str) -> None:
    page.goto(f"{TEXTS}/{path}")
    for width, height in ((1280, 720), (390, 844), (320, 568)):
        resize(page, width, height)
        shoot(page, f"teksten-{path.replace('/', '-')}")
        assert sideways(page) == []
    assert violations(page) == []


def test_with_keys_alone_a_statement_is_changed_and_seen_before_saving(page: Page, site: Site) -> None:
    page.goto(f"{TEXTS}/dagdeel-1/onderdeel/stelling-nemen")
    preview = page.frame_locator("iframe[name='voorbeeld']")
    expect(preview.get_by_role("heading", name="Hulp vragen is moeilijk.")).to_be_visible()

    page.get_by_role("textbox", name="Stelling 1").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Hulp vragen is gewoon.")

    expect(preview.get_by_role("heading", name="Hulp vragen is gewoon.")).to_be_visible()
    assert "moeilijk" in source(site)
    page.get_by_role("button", name="Nog een stelling").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Stelling 3").focus()
    page.keyboard.type("Iedereen kan iets.")
    page.get_by_role("button", name="Bewaar", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{OUTLINE}#*")
    assert "- Hulp vragen is gewoon.\n- Een buur kan veel.\n- Iedereen kan iets.\n" in source(site)


def test_with_keys_alone_minutes_are_changed_and_the_total_follows(page: Page, site: Site) -> None:
    page.goto(OUTLINE)
    page.get_by_label("Minuten van Welkom").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("25")
    expect(page.locator("[data-total-minutes]")).to_have_text("60")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bewaard als versie")).to_be_visible()
    assert "#welkom minuten=25" in source(site)


def test_with_keys_alone_a_step_is_added_and_moved(page: Page, site: Site) -> None:
    page.goto(f"{OUTLINE}/nieuw?plek=in:afsluiting")
    page.get_by_label("Titel").focus()
    page.keyboard.type("Onze eigen werkwijze")
    page.get_by_role("button", name="Voeg toe").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/onderdeel/onze-eigen-werkwijze")
    page.goto(OUTLINE)
    page.get_by_role("button", name="Onze eigen werkwijze omhoog").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bewaard als versie")).to_be_visible()
    text = source(site)
    assert text.index("#onze-eigen-werkwijze") < text.index("#hoe-was-het")


def test_what_was_typed_and_not_saved_is_there_again(page: Page, site: Site) -> None:
    path = f"{TEXTS}/dagdeel-1/onderdeel/welkom"
    page.goto(path)
    page.get_by_label("Wat iedereen ziet").fill("Nog niet bewaard")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.goto(OUTLINE)
    page.goto(path)
    page.get_by_role("button", name="Zet het terug").click()

    expect(page.get_by_label("Wat iedereen ziet")).to_have_value("Nog niet bewaard")
    assert asked == ["beforeunload"]
    assert "Nog niet bewaard" not in source(site)
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.wait_for_url(f"**{OUTLINE}#*")
    page.goto(path)
    expect(page.get_by_role("button", name="Zet het terug")).to_have_count(0)


@pytest.mark.parametrize("place", ["tekst", "onderdeel/welkom"])
def test_what_was_saved_is_not_offered_again_also_when_it_is_stored_otherwise(
    page: Page, site: Site, place: str
) -> None:
    path = f"{TEXTS}/dagdeel-1/{place}"
    page.goto(path)
    # Blank lines at the end are not stored.
    words = page.get_by_label(re.compile("De hele tekst|Wat iedereen ziet")).first
    words.click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("Tot straks!\n\n")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("Bewaard als versie")).to_be_visible()

    page.goto(path)

    expect(page.get_by_role("button", name="Zet het terug")).to_have_count(0)
    assert "Tot straks!" in source(site)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_text_of_the_second_of_two_people_is_not_offered_again(page: Page, site: Site) -> None:
    path = f"{TEXTS}/dagdeel-1/onderdeel/welkom"
    page.goto(path)
    page.get_by_label("Titel", exact=True).fill("Welkom allemaal")
    with site.app.app_context():
        versions, course = site.host.versions, db.session.get_one(Course, 1)
        latest = versions.opened(course, "dagdeel-1")
        other = latest.source.replace("## Welkom", "## Dag en welkom", 1)
        versions.save(course, "dagdeel-1", other, seen=latest.number, who="Piet")
        db.session.commit()

    page.get_by_role("button", name="Bewaar", exact=True).click()

    expect(page.get_by_role("heading", name="Twee mensen veranderden hetzelfde")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_what_was_typed_and_not_saved_goes_with_logging_out(page: Page, address: str) -> None:
    kept = "() => Object.keys(localStorage)"
    page.on("dialog", lambda dialog: dialog.accept())
    for step in ("welkom", "afsluiting"):
        page.goto(f"{TEXTS}/dagdeel-1/onderdeel/{step}")
        page.locator("main input[type=text]").first.fill("Nog niet bewaard")
    assert f"kwartier-tekst:{TEXTS}/dagdeel-1/onderdeel/welkom" in page.evaluate(kept)

    page.get_by_role("button", name="Uitloggen").click()

    expect(page.get_by_text("Je bent uitgelogd, ook op andere apparaten.")).to_be_visible()
    assert page.evaluate(kept) == []
    # The tests after this one have the same browser.
    log_in(page, address)


def search_for(page: Page, words: str) -> None:
    page.get_by_label("De hele tekst, in Markdown").focus()
    page.keyboard.press("ControlOrMeta+f")
    expect(page.get_by_role("textbox", name="Zoek")).to_be_focused()
    page.keyboard.type(words)


def find(page: Page, words: str) -> None:
    """Selects the first place where the text has these words, by keys alone."""
    search_for(page, words)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def test_faults_are_told_with_their_lines_as_one_types(page: Page) -> None:
    page.goto(f"{TEXTS}/dagdeel-1/tekst")
    text = page.get_by_label("De hele tekst, in Markdown")
    sent = page.locator("textarea[name='tekst']")
    words = sent.input_value()
    line = words[: words.index("werkvorm=evaluatie")].count("\n") + 1

    find(page, "werkvorm=evaluatie")
    page.keyboard.type("werkvorm=evaluati")

    expect(sent).to_have_value(words.replace("werkvorm=evaluatie}", "werkvorm=evaluati}"))
    link = page.get_by_role("link", name=f"Regel {line}")
    expect(link).to_be_visible()
    expect(page.locator(".cm-lintRange-error")).to_contain_text("evaluati}")
    assert violations(page) == []
    page.locator(".cm-line").first.click()
    link.focus()
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    assert page.evaluate(
        "document.querySelector('[data-written] > div').shadowRoot.getSelection().toString()"
    ).endswith("evaluati}")
    page.once("dialog", lambda dialog: dialog.accept())


def test_what_is_written_is_kept_and_saved_and_tab_leaves_the_text(page: Page, site: Site) -> None:
    page.goto(f"{TEXTS}/dagdeel-1/tekst")
    find(page, "Een buur kan veel.")
    page.keyboard.press("ArrowRight")
    page.keyboard.type(" Neem rustig plaats.")
    page.keyboard.press("Tab")

    expect(page.get_by_label("Onderdeel in het voorbeeld")).to_be_focused()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.wait_for_url(f"**{TEXTS}/dagdeel-1/tekst*")
    assert "Een buur kan veel. Neem rustig plaats." in source(site)


def test_text_is_searched_in_dutch(page: Page) -> None:
    page.goto(f"{TEXTS}/dagdeel-1/tekst")
    search_for(page, "evaluatie")

    expect(page.locator(".cm-searchMatch").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("path", [OUTLINE, f"{TEXTS}/dagdeel-1/onderdeel/stelling-nemen"])
def test_bar_that_stays_covers_nothing_that_has_the_focus(page: Page, path: str) -> None:
    page.goto(path)
    resize(page, 1280, 480)

    assert under_a_bar(page) == []
