"""Werkblad: a sheet of one's own; the stages come one by one, or everybody goes on alone."""

from playwright.sync_api import Locator, expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.ways import notebook
from trainer.curriculum.model import Step


def give(group: Group, step: Step) -> None:
    group.everybody(notebook.says_whose)
    written: dict[int, str] = {}
    stages = len(step.settings.stages)
    for number in range(stages):
        if number and step.settings.pace == "samen":
            group.forward()
            group.look(group.small)
        for person in group.people:
            stage = person.page.locator(".k-werkblad__stage").nth(number)
            # Each stage has its writers; nobody fills in everything.
            if person.number % stages == number:
                expect(stage).to_be_visible()
                written |= _fill_in(group, person, stage)
    _write_where_nothing_is(group, written)
    notebook.share(group, written)


def _fill_in(group: Group, person: Person, stage: Locator) -> dict[int, str]:
    """One of its texts, and what can be ticked."""
    texts, boxes = stage.locator("textarea"), stage.locator("input[type=checkbox]")
    if boxes.count():
        person.hands.tick(boxes.first)
    if not texts.count():
        return {}
    return {person.number: notebook.write(group, person, texts.nth(person.number % texts.count()))}


def _write_where_nothing_is(group: Group, written: dict[int, str]) -> None:
    """Whose stage had no text writes in the last one that has."""
    for person in group.people:
        if person.number not in written:
            field = person.page.locator(".k-werkblad__stage textarea").last
            written[person.number] = notebook.write(group, person, field)
