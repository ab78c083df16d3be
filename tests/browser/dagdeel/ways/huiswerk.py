"""Huiswerk: everybody opens what is for their role."""

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.hands import Hands
from trainer.curriculum.model import Step


def take_role(hands: Hands, role: str) -> None:
    """Opens the homework of this role."""
    fold = hands.page.locator(f".k-huiswerk__role[data-role='{role.lower()}']")
    hands.press(fold.locator("> summary"))
    expect(fold.locator(".prose")).to_be_visible()


def give(group: Group, step: Step) -> None:
    roles = [name for name, _ in step.settings.roles]

    def takes(person: Person) -> None:
        take_role(person.hands, roles[person.number % len(roles)])

    group.everybody(takes)
