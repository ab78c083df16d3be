"""Who listens hears a whole exercise, on control and on a phone: what is asked, and what changes."""

from playwright.sync_api import Page, expect

from tests.browser.listening import clumsy, heard
from tests.browser.people import House, Sitting, on_step, shoot

LINE, FLAP = "over-de-lijn", "wat-brengt-ervaring"
COVERED = "Het scherm staat even uit. Luister naar de trainer."


def told(page: Page, words: str) -> None:
    """Waits until a page says this by itself."""
    expect(page.locator("#announce")).to_have_text(words)


def test_trainer_hears_what_is_in_front_of_the_room(house: House, sitting: Sitting) -> None:
    control = house.control(sitting)
    told(control, "")

    sitting.go(LINE)
    told(control, "Over de lijn. Wie veel meemaakte, helpt beter.")
    control.locator(".c-next").press("Enter")
    told(control, "Over de lijn. Op je werk ben je jezelf.")
    expect(control.locator(".c-next")).to_be_focused()
    sitting.do("cover")
    told(control, "Het scherm is afgedekt.")
    sitting.do("cover")
    told(control, "")
    sitting.go(FLAP)
    told(control, "Wat brengt ervaring? Flap")
    sitting.do("close")
    told(control, "De bijeenkomst is gesloten")


def test_participant_hears_what_the_group_did_and_that_the_screen_is_off(
    house: House, sitting: Sitting
) -> None:
    phone = house.phone(sitting)
    sitting.go(LINE)
    told(phone, "Wie veel meemaakte, helpt beter.")
    for other in house.crowd(sitting, 5):
        assert other.post(LINE, item="1", place="1") == {"ok": True}

    sitting.do("do:show")
    told(phone, "Zo staat de groep nu")
    sitting.do("cover")
    told(phone, COVERED)
    sitting.do("cover")
    told(phone, "")
    sitting.do("cover")
    told(phone, COVERED)


def test_nothing_of_a_whole_exercise_is_clumsy_to_listen_to(house: House, sitting: Sitting) -> None:
    control, phone = house.control(sitting), house.phone(sitting)
    crowd = house.crowd(sitting, 5)
    found = []

    def listen(state: str) -> None:
        for name, page in (("control", control), ("phone", phone)):
            found.extend(f"{state}, {name}: {fault}" for fault in clumsy(page))

    listen("lobby")
    sitting.go(LINE)
    on_step(control, LINE)
    listen("a line")
    phone.get_by_label("helemaal eens").check()
    expect(phone.locator("#own")).to_contain_text("Jouw plek")
    for other in crowd:
        assert other.post(LINE, item="1", place="1") == {"ok": True}
    sitting.do("do:show")
    expect(phone.get_by_role("heading", name="Zo staat de groep nu")).to_be_visible()
    listen("a line that is shown")
    sitting.go(FLAP)
    on_step(control, FLAP)
    for number, other in enumerate(crowd):
        assert other.post(FLAP, text=f"Kaart van {number}") == {"ok": True}
    phone.get_by_label("Je antwoord").fill("Hoop")
    phone.get_by_role("button", name="Verstuur").click()
    expect(phone.locator("#sent")).to_have_text("Verstuurd")
    listen("a flap")
    sitting.do("do:draw")
    sitting.do("do:show-all")
    expect(control.locator(".board-card").first).to_contain_text("op het scherm")
    listen("a flap that is shown")
    sitting.do("close")
    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    listen("closed")

    assert found == []


def test_button_that_leads_on_says_where_in_one_breath(house: House, sitting: Sitting) -> None:
    control = house.control(sitting)
    sitting.go(LINE)
    on_step(control, LINE)
    shoot(control, "next-statement")

    buttons = [name for role, name in heard(control) if role == "button"]

    assert [name for name in buttons if name.startswith("Volgende")] == ["Volgende stelling"]
