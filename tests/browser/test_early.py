"""What is typed and pressed on a slow network stays on the page, out of every address, and is sent."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.attack.addresses import ROLES, Addresses, Plain, by_the_policy_alone, refused, with_scripts
from tests.browser.people import PHONE, House, Sitting, on_step, online, shoot
from tests.support.findings import Finding
from tests.support.made_up import MadeUpServer

LINE, FLAP, GAME, EVALUATION = "over-de-lijn", "wat-brengt-ervaring", "diagnose-me", "hoe-was-het"
SECRET = "Dit gaat niemand iets aan"
LOADING = "De pagina laadt nog."
SCRIPTS = re.compile(r"/static/(?:phone|control)-\w+\.js$")


def reopened(page: Page) -> Callable[[], None]:
    """The page again, on a network so slow that its script comes when what this returns is called."""
    held: list[Route] = []
    page.route(SCRIPTS, lambda route: held.append(route))
    page.goto(page.url, wait_until="commit")

    def come() -> None:
        for route in held:
            route.continue_()
        page.unroute(SCRIPTS)

    return come


def typed_before_the_scripts(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label)
    expect(field).to_be_visible()
    field.fill(text)
    assert page.evaluate("() => document.documentElement.dataset.connection") is None, "still loading"


def test_card_sent_before_the_scripts_is_kept_and_sent(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(GAME)
    expect(phone.get_by_label("Een kwetsbaarheid")).to_be_visible()
    addresses, before = Addresses(phone.context), phone.url

    scripts_come = reopened(phone)
    typed_before_the_scripts(phone, "Een kwetsbaarheid", SECRET)
    phone.get_by_label("Een hobby of passie").fill("Zingen")
    phone.get_by_role("button", name="Lever mijn kaart in").click()

    expect(phone.locator("#connection")).to_contain_text(LOADING)
    expect(phone.get_by_label("Een kwetsbaarheid")).to_have_value(SECRET)
    scripts_come()
    expect(phone.locator("#own")).to_contain_text("Je kaart is binnen.")
    expect(phone.locator("#connection")).to_be_hidden()
    assert (phone.url, addresses.queries(), addresses.posts()) == (before, [], [])
    assert phone.evaluate("() => history.length") <= 3


def test_text_typed_before_the_scripts_survives_the_first_view(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(EVALUATION)
    expect(phone.get_by_label("Wat kan beter?")).to_be_visible()

    scripts_come = reopened(phone)
    typed_before_the_scripts(phone, "Wat kan beter?", SECRET)
    phone.get_by_label("7", exact=True).check()
    scripts_come()
    online(phone)
    sitting.do("timer-plus")
    sitting.do("cover")
    expect(phone.locator("main")).to_contain_text("Het scherm staat even uit.")

    expect(phone.get_by_label("Wat kan beter?")).to_have_value(SECRET)
    expect(phone.get_by_label("7", exact=True)).to_be_checked()
    phone.get_by_role("button", name="Verstuur").click()
    expect(phone.locator("#own")).to_contain_text("Je antwoorden zijn bewaard.")


def test_choice_made_before_the_scripts_is_sent(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(LINE)
    expect(phone.get_by_label("helemaal eens")).to_be_visible()

    scripts_come = reopened(phone)
    phone.get_by_label("helemaal eens").check()
    assert phone.evaluate("() => document.documentElement.dataset.connection") is None, "still loading"
    scripts_come()

    expect(phone.locator("#own")).to_contain_text("Jouw plek: helemaal eens")
    assert house.stored("post", sitting) == 1


def test_card_sent_while_the_step_changes_is_sent_for_its_own_step(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    expect(phone.get_by_label("Je antwoord")).to_be_visible()

    scripts_come = reopened(phone)
    typed_before_the_scripts(phone, "Je antwoord", SECRET)
    phone.get_by_role("button", name="Verstuur").click()
    sitting.go(LINE)
    scripts_come()

    expect(phone.get_by_label("helemaal eens")).to_be_visible()
    expect(phone.locator("#sent")).to_have_text("Verstuurd")
    sitting.go(FLAP)
    expect(phone.locator("#own li")).to_contain_text(SECRET)


def test_trainer_who_presses_before_the_scripts_is_obeyed(house: House, sitting: Sitting) -> None:
    control = house.control(sitting)
    sitting.go(FLAP)
    on_step(control, FLAP)
    addresses = Addresses(control.context)

    scripts_come = reopened(control)
    typed_before_the_scripts(control, "Onze definitie", "Ervaring is")
    control.locator("form[data-command='do:define'] button").first.click()
    expect(control.locator("#connection")).to_contain_text(LOADING)
    control.get_by_role("button", name="Dek af").click()
    scripts_come()

    expect(control.locator(".notice--warn")).to_contain_text("Het scherm is afgedekt.")
    expect(control.get_by_label("Onze definitie")).to_have_value("Ervaring is")
    sitting.hidden.shows("Ervaring is")
    assert (addresses.queries(), addresses.posts()) == ([], [])


def test_scripts_that_do_not_come_leave_the_text_and_say_so(house: House, sitting: Sitting) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    phone.context.route("**/static/phone-*.js", lambda route: route.abort())
    phone.reload()

    phone.get_by_label("Je antwoord").fill(SECRET)
    phone.get_by_role("button", name="Verstuur").click()

    expect(phone.get_by_label("Je antwoord")).to_have_value(SECRET)
    expect(phone.locator("#connection")).to_contain_text("De pagina is niet goed geladen.")
    expect(phone.get_by_role("button", name="Laad de pagina opnieuw")).to_be_visible()


def test_without_javascript_nothing_is_sent_and_a_sentence_says_what_to_do(
    house: House, sitting: Sitting
) -> None:
    phone = house.phone(sitting)
    sitting.go(FLAP)
    plain = Plain(house, phone, **PHONE)
    shoot(plain.page, "no-script-phone")
    expect(plain.page.get_by_text("Vraag de trainer om een papieren kaart.")).to_be_visible()
    plain.page.get_by_label("Je antwoord").fill(SECRET)

    plain.send_everything()

    assert plain.texts()[0] == SECRET
    assert (plain.page.url, plain.addresses.queries(), plain.addresses.posts()) == (phone.url, [], [])
    assert refused(house) > 0


# A kind that somebody writes tomorrow


@pytest.fixture(scope="module")
def forgetful(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    server = MadeUpServer(tmp_path_factory.mktemp("forgetful")).start()
    try:
        with House(server, browser).visit() as house:
            yield house
    finally:
        server.stop()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("attempt", [with_scripts, by_the_policy_alone])
def test_form_that_nobody_thought_of_goes_nowhere(
    forgetful: House, role: str, attempt: Callable[[House, str], list[Finding]]
) -> None:
    assert [finding for finding in attempt(forgetful, role) if not finding.holds] == []
