"""What people write and draw for themselves comes back on their phone, and no word of it leaves that."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.notebook.writing import (
    PIXELS,
    SECRET,
    STEP,
    begun,
    is_empty,
    is_there,
    listen,
    mine,
    next_sitting,
    write_all,
)
from tests.browser.people import House, Sitting, online


def reloaded(house: House, sitting: Sitting, phone: Page) -> Page:
    phone.reload()
    return online(phone)


def slipped(house: House, sitting: Sitting, phone: Page) -> Page:
    sitting.do("back")
    expect(phone.get_by_label("Mijn droom")).to_have_count(0)
    sitting.go(STEP)
    return phone


def covered(house: House, sitting: Sitting, phone: Page) -> Page:
    sitting.do("cover")
    expect(phone.locator("main")).to_contain_text("Het scherm staat even uit.")
    sitting.do("cover")
    return phone


def in_a_new_tab(house: House, sitting: Sitting, phone: Page) -> Page:
    address, context = phone.url, phone.context
    phone.close()
    tab = context.new_page()
    tab.goto(address)
    return tab


def server_restarted(house: House, sitting: Sitting, phone: Page) -> Page:
    house.server.kill()
    expect(phone.locator("#connection")).to_contain_text("Verbinding weg")
    house.server.start()
    house.rejoin(sitting)
    phone.reload()
    return online(phone)


@pytest.mark.parametrize("happens", [reloaded, slipped, covered, in_a_new_tab, server_restarted])
def test_what_was_written_and_drawn_is_there_again(
    house: House, sitting: Sitting, happens: Callable[[House, Sitting, Page], Page]
) -> None:
    phone = mine(begun(house, sitting, house.phone(sitting)))
    write_all(phone)

    is_there(happens(house, sitting, phone))


def test_next_part_of_the_course_has_the_same_notebook(house: House) -> None:
    title = "Traject met een schrift"
    first = house.sitting("schrift", title)
    phone = mine(begun(house, first, house.phone(first)))
    write_all(phone)
    first.do("close")
    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    second = next_sitting(house, title)

    phone.goto(f"{house.server.url}/j/{second.secret}")
    phone.get_by_role("button", name="Doe mee").click()
    online(phone)

    is_there(begun(house, second, phone))
    expect(phone.locator("#whose")).to_be_hidden()


def test_another_course_has_a_notebook_of_its_own(house: House, sitting: Sitting) -> None:
    phone = mine(begun(house, sitting, house.phone(sitting)))
    write_all(phone)
    other = house.sitting("schrift")

    phone.goto(f"{house.server.url}/j/{other.secret}")
    phone.get_by_role("button", name="Doe mee").click()
    online(phone)

    is_empty(begun(house, other, phone))
    expect(phone.get_by_role("heading", name="Is dit jouw telefoon?")).to_be_visible()


def test_what_was_written_before_the_answer_stays_after_it(house: House, sitting: Sitting) -> None:
    phone = begun(house, sitting, house.phone(sitting))
    write_all(phone)

    mine(phone)

    phone.reload()
    is_there(phone)


def test_no_word_of_it_leaves_the_phone(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    said = listen(phone)
    phone.reload()
    online(phone)
    write_all(mine(begun(house, sitting, phone)))
    slipped(house, sitting, phone)
    is_there(phone)
    phone.reload()
    is_there(online(phone))
    sitting.do("close")
    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    phone.goto(f"{house.server.url}/mijn-schrift")
    expect(phone.get_by_text(SECRET, exact=True)).to_be_visible()

    word = SECRET.split()[0]
    assert (word in said(), "image/png" in said()) == (False, False)
    # What the page says over its socket is among what was heard.
    assert '"role":"phone"' in said()
    files = [path for path in house.server.folder.rglob("*") if path.is_file() and "house" not in path.parts]
    assert files
    assert [path for path in files if word.encode() in path.read_bytes()] == []


def test_drawing_goes_below_what_was_drawn_since(house: House, sitting: Sitting) -> None:
    phone = mine(begun(house, sitting, house.phone(sitting)))
    write_all(phone)
    before = phone.evaluate(PIXELS)
    phone.reload()
    phone.wait_for_function(f"() => ({PIXELS})() === {before}")

    phone.locator("#schrift-lijn").evaluate(
        """(canvas) => {
          canvas.getContext("2d").fillRect(200, 100, 20, 20);
          canvas.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    phone.reload()

    phone.wait_for_function(f"() => ({PIXELS})() === {before} + 400")
