"""Read aloud: by a voice of the phone itself, after a press, and never longer than what it reads is there."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.looks import phone_faults
from tests.browser.people import SMALL_PHONE, House, Sitting
from tests.browser.voices import ELSEWHERE, OURS, hear, spoken, voiced

STEP = "over-de-lijn"


@pytest.fixture
def sitting(house: House) -> Iterator[Sitting]:
    sitting = house.sitting()
    sitting.go(STEP)
    yield sitting


def test_question_and_answers_are_read_after_a_press(house: House, sitting: Sitting) -> None:
    page = voiced(house, sitting, ELSEWHERE, OURS)
    expect(page.locator("#own form")).to_be_visible()
    assert spoken(page) == []

    page.get_by_role("button", name="Lees voor").click()
    heard = hear(page)

    shown = page.locator(".k-over-de-lijn__statement").inner_text()
    answers = page.locator("#own label").all_inner_texts()
    assert shown in heard
    assert heard[-len(answers) :] == [answer.strip() for answer in answers]
    assert set(page.evaluate("said.map(({voice}) => voice.name)")) == {"ours"}


@pytest.mark.parametrize("voices", [(), (ELSEWHERE,)])
def test_phone_without_a_voice_of_its_own_has_no_button(
    house: House, sitting: Sitting, voices: tuple[dict[str, Any], ...]
) -> None:
    page = voiced(house, sitting, *voices)

    expect(page.locator("[data-aloud]")).to_be_hidden()


def test_another_question_stops_it(house: House, sitting: Sitting) -> None:
    page = voiced(house, sitting, OURS)
    page.get_by_role("button", name="Lees voor").click()
    before = page.evaluate("cancelled")

    sitting.do("next")

    expect(page.get_by_role("button", name="Lees voor")).to_be_visible()
    assert page.evaluate("cancelled") > before
    page.evaluate("said.at(-1).dispatchEvent(new Event('end'))")
    assert len(spoken(page)) == 1


def test_what_somebody_typed_is_not_read(house: House, sitting: Sitting) -> None:
    sitting.go("wat-brengt-ervaring")
    page = voiced(house, sitting, OURS)
    page.locator("#own textarea").first.fill("mijn geheim")

    page.get_by_role("button", name="Lees voor").click()

    assert "geheim" not in " ".join(hear(page))


def test_button_fits_and_axe_finds_nothing(house: House, sitting: Sitting) -> None:
    page = voiced(house, sitting, OURS, **SMALL_PHONE)
    expect(page.locator("#own form")).to_be_visible()

    for name in ("Lees voor", "Stop met voorlezen"):
        assert phone_faults(page, f"aloud-{name}") == []
        page.get_by_role("button", name=name).click()
