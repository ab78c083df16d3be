"""The end of a dagdeel: the evaluation, what people take home, and the workbook of the trainer."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group
from tests.browser.dagdeel.hands import Hands
from tests.browser.dagdeel.programme import part_of
from tests.browser.dagdeel.ways import evaluatie
from tests.browser.people import House, shoot
from tests.support.pages import Phone
from trainer.kinds.evaluatie.questions import Question

ANSWERS = {"tempo": "precies goed", "samen": "heel veel", "cijfer": "8", "onderdeel-1": "over de lijn"}


def evaluate(house: House, group: Group) -> None:
    """Four phones, five phones without a page, and one paper card: ten answers."""
    step = next(step for step in part_of("dagdeel-1").steps() if step.id == "evaluatie-1")
    questions = {question.id: question for question in step.settings.questions}
    group.everybody(
        lambda person: _fill_in(person.hands, questions, f"Zin {person.number}"),
        lambda person: expect(person.page.locator("#own")).to_contain_text("Je antwoorden zijn bewaard."),
    )
    others = [group.fifth, *(Phone(house.server).connect() for _ in range(4))]
    for number, (other, tempo) in enumerate(zip(others, "11002", strict=True)):
        text = '=HYPERLINK("x")' if other is group.fifth else f"Regel {number}"
        form = {questions["tempo"].name: tempo, questions["meenemen"].name: text}
        answer = other.post(step.id, **form)
        assert answer == {"ok": True}
    group.enter_paper(lambda hands: _fill_in(hands, questions, "Van papier"))
    expect(group.control.locator(".c-kind")).to_contain_text("Ingevuld: 6 of meer")
    assert "Zin 0" not in group.screen.content(), "open answers are never on the screen"
    group.keep_pictures("evaluation")
    group.press("Sluit en toon totalen", sure=True)
    expect(group.screen.locator("main")).to_contain_text("Totalen, vraag 1")
    group.forward()
    expect(group.screen.locator("main")).to_contain_text("Totalen, vraag 2")
    expect(group.screen.locator("main")).to_contain_text("7 (70%)")
    for other in others[1:]:
        other.close()
    group.keep_pictures("totals")
    group.press("Haal de totalen van het scherm")


def _fill_in(hands: Hands, questions: Mapping[str, Question], text: str) -> None:
    for name, said in {**ANSWERS, "meenemen": text}.items():
        evaluatie.answer(hands, questions[name], said)
    hands.press(hands.button("Verstuur"))


def go_home_with_something(group: Group) -> None:
    expect(group.screen.get_by_role("heading", name="Dank jullie wel")).to_be_visible()
    for number, phone in enumerate(group.phones):
        expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
        mine = phone.get_by_text("Beschrijf wat jou hielp bij je herstel.")
        expect(mine).to_be_visible(visible=number == 0)
    group.keep_pictures("closed")
    phone = group.phones[0]
    phone.get_by_role("link", name="Leeslijst").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Leeslijst")
    shoot(phone, "handout")
    phone.go_back()
    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()


def read_the_workbook_back(group: Group, folder: Path) -> None:
    laptop = group.control
    laptop.get_by_role("link", name="Naar de evaluatie").click()
    expect(laptop.get_by_role("heading", level=1)).to_contain_text("Evaluatie Dagdeel 1")
    shoot(laptop, "evaluation-page")
    with laptop.expect_download() as download:
        laptop.get_by_role("link", name="Excel").click()
    file = folder / "evaluatie.xlsx"
    download.value.save_as(file)
    book = load_workbook(file)
    totals = [[cell.value for cell in row] for row in book["Totalen"].iter_rows()]
    tempo = next(place for place, row in enumerate(totals) if str(row[0]).startswith("Hoe was het tempo?"))
    assert [row[1:3] for row in totals[tempo : tempo + 4]] == [
        ["Aantal dat antwoord gaf", 10],
        ["te langzaam", "te weinig antwoorden"],
        ["precies goed", 7],
        ["te snel", "te weinig antwoorden"],
    ]
    asked = "Wat neem je mee?"
    said = [row[1].value for row in book["Open antwoorden"].iter_rows() if row[0].value == asked]
    texts = ["Van papier", *(f"Zin {n}" for n in range(4)), *(f"Regel {n}" for n in range(1, 5))]
    texts.append('\'=HYPERLINK("x")')
    assert sorted(said) == sorted(texts)
