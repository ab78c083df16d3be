"""Rollenspel: in each turn everybody takes a role, plays, and in the end lays it off."""

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.ways.teams import join
from trainer.curriculum.model import Step


def give(group: Group, step: Step) -> None:
    roles = step.settings.roles
    group.everybody(join)
    for turn in range(step.settings.turns):
        group.forward()  # read
        group.look(group.small)

        def takes(person: Person, turn: int = turn) -> None:
            role = roles[(person.number + turn) % len(roles)]
            part = person.page.locator("[data-roles]:visible")
            person.hands.press(part.locator(f"[data-take-role='{role}']"))
            expect(part.locator("[data-no-role]")).to_be_hidden()
            expect(part.locator(f"[data-for-role='{role}']")).to_be_visible()

        group.everybody(takes)
        group.forward()  # play
        group.press("Time-out voor iedereen")
        expect(group.phones[0].get_by_text("Time-out")).to_be_visible()
        group.press("Speel verder")
        group.forward()  # stand still
    group.forward()  # lay off
    group.look(group.small)
    lay_off = "Ik heb mijn rol afgelegd"

    def lays_off(person: Person) -> None:
        expect(person.page.get_by_role("heading", name="Leg je rol af")).to_be_visible()
        if person.hands.button(lay_off).count():
            person.hands.press(person.hands.button(lay_off))
        expect(person.page.get_by_text("Je bent weer jezelf.")).to_be_visible()

    group.everybody(lays_off)
