"""Stelling: a choice, or several, for each question; then the result."""

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.hands import Hands
from trainer.curriculum.model import Step


def choose(hands: Hands, *answers: str) -> None:
    """Chooses these answers; where one may be chosen it goes at once."""
    for answer in answers:
        hands.tick(hands.labelled(answer))
    if hands.button("Verstuur").count():
        hands.press(hands.button("Verstuur"))


def chose(person: Person, *answers: str) -> None:
    """The phone says what its owner chose."""
    expect(person.page.locator("#own")).to_contain_text("Jouw antwoord: ")
    for answer in answers:
        expect(person.page.locator("#own > div > p").first).to_contain_text(answer)


def give(group: Group, step: Step) -> None:
    labels = step.settings.labels
    for number in range(len(step.settings.questions)):
        if number:
            group.forward()
        group.everybody(
            lambda person: choose(person.hands, labels[person.number % len(labels)]),
            lambda person: chose(person, labels[person.number % len(labels)]),
        )
        for _ in range(2):
            group.enter_paper(lambda hands: choose(hands, labels[0]))
        group.press("Sluit en toon de uitslag")
        expect(group.screen.locator(".k-stelling__results")).to_be_visible()
        group.look()
