"""Flap: short answers, of which one is taken back, one held back, and one seen by nobody; and dots."""

import re

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.hands import Hands
from tests.browser.dagdeel.ways import cards
from trainer.curriculum.model import Step

CHANGES_MIND, LATE = 3, 5
# What stands on the flap of the part before.
EARLIER = "Iets van eerder"


def answer(hands: Hands, text: str) -> None:
    """Writes a card and sends it."""
    hands.write(hands.labelled("Je antwoord"), text)
    hands.press(hands.button("Verstuur"))


def give(group: Group, step: Step) -> None:
    ledger, personal = group.ledger, step.settings.personal
    if step.settings.source:
        _show_earlier(group)
    texts = {person.number: ledger.said(personal) for person in group.people}
    group.everybody(
        lambda person: answer(person.hands, texts[person.number]),
        lambda person: expect(person.page.locator("#own li")).to_contain_text([texts[person.number]]),
    )
    cards.take_back(group.people[CHANGES_MIND])
    ledger.withheld(texts[CHANGES_MIND])
    for _ in range(2):
        group.enter_paper(lambda hands: answer(hands, ledger.said(personal)))
    cards.show_all(group)
    if step.settings.most > 1:
        _send_too_late(group)
    if step.settings.dots:
        _give_dots(group, step.settings.dots)


def _show_earlier(group: Group) -> None:
    """The flap of a part before, and back."""
    fetch = group.control.locator(".c-controls").get_by_role("button", name=re.compile("^Haal de flap van"))
    group.has_effect(fetch.click)
    expect(group.screen.locator("main")).to_contain_text(EARLIER)
    group.look()
    group.press("Terug naar de flap van nu")


def _send_too_late(group: Group) -> None:
    """A card that comes alone, after the others: nobody gets to see it."""
    person, text = group.people[LATE], group.ledger.said(is_wiped=True)
    answer(person.hands, text)
    expect(person.page.locator("#own")).to_contain_text(text)


def _give_dots(group: Group, most: int) -> None:
    group.press("Laat stippen geven")

    def gives(person: Person) -> None:
        boxes = person.page.locator(".k-flap__ballot input")
        expect(boxes.first).to_be_visible()
        for number in range(min(most, 2)):
            person.hands.tick(boxes.nth(person.number % 3 + number))
        person.hands.press(person.hands.button("Geef mijn stippen"))

    group.everybody(
        gives, lambda person: expect(person.page.locator("#own")).to_contain_text("Jouw stippen:")
    )
    for _ in range(2):
        group.enter_paper(_enter_dots)
    group.press("Sluit en toon de stippen")
    expect(group.phones[0].locator(".k-flap__counts")).to_be_visible()
    group.look()


def _enter_dots(hands: Hands) -> None:
    hands.tick(hands.labelled("1"))
    hands.press(hands.button("Geef de stippen"))
