"""The plan in real browsers: it saves itself, two people at once lose nothing, and keys are enough."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser.keyboard import under_a_bar
from tests.browser.looks import flexible_on_paper, resize, sideways, violations
from tests.browser.people import PHONE, Complaints, shoot
from tests.support.courses import make_course
from tests.support.server import ROOT
from tests.support.site import Site, Visitor

GOAL, WHEN = "Wat willen jullie bereiken?", "Wanneer?"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


class Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing: the output is for the tests."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation with our own form."""
    site = Site(tmp_path_factory.mktemp("plan"))
    folder = ROOT / "content" / "plan-van-aanpak"
    shutil.copytree(folder, site.host.settings.content_dir / folder.name)
    site.host.read_curriculum()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def organiser(site: Site) -> Visitor:
    return site.logged_in("olga", is_organiser=True)


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


class Plan:
    """The plan of a course of its own, and people who open it by a link."""

    def __init__(self, browser: Browser, address: str, organiser: Visitor) -> None:
        made = make_course(organiser, title="Wijkteam Oost").location
        self.path, self.address, self.browser, self.organiser = f"{made}/plan", address, browser, organiser
        self.complaints = Complaints(address.removeprefix("http://"))
        self.contexts: list[BrowserContext] = []

    def open(self, **how: object) -> Page:
        """The page of somebody who has a link, in a browser of their own."""
        invited = self.organiser.post(f"{self.path}/uitnodigen", page=self.path, about="gast").text
        link = invited.partition("<code>")[2].partition("</code>")[0]
        context = self.browser.new_context(**{"viewport": {"width": 1280, "height": 720}, **how})  # type: ignore[arg-type]
        self.contexts.append(context)
        self.complaints.listen(context)
        page = context.new_page()
        page.goto(self.address + "/plan/" + link.rpartition("/")[2])
        page.get_by_role("button", name="Open het plan").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Plan van aanpak")
        return page

    def stored(self) -> str:
        return self.organiser.get(f"{self.path}.json").text


@pytest.fixture
def plan(browser: Browser, address: str, organiser: Visitor) -> Iterator[Plan]:
    plan = Plan(browser, address, organiser)
    yield plan
    for context in plan.contexts:
        context.close()
    assert plan.complaints.heard == []


def row(page: Page, number: int) -> Locator:
    """A row of the first table."""
    return page.locator("#deel-eigen-regie").get_by_role("group", name=f"Rij {number}", exact=True)


def saved(page: Page, field: Locator) -> None:
    """Waits until the page says of a field that it is saved."""
    expect(page.locator(f"#s{field.get_attribute('id')}")).to_have_text("Bewaard")


def test_field_saves_itself_when_its_writer_goes_on(plan: Plan) -> None:
    page = plan.open()
    field = page.get_by_label("Locatie of wijk")

    field.fill("Oost")
    field.press("Tab")

    saved(page, field)
    expect(page.locator("[data-all]")).to_have_text("Alles is bewaard. Dat gaat vanzelf.")
    page.reload()
    expect(field).to_have_value("Oost")


def test_field_saves_itself_when_its_writer_pauses(plan: Plan) -> None:
    page = plan.open()
    field = page.get_by_label("Locatie of wijk")

    field.press_sequentially("Oost ")

    saved(page, field)
    expect(field).to_be_focused()
    # What is being typed is left alone, a space at the end too.
    expect(field).to_have_value("Oost ")


def test_two_people_in_different_fields_see_what_the_other_wrote(plan: Plan) -> None:
    anna, bea = plan.open(), plan.open()
    anna.get_by_label("Locatie of wijk").fill("Oost")
    anna.keyboard.press("Tab")
    saved(anna, anna.get_by_label("Locatie of wijk"))

    bea.get_by_label("Projectleider").fill("Van het wijkteam")
    bea.keyboard.press("Tab")

    expect(bea.get_by_label("Locatie of wijk")).to_have_value("Oost")
    expect(bea.get_by_label("Projectleider")).to_have_value("Van het wijkteam")
    expect(anna.get_by_label("Projectleider")).to_have_value("Van het wijkteam")
    for page in (anna, bea):
        expect(page.locator("#all-said")).to_have_text("Alles is bewaard. Dat gaat vanzelf.")


def test_two_people_in_one_field_lose_nothing_and_one_chooses(plan: Plan) -> None:
    anna, bea = plan.open(), plan.open(**PHONE)
    theme = "Waar gaat jullie project over?"
    bea.get_by_label(theme).press_sequentially("Thuis")
    saved(bea, bea.get_by_label(theme))
    mine = anna.get_by_label(theme)
    mine.press_sequentially("Meedoen")
    box = anna.get_by_role("group", name="Hier schreven jullie tegelijk. Kies wat blijft.")
    expect(box).to_be_visible()
    # What is under the hands of its writer does not change.
    expect(mine).to_have_value("Meedoen")
    mine.press_sequentially(" in de wijk")
    expect(box.get_by_role("blockquote")).to_have_text(["Thuis", "Meedoen in de wijk"])
    shoot(anna, "plan-both")
    assert violations(anna) == []

    mine.press("Tab")
    expect(mine).to_have_value("Thuis")
    box.get_by_role("button", name="Kies deze tekst 2").press("Enter")

    expect(box).to_be_hidden()
    expect(mine).to_be_focused()
    expect(mine).to_have_value("Meedoen in de wijk")
    bea.get_by_label(theme).press("Tab")
    bea.get_by_label("Projectleider").press_sequentially("x")
    expect(bea.get_by_label(theme)).to_have_value("Meedoen in de wijk")


