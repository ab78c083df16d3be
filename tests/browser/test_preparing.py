"""'Voorbereiden' in a real browser: two trainers at once, with and without scripts; axe finds nothing."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.browser.keyboard import under_a_bar
from tests.browser.looks import resize, sideways, unfold, violations
from tests.browser.people import LAPTOP, PHONE, House, Sitting, shoot
from tests.browser.test_organiser_pages import Silent
from tests.support.courses import make_course
from tests.support.noted import NOTED, give
from tests.support.site import PASSWORD, Site

FILL = "\n\n".join(f"Regel {number} van een lange tekst." for number in range(20))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("preparing"))
    give(site, NOTED.replace("Tot ziens.", FILL))
    organiser = site.logged_in("olga", is_organiser=True)
    site.account("sam")
    make_course(organiser, trainers=["1", "2"])
    for _ in range(3):
        organiser.post("/beheer/trajecten/1/bijeenkomst", part="dagdeel-1", date=site.today, start="09:30")
    yield site
    site.stop()


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


def logged_in(browser: Browser, address: str, login: str, **options: object) -> Page:
    page = browser.new_context(**{**LAPTOP, **options}).new_page()  # type: ignore[arg-type]
    page.goto(f"{address}/inloggen")
    page.get_by_label("Inlognaam").fill(login)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/beheer")
    return page


@pytest.fixture(scope="module")
def olga(browser: Browser, address: str) -> Iterator[Page]:
    page = logged_in(browser, address, "olga")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def sam(browser: Browser, address: str) -> Iterator[Page]:
    page = logged_in(browser, address, "sam")
    yield page
    page.context.close()


def path(site: Site, number: int) -> str:
    """The page of one of the meetings of the first part."""
    first = [meeting.id for meeting in site.meetings() if meeting.part == "dagdeel-1"]
    return f"/beheer/bijeenkomsten/{first[number]}/voorbereiden"


def saved(page: Page) -> None:
    expect(page.locator("#prep-status")).to_have_text("Bewaard.")


def test_two_trainers_tick_and_choose_at_once(site: Site, address: str, olga: Page, sam: Page) -> None:
    for page in (olga, sam):
        page.goto(address + path(site, 0))
    bell, hall = "Een bel.", "Is de zaal open?"

    olga.get_by_label(bell).check()
    sam.get_by_label(hall).check()
    saved(olga)
    saved(sam)
    expect(sam.locator("#prep-bar")).to_contain_text("(3)")
    # Who was last sees both; the other one after something of her own.
    expect(sam.get_by_label(bell)).to_be_checked()
    olga.get_by_role("button", name="Alleen").click()
    expect(olga.get_by_role("button", name="Alleen")).to_have_attribute("aria-pressed", "true")
    expect(olga.get_by_label(hall)).to_be_checked()
    sam.get_by_label("Minuten van Welkom").fill("25")
    sam.get_by_label("Minuten van Welkom").press("Tab")
    expect(sam.locator("#prep-bar")).to_contain_text("40 minuten")
    expect(sam.get_by_role("button", name="Alleen")).to_have_attribute("aria-pressed", "true")
    sam.get_by_label(bell).uncheck()
    expect(sam.locator("#todo")).to_contain_text("nog 1")

    # Whoever comes back to the page sees what a colleague ticked meanwhile.
    olga.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(olga.get_by_label(bell)).not_to_be_checked()

    olga.reload()

    expect(olga.get_by_label(hall)).to_be_checked()
    expect(olga.get_by_label("Minuten van Welkom")).to_have_value("25")


def test_choosing_leaves_the_page_where_it_is(site: Site, address: str, olga: Page) -> None:
    olga.goto(address + path(site, 1))
    olga.get_by_label("Trainer 1").fill("Samira")
    olga.get_by_label("Trainer 2").fill("Kim")
    olga.get_by_role("button", name="Bewaar namen").click()
    expect(olga.get_by_text("Samira opent.").first).to_be_visible()
    expect(olga.get_by_role("button", name="Wijzig namen")).to_be_focused()

    swap = olga.get_by_role("button", name="Wissel trainers bij Welkom")
    swap.scroll_into_view_if_needed()
    was = olga.evaluate("scrollY")
    swap.press("Enter")

    expect(olga.get_by_text("Kim opent.").first).to_be_visible()
    expect(swap).to_be_focused()
    assert (olga.evaluate("scrollY"), was > 0) == (was, True)
    expect(olga.get_by_text("Vraag Samira om een voorbeeld.")).to_be_visible()


def test_what_is_typed_stays_when_it_is_refused_or_does_not_arrive(
    site: Site, address: str, olga: Page
) -> None:
    olga.goto(address + path(site, 1))
    people = olga.get_by_label("Aantal mensen")
    people.fill("5000")
    people.press("Enter")
    expect(olga.get_by_role("alert")).to_contain_text("van 1 tot 1000")
    expect(people).to_have_value("5000")

    olga.context.set_offline(True)
    people.fill("12")
    people.press("Enter")
    expect(olga.locator("#prep-status")).to_contain_text("Is er verbinding?")
    olga.context.set_offline(False)
    expect(people).to_have_value("12")
    people.press("Enter")
    saved(olga)
    expect(olga.get_by_role("alert")).to_have_count(0)


def test_page_of_who_was_not_told_that_it_opened_becomes_one_for_reading(
    site: Site, address: str, olga: Page
) -> None:
    olga.goto(address + path(site, 2))
    meeting = path(site, 2).split("/")[3]
    with site.app.app_context():
        assert site.host.open_meeting(meeting)

    # The answer may come before the press is over.
    olga.get_by_label("Een bel.").click()

    expect(olga.get_by_text("Deze bijeenkomst is open.")).to_be_visible()
    expect(olga.get_by_label("Een bel.")).to_be_disabled()
    expect(olga.get_by_label("Een bel.")).not_to_be_checked()


def test_everything_works_without_scripts(site: Site, address: str, browser: Browser) -> None:
    page = logged_in(browser, address, "sam", java_script_enabled=False)
    page.goto(address + path(site, 3))

    page.get_by_role("button", name="Alleen").click()
    page.get_by_label("Een bel.").check()
    page.get_by_role("button", name="Bewaar de vinkjes").click()

    expect(page.get_by_label("Een bel.")).to_be_checked()
    expect(page.get_by_role("button", name="Alleen")).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith("#todo")
    page.context.close()


def test_names_can_be_changed_in_control_and_the_notes_say_them(house: House, sitting: Sitting) -> None:
    sitting.go("eens-of-oneens")
    control = house.control(sitting)
    unfold(control)
    control.get_by_label("Trainer 1").fill("Samira")
    control.get_by_label("Trainer 2").fill("Kim")
    control.get_by_role("button", name="Wijzig namen").click()
    expect(control.get_by_text("Samira leidt dit blok.")).to_be_visible()

    control.get_by_role("button", name="Wissel trainers bij Herstel").click()

    expect(control.get_by_text("Kim leidt dit blok.")).to_be_visible()


@pytest.mark.parametrize("number", [1, 2])
def test_page_is_accessible_and_fits(site: Site, address: str, olga: Page, number: int) -> None:
    olga.goto(address + path(site, number))
    unfold(olga)
    shoot(olga, f"preparing-{number}")
    assert violations(olga) == []
    resize(olga, 320, 568)
    assert sideways(olga) == []
    resize(olga, **PHONE["viewport"])
    shoot(olga, f"preparing-{number}")
    assert violations(olga) == []
    resize(olga, **LAPTOP["viewport"])


def test_bar_that_stays_covers_nothing_that_has_the_focus(site: Site, address: str, olga: Page) -> None:
    olga.goto(address + path(site, 1))
    for width, height in ((1280, 480), (390, 664)):
        resize(olga, width, height)
        assert under_a_bar(olga) == []
    resize(olga, **LAPTOP["viewport"])
