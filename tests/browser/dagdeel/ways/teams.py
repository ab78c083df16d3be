"""Small groups: each phone keeps which one it is in, so that who was dealt one is not asked again."""

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person

TEAMS = 3


def join(person: Person, team: int = 0) -> None:
    """Says on a phone which group its owner is in, where it asks; it knows already what was dealt."""
    if not person.team:
        person.team = team or person.number % TEAMS + 1
        person.hands.press(person.page.locator(f"[data-no-group] button[data-group='{person.team}']"))
    expect(person.page.locator("[data-no-group]").first).to_be_hidden()
    mine = person.page.locator(f"[data-for-group='{person.team}']").first
    expect(mine).to_be_visible()


def teams(group: Group) -> dict[int, list[Person]]:
    """The people of each group."""
    found: dict[int, list[Person]] = {}
    for person in group.people:
        found.setdefault(person.team, []).append(person)
    return found
