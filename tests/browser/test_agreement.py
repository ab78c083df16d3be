"""An agreement goes from one phone to another by a code, and nobody else gets a word of it."""

import json
import subprocess
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.leaving import leave
from tests.browser.looks import phone_faults
from tests.browser.notebook.writing import listen, mine
from tests.browser.people import PHONE, SMALL_PHONE, House, Sitting, online, shoot
from tests.support.server import ROOT

SECRET = "Merkwaardig9 samen soep koken"
# What an agreement on the page is about.
ABOUT = """() => {
  const part = document.querySelector("[data-agreement]");
  const heading = part.querySelector("h2").textContent.trim();
  return { book: document.querySelector("#view").dataset.book, list: part.dataset.agreement, heading };
}"""


def code_of(phone: Page, values: list[str]) -> str:
    """What the code on the page says: browsers read none in a test, so the script behind it is asked."""
    agreement = json.dumps(phone.evaluate(ABOUT) | {"values": values})
    script = f"""import {{ fragmentOf }} from "./static/js/agreement.js";
      process.stdout.write(fragmentOf({agreement}));"""
    command = ["node", "--input-type=module", "--eval", script]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def opened_house(samples: House) -> House:
    return samples


@pytest.fixture
def sitting(house: House) -> Sitting:
    sitting = house.sitting("voorbeeld-afspraken")
    sitting.do("start")
    return sitting


def on_phone(house: House, sitting: Sitting, device: dict[str, object]) -> Page:
    phone = house.phone(sitting, **device)
    sitting.go("samen-koken")
    expect(phone.get_by_label("Wat spreken we af?")).to_be_visible()
    return mine(phone)


def write(phone: Page) -> list[str]:
    phone.get_by_label("Wat spreken we af?").fill(SECRET)
    phone.get_by_label("Wie doet wat?").fill("Het teamlid kookt, de ervaringsdeskundige nodigt uit.")
    phone.get_by_label("Wanneer doen we het?").fill("2027-03-12")
    return [SECRET, "Het teamlid kookt, de ervaringsdeskundige nodigt uit.", "2027-03-12", ""]


def test_agreement_goes_to_the_other_phone_and_to_nobody_else(house: House, sitting: Sitting) -> None:
    first, other = on_phone(house, sitting, SMALL_PHONE), on_phone(house, sitting, SMALL_PHONE)
    said = [listen(first), listen(other)]
    values = write(first)
    shoot(first, "agreement-written")
    first.get_by_role("button", name="Geef door").click()
    expect(first.get_by_role("img", name="QR-code van de afspraak")).to_be_visible()
    expect(first.get_by_role("dialog")).to_contain_text("in de geschiedenis van de andere browser")
    assert phone_faults(first, "agreement-code") == []
    code = code_of(first, values)

    page = other.context.new_page()
    page.goto(f"{house.server.url}/afspraak#{code}")

    expect(page.get_by_text(SECRET)).to_be_visible()
    assert (page.url, page.evaluate("history.length")) == (f"{house.server.url}/afspraak", 2)
    expect(page.locator("main")).to_contain_text("De geschiedenis van deze browser onthoudt de link.")
    assert phone_faults(page, "agreement-received") == []
    page.get_by_role("button", name="Bewaar in mijn schrift").click()
    expect(page.get_by_text("Bewaard.")).to_be_visible()
    page.get_by_role("link", name="Open mijn schrift").click()
    expect(page.get_by_text("12 maart 2027")).to_be_visible()
    page.close()
    other.reload()
    expect(other.get_by_label("Wat spreken we af?")).to_have_value(SECRET)
    assert [SECRET.split()[0] in each() or code in each() for each in said] == [False, False]
    assert house.stored("post", sitting) == 0


def test_phone_without_a_notebook_keeps_no_agreement(house: House, sitting: Sitting) -> None:
    first = on_phone(house, sitting, PHONE)
    code = code_of(first, write(first))

    page = house.open(f"/afspraak#{code}", **PHONE)

    expect(page.get_by_text("Op deze telefoon is nog geen schrift")).to_be_visible()
    expect(page.get_by_role("button", name="Bewaar in mijn schrift")).to_be_hidden()
    shoot(page, "agreement-no-book")
    page.reload()
    expect(page.get_by_text("Hier staat geen afspraak meer.")).to_be_visible()


