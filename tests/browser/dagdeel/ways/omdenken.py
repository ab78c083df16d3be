"""Omdenken: in each round another one of each group tells; the first of them get the words of the others."""

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.ways import notebook
from tests.browser.dagdeel.ways.teams import join, teams
from trainer.curriculum.model import Step
from trainer.kinds.omdenken.moments import MOMENTS

# So many listeners give a sheet.
ENOUGH = 3


def give(group: Group, step: Step) -> None:
    group.everybody(notebook.says_whose)
    group.everybody(join)
    _one_changes(group)
    for number in range(1, step.settings.rounds + 1):
        tellers = {team: people[number - 1] for team, people in teams(group).items() if number <= len(people)}
        for person in tellers.values():
            person.hands.press(person.hands.button("Ik vertel deze ronde"))
        for person in tellers.values():
            expect(person.page.get_by_role("heading", name="Jij vertelt")).to_be_visible()
        for _ in range(len(MOMENTS) - 1):
            group.forward()
            group.look()
        if number == 1:
            _give_words(group, tellers)
        if number < step.settings.rounds:
            group.forward()
            group.look()
    for person in group.people:
        notebook.write(group, person, person.page.locator(".k-omdenken textarea[data-keep]"))


def _one_changes(group: Group) -> None:
    """Where every group has a phone too few for a sheet, somebody goes to the first one."""
    first, second, *_ = sorted(teams(group))
    if any(len(people) > ENOUGH for people in teams(group).values()):
        return
    person = teams(group)[second][0]
    person.hands.press(person.hands.button("Andere groep"))
    person.team = 0
    join(person, first)


def _give_words(group: Group, tellers: dict[int, Person]) -> None:
    """Who listens ticks what they see in the teller, who gets it where enough of them did."""
    listeners = [person for person in group.people if person not in tellers.values()]
    for person in listeners:
        words = person.page.locator("#own input[name=word]")
        expect(words.first).to_be_visible()
        person.hands.tick(words.nth(person.number % 3))
        person.hands.press(person.hands.button("Verstuur"))
    for person in listeners:
        expect(person.page.get_by_text("Haal mijn kruisjes weg")).to_be_visible()
    group.press("Geef de woorden aan wie vertelde", sure=True)
    for team, person in tellers.items():
        if len(teams(group)[team]) > ENOUGH:
            _keep_words(person)


def _keep_words(person: Person) -> None:
    """Who told gets a sheet, and puts its words in the notebook."""
    sheet = person.page.locator("#own [data-sheet]")
    expect(sheet).to_contain_text("Dit zagen de anderen in jou")
    person.hands.press(person.hands.button("Zet in mijn schrift"))
    word = sheet.locator("[data-word]").first.inner_text()
    field = person.page.locator(".k-omdenken textarea[data-keep]")
    expect(field).to_be_visible()
    assert word in field.input_value()
