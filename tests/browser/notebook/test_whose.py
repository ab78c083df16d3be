"""Whose phone it is: on somebody else's nothing of a notebook stays, and its owner wipes it."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.attack.borrowed import Borrowed
from tests.browser.looks import phone_faults
from tests.browser.notebook.writing import STEP, begun, is_empty, is_there, mine, write_all
from tests.browser.people import SMALL_PHONE, House, Sitting, online


def edges(phone: Page, selector: str) -> tuple[float, float]:
    """Where an element begins and ends, from the top of the page."""
    phone.evaluate("() => scrollTo(0, 0)")
    place = phone.locator(selector).bounding_box()
    assert place is not None
    return place["y"], place["y"] + place["height"]


def test_exercise_and_thanks_come_first_and_the_question_below_them(house: House, sitting: Sitting) -> None:
    phone = begun(house, sitting, house.phone(sitting, **SMALL_PHONE))
    question = phone.get_by_role("heading", name="Is dit jouw telefoon?")
    expect(question).to_be_visible()
    assert phone.viewport_size is not None
    assert edges(phone, "#schrift-droom")[1] < phone.viewport_size["height"]
    assert edges(phone, "#view")[1] <= edges(phone, "#whose")[0]
    write_all(phone)

    sitting.do("close")

    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    expect(question).to_be_visible()
    assert edges(phone, "#view")[1] <= edges(phone, "#whose")[0] < edges(phone, "#notebook")[0]


def test_answer_leads_to_what_it_changed(house: House, sitting: Sitting) -> None:
    phone = begun(house, sitting, house.phone(sitting))

    phone.get_by_role("button", name="Ja, bewaar het hier").click()

    expect(phone.get_by_role("heading", name="Jouw schrift")).to_be_focused()


def test_phone_of_somebody_else_keeps_nothing(house: House, sitting: Sitting) -> None:
    phone = begun(house, sitting, house.phone(sitting, **SMALL_PHONE))
    expect(phone.get_by_role("heading", name="Is dit jouw telefoon?")).to_be_visible()
    assert phone_faults(phone, "notebook-whose") == []

    phone.get_by_role("button", name="Nee, bewaar niets").click()

    write_all(phone)
    expect(phone.locator("#notebook")).to_contain_text("Deze telefoon bewaart niets.")
    assert phone_faults(phone, "notebook-guest") == []
    sitting.do("back")
    sitting.go(STEP)
    is_there(phone)
    phone.reload()
    online(phone)
    is_empty(phone)
    expect(phone.get_by_role("heading", name="Is dit jouw telefoon?")).to_be_visible()


def test_files_of_somebody_elses_phone_hold_no_word_of_it(
    house: House, sitting: Sitting, tmp_path: Path
) -> None:
    borrowed = Borrowed(house, tmp_path)
    context = borrowed.wake()
    phone = begun(house, sitting, borrowed.join(context, sitting))
    phone.get_by_label("Mijn droom").fill(f"{borrowed.mark} eerst")
    phone.get_by_role("button", name="Nee, bewaar niets").click()
    phone.get_by_label("Mijn droom").fill(f"{borrowed.mark} daarna")
    phone.wait_for_timeout(600)
    phone.reload()
    is_empty(online(phone))

    context.close()

    assert borrowed.files_with(borrowed.mark) == []


def test_phone_of_somebody_else_is_wiped_with_one_press(house: House, sitting: Sitting) -> None:
    phone = begun(house, sitting, house.phone(sitting))
    phone.get_by_role("button", name="Nee, bewaar niets").click()
    write_all(phone)

    phone.get_by_role("button", name="Wis alles van mij").click()

    is_empty(phone)


def test_owner_wipes_the_notebook_in_every_tab(house: House, sitting: Sitting) -> None:
    phone = mine(begun(house, sitting, house.phone(sitting, **SMALL_PHONE)))
    write_all(phone)
    assert phone_faults(phone, "notebook-mine") == []
    tab = phone.context.new_page()
    tab.goto(phone.url)
    is_there(tab)

    phone.get_by_role("button", name="Wis alles van mij").click()
    phone.get_by_role("button", name="Ja, doe maar").click()

    is_empty(phone)
    is_empty(tab)
    for page in (phone, tab):
        page.reload()
        is_empty(page)


def test_who_writes_on_while_the_answer_is_stored_keeps_the_cursor(house: House, sitting: Sitting) -> None:
    phone = begun(house, sitting, house.phone(sitting))
    expect(phone.locator("#whose [data-whose='mine']")).to_be_visible()

    phone.evaluate("""() => {
      document.querySelector("#whose [data-whose='mine']").click();
      document.querySelector("textarea[data-keep]").focus();
    }""")
    expect(phone.locator("#whose")).to_be_hidden()

    assert phone.evaluate("() => document.activeElement.matches('textarea[data-keep]')")
