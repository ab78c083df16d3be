"""A phone that was borrowed: what stays on it when the meeting is over, or when it lets go of the meeting."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.attack.borrowed import ON_DISK, borrowed_in
from tests.browser.looks import sideways, violations
from tests.browser.people import SMALL_PHONE, House, Sitting, online, shoot

FLAP, STICKERS, GAME = "wat-brengt-ervaring", "stickers", "diagnose-me"
WAITS = "Nog niet verstuurd"


def write(phone: Page, text: str) -> None:
    phone.get_by_label("Je antwoord").fill(text)
    phone.get_by_role("button", name="Verstuur").click()


def leave(phone: Page) -> None:
    phone.get_by_role("button", name="Verlaat de bijeenkomst").click()
    phone.get_by_role("button", name="Ja, doe maar").click()
    expect(phone.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()


def token_of(phone: Page) -> str:
    return next((str(c["value"]) for c in phone.context.cookies() if c["name"] == "kwartier_phone"), "")


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
    phone.wait_for_timeout(1000)
    assert asked == ["beforeunload"]
    phone.context.set_offline(False)
    expect(phone.locator("#sent")).to_have_text("Verstuurd")
    expect(phone.locator("#own")).to_contain_text("Alleen voor nu")
    assert phone.evaluate(ON_DISK) == 0
    phone.remove_listener("dialog", stay)


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
    tab.goto(phone.url)
    online(tab)
    phone.context.set_offline(True)
    for number, page in enumerate((phone, tab)):
        write(page, f"Wacht {number}")
        expect(page.locator("#sent")).to_have_text(WAITS)
        page.get_by_label("Je antwoord").fill(f"Half getypt {number}")

    phone.get_by_role("button", name="Verlaat de bijeenkomst").click()
    phone.get_by_role("button", name="Ja, doe maar").click()

    if not asleep:
        expect(tab.locator("#toast")).to_contain_text("Wat je typte is gewist.")
        expect(tab.locator("#view *")).to_have_count(0)
        expect(tab.locator("#sent")).to_be_empty()
        assert "Half getypt" not in tab.content()
    expect(phone.locator("#toast")).to_contain_text("Wat je typte is gewist.")
    assert phone.evaluate(ON_DISK) == 0
    phone.context.set_offline(False)
    for page in (phone, tab):
        expect(page.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()
    assert (house.stored("post", sitting), house.stored("participant", sitting)) == (0, 0)
    assert phone.evaluate("() => localStorage.length") == 0


SIGNS = "() => Object.keys(localStorage)"


def closed(sitting: Sitting, phone: Page) -> None:
    phone.close()
    sitting.do("close")


def closed_after_it_left(sitting: Sitting, phone: Page) -> None:
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Verlaat de bijeenkomst").click()
    phone.get_by_role("button", name="Ja, doe maar").click()
    expect(phone.locator("#toast")).to_contain_text("Wat je typte is gewist.")
    phone.close()
    sitting.do("close")


def came_to_nobody(sitting: Sitting, phone: Page) -> None:
    """The phone lost its cookie."""
    phone.close()
    phone.context.clear_cookies()


@pytest.mark.parametrize("end", [closed, closed_after_it_left, came_to_nobody])
@pytest.mark.parametrize("door", ["", "/j/{secret}", "/m/{id}"])
def test_no_sign_of_a_meeting_stays_for_who_comes_back_after_it(
    house: House, sitting: Sitting, end: Callable[[Sitting, Page], None], door: str
) -> None:
    phone = house.phone(sitting)
    context = phone.context
    end(sitting, phone)
    context.set_offline(False)

    later = context.new_page()
    later.goto(house.server.url + door.format(secret=sitting.secret, id=sitting.id))

    later.wait_for_function(f"() => !({SIGNS})().length")


def test_no_sign_stays_of_a_meeting_that_was_taken_back(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    address, context = phone.url, phone.context
    assert phone.evaluate(SIGNS) == [f"kwartier:{sitting.id}"]
    phone.close()
    overview = house.open(f"/beheer/bijeenkomsten/{sitting.id}", house.trainer)
    overview.get_by_role("button", name="Toch niet openen").click()
    expect(overview.get_by_role("button", name="Toch niet openen")).to_have_count(0)

    later = context.new_page()
    later.goto(address)

    expect(later.get_by_role("heading", name="Deze bijeenkomst is niet open")).to_be_visible()
    later.wait_for_function(f"() => !({SIGNS})().length")
    shoot(later, "not-open-phone")


def test_no_sign_stays_on_a_page_that_saw_the_end_and_is_closed_at_once(
    house: House, sitting: Sitting
) -> None:
    phone = house.phone(sitting)
    sitting.do("close")
    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()

    phone.goto(f"{house.server.url}/healthz")

    assert phone.evaluate(SIGNS) == []


def test_sign_stays_while_the_phone_takes_part(house: House, sitting: Sitting) -> None:
    phone, other = house.phone(sitting), house.sitting()
    tab = phone.context.new_page()

    tab.goto(f"{house.server.url}/j/{other.secret}")
    tab.wait_for_load_state("networkidle")

    assert tab.evaluate(SIGNS) == [f"kwartier:{sitting.id}"]
    expect(phone.get_by_role("heading", name="Je doet mee")).to_be_visible()


def test_no_sign_stays_of_a_meeting_before_this_one(house: House, sitting: Sitting) -> None:
    phone, other = house.phone(sitting), house.sitting()
    tab = phone.context.new_page()

    tab.goto(f"{house.server.url}/j/{other.secret}")
    tab.get_by_role("button", name="Doe mee").click()
    online(tab)

    assert tab.evaluate(SIGNS) == [f"kwartier:{other.id}"]
    expect(phone.get_by_role("heading", name="Je doet mee")).to_have_count(0)


def test_phone_that_comes_back_is_not_the_one_that_left(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    leave(phone)
    phone.goto(f"{house.server.url}/j/{sitting.secret}")
    phone.get_by_role("button", name="Doe mee").click()
    online(phone)

    write(phone, "Weer hier")

    expect(phone.locator("#own li")).to_contain_text("Weer hier")


def test_phone_forgets_its_key_when_the_meeting_closes(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(GAME)
    expect(phone.get_by_label("Een kwetsbaarheid")).to_be_visible()
    phone.get_by_label("Een kwetsbaarheid").fill("Half getypt")

    sitting.do("close")

    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    assert "Half getypt" not in phone.content()
    for _ in range(50):
        if not token_of(phone):
            break
        phone.wait_for_timeout(200)
    assert token_of(phone) == ""


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
