"""What a group shares: asked on control, told to everybody, read on a phone afterwards, and then gone."""

import sqlite3
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.keyboard import out_of_reach, press_by_keys
from tests.browser.looks import cut_off, sideways, small_text, violations
from tests.browser.people import OLD_BEAMER, SMALL_PHONE, House, Sitting, shoot
from tests.support.pages import Phone

FLAP = "wat-brengt-ervaring"
WORDS = ("durf", "een ander verhaal", "geduld", "hoop", "moed om het te zeggen", "trots")
ASKED = "Dit delen we na afloop met de groep."
# So tall that the bar at the bottom covers nothing.
TALL = {"viewport": {"width": 1280, "height": 5000}}


def shown_flap(house: House) -> tuple[Sitting, list[Phone]]:
    """A flap of six phones that is on the screen."""
    sitting = house.sitting()
    sitting.go(FLAP)
    crowd = house.crowd(sitting, len(WORDS))
    for phone, text in zip(crowd, WORDS, strict=True):
        assert phone.post(FLAP, text=text)["ok"]
    for name in ("do:draw", "do:show-all"):
        sitting.do(name)
    return sitting, crowd


def all_say_prima(crowd: list[Phone]) -> None:
    for phone in crowd:
        assert phone.send("sharing", step=FLAP, said="ja ")["ok"]


def offer(house: House, sitting: Sitting) -> Page:
    """Control, on which a trainer just offered the flap to the group."""
    control = house.control(sitting, **TALL)
    control.locator("#sharing > summary").click()
    control.get_by_role("button", name="Deel wat er getoond is met de groep").click()
    expect(control.locator("#confirm")).to_contain_text("Heb je het hardop gevraagd?")
    control.get_by_role("button", name="Ja, doe maar").click()
    expect(control.get_by_role("button", name="Deel het toch niet")).to_be_visible()
    return control


def answer(phone: Page, name: str) -> None:
    """By keyboard: presses an answer to what is asked of the step on the screen, which is in sight."""
    said = {"Prima": "ja ", "Liever niet": "nee"}[name]
    press_by_keys(phone, f"[data-said='{said}']")
    expect(phone.locator("#toast")).to_have_text("Dank je. Niemand ziet wat jij koos.")


def looks_well(page: Page) -> None:
    assert (sideways(page), violations(page)) == ([], [])


def lets_time_pass(house: House, sitting: Sitting) -> None:
    """The meeting was closed so long ago that its texts may not stay."""
    with sqlite3.connect(house.server.folder / "data" / "kwartier.db") as database:
        long_ago = (date.today() - timedelta(days=32)).isoformat()
        database.execute("UPDATE meeting SET closed_on = ? WHERE id = ?", (long_ago, sitting.id))


def test_group_reads_what_it_shared_until_the_retention_ends(house: House) -> None:
    sitting, crowd = shown_flap(house)
    phone, screen = house.phone(sitting, **SMALL_PHONE), house.screen(sitting)
    old = house.screen(sitting, **OLD_BEAMER)
    control = offer(house, sitting)
    for page in (screen, old):
        expect(page.locator(".stage-shared")).to_contain_text(ASKED)
    expect(phone.locator(".phone > .notice")).to_contain_text("Wat hier getoond is, delen we na afloop")
    answer(phone, "Prima")
    all_say_prima(crowd)
    for page, name in ((screen, "scherm"), (old, "oud"), (control, "regie"), (phone, "telefoon")):
        looks_well(page)
        shoot(page, f"delen-{name}")
    assert (cut_off(old), small_text(screen)) == ([], [])

    sitting.do("close")
    phone.get_by_role("link", name="Lees wat de groep deelde").click()

    expect(phone.locator(".shared li")).to_have_text(list(WORDS))
    assert out_of_reach(phone, "main") == []
    shoot(phone, "gedeeld-telefoon")
    phone.get_by_role("button", name="Dit is mijn telefoon, onthoud het").click()
    expect(phone.get_by_role("status")).to_contain_text("Onthouden.")
    looks_well(phone)

    address = phone.url
    lets_time_pass(house, sitting)
    phone.goto(address)

    expect(phone.locator("h1")).to_have_text("Hier is niets te lezen")
    looks_well(phone)


def test_one_liever_niet_leaves_no_sign_anywhere_and_nothing_is_shared(house: House) -> None:
    sitting, crowd = shown_flap(house)
    phone, other = house.phone(sitting, **SMALL_PHONE), house.phone(sitting)
    sitting.do("timer-pause")
    control = offer(house, sitting)
    expect(other.locator(".phone > .notice")).to_be_visible()
    before = other.locator("#view").inner_html()

    all_say_prima(crowd)
    answer(phone, "Liever niet")

    expect(control.get_by_role("button", name="Deel het toch niet")).to_be_visible()
    assert other.locator("#view").inner_html() == before
    sitting.do("close")
    other.get_by_role("link", name="Lees wat de groep deelde").click()
    expect(other.locator("main")).to_contain_text("Hier staat niets.")
    assert [text for text in WORDS if text in other.content()] == []
    looks_well(other)


def test_page_of_the_group_works_without_scripts(house: House) -> None:
    sitting, crowd = shown_flap(house)
    phone = house.phone(sitting)
    sitting.do("share", step=FLAP, to="yes")
    all_say_prima(crowd)
    sitting.do("close")
    cookies = phone.context.cookies()
    plain = house.context(java_script_enabled=False, **SMALL_PHONE)
    plain.add_cookies(cookies)
    page = plain.new_page()

    page.goto(f"{house.server.url}/m/{sitting.id}/gedeeld")

    expect(page.locator(".shared li")).to_have_text(list(WORDS))
    page.get_by_role("button", name="Vergeet het nu op deze telefoon").click()
    expect(page.locator("h1")).to_have_text("Hier is niets te lezen")


def test_phone_is_asked_again_when_nobody_knows_who_answered(house: House) -> None:
    sitting, crowd = shown_flap(house)
    phone, screen = house.phone(sitting, **SMALL_PHONE), house.screen(sitting)
    control = offer(house, sitting)
    all_say_prima(crowd)
    answer(phone, "Prima")

    house.server.stop()
    house.server.start()
    house.rejoin(sitting)

    expect(phone.locator(".phone > .notice").nth(1)).to_contain_text(
        "Kies nog een keer, ook als je al 'Prima' koos."
    )
    expect(screen.locator(".stage-shared")).to_contain_text("Kies nog een keer op je telefoon.")
    expect(control.locator("#sharing > summary")).to_contain_text("vraag het opnieuw")
    for page, name in ((screen, "scherm"), (control, "regie"), (phone, "telefoon")):
        looks_well(page)
        shoot(page, f"opnieuw-delen-{name}")

    sitting.do("close")
    phone.get_by_role("link", name="Lees wat de groep deelde").click()
    expect(phone.locator("main")).to_contain_text("Dan telde alleen de 'Prima' van daarna.")
