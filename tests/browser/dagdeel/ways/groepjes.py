"""Groepjes: everybody says their role and takes part, and the phones are dealt a group of their own."""

import re

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person
from trainer.curriculum.model import Step

ROLES = ("Teamlid", "Ervaringsdeskundige")
WITHOUT_PHONE = 2
CHANGES = 4


def give(group: Group, step: Step) -> None:
    def takes_part(person: Person) -> None:
        if step.settings.roles:
            person.hands.tick(person.hands.labelled(ROLES[person.number % 2]))
        person.hands.press(person.hands.button("Ik doe mee"))

    group.everybody(
        takes_part, lambda person: expect(person.page.locator("#own")).to_contain_text("Je doet mee.")
    )
    group.control.get_by_label("Hoeveel mensen doen mee?").fill(str(len(group.people) + WITHOUT_PHONE))
    group.control.get_by_label("Van hen zonder telefoon").fill(str(WITHOUT_PHONE))
    group.press("Deel in met deze aantallen")
    expect(group.control.locator(".k-groepjes__cards").first.locator("li")).to_have_count(WITHOUT_PHONE)
    group.everybody(sees_their_group)
    if step.settings.number:
        _one_changes(group.people[CHANGES])
    group.look()


def sees_their_group(person: Person) -> None:
    mine = person.page.locator("#own [data-my-group]")
    expect(mine).to_have_attribute("data-my-group", re.compile(r"^\d+$"))
    person.team = int(mine.get_attribute("data-my-group") or 0)


def _one_changes(person: Person) -> None:
    """Somebody is rather in another group, and need not say why."""
    before = str(person.team)
    person.hands.press(person.hands.button("Ik wil graag in een ander groepje"))
    expect(person.page.locator("#own [data-my-group]")).not_to_have_attribute("data-my-group", before)
    sees_their_group(person)
