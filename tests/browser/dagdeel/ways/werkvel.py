"""Werkvel: one phone of each group fills in its sheet, and everybody gives dots."""

import re

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.hands import Hands
from tests.browser.dagdeel.ways import cards
from tests.browser.dagdeel.ways.teams import join, teams
from trainer.curriculum.model import Step


def give(group: Group, step: Step) -> None:
    group.everybody(join)
    fields = len(step.settings.fields)
    for number, people in enumerate(teams(group).values()):
        # One group does not say that it may be shown alone: what it wrote waits for more phones, in vain.
        _send(group, people[number % len(people)], fields, is_alone=number > 0)
    group.enter_paper(lambda hands: _enter(group, hands, fields))
    cards.show_all(group)
    if step.settings.dots:
        _give_dots(group, step.settings.dots)


def _send(group: Group, person: Person, fields: int, is_alone: bool) -> None:
    hands, own = person.hands, person.page.locator("#own")
    hands.press(own.get_by_text("Ik schrijf voor mijn groep"))
    texts = [group.ledger.said(is_wiped=not is_alone) for _ in range(fields)]
    for number, text in enumerate(texts, 1):
        hands.write(own.locator(f"textarea[name='veld-{number}']"), text)
    if is_alone:
        hands.tick(own.locator("input[name=alone]"))
    hands.press(hands.button("Stuur naar het scherm"))
    expect(own).to_contain_text(texts[-1])


def _enter(group: Group, hands: Hands, fields: int) -> None:
    """The sheet of the two without a phone."""
    hands.within.get_by_label("Van welke groep is dit vel?").select_option("4")
    for number in range(1, fields + 1):
        text = group.ledger.said(is_wiped=False)
        hands.write(hands.within.locator(f"textarea[name='veld-{number}']"), text)
    hands.press(hands.button("Voer in"))


def _give_dots(group: Group, most: int) -> None:
    group.press("Laat stippen geven")

    def gives(person: Person) -> None:
        boxes = person.page.locator("#own input[name=stip]")
        expect(boxes.first).to_be_visible()
        for number in range(min(most, 2)):
            person.hands.tick(boxes.nth((person.number + number) % boxes.count()))
        person.hands.press(person.hands.button("Geef stippen"))

    group.everybody(
        gives, lambda person: expect(person.page.locator("#own")).to_contain_text("Je stippen zijn binnen.")
    )
    group.press("Sluit en toon de stippen")
    expect(group.screen.locator(".k-werkvel__best")).to_contain_text(re.compile("."))
    group.look()
