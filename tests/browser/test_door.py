"""The door in a real browser: phones that wait, and the trainers who let them in."""

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import TOO_WIDE, phone_faults, violations
from tests.browser.people import PHONE, SMALL_PHONE, House, Sitting, shoot
from tests.browser.test_keyboard import tab_to
from tests.support.guest import Guest
from tests.support.server import wait_for

LAPTOP = {"viewport": {"width": 1280, "height": 720}}


def knock(house: House, sitting: Sitting, **device: Any) -> Page:
    """A phone on which 'Doe mee' was pressed, wherever that leads."""
    page = house.open(f"/j/{sitting.secret}", **(device or PHONE))
    page.get_by_role("button", name="Doe mee").click()
    return page


def word_on(phone: Page) -> str:
    return phone.locator(".door-word").inner_text()


def waits(phone: Page) -> Page:
    expect(phone.get_by_role("heading", name="De deur is dicht")).to_be_visible()
    # The page comes once more, with the word, when it first asks again.
    expect(phone.locator(".door-word")).to_be_visible()
    return phone


def is_in(phone: Page) -> None:
    expect(phone.locator("#view")).to_be_visible()


def well_made(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate(TOO_WIDE) == []


@pytest.fixture
def shut(sitting: Sitting) -> Sitting:
    sitting.do("door", to="shut")
    return sitting


def test_a_trainer_lets_in_the_phone_with_the_word_on_it(house: House, shut: Sitting) -> None:
    control = house.control(shut, **LAPTOP)
    phone, other = waits(knock(house, shut, **SMALL_PHONE)), waits(knock(house, shut))
    assert phone_faults(phone, "deur-wachten") == []
    row = control.locator(f"#porch-{word_on(phone)}")
    expect(row).to_be_visible()
    well_made(control)
    shoot(control, "deur-regie-lobby")

    row.get_by_role("button", name="Laat binnen").click()

    is_in(phone)
    expect(row).to_have_count(0)
    expect(control.get_by_role("heading", name="1 telefoon wacht bij de deur")).to_be_visible()
    waits(other)


def test_who_is_not_let_in_is_told_and_may_ask_again(house: House, shut: Sitting) -> None:
    control, phone = house.control(shut, **LAPTOP), waits(knock(house, shut))
    word = word_on(phone)

    control.locator(f"#porch-{word}").get_by_role("button", name="Niet binnenlaten").click()

    expect(phone.get_by_role("heading", name="Je bent nog niet binnen")).to_be_visible()
    expect(control.locator("#porch")).to_have_count(0)
    well_made(phone)
    shoot(phone, "deur-niet")
    phone.get_by_role("button", name="Vraag het nog een keer").click()
    assert word_on(waits(phone)) == word
    expect(control.locator(f"#porch-{word}")).to_be_visible()


def test_all_who_wait_are_let_in_by_keyboard_after_a_question(house: House, shut: Sitting) -> None:
    control = house.control(shut, **LAPTOP)
    phones = [waits(knock(house, shut)) for _ in range(3)]
    expect(control.locator("#porch li")).to_have_count(3)

    control.bring_to_front()
    tab_to(control, "Laat allen binnen")
    control.keyboard.press("Enter")
    expect(control.get_by_text("Er komen 3 telefoons bij.")).to_be_visible()
    control.keyboard.press("Shift+Tab")
    control.keyboard.press("Enter")

    for phone in phones:
        is_in(phone)


def test_the_door_is_shut_and_opened_by_keyboard_and_who_is_in_stays_in(
    house: House, sitting: Sitting
) -> None:
    inside, control = house.phone(sitting), house.control(sitting, **LAPTOP)
    tab_to(control, "Sluit de deur")
    control.keyboard.press("Enter")
    expect(control.get_by_text("De deur is dicht.")).to_be_visible()

    inside.reload()
    is_in(inside)
    late = waits(knock(house, sitting))

    control.get_by_role("button", name="Open de deur").click()
    is_in(late)
    expect(control.get_by_text("De deur is open.")).to_be_visible()


def somebody_in_line(house: House, sitting: Sitting) -> None:
    """The door is busy for ten seconds: a phone stands in line that does not ask any more."""

    def settled(guest: Guest) -> bool:
        return guest.asks()["answer"] == "in" or "data-words" in sitting.hidden.view["html"]

    while "data-words" not in sitting.hidden.view["html"]:
        wait_for(partial(settled, Guest(f"{house.server.url}/j/{sitting.secret}")), "somebody in line")


def test_who_has_to_wait_for_the_crowd_comes_in_by_itself(house: House, sitting: Sitting) -> None:
    sitting.do("expect", people="1")
    control = house.control(sitting, **LAPTOP)
    phone = house.open(f"/j/{sitting.secret}", **SMALL_PHONE)
    somebody_in_line(house, sitting)

    phone.get_by_role("button", name="Doe mee").click()

    expect(phone.get_by_role("heading", name="Even wachten")).to_be_visible()
    expect(control.locator("#porch-title")).to_contain_text("bij de deur")
    shoot(phone, "deur-druk")
    shoot(control, "deur-regie-druk")
    is_in(phone)


def test_more_phones_than_people_is_said_plainly(house: House, sitting: Sitting) -> None:
    sitting.go("wat-brengt-ervaring")
    for _ in range(2):
        house.phone(sitting)
    control = house.control(sitting, **LAPTOP)
    control.locator("#door > summary").click()
    control.get_by_label("We zijn met").fill("1")
    control.locator("#door").get_by_role("button", name="Bewaar").click()

    expect(control.locator("#door")).to_contain_text("2 telefoons, 1 mens.")
    expect(control.locator(".c-facts")).to_contain_text("2 telefoons, 1 mens")
    well_made(control)
    control.locator("#door").scroll_into_view_if_needed()
    shoot(control, "deur-regie-teveel")

    control.get_by_label("We zijn met").fill("2")
    control.locator("#door").get_by_role("button", name="Bewaar").click()
    expect(control.locator("#door")).to_contain_text("2 telefoons zijn binnengekomen.")


def test_a_number_that_cannot_be_is_refused_in_plain_words(house: House, sitting: Sitting) -> None:
    control = house.control(sitting, **LAPTOP)

    # In one go, as from a browser that checks nothing: a new view would put the check back.
    control.evaluate(
        """() => {
          const form = document.querySelector(".c-people");
          form.noValidate = true;
          form.elements.people.value = "1001";
          form.requestSubmit();
        }"""
    )

    expect(control.locator("#toast")).to_contain_text("Vul een aantal mensen in van 1 tot 1000.")
