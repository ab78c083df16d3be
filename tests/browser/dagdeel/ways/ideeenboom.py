"""Ideeënboom: everybody hangs a leaf of some sort in the tree; one is kept out of it, and one taken back."""

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group
from tests.browser.dagdeel.hands import Hands
from tests.browser.dagdeel.ways import cards
from trainer.curriculum.model import Step

CHANGES_MIND = 3


def hang(hands: Hands, sort: str, text: str) -> None:
    """Says what sort of leaf it is, writes it and sends it."""
    hands.tick(hands.within.locator(f"input[name=sort][value='{sort}']"))
    hands.write(hands.labelled("Wat staat er op het blad?"), text)
    hands.press(hands.button("Hang mijn blad in de boom"))


def give(group: Group, step: Step) -> None:
    # Of each sort more than three leaves, also when one of them is taken back.
    sorts = [sort.name for sort in step.settings.sorts][:3]
    texts = {person.number: group.ledger.said(is_wiped=False) for person in group.people}
    group.everybody(
        lambda person: hang(person.hands, sorts[person.number % len(sorts)], texts[person.number]),
        lambda person: expect(person.page.locator("#own")).to_contain_text(texts[person.number]),
    )
    cards.take_back(group.people[CHANGES_MIND])
    group.ledger.withheld(texts[CHANGES_MIND])
    for _ in range(2):
        group.enter_paper(lambda hands: hang(hands, sorts[0], group.ledger.said(is_wiped=False)))
    cards.show_all(group)
