"""Afspraken: pairs agree on something, and one phone gives it to the other; or everybody looks back on it."""

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.ways import notebook
from trainer.curriculum.model import Step

DAY = "2027-12-12"


def give(group: Group, step: Step) -> None:
    group.everybody(notebook.says_whose)
    settings, written = step.settings, dict[int, str]()

    def writes(person: Person) -> None:
        label = settings.how.label if settings.back else settings.fields[person.number % 2].label
        written[person.number] = notebook.write(group, person, person.hands.labelled(label))
        if not settings.back:
            _hand_over(person, settings.fields[2].label)

    for person in group.people:
        writes(person)
    notebook.share(group, written)


def _hand_over(person: Person, when: str) -> None:
    """Says when, and shows the code for the phone of the other."""
    hands, day = person.hands, person.hands.labelled(when)
    hands.write_day(day, DAY)
    expect(day).to_have_value(DAY)
    hands.press(hands.button("Geef door"))
    expect(person.page.get_by_role("img", name="QR-code van de afspraak")).to_be_visible()
    hands.press(hands.button("Klaar"))
