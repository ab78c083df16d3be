"""The notebook on a phone: whose phone it is, what its owner writes, and what they share of it."""

from playwright.sync_api import Locator, expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.ways import cards

# Whose phone keeps nothing.
GUEST = 8
# They share a text: three phones, so that the others get to see it.
SHARING = (0, 1, 5)


def says_whose(person: Person) -> None:
    """Answers the question at the first field of the notebook; it is asked once."""
    if not person.said_whose:
        answer = person.hands.button("Nee, bewaar niets" if person.number == GUEST else "Ja, bewaar het hier")
        expect(answer).to_be_visible()
        person.hands.press(answer)
    expect(person.page.locator("#whose")).to_be_hidden()
    person.said_whose = True


def write(group: Group, person: Person, field: Locator) -> str:
    """Writes a word that no other text has, and sees it there."""
    text = group.ledger.secret()
    person.hands.write(field, text)
    expect(field).to_have_value(text)
    return text


def share(group: Group, written: dict[int, str]) -> None:
    """Some share what they wrote; trainers show it to everybody."""
    sharing = [person for person in group.people if person.number in SHARING]
    for person in sharing:
        hands = person.hands
        hands.press(hands.button("Deel"))
        dialog = person.page.locator("dialog#share")
        hands.tick(dialog.locator("label", has_text=written[person.number]).locator("input"))
        hands.press(hands.button("Deel dit"))
        group.ledger.shared(written[person.number])
    for person in sharing:
        expect(person.page.locator("#own")).to_contain_text(written[person.number])
    cards.show_all(group, hold=False)
    for person in sharing:
        expect(group.screen.locator("main")).to_contain_text(written[person.number])
