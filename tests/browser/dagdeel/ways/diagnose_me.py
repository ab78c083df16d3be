"""'Diagnose me!' with four phones and a card on paper: every card is opened, and owned up to or not."""

from playwright.sync_api import Page, expect

from tests.browser.dagdeel.group import Group
from tests.browser.dagdeel.hands import Hands
from tests.browser.people import shoot

CARDS = {
    "Ik slaap slecht": "Vissen",
    "Ik durf niet te bellen": "Tuinieren",
    "Ik ben snel moe": "Drummen",
    "Ik was lang alleen": "Schaken",
}
ON_PAPER = ("Ik vind drukte lastig", "Brood bakken")
SILENT = "Ik was lang alleen"
SECRET = "Dat kan nu niet. Alleen de eigenaar kan het zeggen, en de laatste kaarten blijven geheim."


def hand_in(hands: Hands, weak: str, strong: str) -> None:
    """Writes both sides of a card, and hands it in."""
    hands.write(hands.labelled("Een kwetsbaarheid"), weak)
    hands.write(hands.labelled("Een hobby of passie"), strong)
    hands.press(hands.button("Lever mijn kaart in"))


def play_diagnose_me(group: Group) -> None:
    """Every card is opened; its owner says so, or stays silent."""
    mine = list(CARDS.items())
    group.everybody(
        lambda person: hand_in(person.hands, *mine[person.number]),
        lambda person: expect(person.page.locator("#own")).to_contain_text("Je kaart is binnen."),
    )
    group.enter_paper(lambda hands: hand_in(hands, *ON_PAPER))
    expect(group.control.locator(".c-kind")).to_contain_text("Kaarten binnen: 4 of meer")
    group.keep_pictures("diagnose-writing")
    group.press("Leg de kaarten op tafel", sure=True)

    said: list[str] = []
    seen = [_open_one_card(group, said) for _ in range(5)]
    assert sorted(seen) == sorted([*CARDS, ON_PAPER[0]])
    group.press("Naar de nabespreking")
    group.press("Toon de eerste vraag")
    expect(group.screen.locator("main")).to_contain_text("Waarop lette je bij het raden?")
    for phone in group.phones:
        expect(phone.get_by_role("button", name="Dit ben ik")).to_have_count(0)
    group.keep_pictures("diagnose-question")


def _open_one_card(group: Group, said: list[str]) -> str:
    """Whose turn it is chooses on the phone; gives the vulnerability that was on the card.

    Of four phones one can say so (`said`): of the last three it stays a secret.
    """
    chooser, before = _whose_turn(group), _asked_on_phones(group)
    if chooser is None:
        group.press("Open zelf een kaart")
    else:
        shoot(chooser, "diagnose-turn-phone")
        chooser.get_by_role("button", name="Open kaart").first.click()
        expect(chooser.get_by_role("heading", name="Lees deze kaart voor")).to_be_visible()
    heading = group.screen.locator("h2", has_text="Van wie is kaart")
    expect(heading).to_be_visible()
    expect(group.screen.locator("main")).to_contain_text("Raad hardop.")
    weak = group.screen.locator(".k-diagnose-me__open dd").first.inner_text()
    group.keep_pictures("diagnose-open")
    if weak == SILENT:
        group.press("De eigenaar blijft stil")
        expect(group.screen.locator("main")).to_contain_text("De eigenaar blijft stil. Dat mag.")
    elif weak == ON_PAPER[0]:
        group.press("De eigenaar zei het zelf")
    elif said:
        _says_so(group, list(CARDS).index(weak), SECRET, before)
        group.press("De eigenaar blijft stil")
    else:
        said.append(weak)
        _own_up(group, list(CARDS).index(weak), before)
    return weak


def _whose_turn(group: Group) -> Page | None:
    """The phone that may choose; None when it is the turn of somebody without a phone."""
    turns = [phone.get_by_role("heading", name="Jij bent aan de beurt") for phone in group.phones]
    for _ in range(25):
        for phone, turn in zip(group.phones, turns, strict=True):
            if turn.is_visible():
                return phone
        group.phones[0].wait_for_timeout(100)
    return None


def _own_up(group: Group, owner: int, before: set[str]) -> None:
    """Only the phone that wrote the card can say that it is theirs."""
    _says_so(group, owner - 1, SECRET, before)
    _says_so(group, owner, "", before)
    expect(group.screen.locator("main")).to_contain_text("De eigenaar heeft het gezegd.")
    expect(group.phones[owner].locator("#own")).to_contain_text("Je hebt gezegd dat dit jouw kaart is.")


def _asked_on_phones(group: Group) -> set[str]:
    """The cards of which phones ask now whether they are theirs."""
    buttons = [phone.get_by_role("button", name="Dit ben ik") for phone in group.phones]
    return {button.get_attribute("data-arg-card") or "" for button in buttons if button.count()}


def _says_so(group: Group, who: int, answer: str, before: set[str]) -> None:
    """Says so of the open card: a phone may still ask about the one `before`, for up to a second."""
    phone = group.phones[who]
    for card in before:
        button = phone.get_by_role("button", name="Dit ben ik")
        expect(button).not_to_have_attribute("data-arg-card", card)
    phone.get_by_role("button", name="Dit ben ik").click()
    phone.get_by_role("button", name="Ja, doe maar").click()
    expect(phone.locator("#toast")).to_have_text(answer)
