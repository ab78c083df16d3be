"""Every view is right again after any interruption, and what a phone was told is saved is saved, once."""

import re

from playwright.sync_api import Page, expect

from tests.browser.looks import resize
from tests.browser.people import LAPTOP, PHONE, SMALL_PHONE, House, Sitting, Wire, on_step, online, shoot
from tests.support.server import wait_for

LINE, FLAP = "over-de-lijn", "wat-brengt-ervaring"
WAITS = "Nog niet verstuurd"
# Where the notice of a lost connection ends, and where it is told what is going on.
EDGES = """() => [document.querySelector("#connection").getBoundingClientRect().bottom,
  document.querySelector(".c-head").getBoundingClientRect().top]"""


def take_places(house: House, sitting: Sitting) -> None:
    """Two others answer: with the phone of the test they are enough for a picture, and for a count."""
    for other in house.crowd(sitting, 2):
        assert other.post(LINE, item="1", place="1") == {"ok": True}


def write(phone: Page, text: str) -> None:
    phone.get_by_label("Je antwoord").fill(text)
    phone.get_by_role("button", name="Verstuur").click()


# Trainers


def test_laptop_reloads_in_the_middle(house: House, sitting: Sitting) -> None:
    control, screen, phone = house.control(sitting), house.screen(sitting), house.phone(sitting)
    sitting.go(LINE)
    take_places(house, sitting)
    phone.get_by_label("helemaal eens").check()
    expect(phone.locator("#own")).to_contain_text("Jouw plek: helemaal eens")
    sitting.do("do:show")
    expect(control.locator(".c-kind")).to_contain_text("de stippen staan op het scherm")
    phone.evaluate("() => { window.stillHere = true; }")

    control.reload()

    online(control)
    on_step(control, LINE)
    expect(control.locator(".c-kind")).to_contain_text("Antwoorden: 3 of meer")
    expect(control.locator(".c-kind")).to_contain_text("de stippen staan op het scherm")
    control.get_by_role("button", name="Verberg de stippen").click()
    expect(screen.locator(".k-over-de-lijn circle")).to_have_count(0)
    assert phone.evaluate("() => window.stillHere") is True


def test_two_trainers_press_next_at_once(house: House, sitting: Sitting) -> None:
    wire = Wire()
    first, second = house.control(sitting), house.control(sitting, house.colleague, wire)
    screen = house.screen(sitting)
    sitting.go(FLAP)
    on_step(first, FLAP)
    on_step(second, FLAP)

    wire.holds_views = True
    first.get_by_role("button", name="Volgende").click()
    on_step(first, "huiswerk")
    second.get_by_role("button", name="Volgende").click()

    expect(second.locator("#toast")).to_have_text("Je collega was je voor. Kijk even: dit is nu de stand.")
    wire.let_go()
    for page in (first, second, screen):
        on_step(page, "huiswerk")
    expect(first.locator("#toast")).to_have_text("")
    shoot(second, "stale-control")


# The server


def test_server_killed_and_restarted_in_the_middle(house: House, sitting: Sitting) -> None:
    control, screen, phone = house.control(sitting), house.screen(sitting), house.phone(sitting)
    pages = (control, screen, phone)
    sitting.go(LINE)
    take_places(house, sitting)
    phone.get_by_label("helemaal eens").check()
    expect(phone.locator("#own")).to_contain_text("Jouw plek: helemaal eens")
    for page in pages:
        page.evaluate("() => { window.stillHere = true; }")

    house.server.kill()
    for page in pages:
        expect(page.locator("#connection")).to_contain_text("Verbinding weg")
    for device in (LAPTOP, PHONE, SMALL_PHONE):
        resize(control, **device["viewport"])
        notice, head = control.evaluate(EDGES)
        assert notice <= head, device
    shoot(screen, "lost-screen")
    shoot(phone, "lost-phone")
    phone.get_by_label("helemaal oneens").check()
    expect(phone.locator("#sent")).to_have_text(WAITS)
    house.server.start()
    house.rejoin(sitting)

    for page in pages:
        online(page)
        expect(page.locator("#connection")).to_be_hidden()
    on_step(control, LINE)
    on_step(screen, LINE)
    expect(phone.locator("#own")).to_contain_text("Jouw plek: helemaal oneens")
    expect(control.locator(".c-kind")).to_contain_text("Antwoorden: 3 of meer")
    control.get_by_role("button", name="Volgende").click()
    for page in pages:
        expect(page.locator("main")).to_contain_text("Op je werk ben je jezelf.")
        assert page.evaluate("() => window.stillHere") is True, "no page needed a reload"


# Phones