def test_row_is_added_and_filled_in_with_keys_alone(plan: Plan) -> None:
    page = plan.open()

    page.get_by_role("button", name="Voeg een rij toe aan Eigen regie").focus()
    page.keyboard.press("Enter")
    expect(row(page, 4).get_by_label(GOAL)).to_be_focused()
    page.keyboard.type("Iedereen kent de weg")
    for words in ("Een inloop", "Team Oost", "12 maart 2027"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Tab")

    expect(page.locator("#actions").get_by_role("listitem")).to_contain_text(["vrijdag 12 maart 2027"])
    assert "Iedereen kent de weg" in plan.stored()


def test_two_people_who_add_a_row_at_once_have_one_each(plan: Plan) -> None:
    anna, bea = plan.open(), plan.open()
    for page in (anna, bea):
        page.get_by_role("button", name="Voeg een rij toe aan Eigen regie").click()
        expect(row(page, 4)).to_be_visible()

    anna.keyboard.type("Van Anna")
    anna.keyboard.press("Tab")
    saved(anna, row(anna, 4).get_by_label(GOAL))
    bea.keyboard.type("Van Bea")
    bea.keyboard.press("Tab")

    expect(row(bea, 4).get_by_label(GOAL)).to_have_value("Van Anna")
    expect(row(bea, 5).get_by_label(GOAL)).to_have_value("Van Bea")


def test_row_in_which_somebody_types_comes_back_when_another_removed_it(plan: Plan) -> None:
    anna, bea = plan.open(), plan.open()
    goal = row(bea, 2).get_by_label(GOAL)
    goal.focus()
    anna.get_by_role("button", name="Haal rij 2 weg uit Eigen regie").click()
    anna.get_by_role("button", name="Ja, haal weg (rij 2 van Eigen regie").click()
    expect(row(anna, 3)).to_be_hidden()

    goal.press_sequentially("Toch een doel")

    saved(bea, goal)
    assert "Toch een doel" in plan.stored()


def test_without_a_network_nothing_is_lost(plan: Plan) -> None:
    page = plan.open()
    field = page.get_by_label("Locatie of wijk")
    page.context.set_offline(True)
    field.fill("Oost")
    field.press("Tab")
    expect(page.locator("[data-all]")).to_have_text(
        "Nog niet bewaard: er is geen verbinding. We proberen het zo weer."
    )

    page.context.set_offline(False)

    saved(page, field)
    assert "Oost" in plan.stored()


def test_who_lost_the_right_keeps_the_typed_text_on_the_page(plan: Plan) -> None:
    page = plan.open()
    page.context.clear_cookies()

    page.get_by_label("Locatie of wijk").fill("Oost")
    page.keyboard.press("Tab")

    expect(page.locator("[data-all]")).to_contain_text("Je mag dit plan niet meer veranderen.")
    expect(page.get_by_label("Locatie of wijk")).to_have_value("Oost")


def test_without_a_script_a_button_saves(plan: Plan) -> None:
    page = plan.open(java_script_enabled=False)
    page.get_by_label("Locatie of wijk").fill("Oost")

    page.get_by_role("button", name="Voeg een rij toe aan Eigen regie").click()

    expect(page.get_by_label("Locatie of wijk")).to_have_value("Oost")
    expect(row(page, 4)).to_be_visible()


def fill_all(page: Page) -> None:
    """Something in every field, long words too."""
    page.evaluate(
        """(words) => document.querySelectorAll("textarea").forEach((field, place) => {
          field.value = place % 4 === 3 ? "12 maart 2027" : words;
          field.dispatchEvent(new Event("input", {bubbles: true}));
        })""",
        f"Een inloop in het buurthuis, met koffie.\nWe maken een {LONG}.",
    )
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.locator("[data-all]")).to_have_text("Alles is bewaard. Dat gaat vanzelf.")


@pytest.mark.parametrize("fill", [lambda page: None, fill_all], ids=["empty", "full"])
def test_page_is_accessible_and_fits(plan: Plan, fill: Callable[[Page], None], tmp_path: Path) -> None:
    page = plan.open()
    fill(page)
    name = "full" if fill is fill_all else "empty"
    for path, part in (("", "fill"), ("/lezen", "read")):
        page.goto(plan.address + plan.path + path)
        for width, height in ((1280, 720), (390, 844), (320, 568)):
            resize(page, width, height)
            shoot(page, f"plan-{part}-{name}")
            assert sideways(page) == []
        assert violations(page) == []


def test_page_to_read_prints_without_buttons(plan: Plan) -> None:
    page = plan.open()
    page.goto(f"{plan.address}{plan.path}/lezen")
    page.emulate_media(media="print")

    expect(page.get_by_role("link", name="Terug naar het invullen")).to_be_hidden()
    expect(page.get_by_role("table", name="Eigen regie en meedoen")).to_be_visible()
    assert flexible_on_paper(page) == []


@pytest.mark.parametrize("size", [(1280, 600), (390, 844)], ids=["laptop", "telephone"])
def test_bar_that_stays_covers_nothing_that_has_the_focus(plan: Plan, size: tuple[int, int]) -> None:
    page = plan.open()
    resize(page, *size)

    assert under_a_bar(page, "Tab") == []
