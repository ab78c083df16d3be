"""Cards to cut out: as large on paper as the page says, whatever is printed before them."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import resize
from tests.browser.people import LAPTOP, House

MILLIMETRE = 96 / 25.4
# A6 on its side, with the line to cut along.
CARD = (148.5, 104.5)
CARDS = {"beeldkaarten": ".k-beeldkaarten__paper", "rollenspel": ".k-rollenspel__card"}


@pytest.fixture(scope="module")
def opened_house(samples: House) -> House:
    return samples


@pytest.mark.parametrize("name", CARDS)
def test_card_has_the_size_of_an_a6_on_any_page(name: str, house: House) -> None:
    sitting = house.sitting(f"voorbeeld-{name}")
    paper = house.open(f"/regie/{sitting.id}/papier", house.trainer, **LAPTOP)
    cards = paper.locator(CARDS[name])
    expect(cards.first).to_be_visible()

    paper.emulate_media(media="print")

    # As wide as a portrait page, and wider than any: the layout is that of the first page that is printed.
    for width in (640, 1400):
        resize(paper, width, 900)
        sizes = [card.bounding_box() or {"width": 0, "height": 0} for card in cards.all()]
        assert {
            (round(size["width"] / MILLIMETRE * 2) / 2, round(size["height"] / MILLIMETRE * 2) / 2)
            for size in sizes
        } == {CARD}


def test_there_is_room_between_a_line_to_write_on_and_the_next_question(house: House) -> None:
    sitting = house.sitting("voorbeeld-afspraken")
    paper = house.open(f"/regie/{sitting.id}/papier", house.trainer, **LAPTOP)
    paper.emulate_media(media="print")

    lines = ".k-afspraken__line + p:not(.k-afspraken__line)"
    gaps = paper.evaluate(
        f"""() => [...document.querySelectorAll("{lines}")].map((next) =>
          next.getBoundingClientRect().top - next.previousElementSibling.getBoundingClientRect().bottom)"""
    )

    assert len(gaps) >= 2
    assert min(gaps) >= 2 * MILLIMETRE


@pytest.mark.parametrize("name", ["stelling", "evaluatie"])
def test_boxes_to_tick_stand_on_one_line(name: str, house: House) -> None:
    sitting = house.sitting(f"voorbeeld-{name}")
    paper = house.open(f"/regie/{sitting.id}/papier", house.trainer, **LAPTOP)
    paper.emulate_media(media="print")

    tops = paper.locator(f".k-{name}__boxes").first.evaluate(
        "(list) => [...list.children].slice(0, 2).map((box) => box.getBoundingClientRect().top)"
    )

    assert len(tops) == 2
    assert tops[0] == tops[1]
