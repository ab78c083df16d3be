"""How often a phone sends tells nothing of what was chosen, also with a keyboard; and no choice is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.browser.people import House, Sitting, online
from tests.support.server import wait_for

LINE, VOTE = "over-de-lijn", "eens-of-oneens"
PATIENCE = 2800  # longer than a phone waits for another key


def listened(house: House, sitting: Sitting) -> tuple[Page, list[str]]:
    """A phone, and the posts that it sends."""
    phone, posts = house.phone(sitting), list[str]()
    phone.clock.install()

    def sent(frame: str | bytes) -> None:
        if '"post"' in str(frame):
            posts.append(str(frame))

    def hear(socket: WebSocket) -> None:
        socket.on("framesent", sent)

    phone.on("websocket", hear)
    phone.reload()
    online(phone)
    expect(radios(phone).first).to_be_visible()
    return phone, posts


def stopped(phone: Page) -> None:
    """From now on time passes on the phone only when a test says so, however long the machine takes."""
    phone.clock.pause_at(phone.evaluate("() => Date.now()") / 1000 + 1)


def until_sent(phone: Page, posts: list[str], number: int) -> None:
    wait_for(lambda: phone.wait_for_timeout(20) or len(posts) == number, f"{number} sent")


def radios(phone: Page) -> Locator:
    return phone.locator("form[data-post][data-auto] input[type=radio]")


def arrow_to(phone: Page, place: int) -> None:
    """With the keyboard: the first by space, a further one by arrows."""
    radios(phone).first.focus()
    if not place:
        phone.keyboard.press(" ")
    for _ in range(place):
        phone.keyboard.press("ArrowDown")
        phone.clock.run_for(100)


@pytest.mark.parametrize(("step", "place"), [(LINE, 0), (LINE, 1), (LINE, 4), (VOTE, 0), (VOTE, 2)])
def test_choice_with_keys_is_one_message(house: House, sitting: Sitting, step: str, place: int) -> None:
    sitting.go(step)
    phone, posts = listened(house, sitting)
    stopped(phone)

    arrow_to(phone, place)
    phone.clock.run_for(PATIENCE)
    phone.clock.resume()

    expect(phone.locator("#own")).to_contain_text(re.compile("Jouw (plek|antwoord)"))
    expect(radios(phone).nth(place)).to_be_checked()
    assert len(posts) == 1
    assert house.stored("post", sitting) == 1


DONE: dict[str, Callable[[Page], None]] = {
    "Enter": lambda phone: phone.keyboard.press("Enter"),
    "space": lambda phone: phone.keyboard.press(" "),
    "the focus leaves": lambda phone: phone.keyboard.press("Tab"),
    "the page is hidden": lambda phone: phone.evaluate("() => dispatchEvent(new Event('pagehide'))"),
}


@pytest.mark.parametrize("done", DONE.values(), ids=DONE)
def test_who_is_done_choosing_does_not_wait(
    house: House, sitting: Sitting, done: Callable[[Page], None]
) -> None:
    sitting.go(LINE)
    phone, posts = listened(house, sitting)
    stopped(phone)
    arrow_to(phone, 3)
    assert posts == []

    done(phone)

    until_sent(phone, posts, 1)
    phone.clock.run_for(PATIENCE)
    phone.wait_for_timeout(100)
    assert len(posts) == 1


def test_a_tap_is_sent_at_once(house: House, sitting: Sitting) -> None:
    sitting.go(LINE)
    phone, posts = listened(house, sitting)
    stopped(phone)

    for number, place in enumerate((1, 3), start=1):
        radios(phone).nth(place).tap()
        until_sent(phone, posts, number)


def test_a_tap_takes_the_place_of_what_was_chosen_with_keys(house: House, sitting: Sitting) -> None:
    sitting.go(LINE)
    phone, posts = listened(house, sitting)
    stopped(phone)
    arrow_to(phone, 3)

    # Without a touch of the focus.
    radios(phone).nth(1).evaluate("(radio) => radio.click()")
    until_sent(phone, posts, 1)
    phone.clock.run_for(PATIENCE)
    phone.wait_for_timeout(100)

    assert len(posts) == 1
    expect(radios(phone).nth(1)).to_be_checked()


def test_choice_is_not_lost_when_another_question_comes(house: House, sitting: Sitting) -> None:
    sitting.go(LINE)
    phone, posts = listened(house, sitting)
    stopped(phone)
    arrow_to(phone, 3)
    assert posts == []

    sitting.do("next")

    expect(phone.locator("main")).to_contain_text("Op je werk ben je jezelf.")
    wait_for(
        lambda: phone.wait_for_timeout(50) or house.stored("post", sitting) == 1, "the choice to be saved"
    )
    assert len(posts) == 1
    assert radios(phone).locator(":scope:checked").count() == 0


def test_choice_is_not_lost_with_the_page(house: House, sitting: Sitting) -> None:
    sitting.go(LINE)
    phone, _ = listened(house, sitting)
    stopped(phone)
    arrow_to(phone, 3)
    assert house.stored("post", sitting) == 0

    phone.goto("about:blank")

    wait_for(
        lambda: phone.wait_for_timeout(50) or house.stored("post", sitting) == 1, "the choice to be saved"
    )


def test_choice_without_a_connection_waits_and_is_the_last_one(house: House, sitting: Sitting) -> None:
    sitting.go(LINE)
    phone, posts = listened(house, sitting)
    phone.context.set_offline(True)
    expect(phone.locator("#connection")).to_contain_text("Verbinding weg")

    stopped(phone)
    arrow_to(phone, 3)
    phone.clock.run_for(PATIENCE)
    arrow_to(phone, 4)
    phone.keyboard.press("Tab")
    expect(phone.locator("#sent")).to_have_text("Nog niet verstuurd")
    phone.clock.resume()
    phone.context.set_offline(False)

    expect(phone.locator("#own")).to_contain_text("Jouw plek")
    expect(radios(phone).nth(4)).to_be_checked()
    assert len(posts) == 1
