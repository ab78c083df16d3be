"""What trainers do with cards, and people with their own, in every kind that has them."""

import re

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.ledger import WORD


def take_back(person: Person) -> None:
    """Takes back what this phone sent last, before anybody saw it."""
    own = person.page.locator("#own li")
    before = own.count()
    person.hands.press(own.first.get_by_role("button", name=re.compile("^Haal weg")))
    expect(own).to_have_count(before - 1)


def show_all(group: Group, hold: bool = True) -> None:
    """Draws the new cards, keeps one off the screen, and shows the others, page after page."""
    group.press("Bekijk nieuwe kaarten")
    if hold:
        board = group.control.locator(".board")
        card = board.locator(".board-card").first
        found = WORD.search(card.inner_text())
        assert found, "what somebody wrote is on its card"
        card.locator("input").check()
        group.has_effect(board.get_by_role("button", name="Houd achter", exact=True).click)
        group.ledger.withheld(found[0])
    group.press("Toon alles")
    group.look()
    turning = re.compile("^Volgende (kaarten|bladeren|bladzijde)$")
    while group.can_press(turning):
        group.has_effect(group.control.locator(".c-controls").get_by_role("button", name=turning).click)
        group.look()
