"""Locations in a real browser: axe finds nothing, nothing sticks out, and keys are enough."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.browser.looks import resize, sideways, unfold, violations
from tests.browser.people import shoot
from tests.browser.test_organiser_pages import Silent, log_in
from tests.support.courses import make_course
from tests.support.site import Site

LONG = "Samenwerkingsverband Gemeentelijkewijkteamsvoorbeelden Midden-Holland"
SIZES = ((320, 568), (390, 844), (1280, 800))
PAGES = (
    "/beheer", "/beheer/locaties", "/beheer/locaties/1", "/beheer/locaties/1/verwijderen",
    "/beheer/locaties/3/verwijderen", "/beheer/organisatoren/2", "/beheer/organisatoren/2/verwijderen",
    "/beheer/trajecten/nieuw", "/beheer/trajecten/2", "/beheer/trajecten/2/locatie",
    "/beheer/vergelijken?per=locatie",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three locations: one where a meeting was held, one with a long name, and one that is empty."""
    site = Site(tmp_path_factory.mktemp("locations"))
    national = site.logged_in("olga", is_organiser=True)
    gouda = site.location("Gouda")
    local = site.logged_in("gonda", is_organiser=True, location_id=gouda)
    site.account("lotte", is_organiser=True, location_id=site.location(LONG))
    site.location("Leeg")
    make_course(local, trainers="2")
    make_course(national, title="Wijkteam West")
    for course_id in (1, 2):
        site.hold(site.meetings(course_id)[0].id, [1] * 9, [])
    server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    site.stop()


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page = context.new_page()
    log_in(page, address)
    yield page
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_nothing_sticks_out(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    found = {}
    for path in PAGES:
        page.goto(address + path)
        unfold(page)
        for width, height in SIZES:
            resize(page, width, height)
            shoot(page, f"{path.strip('/').replace('/', '-')}-{scheme}")
            found[path, width] = (violations(page), sideways(page))

    assert found == dict.fromkeys(found, ([], []))


def test_mistake_is_told_and_a_location_is_made_with_keys_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/beheer/locaties")
    page.get_by_label("Naam van de locatie").focus()
    page.keyboard.type("gouda")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Er is al een locatie met deze naam.")
    assert violations(page) == []

    page.get_by_label("Naam van de locatie").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Schiedam")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Schiedam")
    expect(page.get_by_role("status")).to_have_text(
        "De locatie Schiedam is gemaakt. Nodig er nu organisatoren voor uit."
    )