def test_phone_posts_while_it_is_offline(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    expect(phone.get_by_label("Je antwoord")).to_be_visible()

    phone.context.set_offline(True)
    write(phone, "Herkenning")
    expect(phone.locator("#sent")).to_have_text(WAITS)
    expect(phone.get_by_label("Je antwoord")).to_have_value("")
    write(phone, "Hoop")
    expect(phone.locator("#sent")).to_have_text(f"{WAITS} (2)")
    shoot(phone, "waiting-phone")
    phone.context.set_offline(False)

    expect(phone.locator("#sent")).to_have_text("Verstuurd")
    expect(phone.locator("#own li")).to_have_count(2)
    assert house.stored("post", sitting) == 2


def test_phone_that_reloads_before_the_answer_sends_once(house: House, sitting: Sitting) -> None:
    wire = Wire()
    phone = house.phone(sitting, wire)
    sitting.go(FLAP)
    expect(phone.get_by_label("Je antwoord")).to_be_visible()

    wire.drops_answers = True
    write(phone, "Herkenning")
    # What goes over this wire is passed on while the browser is waited for, and by nobody else.
    wait_for(lambda: phone.wait_for_timeout(50) or house.stored("post", sitting), "the post to be saved")
    expect(phone.locator("#sent")).to_have_text(WAITS)
    wire.drops_answers = False
    phone.reload()

    expect(phone.locator("#own li")).to_have_count(1)
    expect(phone.locator("#sent")).not_to_have_text(WAITS)
    assert house.stored("post", sitting) == 1


def test_post_that_comes_too_late_can_be_copied(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sitting.go(FLAP)
    expect(phone.get_by_label("Je antwoord")).to_be_visible()

    phone.context.set_offline(True)
    write(phone, "Dit wil ik bewaren")
    expect(phone.locator("#sent")).to_have_text(WAITS)
    sitting.do("do:close")
    phone.context.set_offline(False)

    late = phone.locator("#late")
    expect(late).to_contain_text("Niet verstuurd")
    expect(phone.locator("#sent")).to_have_text("")
    shoot(phone, "late-phone")
    late.get_by_role("button", name="Kopieer de tekst").click()
    expect(phone.locator("#toast")).to_have_text("De tekst is gekopieerd.")
    assert phone.evaluate("() => navigator.clipboard.readText()") == "Dit wil ik bewaren"
    phone.reload()
    expect(late.get_by_label("Je tekst")).to_have_value("Dit wil ik bewaren")
    late.get_by_role("button", name="Weg ermee").click()
    expect(late.locator("*")).to_have_count(0)


def test_phone_that_slept_catches_up(house: House, sitting: Sitting) -> None:
    wire = Wire()
    phone = house.phone(sitting, wire)
    sitting.go(LINE)
    expect(phone.get_by_label("helemaal eens")).to_be_visible()

    wire.fall_asleep()
    sitting.go(FLAP)
    phone.wait_for_timeout(500)
    expect(phone.get_by_label("helemaal eens")).to_be_visible()
    phone.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")

    expect(phone.get_by_label("Je antwoord")).to_be_visible()


def test_phone_comes_back_in_a_new_tab(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(LINE)
    phone.get_by_label("helemaal eens").check()
    expect(phone.locator("#own")).to_contain_text("Jouw plek: helemaal eens")
    tab = phone.context.new_page()
    phone.close()

    tab.goto(house.server.url)
    tab.get_by_label("Code").fill(sitting.code.lower().replace(" ", ""))
    tab.get_by_role("button", name="Verder").click()

    tab.wait_for_url(re.compile("/m/"))
    online(tab)
    expect(tab.get_by_label("helemaal eens")).to_be_checked()


def test_late_joiner_sees_what_is_on_now(house: House, sitting: Sitting) -> None:
    early = house.phone(sitting)
    sitting.go(LINE)
    take_places(house, sitting)
    early.get_by_label("helemaal eens").check()
    expect(early.locator("#own")).to_contain_text("Jouw plek: helemaal eens")
    sitting.do("do:show")

    late = house.phone(sitting)

    expect(late.locator("main")).to_contain_text("Wie veel meemaakte, helpt beter.")
    expect(late.locator("main")).to_contain_text("Zo staat de groep nu")
    late.get_by_label("oneens", exact=True).check()
    expect(late.locator("#own")).to_contain_text("Jouw plek: oneens")
    assert house.stored("post", sitting) == 4


def test_half_typed_text_survives_what_others_do(house: House, sitting: Sitting) -> None:
    control, phone, other = house.control(sitting), house.phone(sitting), house.phone(sitting)
    sitting.go(FLAP)
    field = phone.get_by_label("Je antwoord")
    field.press_sequentially("Half af")
    phone.keyboard.press("ArrowLeft")
    definition = control.get_by_label("Onze definitie")
    definition.press_sequentially("Ervaring is")

    for neighbour in house.crowd(sitting, 2):
        neighbour.post(FLAP, text="Hoop")
    write(other, "Herkenning")
    expect(control.locator(".c-kind")).to_contain_text("3 of meer")
    sitting.do("timer-plus")
    sitting.do("cover")
    expect(phone.locator("main")).to_contain_text("Het scherm staat even uit.")
    sitting.do("cover")
    expect(phone.locator("main")).not_to_contain_text("Het scherm staat even uit.")

    expect(field).to_have_value("Half af")
    expect(field).to_be_focused()
    assert field.evaluate("(field) => field.selectionStart") == len("Half af") - 1
    expect(definition).to_have_value("Ervaring is")
    expect(definition).to_be_focused()


def test_half_typed_text_does_not_land_in_another_step(house: House, sitting: Sitting) -> None:
    control = house.control(sitting)
    sitting.go("hoe-was-het")
    control.get_by_text("Voer een papieren kaart in").click()
    control.get_by_label("Wat kan beter?").press_sequentially("Meer pauze")
    sitting.go(FLAP)
    control.get_by_text("Voer een papieren kaart in").click()
    expect(control.get_by_label("Je antwoord")).to_have_value("")
