"""What was written goes from every page of a phone that leaves: notebook, dialogs, and what a press gives."""

import pytest
from playwright.sync_api import Page, expect

from tests.attack.borrowed import TYPED
from tests.browser.notebook.writing import SECRET, begun, write_all
from tests.browser.people import House, Sitting, online

WORD = SECRET.split(maxsplit=1)[0]
WHOSE = {"guest": "Nee, bewaar niets", "unsaid": "", "mine": "Ja, bewaar het hier"}
# Every button is pressed, hidden ones too: what the page then has, and what it gave as files.
OTHERS = "[data-leave], [data-wipe], [data-reload], dialog:not([open]) *"
PRESSED = f"""async () => {{
  const given = [];
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => given.push(blob) && make(blob);
  window.print = () => {{}};
  for (const button of document.querySelectorAll("button:not({OTHERS})")) button.click();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const files = await Promise.all(given.map((blob) => blob.text()));
  return ({TYPED})() + files.join();
}}"""


def written(house: House, sitting: Sitting, answer: str) -> Page:
    phone = begun(house, sitting, house.phone(sitting))
    if answer:
        phone.get_by_role("button", name=answer).click()
    write_all(phone)
    return phone


def leave_offline(phone: Page) -> None:
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Verlaat de bijeenkomst").click()
    phone.get_by_role("button", name="Ja, doe maar").click()
    expect(phone.locator("#toast")).to_contain_text("Wat je typte is gewist.")


def holds_nothing(page: Page) -> None:
    for part in ("#notebook", "#whose", "dialog[open]"):
        expect(page.locator(part).and_(page.locator(":visible"))).to_have_count(0)
    assert WORD not in page.evaluate(TYPED)
    assert WORD not in page.evaluate(PRESSED)


@pytest.mark.parametrize("answer", WHOSE.values(), ids=WHOSE)
def test_page_that_left_without_a_connection_shows_and_gives_nothing_that_was_written(
    house: House, sitting: Sitting, answer: str
) -> None:
    phone = written(house, sitting, answer)

    leave_offline(phone)

    holds_nothing(phone)
    if answer == WHOSE["mine"]:
        phone.context.set_offline(False)
        expect(phone.get_by_role("heading", name="Je doet niet meer mee")).to_be_visible()
        phone.goto(f"{house.server.url}/mijn-schrift")
        expect(phone.get_by_text(SECRET, exact=True)).to_be_visible()


def test_leaving_in_one_tab_closes_what_is_open_in_the_other(house: House, sitting: Sitting) -> None:
    phone = written(house, sitting, WHOSE["guest"])
    phone.get_by_role("button", name="Deel", exact=True).click()
    expect(phone.get_by_role("dialog")).to_contain_text(SECRET)
    tab = phone.context.new_page()
    tab.goto(phone.url)

    leave_offline(online(tab))

    expect(phone.locator("#view *")).to_have_count(0)
    holds_nothing(phone)


@pytest.mark.parametrize("answer", WHOSE.values(), ids=WHOSE)
def test_page_that_is_out_of_reach_for_twelve_hours_lets_go_of_the_notebook_too(
    house: House, sitting: Sitting, answer: str
) -> None:
    phone = house.phone(sitting)
    phone.clock.install()
    phone.reload()
    begun(house, sitting, online(phone))
    if answer:
        phone.get_by_role("button", name=answer).click()
    write_all(phone)
    phone.get_by_role("button", name="Deel", exact=True).click()
    phone.context.set_offline(True)

    phone.clock.fast_forward("12:01:00")

    expect(phone.locator(".is-out-of-reach")).to_be_visible()
    phone.clock.resume()
    holds_nothing(phone)


def test_closing_wipes_what_was_written_on_a_phone_that_was_lent(house: House, sitting: Sitting) -> None:
    phone = written(house, sitting, WHOSE["guest"])
    phone.get_by_role("button", name="Deel", exact=True).click()

    sitting.do("close")

    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    expect(phone.locator("#toast")).to_contain_text("Die is nu gewist.")
    holds_nothing(phone)


# What of half an hour a phone notices: every minute of it, or nothing until somebody wakes it.
@pytest.mark.parametrize("asleep", [False, True], ids=["awake", "asleep"])
def test_closing_covers_what_is_on_a_phone_of_which_nobody_said_whose_it_is_and_later_it_is_gone(
    house: House, sitting: Sitting, asleep: bool
) -> None:
    phone = house.phone(sitting)
    phone.clock.install()
    phone.reload()
    begun(house, sitting, online(phone))
    write_all(phone)

    sitting.do("close")

    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
    expect(phone.get_by_role("heading", name="Is dit jouw telefoon?")).to_be_visible()
    assert WORD not in phone.evaluate(TYPED)
    phone.get_by_role("button", name="Lees mijn schrift").click()
    expect(phone.locator("#notebook [data-notes]")).to_contain_text(SECRET)
    if asleep:
        phone.clock.set_system_time(phone.evaluate("() => Date.now() / 1000") + 30 * 60 + 1)
        phone.evaluate("() => window.dispatchEvent(new Event('pageshow'))")
    else:
        phone.clock.fast_forward("30:01")
    expect(phone.locator("#notebook")).to_be_hidden()
    holds_nothing(phone)


def test_browser_that_keeps_nothing_was_not_lent_so_its_owner_can_read_after_closing(
    house: House, sitting: Sitting
) -> None:
    phone = house.phone(sitting)
    phone.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    phone.reload()
    begun(house, sitting, online(phone))
    write_all(phone)
    expect(phone.locator("#notebook")).to_contain_text("Deze browser bewaart niets.")

    sitting.do("close")

    phone.get_by_role("button", name="Lees mijn schrift").click()
    expect(phone.locator("#notebook [data-notes]")).to_contain_text(SECRET)
