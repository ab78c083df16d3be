"""Evaluations side by side in a real browser: with names as long as can be, a drawing, and on paper."""

import threading
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from queue import Queue

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.browser.looks import resize, sideways, unfold, violations
from tests.browser.test_organiser_pages import Silent, log_in
from tests.support.site import Site
from trainer.kinds.contract import Submission
from trainer.meetings.door import Answer
from trainer.store.database import transaction
from trainer.store.keys import Phone
from trainer.store.models import Meeting, db

MARK = "| cijfer | Welk cijfer geef je dit dagdeel? | cijfer | |"
OPEN = "| beter | Wat kan er beter? | open | |"
LONG = "Samenwerkingsverband Gemeentelijkewijkteamsvoorbeelden " * 2
PAGE = "/beheer/vergelijken"


def give(site: Site, meeting_id: str, marks: dict[int, int]) -> None:
    """A meeting in which so many phones give each mark."""
    with site.app.app_context():
        site.host.open_meeting(meeting_id)
        for command in ("next", "next"):
            site.command(meeting_id, command)
        room = site.host.room(meeting_id)
        assert room is not None
        asked = next(step.settings for step in room.part.steps() if step.kind == "evaluatie").questions
        names = {question.id: question.name for question in asked}
        for mark in (mark for mark, people in marks.items() for _ in range(people)):
            token, outcome = uuid.uuid4().hex, Queue[object]()
            assert site.host.joining.knock(meeting_id, token, anew=True) is Answer.IN
            form = {names["tempo"]: ["1"], names["cijfer"]: [str(mark - 1)]}
            sent = Submission("", form)
            site.host.posting.post(
                Phone.of(meeting_id, token), str(uuid.uuid4()), "hoe-was-het", sent, outcome.put
            )
            assert outcome.get(timeout=10) is None
        site.command(meeting_id, "close")


def move(site: Site, meeting_id: str, day: date) -> None:
    with site.app.app_context():
        transaction(lambda: setattr(db.session.get_one(Meeting, meeting_id), "date", day))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two courses whose dagdelen were marked, three weeks apart."""
    folder = tmp_path_factory.mktemp("comparing")
    site = Site(folder)
    for path in (folder / "content" / "klein").glob("dagdeel-*.md"):
        path.write_text(path.read_text("utf-8").replace(OPEN, MARK), "utf-8")
    site.host.read_curriculum()
    organiser = site.logged_in("olga", is_organiser=True)
    for number, title in enumerate((LONG.strip(), "Oost"), start=1):
        fields = {"title": title, "programme": "klein", "place": "Gouda", "first_date": site.today}
        organiser.post("/beheer/trajecten/nieuw", start="09:30", **fields)
        for place, meeting in enumerate(site.meetings(number)):
            give(site, meeting.id, {7: 6, 8: 6, 9: 5} if number == 1 else {6 + place: 8, 8: 9})
            move(site, meeting.id, site.today - timedelta(weeks=3 * place))
    server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    site.stop()


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    log_in(page, address)
    yield page
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("per", ["traject", "bijeenkomst"])
def test_page_is_accessible_and_nothing_sticks_out(page: Page, address: str, width: int, per: str) -> None:
    resize(page, width, 900)
    page.goto(f"{address}{PAGE}?per={per}")
    unfold(page)

    assert (violations(page), sideways(page)) == ([], [])


def test_drawing_has_a_name_and_its_table_says_the_same(page: Page, address: str) -> None:
    page.goto(address + PAGE)

    drawing = page.get_by_role("img", name="Gemiddeld cijfer in de tijd")
    rows = page.get_by_role("table", name="gemiddelden in de tijd").get_by_role("row")

    assert drawing.locator("circle, .timeline-range").count() == rows.count() - 1 == 4


def test_choosing_needs_no_script(browser: Browser, page: Page, address: str) -> None:
    state = page.context.storage_state()
    plain = browser.new_context(java_script_enabled=False, storage_state=state).new_page()
    plain.goto(address + PAGE)
    plain.get_by_text("Trajecten: alle").click()
    plain.get_by_label("Oost, Gouda").check()
    plain.get_by_label("Naast elkaar").select_option("Per dagdeel")
    plain.get_by_role("button", name="Vergelijk").click()

    expect(plain.get_by_text("2 bijeenkomsten van 1 traject.")).to_be_visible()
    assert plain.locator(".compare").first.locator("h4").all_inner_texts()[:2] == ["Dagdeel 1", "Dagdeel 2"]
    plain.context.close()


def test_paper_has_what_was_chosen_and_no_form(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}?per=plaats")
    page.emulate_media(media="print")

    form, chosen = page.locator(".compare-form").is_visible(), page.locator(".compare-chosen").is_visible()
    page.emulate_media(media="screen")

    assert (form, chosen) == (False, True)


# What is wider than the cell of a table that it stands in.
OVER = """[...document.querySelectorAll(".compare-group td .muted")].map((each) =>
    each.getBoundingClientRect().right - each.closest("td").getBoundingClientRect().right)"""


def test_figures_stay_in_their_columns_on_paper(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}?per=plaats")
    page.emulate_media(media="print")
    # An A4 without its margins.
    resize(page, 680, 1009)

    over = page.evaluate(OVER)
    least = page.get_by_text("of meer").first.is_visible()
    page.emulate_media(media="screen")
    resize(page, 1280, 900)

    assert (least, [each for each in over if each > 0]) == (True, [])
