"""A phone that was borrowed: what of the words typed on it stays, during the meeting and after it."""

from pathlib import Path

from playwright.sync_api import Dialog, expect

from tests.attack.borrowed import ON_DISK, borrowed_in
from tests.browser.leaving import FLAP, GAME, STICKERS, WAITS, token_of, write
from tests.browser.people import SMALL_PHONE, House, Sitting, online, shoot
from tests.support.server import wait_for


def test_nothing_that_was_typed_stays_on_the_phone(house: House, tmp_path: Path) -> None:
    assert [finding for finding in borrowed_in(house, tmp_path) if not finding.holds] == []


def test_refused_text_can_be_copied_until_the_meeting_closes(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    expect(phone.get_by_label("Je antwoord")).to_be_visible()
    phone.context.set_offline(True)
    write(phone, "Dit wil ik bewaren")
    sitting.do("do:close")
    phone.context.set_offline(False)
    late = phone.locator("#late")
    expect(late.get_by_label("Je tekst")).to_have_value("Dit wil ik bewaren")
    phone.reload()
    expect(late.get_by_label("Je tekst")).to_have_value("Dit wil ik bewaren")

    sitting.do("close")

    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    expect(late.locator("*")).to_have_count(0)
    expect(phone.locator("#toast")).to_contain_text("Die is nu gewist.")
    shoot(phone, "wiped-phone")
    phone.reload()
    online(phone)
    assert "Dit wil ik bewaren" not in phone.content()
    phone.wait_for_function("() => document.querySelector('[data-leave]').hidden")


def test_text_that_waits_survives_a_closed_tab_while_the_meeting_goes_on(
    house: House, sitting: Sitting
) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    expect(phone.get_by_label("Je antwoord")).to_be_visible()
    phone.context.set_offline(True)
    write(phone, "Herkenning")
    expect(phone.locator("#sent")).to_have_text(WAITS)
    address, context = phone.url, phone.context

    phone.close()
    context.set_offline(False)
    tab = context.new_page()
    tab.goto(address)

    expect(tab.locator("#own li")).to_contain_text("Herkenning")
    assert house.stored("post", sitting) == 1


def test_what_an_exercise_does_not_keep_is_never_on_the_disk(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting, **SMALL_PHONE)
    sitting.go(STICKERS)
    expect(phone.locator("form[data-post] textarea").first).to_be_visible()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    phone.on("dialog", stay)
    phone.context.set_offline(True)
    field = phone.locator("form[data-post] textarea").first
    field.fill("Alleen voor nu")
    phone.locator("form[data-post] button").first.click()

    expect(phone.locator("#sent")).to_have_text(f"{WAITS}. Laat deze pagina open.")
    shoot(phone, "fleeting-phone")
    assert phone.evaluate(ON_DISK) == 0
    phone.evaluate("() => setTimeout(() => location.reload())")
    wait_for(lambda: phone.wait_for_timeout(50) or asked, "the question")
    assert asked == ["beforeunload"]
    phone.context.set_offline(False)
    expect(phone.locator("#sent")).to_have_text("Verstuurd")
    expect(phone.locator("#own")).to_contain_text("Alleen voor nu")
    assert phone.evaluate(ON_DISK) == 0
    phone.remove_listener("dialog", stay)


def test_phone_forgets_its_key_when_the_meeting_closes(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(GAME)
    expect(phone.get_by_label("Een kwetsbaarheid")).to_be_visible()
    phone.get_by_label("Een kwetsbaarheid").fill("Half getypt")

    sitting.do("close")

    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    assert "Half getypt" not in phone.content()
    wait_for(lambda: phone.wait_for_timeout(50) or not token_of(phone), "the phone to forget")
