"""Everything works without a mouse: with the keys of a clicker, and with Tab and Enter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import House, Sitting, on_step, online, shoot

FAR = 90  # presses of Tab, after which the keyboard is surely lost


@dataclass
class Hall:
    """One meeting with a control page and a screen, that the tests of the keys share."""

    sitting: Sitting
    control: Page
    screen: Page


@pytest.fixture(scope="module")
def hall(opened_house: House) -> Iterator[Hall]:
    with opened_house.visit() as house:
        sitting = house.sitting()
        yield Hall(sitting, house.control(sitting), house.screen(sitting))


@pytest.fixture(params=["control", "screen"])
def page(request: pytest.FixtureRequest, hall: Hall) -> Page:
    """A control page or a screen, in a step in the middle."""
    page: Page = getattr(hall, request.param)
    page.bring_to_front()
    hall.sitting.go("huiswerk")
    if "afgedekt" in hall.sitting.hidden.view["html"]:
        hall.sitting.do("cover")
    on_step(page, "huiswerk")
    page.evaluate("() => document.activeElement.blur()")
    return page


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until what is named so has the focus; fails when the keyboard cannot get there."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if name in focused(page):
            return
    raise AssertionError(f"Tab does not get to {name!r}")


def focused(page: Page) -> str:
    """The label and text of what has the focus."""
    return str(
        page.evaluate(
            """() => {
              const at = document.activeElement;
              const label = at.labels?.[0]?.textContent;
              // A part that scrolls, and the page, have the focus for their arrows: what is in them has not.
              const said = at.matches("section, body") ? "" : at.textContent;
              const words = [at.getAttribute("aria-label"), label, said, at.value];
              return words.filter(Boolean).join(" ");
            }"""
        )
    )


COVERED = ".is-covered, .notice--warn:has-text('afgedekt')"


# Keys of a clicker


def test_keys_move_forward_and_back(page: Page) -> None:
    before, here, after = "wat-brengt-ervaring", "huiswerk", "hoe-was-het"
    for forward, back in (("PageDown", "PageUp"), (" ", "ArrowLeft"), ("ArrowRight", "PageUp")):
        page.keyboard.press(forward)
        on_step(page, after)
        page.keyboard.press(back)
        on_step(page, here)
    page.keyboard.press("PageUp")
    on_step(page, before)


@pytest.mark.parametrize("key", ["b", "B", "."])
def test_key_covers_and_uncovers_the_screen(page: Page, key: str) -> None:
    page.keyboard.press(key)
    expect(page.locator(COVERED)).to_have_count(1)
    page.keyboard.press(key)
    expect(page.locator(COVERED)).to_have_count(0)


def test_j_shows_how_to_join(page: Page, hall: Hall) -> None:
    view = page.locator("#view > [data-version]")
    before = str(view.get_attribute("data-version"))
    page.keyboard.press("j")
    expect(hall.screen.get_by_role("heading", name="Doe mee")).to_be_visible()
    expect(hall.screen.locator(".join-code")).to_have_text(hall.sitting.code)
    # A second press is the same one until this page shows the effect of the first.
    expect(view).not_to_have_attribute("data-version", before)
    page.keyboard.press("j")
    expect(hall.screen.get_by_role("heading", name="Doe mee")).to_have_count(0)


def test_question_mark_shows_the_keys_and_escape_hides_them(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Toetsen")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Toetsen")).to_be_hidden()
    on_step(page, "huiswerk")


def test_clicker_goes_on_while_the_keys_are_shown(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Toetsen")).to_be_visible()
    page.keyboard.press("PageDown")
    on_step(page, "hoe-was-het")
    expect(page.get_by_role("dialog", name="Toetsen")).to_be_hidden()


def test_clicker_does_not_answer_a_question(hall: Hall) -> None:
    page = hall.control
    hall.sitting.go("huiswerk")
    on_step(page, "huiswerk")
    page.locator("#tools > summary").click()
    page.get_by_role("button", name="Sluit de bijeenkomst").click()
    page.keyboard.press("PageDown")
    page.wait_for_timeout(300)
    on_step(page, "huiswerk")
    page.get_by_role("button", name="Nee, terug").click()
    page.keyboard.press("PageDown")
    on_step(page, "hoe-was-het")


def test_f_fills_the_screen(page: Page) -> None:
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")


def test_clickers_f5_and_escape_do_no_harm(page: Page) -> None:
    page.evaluate("() => { window.stillHere = true; }")
    for key in ("F5", "Escape", "F5", "Escape"):
        page.keyboard.press(key)
    page.keyboard.press("PageDown")
    on_step(page, "hoe-was-het")
    assert page.evaluate("() => window.stillHere") is True


def test_keys_that_repeat_advance_once(page: Page) -> None:
    page.keyboard.down("PageUp")
    for _ in range(4):
        page.keyboard.down("PageUp")
    page.keyboard.up("PageUp")
    on_step(page, "wat-brengt-ervaring")
    page.wait_for_timeout(300)
    on_step(page, "wat-brengt-ervaring")


def test_keys_in_a_field_are_text(hall: Hall) -> None:
    page = hall.control
    hall.sitting.go("hoe-was-het")
    on_step(page, "hoe-was-het")
    page.get_by_text("Voer een papieren kaart in").click()
    field = page.get_by_label("Wat kan beter?")
    field.press_sequentially("b. j f ? beter")
    field.press("ArrowLeft")
    expect(field).to_have_value("b. j f ? beter")
    page.wait_for_timeout(300)
    on_step(page, "hoe-was-het")
    expect(page.locator(COVERED)).to_have_count(0)


def test_clicker_goes_on_while_the_cursor_is_in_a_field(hall: Hall) -> None:
    page = hall.control
    hall.sitting.go("wat-brengt-ervaring")
    on_step(page, "wat-brengt-ervaring")
    page.get_by_label("Onze definitie").fill("Half")
    page.get_by_label("Onze definitie").press("PageDown")
    on_step(page, "huiswerk")


def test_keys_are_for_the_meeting_again_after_enter_in_a_field(hall: Hall) -> None:
    page = hall.control
    hall.sitting.go("huiswerk")
    on_step(page, "huiswerk")
    page.locator("#agenda > summary").click()
    page.locator(".c-block summary", has_text="Afsluiting").click()
    field = page.locator(".c-block", has_text="Afsluiting").get_by_label("Minuten")
    field.fill("25")
    field.press("Enter")
    expect(field).not_to_be_focused()
    page.keyboard.press("ArrowRight")
    on_step(page, "hoe-was-het")


def test_space_after_a_click_goes_on_and_does_not_press_the_button_again(hall: Hall) -> None:
    page = hall.control
    hall.sitting.go("huiswerk")
    on_step(page, "huiswerk")
    page.get_by_role("button", name="Dek af").click()
    expect(page.locator(COVERED)).to_have_count(1)
    page.keyboard.press(" ")
    on_step(page, "hoe-was-het")
    expect(page.locator(COVERED)).to_have_count(1)
    hall.sitting.do("cover")
    expect(page.locator(COVERED)).to_have_count(0)


def test_space_presses_the_button_that_has_the_focus(hall: Hall) -> None:
    page = hall.control
    hall.sitting.go("huiswerk")
    on_step(page, "huiswerk")
    page.get_by_role("button", name="Dek af").focus()
    page.keyboard.press(" ")
    expect(page.locator(COVERED)).to_have_count(1)
    page.keyboard.press(" ")
    expect(page.locator(COVERED)).to_have_count(0)
    on_step(page, "huiswerk")


# Tab, Enter and arrows


def test_trainer_gives_a_meeting_with_tab_and_enter(house: House, sitting: Sitting) -> None:
    page = house.control(sitting)
    tab_to(page, "Start")
    page.keyboard.press("Enter")
    on_step(page, "welkom")
    tab_to(page, "Volgende")
    page.keyboard.press("Enter")
    on_step(page, "wat-is-herstel")
    page.keyboard.press("Enter")
    expect(page.locator(".c-kind")).to_contain_text("Wat helpt?")
    assert "Volgende" in focused(page), "the focus stays where it was when the view changes"
    shoot(page, "keyboard-control")

    tab_to(page, "Programma")
    page.keyboard.press("Enter")
    tab_to(page, "Afsluiting")
    page.keyboard.press("Enter")
    tab_to(page, "Hoe was het?")
    page.keyboard.press("Enter")
    on_step(page, "hoe-was-het")

    tab_to(page, "schermen, papier, sluiten")
    page.keyboard.press("Enter")
    tab_to(page, "Sluit de bijeenkomst")
    page.keyboard.press("Enter")
    assert "Nee, terug" in focused(page), "a question begins at the harmless answer"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="De bijeenkomst is gesloten")).to_be_visible()


def test_participant_joins_and_takes_part_with_the_keyboard(house: House, sitting: Sitting) -> None:
    page = house.open("/")
    tab_to(page, "Code")
    page.keyboard.type(sitting.code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/j/"))
    tab_to(page, "Doe mee")
    page.keyboard.press("Enter")
    online(page)

    sitting.go("over-de-lijn")
    expect(page.get_by_label("helemaal oneens")).to_be_visible()
    tab_to(page, "helemaal oneens")
    page.keyboard.press(" ")
    expect(page.locator("#own")).to_contain_text("Jouw plek: helemaal oneens")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#own")).to_contain_text("Jouw plek: oneens")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#own")).to_contain_text("Jouw plek: ertussenin")
    tab_to(page, "Haal mijn plek weg")
    page.keyboard.press("Enter")
    expect(page.locator("#own")).not_to_contain_text("Jouw plek")

    sitting.go("hoe-was-het")
    tab_to(page, "nee")
    page.keyboard.press("ArrowDown")
    tab_to(page, "verhalen")
    page.keyboard.press(" ")
    tab_to(page, "Wat kan beter?")
    page.keyboard.type("Meer pauze.")
    tab_to(page, "Verstuur")
    page.keyboard.press("Enter")
    expect(page.locator("#own")).to_contain_text("Je antwoorden zijn bewaard.")
    expect(page.get_by_label("een beetje")).to_be_checked()
    expect(page.get_by_label("verhalen")).to_be_checked()
    expect(page.get_by_label("Wat kan beter?")).to_have_value("Meer pauze.")
