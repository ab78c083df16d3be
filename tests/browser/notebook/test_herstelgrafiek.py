"""Herstelgrafiek on a phone: the line follows from the list, whether somebody draws or types."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import resize
from tests.browser.notebook.writing import mine
from tests.browser.people import House, Sitting, online

INK = """() => {
  const canvas = document.querySelector(".k-herstelgrafiek canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((byte, place) => place % 4 === 3 && byte > 0).length;
}"""

PRINTED = """() => {
  const { top, bottom } = document.querySelector(".k-herstelgrafiek canvas").getBoundingClientRect();
  return [top + scrollY, bottom + scrollY];
}"""


@pytest.fixture
def given(samples: House) -> Iterator[tuple[Sitting, Page]]:
    """The step on the own phone of somebody, with a period."""
    with samples.visit() as house:
        sitting = house.sitting("voorbeeld-herstelgrafiek")
        sitting.do("start")
        sitting.go("teken-je-lijn")
        phone = mine(online(house.phone(sitting)))
        phone.get_by_label("Mijn periode: Van").fill("2000")
        phone.get_by_label("Mijn periode: Tot").fill("2020")
        yield sitting, phone


def when(phone: Page, number: int) -> str:
    return phone.get_by_label(f"Punt {number}: Jaar of leeftijd").input_value()


def height(phone: Page, number: int) -> str:
    return phone.get_by_label(f"Punt {number}: Hoe ging het?").input_value()


def at(phone: Page, x: float, y: float) -> tuple[float, float]:
    """A spot on the page, by its part of the drawing."""
    place = phone.locator(".k-herstelgrafiek canvas").bounding_box()
    assert place is not None
    return place["x"] + x * place["width"], place["y"] + y * place["height"]


def test_tap_puts_a_point_in_the_list_and_a_drag_moves_it(given: tuple[Sitting, Page]) -> None:
    _, phone = given
    phone.locator(".k-herstelgrafiek canvas").scroll_into_view_if_needed()
    # The area for points is from 40 to 570 of 600, and from 90 to 380 of 450.
    phone.mouse.click(*at(phone, 305 / 600, 235 / 450))
    assert (when(phone, 1), height(phone, 1)) == ("2010", "5")

    phone.mouse.move(*at(phone, 305 / 600, 235 / 450))
    phone.mouse.down()
    phone.mouse.move(*at(phone, 437 / 600, 90 / 450), steps=4)
    phone.mouse.up()

    assert (when(phone, 1), height(phone, 1)) == ("2015", "10")
    expect(phone.get_by_label("Punt 2: Jaar of leeftijd")).to_be_hidden()


def test_list_is_drawn_and_stays_when_the_trainer_does_something(given: tuple[Sitting, Page]) -> None:
    sitting, phone = given
    phone.get_by_label("Punt 1: Jaar of leeftijd").fill("2004")
    phone.get_by_label("Punt 1: Hoe ging het?").select_option("7")
    phone.get_by_role("button", name="Nog een punt").click()
    sitting.do("cover")
    expect(phone.locator("main")).to_contain_text("Het scherm staat even uit.")

    expect(phone.get_by_label("Punt 2: Jaar of leeftijd")).to_be_visible()
    assert (when(phone, 1), height(phone, 1)) == ("2004", "7")
    phone.wait_for_function(f"() => ({INK})() > 0")
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Bewaar als plaatje").click()
    assert download.value.suggested_filename == "herstelgrafiek.png"
    # The history of a browser keeps addresses: in this one is nothing of the picture.
    assert download.value.url.startswith("blob:")


def test_wiping_the_graph_takes_the_line_and_the_points(given: tuple[Sitting, Page]) -> None:
    _, phone = given
    phone.get_by_label("Punt 1: Jaar of leeftijd").fill("2004")
    phone.get_by_label("Punt 1: Hoe ging het?").select_option("7")
    phone.wait_for_function(f"() => ({INK})() > 0")

    fold = phone.get_by_text("Wis mijn grafiek", exact=True)
    fold.press("Enter")
    phone.get_by_role("button", name="Ja, wis mijn grafiek").press("Enter")

    phone.wait_for_function(f"() => ({INK})() === 0")
    expect(phone.locator("[data-graph-says]")).to_have_text("Je grafiek is gewist.")
    expect(fold).to_be_focused()
    phone.reload()
    expect(online(phone).get_by_label("Mijn periode: Van")).to_have_value("")
    assert (when(phone, 1), height(phone, 1)) == ("", "")


def test_graph_is_printed_below_its_instruction_on_the_first_page(samples: House) -> None:
    with samples.visit() as house:
        sitting = house.sitting("training")
        sitting.go("herstelgrafiek")
        phone = mine(online(house.phone(sitting)))
        phone.emulate_media(media="print")
        # An A4 with the margins of a browser, in px.
        resize(phone, 718, 1047)

        top, bottom = phone.evaluate(PRINTED)

    assert 0 < top < bottom <= 1047
