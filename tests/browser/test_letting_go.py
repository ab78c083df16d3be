"""A phone that leaves a meeting: in every tab, also without a connection, and nobody comes back as it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.attack.borrowed import ON_DISK
from tests.browser.leaving import FLAP, WAITS, leave, token_of, write
from tests.browser.looks import sideways, violations
from tests.browser.people import PHONE, SMALL_PHONE, House, Sitting, online, shoot

# What cannot be pressed at the foot of a page however far one scrolls, because something stands over it.
UNDER_A_BAR = """() => [...document.querySelectorAll(".leave > *")].filter((element) => {
  element.scrollIntoView({block: "start", behavior: "instant"});
  const {left, right, top, bottom} = element.getBoundingClientRect();
  return [top + 2, (top + bottom) / 2, bottom - 2]
    .some((y) => !element.contains(document.elementFromPoint((left + right) / 2, y)));
}).map((element) => element.textContent.trim())"""


def test_phone_that_leaves_is_nobody_any_more(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting, **SMALL_PHONE)
    sitting.go(FLAP)
    write(phone, "Herkenning")
    expect(phone.locator("#own li")).to_have_count(1)
    tab = phone.context.new_page()
    tab.goto(phone.url)
    online(tab)
    before = token_of(phone)
    assert (bool(before), house.stored("participant", sitting)) == (True, 1)
    phone.get_by_role("button", name="Verlaat de bijeenkomst").click()
    expect(phone.get_by_role("dialog")).to_contain_text("Je kunt het dan niet meer veranderen of weghalen.")
    shoot(phone, "leave-question")
    phone.get_by_role("button", name="Nee, terug").click()
    expect(phone.locator("#own li")).to_have_count(1)

    leave(phone)

    shoot(phone, "left-phone")
    assert (violations(phone), sideways(phone)) == ([], [])
    assert (token_of(phone), house.stored("participant", sitting)) == ("", 0)
    expect(tab.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()
    assert "Herkenning" not in tab.content()
    assert house.stored("post", sitting) == 1
    phone.goto(f"{house.server.url}/j/{sitting.secret}")
    phone.get_by_role("button", name="Doe mee").click()
    online(phone)
    expect(phone.locator("#own li")).to_have_count(0)
    assert token_of(phone) not in ("", before)


def test_phone_without_a_connection_wipes_what_it_has_and_says_what_is_left_to_do(
    house: House, sitting: Sitting
) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    expect(phone.get_by_label("Je antwoord")).to_be_visible()
    phone.context.set_offline(True)
    write(phone, "Herkenning")
    expect(phone.locator("#sent")).to_have_text(WAITS)

    phone.get_by_role("button", name="Verlaat de bijeenkomst").click()
    phone.get_by_role("button", name="Ja, doe maar").click()

    expect(phone.locator("#toast")).to_contain_text("Laat deze pagina open, dan ben je zo helemaal weg.")
    assert phone.evaluate(ON_DISK) == 0
    assert "Herkenning" not in phone.content()
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()
    assert (token_of(phone), house.stored("participant", sitting)) == ("", 0)


def test_phone_that_left_without_a_connection_is_gone_also_for_who_opens_its_page_later(
    house: House, sitting: Sitting
) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    write(phone, "Herkenning")
    expect(phone.locator("#own li")).to_contain_text("Herkenning")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Verlaat de bijeenkomst").click()
    phone.get_by_role("button", name="Ja, doe maar").click()
    expect(phone.locator("#toast")).to_contain_text("Wat je typte is gewist.")
    address, context = phone.url, phone.context
    phone.close()
    context.set_offline(False)

    later = context.new_page()
    later.goto(address)

    expect(later.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()
    assert (token_of(later), house.stored("participant", sitting)) == ("", 0)
    assert later.evaluate("() => localStorage.length") == 0


# Typing, also where the time of a page stands still.
TYPE = """(field, text) => {
  field.value = text;
  field.dispatchEvent(new Event("input", {bubbles: true}));
}"""
# A tab that sleeps is told nothing.
ASLEEP = "addEventListener('storage', (event) => event.stopImmediatePropagation(), true)"


@pytest.mark.parametrize("asleep", ["", ASLEEP], ids=["awake", "asleep"])
def test_every_tab_of_a_phone_leaves_at_once_also_without_a_connection(
    house: House, sitting: Sitting, asleep: str
) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    tab = phone.context.new_page()
    tab.add_init_script(asleep)
    tab.clock.install()
    tab.goto(phone.url)
    online(tab)
    phone.context.set_offline(True)
    for number, page in enumerate((phone, tab)):
        write(page, f"Wacht {number}")
        expect(page.locator("#sent")).to_have_text(WAITS)
        field = page.get_by_label("Je antwoord").element_handle()
        if page is tab and asleep:
            tab.clock.pause_at(tab.evaluate("Date.now() / 1000 + 1"))
        # The first of it is written at once, the rest a moment later.
        for typed in ("Half", f"Half getypt {number}"):
            field.evaluate(TYPE, typed)

    phone.get_by_role("button", name="Verlaat de bijeenkomst").click()
    phone.get_by_role("button", name="Ja, doe maar").click()

    if not asleep:
        expect(tab.locator("#toast")).to_contain_text("Wat je typte is gewist.")
        expect(tab.locator("#view *")).to_have_count(0)
        expect(tab.locator("#sent")).to_be_empty()
        assert "Half getypt" not in tab.content()
    expect(phone.locator("#toast")).to_contain_text("Wat je typte is gewist.")
    if asleep:
        # It wakes up, and writes down what was typed in it before it notices.
        tab.clock.run_for(420)
    assert phone.evaluate(ON_DISK) == 0
    tab.clock.resume()
    phone.context.set_offline(False)
    for page in (phone, tab):
        expect(page.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()
    assert (house.stored("post", sitting), house.stored("participant", sitting)) == (0, 0)
    assert phone.evaluate("() => localStorage.length") == 0


def test_phone_that_comes_back_is_not_the_one_that_left(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    leave(phone)
    phone.goto(f"{house.server.url}/j/{sitting.secret}")
    phone.get_by_role("button", name="Doe mee").click()
    online(phone)

    write(phone, "Weer hier")

    expect(phone.locator("#own li")).to_contain_text("Weer hier")


def test_phone_that_goes_on_to_another_meeting_leaves_this_one_and_keeps_that_one(
    house: House, sitting: Sitting
) -> None:
    phone, other = house.phone(sitting), house.sitting()
    first = token_of(phone)
    tab = phone.context.new_page()
    tab.goto(f"{house.server.url}/j/{other.secret}")
    tab.get_by_role("button", name="Doe mee").click()
    online(tab)
    second = token_of(tab)

    expect(phone.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()
    assert house.stored("participant", sitting) == 0
    sitting.do("close")
    tab.wait_for_timeout(3500)

    assert first != second
    assert token_of(tab) == second
    tab.reload()
    online(tab)


@pytest.mark.parametrize(("device", "letters"), [(SMALL_PHONE, "100%"), (PHONE, "100%"), (PHONE, "200%")])
def test_what_stands_over_the_foot_of_the_page_can_be_scrolled_past(
    house: House, sitting: Sitting, device: dict[str, Any], letters: str
) -> None:
    phone = house.phone(sitting, **device)
    phone.evaluate("(size) => { document.documentElement.style.fontSize = size; }", letters)
    phone.context.set_offline(True)
    expect(phone.get_by_role("button", name="Probeer het nu")).to_be_visible()

    assert phone.evaluate(UNDER_A_BAR) == []
    shoot(phone, f"offline-foot-{letters[:-1]}")
    assert sideways(phone) == []
