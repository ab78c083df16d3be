"""Rondes: everybody says their role on their own phone; all go on together, or each group by itself."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.ways.teams import join, teams
from trainer.curriculum.model import Step
from trainer.kinds.rondes.protocol import Round


def take_role(person: Person, part: Locator, role: str) -> None:
    """Says which role somebody has this turn; only their page knows it."""
    person.hands.press(part.get_by_role("button", name=re.compile(f"^{role}")))
    expect(part.locator("[data-no-role]")).to_be_hidden()


def give(group: Group, step: Step) -> None:
    settings = step.settings
    roles = [role.name for role in settings.protocol.roles]
    if settings.groups:
        group.everybody(join)
        for people in teams(group).values():
            _go_on(people, settings.protocol.rounds)
    else:
        group.forward()

    def takes(person: Person) -> None:
        part = person.page.locator("[data-roles]:visible").first
        take_role(person, part, roles[person.number % len(roles)])

    if roles:
        group.everybody(takes)
    if settings.groups:
        # A trainer does it for a group.
        row = group.control.locator(".k-rondes__groups li").first
        row.get_by_role("button", name=re.compile("^Volgende ronde")).click()
        expect(row.locator(".k-rondes__at")).to_contain_text(settings.protocol.rounds[3].title)
    group.look(group.small)


def _go_on(people: list[Person], rounds: tuple[Round, ...]) -> None:
    """One phone presses for its group, and the others follow."""
    hands = people[0].hands
    for name, each in zip(("Begin", "Volgende ronde", "Volgende ronde"), rounds, strict=False):
        hands.press(hands.button(name))
        expect(hands.page.locator(".k-rondes__title:visible")).to_have_text(each.title)
    for person in people:
        expect(person.page.locator(".k-rondes__title:visible")).to_have_text(each.title)