def test_calendar_gets_days_alone(house: House, sitting: Sitting) -> None:
    phone = on_phone(house, sitting, PHONE)
    write(phone)

    with phone.expect_download() as download:
        phone.get_by_role("button", name="Zet in mijn agenda").click()

    file = download.value.path().read_text("utf-8")
    assert ("DTSTART;VALUE=DATE:20270312" in file, SECRET in file) == (True, False)


# What whoever opens the page next reads, with what its script could still give.
AWAY = {
    "left in another tab": lambda page, phone: leave(phone),
    "long out of sight": lambda page, phone: out_of_sight(page, minutes=6),
    "another page": lambda page, phone: (page.goto(page.url.replace("afspraak", "privacy")), page.go_back()),
}


def out_of_sight(page: Page, minutes: int) -> None:
    """The page is hidden, while the clock of the phone goes on and no timer runs, and looked at again."""
    for state in ("hidden", "visible"):
        page.evaluate(
            """(state) => {
              Object.defineProperty(document, "visibilityState", { get: () => state, configurable: true });
              document.dispatchEvent(new Event("visibilitychange"));
            }""",
            state,
        )
        page.clock.set_system_time(page.evaluate("() => Date.now() / 1000") + minutes * 60)


def received(house: House, sitting: Sitting) -> tuple[Page, Page]:
    """The page with the agreement, beside that of the meeting on the same phone."""
    phone = on_phone(house, sitting, PHONE)
    page = phone.context.new_page()
    page.clock.install()
    page.goto(f"{house.server.url}/afspraak#{code_of(phone, [SECRET, '', '', ''])}")
    expect(page.get_by_text(SECRET)).to_be_visible()
    return page, phone


@pytest.mark.parametrize("away", AWAY.values(), ids=AWAY)
def test_page_with_an_agreement_empties_itself(
    house: House, sitting: Sitting, away: Callable[[Page, Page], None]
) -> None:
    page, phone = received(house, sitting)

    away(page, phone)

    expect(page.get_by_text("Hier staat geen afspraak meer.")).to_be_visible()
    assert SECRET not in page.content()
    assert page.get_by_role("button", name="Bewaar in mijn schrift").is_hidden()


def test_page_with_an_agreement_waits_for_who_looks_away_for_a_moment(house: House, sitting: Sitting) -> None:
    page, _ = received(house, sitting)

    out_of_sight(page, minutes=4)

    expect(page.get_by_text(SECRET)).to_be_visible()


GONE = {
    "left in another tab": lambda phone: leave_in_another_tab(phone),
    "out of reach": lambda phone: phone.clock.fast_forward("12:01:00"),
}


def leave_in_another_tab(phone: Page) -> None:
    tab = phone.context.new_page()
    phone.context.set_offline(False)
    tab.goto(phone.url)
    leave(online(tab))


@pytest.mark.parametrize("gone", GONE.values(), ids=GONE)
def test_code_goes_from_a_phone_that_left_or_is_out_of_reach(
    house: House, sitting: Sitting, gone: Callable[[Page], None]
) -> None:
    phone = house.phone(sitting)
    phone.clock.install()
    phone.reload()
    sitting.go("samen-koken")
    write(online(phone))
    phone.get_by_role("button", name="Geef door").click()
    expect(phone.get_by_role("img", name="QR-code van de afspraak")).to_be_visible()
    phone.context.set_offline(True)

    gone(phone)

    expect(phone.get_by_role("img", name="QR-code van de afspraak")).to_have_count(0)
    assert SECRET not in phone.content()


def test_code_stays_for_who_still_hands_it_over_when_the_meeting_closes(
    house: House, sitting: Sitting
) -> None:
    phone = on_phone(house, sitting, PHONE)
    write(phone)
    phone.get_by_role("button", name="Geef door").click()

    sitting.do("close")

    expect(phone.locator("[data-over]")).to_have_count(1)
    expect(phone.get_by_role("img", name="QR-code van de afspraak")).to_be_visible()
