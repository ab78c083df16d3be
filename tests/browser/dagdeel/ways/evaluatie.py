"""Evaluatie: some questions answered on each phone, and on paper; then the totals on the screen."""

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group
from tests.browser.dagdeel.hands import Hands
from trainer.curriculum.model import Step
from trainer.kinds.evaluatie.questions import Question


def answer(hands: Hands, question: Question, said: str) -> None:
    """Answers one question, with a text or with one of its answers."""
    form = hands.within.locator(".k-evaluatie__question", has_text=question.text.plain).first
    if question.form == "open":
        hands.write(form.locator("textarea"), said)
    else:
        hands.tick(hands.labelled(said, of=form))


def give(group: Group, step: Step) -> None:
    questions, ledger = step.settings.questions, group.ledger
    fixed = [question for question in questions if question.form != "open"]
    opened = [question for question in questions if question.form == "open"]

    def fills_in(hands: Hands, number: int) -> None:
        # Nobody answers everything, and every question is answered by somebody.
        for question in (fixed[0], fixed[number % len(fixed)]):
            answer(hands, question, question.options[number % 2])
        answer(hands, opened[number % len(opened)], ledger.said(is_wiped=False))
        hands.press(hands.button("Verstuur"))

    group.everybody(
        lambda person: fills_in(person.hands, person.number),
        lambda person: expect(person.page.locator("#own")).to_contain_text("Je antwoorden zijn bewaard."),
    )
    for number in range(2):
        group.enter_paper(lambda hands, number=number: fills_in(hands, number))
    group.press("Sluit en toon totalen", sure=True)
    expect(group.screen.locator("main")).to_contain_text("Totalen, vraag 1")
    group.look()
