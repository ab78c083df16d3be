"""The end of a dagdeel: the evaluation, what people take home, and the workbook of the trainer."""

from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.dagdeel.group import Group
from tests.browser.people import House, shoot
from tests.support.pages import Phone


def evaluate(house: House, group: Group) -> None:
    """Four phones, five phones without a page, and one paper card: ten answers."""
    first = group.phones[0]
    names = {
        label: first.get_by_label(label).first.get_attribute("name")
        for label in ("precies goed", "Wat neem je mee?")
    }
    for number, phone in enumerate(group.phones):
        _fill_in(phone.locator("#own"), f"Zin {number}")
        phone.get_by_role("button", name="Verstuur").click()
        expect(phone.locator("#own")).to_contain_text("Je antwoorden zijn bewaard.")
    others = [group.fifth, *(Phone(house.server).connect() for _ in range(4))]
    for number, (other, tempo) in enumerate(zip(others, "11002", strict=True)):
        text = '=HYPERLINK("x")' if other is group.fifth else f"Regel {number}"
        answer = other.post("evaluatie-1", **{names["precies goed"]: tempo, names["Wat neem je mee?"]: text})
        assert answer == {"ok": True}
    group.control.get_by_text("Voer een papieren kaart in").click()
    _fill_in(group.control.locator("#enter"), "Van papier")
    group.control.locator("#enter").get_by_role("button", name="Verstuur").click()
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


def _fill_in(form: Page, text: str) -> None:
    form.get_by_label("precies goed").check()
    form.get_by_label("heel veel", exact=True).first.check()
    form.get_by_label("8", exact=True).check()
    form.get_by_label("over de lijn", exact=True).check()
    form.get_by_label("Wat neem je mee?").fill(text)


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
