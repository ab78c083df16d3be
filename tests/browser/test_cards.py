"""Cards that others see: nobody's alone but by choice; what was taken back leaves with what changes next."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import sideways, violations
from tests.browser.people import LAPTOP, SMALL_PHONE, House, Sitting, Wire, shoot

FLAP, STICKERS = "wat-brengt-ervaring", "stickers"
ALONE = "mag ook alleen getoond worden."
FEW = "Er zijn nog geen drie telefoons met iets nieuws. Wacht even, of vraag wie het hardop wil zeggen."
LEAVES = "Wat je terugnam, gaat van het scherm bij het volgende dat de trainer doet."
AT_ONCE = "Haal het meteen weg"


def write(phone: Page, text: str, alone: bool = False) -> None:
    phone.get_by_label("Je antwoord").fill(text)
    if alone:
        phone.get_by_label(ALONE).check()
    phone.get_by_role("button", name="Verstuur").click()
    expect(phone.locator("#own li")).to_contain_text(text)


def take_back(phone: Page, button: str = "Haal weg") -> None:
    """Takes back a card that others saw, once its page tells that they did."""
    expect(phone.locator("#own")).not_to_contain_text("pas te zien samen met")
    phone.get_by_role("button", name=button).click()
    expect(phone.get_by_role("dialog")).to_contain_text("Dit hebben anderen gezien.")
    phone.get_by_role("button", name="Ja, doe maar").click()


def press(control: Page, name: str) -> None:
    control.get_by_role("button", name=name, exact=True).click()


def cards_of(screen: Page) -> Locator:
    return screen.locator(".k-flap__card")


@pytest.fixture(autouse=True)
def flap_is_on(sitting: Sitting) -> None:
    sitting.go(FLAP)


@pytest.fixture
def control(house: House, sitting: Sitting) -> Page:
    return house.control(sitting, **LAPTOP)


@pytest.fixture
def screen(house: House, sitting: Sitting) -> Page:
    return house.screen(sitting)


@pytest.fixture
def phone(house: House, sitting: Sitting) -> Page:
    return house.phone(sitting, **SMALL_PHONE)


def show_four(house: House, sitting: Sitting, phone: Page) -> None:
    """Puts four cards on the screen: one of this phone, three of others."""
    write(phone, "Van mij")
    for number, other in enumerate(house.crowd(sitting, 3)):
        assert other.post(FLAP, text=f"Van een ander {number}") == {"ok": True}
    sitting.do("do:draw")
    sitting.do("do:show-all")


def test_few_new_cards_are_refused_kindly(house: House, sitting: Sitting, control: Page, phone: Page) -> None:
    write(phone, "Van mij")
    expect(phone.locator("#own")).to_contain_text("pas te zien samen met kaarten van twee anderen")

    press(control, "Bekijk nieuwe kaarten")

    expect(control.locator("#toast")).to_have_text(FEW)
    expect(control.locator(".c-kind")).not_to_contain_text("Van mij")
    assert violations(control) == []
    shoot(control, "few-control")
    shoot(phone, "waiting-phone")


def test_card_whose_owner_allows_it_is_shown_alone(
    sitting: Sitting, control: Page, screen: Page, phone: Page
) -> None:
    write(phone, "Van mij", alone=True)
    expect(phone.get_by_label(ALONE)).not_to_be_checked()

    press(control, "Bekijk nieuwe kaarten")
    press(control, "Toon alles")

    expect(cards_of(screen)).to_have_text(["Van mij"])
    expect(phone.locator("#own")).not_to_contain_text("pas te zien samen met")


def test_sticker_whose_owner_allows_it_is_shown_alone(
    house: House, sitting: Sitting, screen: Page, phone: Page
) -> None:
    sitting.go(STICKERS)
    side = phone.locator(".k-stickers__side").first
    side.locator("textarea").fill("Van mij")
    side.get_by_label(ALONE).check()
    side.get_by_role("button", name="Plak geel").click()
    expect(phone.locator("#own li")).to_have_count(1)

    sitting.do("do:draw")
    sitting.do("do:show-all")

    expect(screen.locator(".k-stickers__sticker")).to_contain_text("Van mij")


def test_card_taken_back_leaves_with_the_next_press_of_a_trainer(
    house: House, sitting: Sitting, control: Page, screen: Page, phone: Page
) -> None:
    show_four(house, sitting, phone)
    expect(cards_of(screen)).to_have_count(4)

    take_back(phone)
    expect(phone.locator("#own")).to_contain_text(LEAVES)
    expect(phone.locator("#own li")).to_have_count(0)
    expect(cards_of(screen)).to_have_count(4)
    assert (violations(phone), sideways(phone)) == ([], [])
    shoot(phone, "leaving-phone")
    phone.reload()
    expect(phone.locator("#own")).to_contain_text(LEAVES)
    press(control, "Dek af")
    press(control, "Toon het scherm weer")

    expect(cards_of(screen)).to_have_count(3)
    assert "Van mij" not in screen.content()
    expect(phone.locator("#own")).not_to_contain_text(LEAVES)


def test_who_wrote_a_card_that_leaves_with_another_is_told_that_it_does_not_come_back(
    house: House, sitting: Sitting, screen: Page, phone: Page
) -> None:
    write(phone, "Van mij")
    other = house.phone(sitting)
    write(other, "Van wie het terugneemt")
    (third,) = house.crowd(sitting, 1)
    third.post(FLAP, text="Van een derde")
    sitting.do("do:draw")
    sitting.do("do:show-all")
    expect(cards_of(screen)).to_have_count(3)

    take_back(other)
    expect(other.locator("#own")).to_contain_text(LEAVES)
    sitting.do("cover")

    mine = phone.locator("#own li")
    expect(mine).to_contain_text("Deze kaart is van het scherm, omdat iemand een andere weghaalde.")
    expect(mine.get_by_role("button")).to_have_text(["Haal weg"])
    expect(phone.locator("#own")).not_to_contain_text("pas te zien samen met")
    assert (violations(phone), sideways(phone)) == ([], [])
    shoot(phone, "fallen-phone")


def test_card_that_was_shown_just_before_it_is_taken_back_stays_and_says_why(
    house: House, sitting: Sitting
) -> None:
    wire = Wire()
    phone = house.phone(sitting, wire)
    write(phone, "Van mij")
    for number, other in enumerate(house.crowd(sitting, 3)):
        other.post(FLAP, text=f"Van een ander {number}")
    wire.holds_views = True
    sitting.do("do:draw")

    phone.get_by_role("button", name="Pas aan").click()

    expect(phone.locator("#toast")).to_have_text(
        "Anderen hebben dit net gezien. Er is nog niets veranderd. Druk zo nog eens op de knop."
    )
    expect(phone.get_by_label("Je antwoord")).to_have_value("")
    wire.let_go()
    sitting.do("timer-plus")
    sitting.hidden.shows("Van mij")
    take_back(phone, "Pas aan")
    expect(phone.get_by_label("Je antwoord")).to_have_value("Van mij")
    expect(phone.locator("#own")).to_contain_text(LEAVES)


def test_card_taken_back_leaves_at_once_when_its_owner_asks(
    house: House, sitting: Sitting, screen: Page, phone: Page
) -> None:
    show_four(house, sitting, phone)
    expect(cards_of(screen)).to_have_count(4)

    take_back(phone)
    phone.get_by_role("button", name=AT_ONCE).click()
    expect(phone.get_by_role("dialog")).to_contain_text("kan raden dat het van jou was")
    phone.get_by_role("button", name="Ja, doe maar").click()

    expect(cards_of(screen)).to_have_count(3)
    expect(phone.locator("#own")).not_to_contain_text(LEAVES)


def test_card_is_taken_back_at_once_without_the_two_that_stay_behind(
    house: House, sitting: Sitting, screen: Page, phone: Page
) -> None:
    write(phone, "Van mij")
    for number, other in enumerate(house.crowd(sitting, 2)):
        other.post(FLAP, text=f"Van een ander {number}")
    sitting.do("do:draw")
    sitting.do("do:show-all")
    expect(cards_of(screen)).to_have_count(3)

    take_back(phone)
    phone.get_by_role("button", name=AT_ONCE).click()
    phone.get_by_role("button", name="Ja, doe maar").click()

    expect(cards_of(screen)).to_have_count(0)
