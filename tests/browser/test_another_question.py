"""Another question, slide or round is another page: nobody answers what was not read."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import House, Sitting

SMALL = {"viewport": {"width": 320, "height": 568}}
# A step with more than one thing to look at, the button that brings the next, and its words.
STEPS = (
    ("over-de-lijn", "next", "Op je werk ben je jezelf."),
    ("eens-of-oneens", "next", "Stilte is ook een antwoord."),
    ("wat-is-herstel", "next", "Wat helpt?"),
)


def to_the_end(phone: Page) -> None:
    phone.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")


@pytest.mark.parametrize(("step", "button", "words"), STEPS)
def test_another_question_begins_at_the_top_and_is_said(
    house: House, sitting: Sitting, step: str, button: str, words: str
) -> None:
    phone = house.phone(sitting, **SMALL)
    sitting.go(step)
    expect(phone.locator("#page")).to_have_attribute("data-fresh", re.compile(f"^{step}/1"))
    to_the_end(phone)

    sitting.do(button)

    expect(phone.locator("#announce")).to_contain_text(words)
    assert phone.evaluate("() => scrollY") == 0


def test_who_had_the_focus_in_a_question_has_it_in_the_next(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting, **SMALL)
    sitting.go("over-de-lijn")
    phone.get_by_label("helemaal eens").focus()

    sitting.do("next")

    expect(phone.locator(".phone-kind")).to_be_focused()
    expect(phone.locator(".phone-kind")).to_contain_text("Op je werk ben je jezelf.")
    expect(phone.locator("#announce")).to_have_text("")


def test_the_same_question_again_leaves_the_page_where_it_was(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting, **SMALL)
    sitting.go("over-de-lijn")
    expect(phone.locator("#page")).to_have_attribute("data-fresh", "over-de-lijn/1")
    phone.evaluate("() => document.getElementById('announce').textContent = ''")
    phone.get_by_label("helemaal eens").focus()
    to_the_end(phone)
    before = phone.evaluate("() => scrollY")

    sitting.do("cover")

    expect(phone.locator("main")).to_contain_text("Het scherm staat even uit.")
    assert before > 0
    assert phone.evaluate("() => scrollY") >= before
    expect(phone.get_by_label("helemaal eens")).to_be_focused()
    expect(phone.locator("#announce")).to_have_text("Het scherm staat even uit. Luister naar de trainer.")
