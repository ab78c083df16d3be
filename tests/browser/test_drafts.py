"""What somebody typed and did not send yet: it stays on the phone, and comes back in its own form."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.attack.borrowed import ON_DISK, TYPED
from tests.browser.looks import phone_faults
from tests.browser.people import SMALL_PHONE, House, Sitting, Wire, online, shoot

FLAP, STICKERS, EVALUATION = "wat-brengt-ervaring", "stickers", "hoe-was-het"
HALF = "Half getypt"


def flap(phone: Page) -> Page:
    expect(phone.get_by_label("Je antwoord")).to_be_visible()
    return phone


def half_typed(house: House, sitting: Sitting, **device: object) -> Page:
    """A phone on which somebody is typing an answer."""
    phone = house.phone(sitting, **device)
    sitting.go(FLAP)
    flap(phone).get_by_label("Je antwoord").press_sequentially(HALF)
    return phone


def slipped(phone: Page, sitting: Sitting) -> None:
    """A trainer presses too often."""
    sitting.do("next")
    expect(phone.get_by_label("Je antwoord")).to_have_count(0)
    sitting.do("back")


def reloaded(phone: Page, sitting: Sitting) -> None:
    phone.reload()


def reloaded_elsewhere(phone: Page, sitting: Sitting) -> None:
    sitting.do("next")
    expect(phone.get_by_label("Je antwoord")).to_have_count(0)
    phone.reload()
    online(phone)
    sitting.do("back")


def went_and_came_back(phone: Page, sitting: Sitting) -> None:
    address = phone.url
    phone.goto(address.split("/m/")[0] + "/privacy")
    phone.goto(address)


def given_again(phone: Page, sitting: Sitting) -> None:
    sitting.do("restart")


# The disk is still busy with the first letter when the page goes, and no pause ends before.
BUSY = """for (const [end, of] of [["pagehide", window], ["visibilitychange", document]]) {
  of.addEventListener(end, (event) => event.stopImmediatePropagation(), true);
}"""
GONE_WHILE_TYPING = """(field, texts) => {
  window.setTimeout = () => 0;
  for (field.value of texts) field.dispatchEvent(new Event("input", {bubbles: true}));
  location.reload();
}"""


def test_last_letters_are_written_before_the_page_goes(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    phone.add_init_script(BUSY)
    phone.reload()
    field = flap(online(phone)).get_by_label("Je antwoord")

    with phone.expect_navigation():
        field.evaluate(GONE_WHILE_TYPING, [HALF[:1], HALF])

    expect(field).to_have_value(HALF)


@pytest.mark.parametrize("happens", [slipped, reloaded, reloaded_elsewhere, went_and_came_back, given_again])
def test_half_typed_text_is_there_again(
    house: House, sitting: Sitting, happens: Callable[[Page, Sitting], None]
) -> None:
    phone = half_typed(house, sitting)

    happens(phone, sitting)

    expect(phone.get_by_label("Je antwoord")).to_have_value(HALF)
    expect(phone.locator("#unsent *")).to_have_count(0)
    expect(phone.locator("[data-counter-of=text]")).to_have_text(f"Nog {40 - len(HALF)} tekens")
    phone.get_by_role("button", name="Verstuur").click()
    expect(phone.locator("#own li")).to_contain_text(HALF)
    assert (house.stored("post", sitting), phone.evaluate(ON_DISK)) == (1, 0)


def test_half_typed_text_comes_back_in_a_new_tab_while_the_meeting_goes_on(
    house: House, sitting: Sitting
) -> None:
    phone = half_typed(house, sitting)
    address, context = phone.url, phone.context
    phone.close()

    tab = context.new_page()
    tab.goto(address)

    expect(tab.get_by_label("Je antwoord")).to_have_value(HALF)


def test_ticks_and_marks_come_back_too(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(EVALUATION)
    phone.get_by_label("een beetje").check()
    phone.get_by_label("verhalen").check()
    phone.get_by_label("Wat kan beter?").fill("Meer pauze")

    phone.reload()

    expect(phone.get_by_label("Wat kan beter?")).to_have_value("Meer pauze")
    expect(phone.get_by_label("een beetje")).to_be_checked()
    expect(phone.get_by_label("verhalen")).to_be_checked()
    expect(phone.get_by_label("kennis")).not_to_be_checked()


def test_text_that_loses_its_form_in_mid_sentence_can_be_copied(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting, **SMALL_PHONE)
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sitting.go(EVALUATION)
    phone.get_by_label("Wat kan beter?").press_sequentially(HALF)

    sitting.do("do:close")

    late = phone.locator("#late")
    expect(late).to_contain_text("Hier kun je nu niets insturen.")
    expect(late.get_by_label("Je tekst")).to_have_value(HALF)
    assert phone_faults(phone, "draft-too-late") == []
    late.get_by_role("button", name="Kopieer de tekst").click()
    expect(phone.locator("#toast")).to_have_text("De tekst is gekopieerd.")
    assert phone.evaluate("() => navigator.clipboard.readText()") == HALF
    sitting.do("do:reopen")
    expect(phone.get_by_label("Wat kan beter?")).to_have_value(HALF)
    expect(late.locator("*")).to_have_count(0)


def test_text_in_a_form_that_sends_nothing_now_can_be_copied(house: House, sitting: Sitting) -> None:
    phone = half_typed(house, sitting, **SMALL_PHONE)
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])

    sitting.do("do:close")

    copy = phone.get_by_role("button", name="Kopieer de tekst")
    expect(copy).to_have_count(1)
    assert phone_faults(phone, "draft-shut") == []
    copy.click()
    expect(phone.locator("#toast")).to_have_text("De tekst is gekopieerd.")
    assert phone.evaluate("() => navigator.clipboard.readText()") == HALF
    sitting.do("do:open")
    expect(copy).to_have_count(0)
    expect(phone.get_by_label("Je antwoord")).to_have_value(HALF)


def test_text_of_another_step_lies_folded_until_it_is_thrown_away(house: House, sitting: Sitting) -> None:
    phone = half_typed(house, sitting, **SMALL_PHONE)
    sitting.go("huiswerk")
    fold = phone.locator("#unsent details")
    expect(fold).to_have_count(1)
    expect(fold.get_by_label("Je tekst")).to_be_hidden()
    shoot(phone, "draft-away")
    fold.locator("summary").click()
    expect(fold.get_by_label("Je tekst")).to_have_value(HALF)
    assert phone_faults(phone, "draft-away-open") == []

    fold.get_by_role("button", name="Weg ermee").click()

    expect(fold).to_have_count(0)
    phone.wait_for_function(f"async () => await ({ON_DISK})() === 0")
    sitting.go(FLAP)
    expect(flap(phone).get_by_label("Je antwoord")).to_have_value("")


def test_text_about_oneself_comes_back_to_its_own_form_and_is_never_on_the_disk(
    house: House, sitting: Sitting
) -> None:
    phone = house.phone(sitting)
    sitting.go(STICKERS)
    fields = phone.locator("form[data-post] textarea")
    expect(fields.first).to_be_visible()
    for number in range(fields.count()):
        fields.nth(number).press_sequentially(f"Over mij {number}")

    sitting.go("napraten")
    expect(fields).to_have_count(0)
    sitting.go(STICKERS)

    for number in range(fields.count()):
        expect(fields.nth(number)).to_have_value(f"Over mij {number}")
    assert phone.evaluate(ON_DISK) == 0
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.reload()
    online(phone)
    expect(fields.first).to_have_value("")


def heard(phone: Page) -> list[str]:
    """What a phone says from now on: events on its socket, and requests that are more than a look."""
    said: list[str] = []

    def frame(payload: str | bytes) -> None:
        if str(payload).startswith("42") and '"hello"' not in str(payload):
            said.append(str(payload))

    phone.on("websocket", lambda socket: socket.on("framesent", frame))
    phone.on("request", lambda request: request.method == "GET" or said.append(request.url))
    return said


def test_what_is_typed_sends_nothing(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    said = heard(phone)
    phone.reload()
    online(phone)

    flap(phone).get_by_label("Je antwoord").press_sequentially(HALF)
    slipped(phone, sitting)
    phone.reload()
    online(phone)
    expect(phone.get_by_label("Je antwoord")).to_have_value(HALF)
    sitting.do("do:close")
    phone.get_by_role("button", name="Kopieer de tekst").click()

    assert said == []


def test_field_is_emptied_once_its_text_is_stored(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    # A disk that does not answer.
    phone.add_init_script("indexedDB.open = () => ({})")
    phone.reload()
    online(phone)
    flap(phone).get_by_label("Je antwoord").fill("Herkenning")

    phone.get_by_role("button", name="Verstuur").click()
    phone.wait_for_timeout(300)

    expect(phone.get_by_label("Je antwoord")).to_have_value("Herkenning")
    assert house.stored("post", sitting) == 0


def test_text_that_was_sent_and_reloaded_at_once_arrives_once(house: House, sitting: Sitting) -> None:
    wire = Wire()
    phone = house.phone(sitting, wire)
    sitting.go(FLAP)
    for number in range(10):
        sitting.do("restart")
        field = flap(phone).get_by_label("Je antwoord")
        wire.fall_asleep()
        # In one go: nothing has a turn between the press and the reload.
        field.evaluate(
            """(field, text) => {
              field.value = text;
              field.dispatchEvent(new Event("input", { bubbles: true }));
              field.form.requestSubmit();
              location.reload();
            }""",
            f"Tekst {number}",
        )
        expect(phone.locator("#own li")).to_have_count(1)
        expect(phone.locator("#own li")).to_contain_text(f"Tekst {number}")
        expect(phone.get_by_label("Je antwoord")).to_have_value("")


def test_half_typed_text_is_gone_when_the_meeting_closes(house: House, sitting: Sitting) -> None:
    phone = half_typed(house, sitting)
    sitting.go("huiswerk")
    expect(phone.locator("#unsent details")).to_have_count(1)

    sitting.do("close")

    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    expect(phone.locator("#toast")).to_contain_text("Die is nu gewist.")
    expect(phone.locator("#unsent *")).to_have_count(0)
    phone.wait_for_function(f"async () => await ({ON_DISK})() === 0")
    assert HALF not in phone.evaluate(TYPED)
