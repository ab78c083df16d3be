"""Two tables in a real browser: a screen and a control for each, and phones that choose where they sit."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import violations
from tests.browser.people import BEAMER, LAPTOP, House, Sitting, online
from tests.support.tables import STEP, TableServer

PLACES = ("micro", "meso")


@pytest.fixture(scope="module")
def table_house(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    server = TableServer(tmp_path_factory.mktemp("tables"), POST_RATE="100", POST_BURST="1000").start()
    yield House(server, browser)
    server.stop()


@pytest.fixture
def tables(table_house: House) -> Iterator[House]:
    with table_house.visit() as house:
        yield house


@pytest.fixture
def at_tables(tables: House) -> Sitting:
    sitting = tables.sitting("tafels")
    sitting.go(STEP)
    return sitting


def trainers_page(house: House, sitting: Sitting, page: str, place: str) -> Page:
    device = BEAMER if page == "scherm" else LAPTOP
    return online(house.open(f"/{page}/{sitting.id}?plek={place}", house.trainer, **device))


def seated(house: House, sitting: Sitting, title: str) -> Page:
    """A phone whose owner pressed where they sit."""
    phone = house.phone(sitting)
    expect(phone.get_by_role("heading", name="Aan welke tafel zit je?")).to_be_visible()
    assert violations(phone) == []
    phone.get_by_role("button", name=title, exact=True).click()
    expect(phone.get_by_text(f"Jouw tafel: {title}")).to_be_visible()
    return phone


def vote(phone: Page, answer: str) -> None:
    phone.get_by_label(answer, exact=True).check()
    phone.get_by_role("button", name="Verstuur").click()
    expect(phone.locator("#sent")).to_have_text(re.compile(r"\S"))


def test_two_tables_do_the_same_step_beside_each_other(tables: House, at_tables: Sitting) -> None:
    screens = {place: trainers_page(tables, at_tables, "scherm", place) for place in PLACES}
    controls = {place: trainers_page(tables, at_tables, "regie", place) for place in PLACES}
    phones = [seated(tables, at_tables, title) for title in ("Micro", "Micro", "Meso", "Meso")]
    for phone in phones:
        vote(phone, "Eens")
    for place in PLACES:
        assert violations(controls[place]) == []
        assert violations(screens[place]) == []

    for number in range(1, 4):
        for control in controls.values():
            control.get_by_role("button", name="Druk", exact=True).click()
        for control in controls.values():
            expect(control.get_by_text(f"Gedrukt: {number}.")).to_be_visible()
    for place in PLACES:
        expect(screens[place].get_by_text("Gedrukt: 3")).to_be_visible()
        expect(controls[place].locator("#toast")).to_have_text("")

    controls["micro"].locator(".c-next").click()
    expect(screens["micro"].get_by_text("Een grap is een klein gebaar.")).to_be_visible()
    expect(phones[0].get_by_text("Een grap is een klein gebaar.")).to_be_visible()
    expect(screens["meso"].get_by_text("Een team kan veranderen.")).to_be_visible()
    expect(phones[2].get_by_label("Eens", exact=True)).to_be_checked()


def test_phone_goes_to_another_table_and_finds_its_answer_when_it_comes_back(
    tables: House, at_tables: Sitting
) -> None:
    phone = seated(tables, at_tables, "Micro")
    vote(phone, "Oneens")
    phone.get_by_role("button", name="Ik zit ergens anders").click()
    phone.get_by_role("button", name="Meso", exact=True).click()
    expect(phone.get_by_text("Een team kan veranderen.")).to_be_visible()
    expect(phone.get_by_label("Oneens", exact=True)).not_to_be_checked()

    phone.get_by_role("button", name="Ik zit ergens anders").click()
    phone.get_by_role("button", name="Micro", exact=True).click()
    expect(phone.get_by_label("Oneens", exact=True)).to_be_checked()


def test_page_that_is_loaded_again_asks_where_its_owner_sits(tables: House, at_tables: Sitting) -> None:
    phone = seated(tables, at_tables, "Micro")
    phone.reload()

    expect(phone.get_by_role("heading", name="Aan welke tafel zit je?")).to_be_visible()
    kept = phone.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "micro" not in kept


def test_phone_introduces_itself_in_as_many_bytes_at_every_table(tables: House, at_tables: Sitting) -> None:
    phone, said = tables.phone(at_tables), []
    phone.on("websocket", lambda socket: socket.on("framesent", lambda frame: said.append(str(frame))))
    for title in ("Micro", "Meso", "Macro"):
        phone.get_by_role("button", name=title, exact=True).click()
        phone.get_by_role("button", name="Ik zit ergens anders").click()
    expect(phone.get_by_role("heading", name="Aan welke tafel zit je?")).to_be_visible()

    introductions = [frame for frame in said if frame.startswith("40")]
    assert len(introductions) == 6
    assert len({len(frame) for frame in introductions}) == 1


def test_control_of_the_whole_meeting_leads_to_each_table(tables: House, at_tables: Sitting) -> None:
    control = tables.control(at_tables)
    assert violations(control) == []
    control.get_by_role("link", name="Stuur Meso").click()

    expect(control.locator(".badge", has_text="Meso")).to_be_visible()
    expect(control.get_by_role("button", name="Druk", exact=True)).to_be_visible()
