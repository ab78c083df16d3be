"""What trainers print: on A4, with nothing cut, and with as many copies as they chose."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.looks import resize, sideways
from tests.browser.people import House

# What is left of the width of A4 between the margins, in pixels of 1/96 inch.
BETWEEN_MARGINS = {"width": 680, "height": 1000}
A4, LANDSCAPE = (595, 842), (842, 595)


@pytest.fixture(scope="module")
def meetings(opened_house: House) -> Iterator[list[str]]:
    """The addresses of the three meetings of a training, of which the first is open."""
    with opened_house.visit() as house:
        opened = house.sitting("training", "Om af te drukken")
        home = house.trainer.session.get(f"{house.server.url}/beheer").text
        (course,) = re.findall(r'href="([^"]+)">Aanpassen<[^>]+> van Om af te drukken<', home)
        listed = house.trainer.session.get(house.server.url + course).text
        found = dict.fromkeys(re.findall(r'/beheer/bijeenkomsten/[^/"]+(?=">Aanpassen)', listed))
        assert f"/beheer/bijeenkomsten/{opened.id}" in found
        yield list(found)


@pytest.fixture(scope="module")
def page(opened_house: House) -> Iterator[Page]:
    with opened_house.visit() as house:
        yield house.open("/beheer", house.trainer)


def go(page: Page, house: House, path: str) -> None:
    page.emulate_media(media="null")
    page.goto(house.server.url + path)


def printed(page: Page) -> list[tuple[int, int]]:
    """The sizes of the pages that come out of the printer, in points."""
    content = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", content)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


# Cards lie across, on pages of their own: `test_paper_sizes.py` measures these.
WITHOUT_ACROSS = """() => {
  const across = (element) => !["auto", "handout"].includes(getComputedStyle(element).page);
  [...document.querySelectorAll(".paper *")].filter(across).forEach((element) => element.remove());
}"""


def cut_on_paper(page: Page) -> list[str]:
    page.emulate_media(media="print")
    page.evaluate(WITHOUT_ACROSS)
    resize(page, **BETWEEN_MARGINS)
    return sideways(page)


def test_short_run_sheet_of_each_part_is_one_page(
    page: Page, opened_house: House, meetings: list[str]
) -> None:
    found = []
    for meeting in meetings:
        go(page, opened_house, f"{meeting}/draaiboek?vorm=kort")
        found.append((printed(page), cut_on_paper(page)))

    assert found == [([A4], [])] * 3


@pytest.mark.parametrize(
    ("name", "least", "most"), [("draaiboek", 6, 11), ("materialen?mensen=16&papier=4", 1, 2)]
)
def test_lists_for_trainers_print_on_a_few_pages(
    page: Page, opened_house: House, meetings: list[str], name: str, least: int, most: int
) -> None:
    go(page, opened_house, f"{meetings[0]}/{name}")
    sizes = printed(page)

    assert least <= len(sizes) <= most
    assert set(sizes) == {A4}
    assert cut_on_paper(page) == []
    assert page.get_by_role("navigation").count() == 0


def test_print_job_begins_each_paper_on_a_page_of_its_own(
    page: Page, opened_house: House, meetings: list[str]
) -> None:
    go(page, opened_house, f"{meetings[0]}/papier/pakket?mensen=2&papier=2")
    sheets = page.locator(".sheet").count()
    sizes = printed(page)

    # 36 picture cards, four on a page; the exercises and hand-outs take at most four pages each.
    assert sizes.count(LANDSCAPE) == 9 + 2
    assert sheets < sizes.count(A4) < 4 * sheets
    assert cut_on_paper(page) == []


def test_copies_are_for_the_printer_alone(page: Page, opened_house: House, meetings: list[str]) -> None:
    go(page, opened_house, f"{meetings[0]}/papier/pakket?mensen=2&papier=2")
    copies = page.locator(".paper-copy").filter(has_text="Hoe was dit dagdeel?")
    on_screen = copies.first.is_visible()
    page.emulate_media(media="print")

    assert (copies.count(), on_screen, copies.first.is_visible()) == (1, False, True)


def test_trainer_makes_a_print_job_by_keyboard(page: Page, opened_house: House, meetings: list[str]) -> None:
    go(page, opened_house, f"{meetings[1]}/papier")
    page.get_by_label("Hoeveel mensen verwacht je?").fill("12")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papier?mensen=12&papier=2")
    page.get_by_label("Peer support").fill("7")
    page.get_by_role("button", name="Maak het pakket").press("Enter")
    page.wait_for_url("**/papier/pakket?mensen=12&papier=2&b-peer-support=7")

    assert page.get_by_role("button", name="Druk alles af").is_visible()
    assert page.get_by_role("row", name="7 Peer support").is_visible()
