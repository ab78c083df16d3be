"""The pages about local texts in a real browser: axe finds nothing, nothing sticks out, keys are enough."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.browser.looks import resize, sideways, unfold, violations
from tests.browser.people import shoot
from tests.browser.test_organiser_pages import Silent, log_in
from tests.support.site import PART, Site
from trainer.store.database import transaction
from trainer.store.models import Course, db

NATIONAL = PART.format(number=1)
PART_1 = "/beheer/trajecten/1/teksten/dagdeel-1"
GREETING = "Fijn dat je er bent."


def save(site: Site, course_id: int, source: str, seen: int, who: str) -> None:
    with site.app.app_context():
        course = db.session.get_one(Course, course_id)
        transaction(partial(site.host.versions.save, course, "dagdeel-1", source, seen=seen, who=who))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Courses of which both have a text that two changed at once, and of which the national text is newer."""
    site = Site(tmp_path_factory.mktemp("texts"))
    site.account("olga", is_organiser=True)
    with site.app.app_context():
        rows = [
            Course(title=f"Wijkteam {name}", place="Gouda", programme="klein") for name in ("Oost", "West")
        ]
        transaction(lambda: db.session.add_all(rows))
    first = NATIONAL.replace(GREETING, "Hallo. " + "Gezondheidszorgmedewerkers" * 4)
    second = first.replace("minuten=15", "minuten=20")
    faulty = second.replace("werkvorm=evaluatie", "werkvorm=evaluati")
    for course in (1, 2):
        save(site, course, first, 0, "Ana van den Berg")
        save(site, course, NATIONAL.replace(GREETING, "Dag allemaal."), 0, "Bo")
        save(site, course, second, 1, "Ana")
        save(site, course, faulty, 3, "Ana")
    newer = NATIONAL.replace(GREETING, "Welkom.").replace("Het tempo was", "Het tempo bleef")
    (site.host.settings.content_dir / "klein" / "dagdeel-1.md").write_text(newer, "utf-8")
    site.host.read_curriculum()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


PAGES = {
    "list": "/beheer/trajecten/1/teksten",
    "versions": PART_1,
    "version": f"{PART_1}/versies/3",
    "from-national": f"{PART_1}/versies/3/landelijk",
    "restore": f"{PART_1}/versies/1/terugzetten",
    "back": f"{PART_1}/landelijk",
    "join": f"{PART_1}/samenvoegen/2",
    "news": f"{PART_1}/nieuw",
    "share": f"{PART_1}/delen",
    "upload": "/beheer/trajecten/1/teksten/inlezen",
}


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (1280, "dark")])
def test_pages_are_accessible_and_fit(browser: Browser, address: str, width: int, theme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        bypass_csp=True,
        color_scheme="dark" if theme == "dark" else "light",
    )
    page = context.new_page()
    log_in(page, address)
    outcomes = {}
    for name, path in PAGES.items():
        page.goto(address + path)
        unfold(page)
        shoot(page, f"texts-{name}-{theme}")
        outcomes[name] = (violations(page), sideways(page))
    context.close()

    assert outcomes == dict.fromkeys(PAGES, ([], []))


def columns(page: Page) -> int:
    """How many texts stand beside each other."""
    boxes = [side.bounding_box() for side in page.locator(".difference .side").all()[:2]]
    return len({round(box["x"]) for box in boxes if box})


def test_two_texts_stand_side_by_side_and_on_a_phone_under_each_other(browser: Browser, address: str) -> None:
    page = browser.new_context(viewport={"width": 1024, "height": 768}).new_page()
    log_in(page, address)
    page.goto(f"{address}{PART_1}/versies/3/landelijk")

    wide = columns(page)
    resize(page, 390, 844)

    assert (wide, columns(page)) == (2, 1)
    page.context.close()


def test_what_two_changed_is_decided_with_the_keyboard_and_without_a_script(
    browser: Browser, address: str
) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False).new_page()
    page.goto(f"{address}/inloggen")
    page.get_by_label("Inlognaam").fill("olga")
    page.get_by_label("Wachtwoord").fill("een lang wachtwoord")
    page.keyboard.press("Enter")
    page.wait_for_url("**/beheer")
    page.goto(f"{address}/beheer/trajecten/2/teksten/dagdeel-1/samenvoegen/2")

    page.get_by_role("button", name="Bewaar dit samen").press("Enter")
    asked = page.get_by_role("alert").inner_text()
    page.get_by_role("radio", name="Versie 2: Bo").press("Space")
    page.get_by_role("button", name="Bewaar dit samen").press("Enter")

    assert "Kies bij:" in asked
    expect(page.get_by_role("heading", name="Versie 5")).to_be_visible()
    expect(page.get_by_role("link", name="Voeg samen")).to_have_count(0)
    page.context.close()
