"""The top of the screen: what this part is called, beside the code with which people come in."""

from tests.browser.looks import clipped
from tests.browser.people import OLD_BEAMER, House


def test_name_of_a_part_is_whole_on_an_old_beamer(house: House) -> None:
    sitting = house.sitting("training")
    sitting.do("start")

    screen = house.screen(sitting, **OLD_BEAMER)

    assert (
        screen.locator(".screen-name").inner_text() == "Dagdeel 1: herstel, ervaringsdeskundigheid en stigma"
    )
    assert clipped(screen) == []
