"""The flap of the first dagdeel is there again in the second: as it was kept, and on the screen alone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.looks import cut_off, sideways, small_text, violations
from tests.browser.people import OLD_BEAMER, SMALL_PHONE, House, Sitting, shoot
from tests.support.trainers import csrf_token

FIRST, LATER = "verwachtingen", "terugblik"
WORDS = (
    "weten wat ik mag zeggen",
    "minder kletsen, meer doen",
    "een collega die ik durf te bellen",
    "dat we elkaar beter kennen",
    "meer rust in mijn hoofd",
    "tijd om te oefenen",
)
# So tall that the bar at the bottom covers nothing: axe would take a covered button for a small one.
TALL = {"viewport": {"width": 1280, "height": 5000}}


def give_the_first(house: House) -> Sitting:
    """Gives the flap of the first dagdeel, with a group, and closes the meeting."""
    sitting = house.sitting("training", "Traject terug")
    sitting.go(FIRST)
    for phone, text in zip(house.crowd(sitting, len(WORDS)), WORDS, strict=True):
        assert phone.post(FIRST, text=text)["ok"]
    for name in ("do:draw", "do:show-all"):
        sitting.do(name)
    sitting.do("do:group", title="Samen")
    control = house.control(sitting, **TALL)
    control.get_by_label(WORDS[2]).check()
    control.get_by_label("Groep voor de gekozen kaarten").select_option("Samen")
    control.get_by_role("button", name="Zet in groep").click()
    expect(control.locator(".board-zone", has_text="Samen").first).to_contain_text(WORDS[2])
    return sitting


def open_the_second(house: House) -> Sitting:
    """Opens the second meeting of the course, as a trainer does from the page of the course."""
    session, url = house.trainer.session, house.server.url
    courses = re.findall(r"/trajecten/(\d+)", session.get(f"{url}/beheer").text)
    page = session.get(f"{url}/beheer/trajecten/{max(map(int, courses))}").text
    opening = re.findall(r'action="(\S+/openen)"', page)[0]
    control = session.post(url + opening, data={"csrf_token": csrf_token(page)})
    code = re.search(r'class="code">(\w{3} \w{3})<', control.text).group(1)
    meeting = control.url.rsplit("/", 1)[1]
    return Sitting(meeting, house.server.secret_of(code), code, house._control(meeting))


def looks_well(page: Page) -> None:
    assert (sideways(page), violations(page)) == ([], [])


def test_flap_of_the_first_dagdeel_is_fetched_in_the_second(house: House) -> None:
    first = give_the_first(house)
    second = open_the_second(house)
    second.go(LATER)
    control, screen = house.control(second, **TALL), house.screen(second)
    old, phone = house.screen(second, **OLD_BEAMER), house.phone(second, **SMALL_PHONE)
    fetch = control.get_by_role("button", name="Haal de flap van dagdeel 1")
    expect(fetch).to_be_disabled()
    expect(control.locator(".k-flap--control")).to_contain_text("Sluit eerst die bijeenkomst")

    first.do("close")
    second.go("welkom-terug")
    second.go(LATER)
    fetch.click()

    expect(screen.locator(".k-flap__earlier")).to_have_text("Dit maakten we in dagdeel 1.")
    expect(screen.locator(".k-flap__card")).to_have_count(len(WORDS))
    expect(screen.locator(".k-flap__group").first).to_have_text("Samen")
    expect(phone.locator(".k-flap").first).to_contain_text("Op het scherm staat de flap van dagdeel 1.")
    assert [text for text in WORDS if text in phone.content()] == []
    for page, name in ((screen, "scherm"), (old, "oud"), (control, "regie"), (phone, "telefoon")):
        looks_well(page)
        shoot(page, f"eerder-{name}")
    assert (cut_off(old), small_text(screen)) == ([], [])

    control.get_by_role("button", name="Terug naar de flap van nu").click()
    expect(screen.locator(".k-flap__question")).to_contain_text("Welk woord, beeld of moment")
    assert house.stored("post", second) == house.stored("result", second) == 0
