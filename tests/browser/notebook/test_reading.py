"""What an owner does with a notebook: read it after the meeting, take it along, and share some of it."""

from playwright.sync_api import expect

from tests.browser.looks import phone_faults
from tests.browser.notebook.writing import SECRET, begun, is_there, mine, write_all
from tests.browser.people import SMALL_PHONE, House, Sitting, shoot


def test_owner_reads_it_after_closing_and_without_a_connection(house: House, sitting: Sitting) -> None:
    phone = mine(begun(house, sitting, house.phone(sitting, **SMALL_PHONE)))
    write_all(phone)

    sitting.do("close")
    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    phone.context.set_offline(True)

    notes = phone.locator("#notebook")
    read = notes.get_by_role("button", name="Lees mijn schrift")
    expect(read).to_be_visible()
    assert SECRET not in phone.content()
    shoot(phone, "notebook-covered")
    read.click()
    expect(notes.get_by_text(SECRET, exact=True)).to_be_visible()
    expect(notes.get_by_role("img", name="Tekening: Mijn lijn")).to_be_visible()
    assert phone_faults(phone, "notebook-closed") == []
    phone.context.set_offline(False)
    phone.reload()
    expect(notes.get_by_text(SECRET, exact=True)).to_have_count(0)
    read.click()
    expect(notes.get_by_text(SECRET, exact=True)).to_be_visible()
    notes.get_by_role("button", name="Verberg mijn schrift").click()
    assert SECRET not in phone.content()


def test_owner_finds_it_at_a_plain_address_without_a_meeting(house: House, sitting: Sitting) -> None:
    phone = mine(begun(house, sitting, house.phone(sitting, **SMALL_PHONE)))
    write_all(phone)
    phone.get_by_role("button", name="Verlaat de bijeenkomst").click()
    phone.get_by_role("button", name="Ja, doe maar").click()
    expect(phone.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()

    phone.get_by_role("link", name="Open mijn schrift").click()

    expect(phone.get_by_text(SECRET, exact=True)).to_be_visible()
    expect(phone.locator("main")).to_contain_text("Blijft staan tot")
    assert phone_faults(phone, "notebook-page") == []
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Bewaar").click()
    saved = download.value.path().read_text("utf-8")
    assert (SECRET in saved, "data:image/png;base64," in saved) == (True, True)
    file = phone.context.new_page()
    file.set_content(saved)
    expect(file.get_by_role("heading", name="Mijn droom")).to_be_visible()
    phone.emulate_media(media="print")
    expect(phone.get_by_role("button", name="Print")).to_be_hidden()
    shoot(phone, "notebook-paper")
    phone.emulate_media(media="screen")
    phone.get_by_role("button", name="Wis alles van mij").click()
    phone.get_by_role("button", name="Ja, doe maar").click()
    expect(phone.locator("main")).to_contain_text("Er staat nog niets in een schrift")
    shoot(phone, "notebook-page-empty")


def test_notebook_of_a_course_that_is_over_is_gone(house: House, sitting: Sitting) -> None:
    phone = mine(begun(house, sitting, house.phone(sitting)))
    write_all(phone)
    page = phone.context.new_page()
    page.clock.install()
    page.goto(f"{house.server.url}/mijn-schrift")
    expect(page.get_by_text(SECRET, exact=True)).to_be_visible()

    page.clock.set_system_time(page.evaluate("() => Date.now() / 1000") + 400 * 24 * 3600)
    page.reload()

    expect(page.locator("main")).to_contain_text("Er staat nog niets in een schrift")


def test_owner_shares_what_they_pick_after_one_look(house: House, sitting: Sitting) -> None:
    phone = mine(begun(house, sitting, house.phone(sitting, **SMALL_PHONE)))
    write_all(phone)

    phone.get_by_role("button", name="Deel", exact=True).click()

    dialog = phone.locator("dialog#share")
    expect(dialog.get_by_role("button", name="Deel dit")).to_be_disabled()
    expect(dialog).to_contain_text("De trainers lezen het.")
    dialog.get_by_label(f"{SECRET} stap").check()
    assert phone_faults(phone, "notebook-share") == []
    assert house.stored("post", sitting) == 0
    dialog.get_by_role("button", name="Deel dit").click()
    expect(phone.locator("#own li")).to_have_text([f"{SECRET} stap"])
    assert house.stored("post", sitting) == 1
    is_there(phone)


def test_nothing_is_shared_by_who_thinks_better_of_it(house: House, sitting: Sitting) -> None:
    phone = mine(begun(house, sitting, house.phone(sitting)))
    write_all(phone)
    phone.get_by_role("button", name="Deel", exact=True).click()
    phone.get_by_label(f"{SECRET} stap").check()

    phone.get_by_role("button", name="Nee, terug").click()
    sitting.do("back")
    expect(phone.get_by_label("Mijn droom")).to_have_count(0)

    assert house.stored("post", sitting) == 0
