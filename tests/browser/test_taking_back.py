"""Taking back asks first where there is no way back, and gives what was written to be changed."""

from playwright.sync_api import Page, expect

from tests.browser.people import House, Sitting

EVALUATION, STICKERS = "hoe-was-het", "stickers"


def _stands(page: Page, words: str) -> None:
    expect(page.locator("#own")).to_contain_text(words)


def test_a_form_that_asks_first_is_only_sent_after_a_yes(house: House, sitting: Sitting) -> None:
    sitting.do("start")
    sitting.go(EVALUATION)
    phone = house.phone(sitting)
    phone.get_by_label("een beetje").check()
    phone.get_by_role("button", name="Verstuur").click()
    _stands(phone, "Je antwoorden zijn bewaard.")

    phone.get_by_role("button", name="Haal al mijn antwoorden weg").click()
    question = phone.get_by_role("dialog")
    expect(question).to_contain_text("Al je antwoorden gaan weg.")
    question.get_by_role("button", name="Nee").click()
    expect(phone.get_by_label("een beetje")).to_be_checked()

    phone.get_by_role("button", name="Haal al mijn antwoorden weg").click()
    question.get_by_role("button", name="Ja").click()
    expect(phone.locator("#own")).not_to_contain_text("Je antwoorden zijn bewaard.")
    expect(phone.get_by_label("een beetje")).not_to_be_checked()


def test_a_card_that_is_changed_is_back_in_the_form_of_its_colour(house: House, sitting: Sitting) -> None:
    sitting.do("start")
    sitting.go(STICKERS)
    phone = house.phone(sitting)
    blue = phone.get_by_label("Jouw kracht.")
    blue.fill("Half af <b>")
    phone.get_by_role("button", name="Plak blauw").click()
    _stands(phone, "Half af <b>")
    expect(blue).to_have_value("")

    phone.get_by_role("button", name="Pas aan").click()

    expect(blue).to_have_value("Half af <b>")
    expect(blue).to_be_focused()
    expect(phone.locator("#own li")).to_have_count(0)
