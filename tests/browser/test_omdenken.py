"""Omdenken: who tells says so to the group, and only their page gets the sheet of what the others saw."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import sideways, violations
from tests.browser.notebook.writing import listen
from tests.browser.people import PHONE, SMALL_PHONE, House, Sitting, online, shoot

STEP = "omdenken"
GROUP = "Groep 2, oranje ster"
TELLS = "Ik vertel deze ronde"
NOBODY = "Je groep ziet dat een telefoon vertelt."
ONE = "In je groep vertelt één telefoon."
SEVERAL = "In je groep drukten twee telefoons of meer."
NOT_SENT = "Nog niet alles is verstuurd."
SHEET = "Dit zagen de anderen in jou"


@pytest.fixture(scope="module")
def opened_house(samples: House) -> House:
    return samples


@pytest.fixture
def sitting(house: House) -> Sitting:
    sitting = house.sitting("voorbeeld-omdenken")
    sitting.do("start")
    sitting.go(STEP)
    return sitting


def in_group(house: House, sitting: Sitting, group: str, **device: object) -> Page:
    phone = house.phone(sitting, **(device or PHONE))
    phone.get_by_role("button", name=group).click()
    return phone


def online_again(phone: Page) -> None:
    """From the beginning; its group is in the tab."""
    phone.reload()
    online(phone)


def test_teller_gets_a_sheet_that_nobody_else_sees(house: House, sitting: Sitting) -> None:
    teller = in_group(house, sitting, GROUP)
    listener = in_group(house, sitting, GROUP, **SMALL_PHONE, color_scheme="dark")
    shoot(teller, "omdenken-begin")
    expect(listener.get_by_text(NOBODY)).to_be_visible()
    teller.get_by_role("button", name=TELLS).click()
    expect(teller.get_by_role("heading", name="Jij vertelt")).to_be_visible()
    expect(teller.get_by_label("humor")).to_have_count(0)
    expect(listener.get_by_text(ONE)).to_be_visible()
    expect(listener.get_by_text(NOBODY)).to_be_hidden()
    for _ in range(3):
        sitting.do("next")
    shoot(teller, "omdenken-teller")

    listener.get_by_label("humor").check()
    listener.get_by_label("volhouden").check()
    listener.get_by_role("button", name="Verstuur").click()
    expect(listener.get_by_role("button", name="Haal mijn kruisjes weg")).to_be_visible()
    shoot(listener, "omdenken-listener")
    for other in house.crowd(sitting, 2):
        assert other.post(STEP, item="1", group=["2"], word=["4"]) == {"ok": True}
    sitting.do("do:hand")

    expect(teller.get_by_role("heading", name=SHEET)).to_be_visible()
    expect(teller.locator("[data-word]:visible")).to_have_text(["volhouden", "humor"])
    shoot(listener, "omdenken-given")
    for other in (listener, in_group(house, sitting, "Groep 1, blauwe cirkel")):
        expect(other.get_by_role("heading", name=SHEET)).to_have_count(0)
    expect(listener.get_by_role("button", name=TELLS)).to_be_hidden()
    assert (violations(teller), sideways(teller), sideways(listener)) == ([], [], [])
    teller.get_by_role("button", name="Zet in mijn schrift").click()
    teller.get_by_role("button", name="Ja, bewaar het hier").click()
    shoot(teller, "omdenken-sheet")
    sitting.do("next")
    expect(teller.get_by_text("Ronde 2 van 3")).to_be_visible()
    expect(teller.get_by_role("heading", name=SHEET)).to_be_visible()
    online_again(teller)
    expect(teller.get_by_label("Wat anderen in mij zien")).to_have_value("volhouden\nhumor")
    expect(teller.get_by_role("heading", name=SHEET)).to_be_visible()
    expect(teller.get_by_label("humor")).to_have_count(1)


def test_two_that_tell_see_it_and_one_of_them_listens_after_all(house: House, sitting: Sitting) -> None:
    teller = in_group(house, sitting, GROUP)
    other = in_group(house, sitting, GROUP, **SMALL_PHONE, color_scheme="dark")
    listener = in_group(house, sitting, GROUP, **SMALL_PHONE)
    elsewhere = in_group(house, sitting, "Groep 1, blauwe cirkel")
    for phone in (teller, other):
        phone.get_by_role("button", name=TELLS).click()

    for phone in (teller, other):
        expect(phone.get_by_text("Nog een telefoon zegt dat.")).to_be_visible()
    expect(listener.get_by_text(SEVERAL)).to_be_visible()
    expect(elsewhere.get_by_text(NOBODY)).to_be_visible()
    shoot(other, "omdenken-two")
    shoot(listener, "omdenken-two-seen")
    assert [violations(page) + sideways(page) for page in (teller, other, listener)] == [[], [], []]

    other.get_by_role("button", name="Ik luister toch").click()
    expect(other.get_by_text(ONE)).to_be_visible()
    expect(teller.get_by_text("Nog een telefoon zegt dat.")).to_have_count(0)


def test_ticks_stay_until_they_are_sent_in_one_message(house: House, sitting: Sitting) -> None:
    listener = in_group(house, sitting, GROUP)
    said = listen(listener)
    online_again(listener)
    for word in ("humor", "volhouden"):
        listener.get_by_label(word).check()
    sitting.do("next")
    expect(listener.get_by_text("Eén vertelt.")).to_be_visible()
    expect(listener.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(listener.get_by_text(NOT_SENT)).to_be_in_viewport()
    shoot(listener, "omdenken-not-sent")
    assert (violations(listener), sideways(listener)) == ([], [])
    assert ('"post"' in said(), house.stored("post", sitting)) == (False, 0)

    listener.get_by_role("button", name="Verstuur").click()

    expect(listener.get_by_text("Je kruisjes zijn verstuurd.")).to_be_visible()
    expect(listener.get_by_text(NOT_SENT)).to_be_hidden()
    assert said().count('"post"') == 1
