"""Rounds on phones: a role that nobody hears of, and groups that go on without waiting for each other."""

import re

from playwright.sync_api import expect

from tests.browser.people import House, Sitting
from tests.browser.test_beeldkaarten import Traffic


def seen_by_buttons(sitting: Sitting) -> list[str]:
    """The version that the trainers' buttons are about."""
    return re.findall(r'data-version="(\d+)"', sitting.hidden.view["html"])


def test_group_goes_on_by_one_phone_and_a_role_stays_in_the_page(samples: House) -> None:
    with samples.visit() as house:
        sitting = house.sitting("voorbeeld-rondes")
        sitting.do("start")
        one, other = house.phone(sitting), house.phone(sitting)
        for phone in (one, other):
            phone.get_by_role("button", name="Groep 2, oranje ster").click()
        buttons = seen_by_buttons(sitting)

        one.get_by_role("button", name="Begin").click()
        for title in ("Vertel", "Reageer"):
            one.get_by_role("button", name="Volgende ronde").click()
            expect(one.get_by_role("heading", name=title)).to_be_visible()

        expect(other.get_by_role("heading", name="Reageer")).to_be_visible()
        # The trainers may have pressed at the same moment: their buttons are about the same as before.
        assert seen_by_buttons(sitting) == buttons

        traffic = Traffic()
        traffic.listen(one)
        one.get_by_role("button", name="Inbrenger").click()
        expect(one.locator(".k-rondes__mine:visible")).to_be_focused()
        expect(one.get_by_text("Jij zwijgt. Luister alleen.").locator("visible=true")).to_have_count(1)
        assert traffic.sent == []
        kept = one.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
        assert "Inbrenger" not in kept
        expect(other.get_by_text("Jij zwijgt. Luister alleen.").locator("visible=true")).to_have_count(0)


def test_phone_tells_the_round_of_its_own_group_and_of_no_other(samples: House) -> None:
    with samples.visit() as house:
        sitting = house.sitting("voorbeeld-rondes")
        sitting.do("start")
        mine, other = house.phone(sitting), house.phone(sitting)
        mine.get_by_role("button", name="Groep 1, blauwe cirkel").click()
        other.get_by_role("button", name="Groep 2, oranje ster").click()
        told = mine.locator("#announce")

        other.get_by_role("button", name="Begin").click()
        other.get_by_role("button", name="Volgende ronde").click()
        expect(other.locator("#announce")).to_have_text("Vertel")
        expect(mine.locator("div[data-for-group='2']")).to_contain_text("Vertel")
        expect(told).to_have_text("")

        # The other group is there already: here it is news all the same.
        mine.get_by_role("button", name="Begin").click()
        mine.get_by_role("button", name="Volgende ronde").click()
        expect(told).to_have_text("Vertel")


def test_skipping_to_a_round_leaves_the_list_of_rounds_open(samples: House) -> None:
    with samples.visit() as house:
        sitting = house.sitting("training")
        sitting.go("herstelgrafiek-delen")
        control = house.control(sitting)
        control.get_by_text("Alle rondes").click()
        control.get_by_role("button", name="C vertelt (3 min.)").click()

        expect(control.get_by_text("Ronde 3 van 4")).to_be_visible()
        expect(control.get_by_role("button", name="In de kring (2 min.)")).to_be_visible()
