"""Over de lijn: everybody chooses a place on the line, and may move."""

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Person


def stand(person: Person, place: str) -> None:
    """Chooses a place; it goes at once."""
    person.hands.tick(person.hands.labelled(place))
    expect(person.page.locator("#own")).to_contain_text(f"Jouw plek: {place}.")
