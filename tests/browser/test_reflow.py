"""Who enlarges a page to 200 % or 400 % loses nothing of it: all can be read and pressed, scrolling one way.

The projector is exempt: it is laid out for a picture of a certain size.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import FOR_EVERYBODY, FOR_ORGANISERS, values_of
from tests.browser.crowding import fill
from tests.browser.people import House, Sitting, on_step, shoot
from tests.browser.reflow import FOUR_TIMES, TWICE, enlarged
from trainer.curriculum.model import Step

SIZES = (TWICE, FOUR_TIMES)
CROWD = 5


@pytest.fixture(scope="module")
def values(opened_house: House) -> Iterator[dict[str, str]]:
    with opened_house.visit() as house:
        yield values_of(house, house.sitting())


@pytest.fixture(scope="module")
def pages(opened_house: House, values: dict[str, str]) -> tuple[Page, Page]:
    """A reader who is not logged in, and an organiser."""
    return opened_house.open("/"), opened_house.open("/beheer", opened_house.trainer)


@pytest.mark.parametrize("path", [*FOR_EVERYBODY, *FOR_ORGANISERS])
def test_page_that_is_enlarged_loses_nothing(
    opened_house: House, pages: tuple[Page, Page], values: dict[str, str], path: str
) -> None:
    page = pages[path in FOR_ORGANISERS]
    page.goto(opened_house.server.url + path.format(**values))

    assert [fault for size in SIZES for fault in enlarged(page, size)] == []


@pytest.mark.parametrize("name", ["over-de-lijn", "flap", "evaluatie"])
def test_exercise_that_is_enlarged_loses_nothing(samples: House, steps: dict[str, Step], name: str) -> None:
    step = steps[name]
    with samples.visit() as house:
        sitting: Sitting = house.sitting(f"voorbeeld-{name}")
        sitting.do("start")
        sitting.go(step.id)
        fill(sitting, step, house.crowd(sitting, CROWD))
        control = house.control(sitting)
        phone = house.phone(sitting, viewport={"width": TWICE[0], "height": TWICE[1]})
        on_step(control, step.id)
        expect(phone.locator("#page")).to_be_visible()
        found = []
        for size in SIZES:
            for role, page in (("control", control), ("phone", phone)):
                found += [f"{role}, {fault}" for fault in enlarged(page, size)]
                shoot(page, f"reflow-{name}-{role}")

    assert found == []
