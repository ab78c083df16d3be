"""The exercises of dagdeel 1 before and after 'Diagnose me!', as the group does them."""

import re

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group

LINE, VOTE, GAME = "stellingen-op-de-lijn", "stellingen-ervaringsdeskundigheid", "diagnose-me"


def say_what_they_hope(group: Group) -> None:
    """Short answers come as one shuffled batch; one of them is taken back."""
    for number, phone in enumerate(group.phones):
        phone.get_by_label("Je antwoord").fill(f"Ik hoop op {number}")
        phone.get_by_role("button", name="Verstuur").click()
        expect(phone.locator("#own li")).to_have_count(1)
    assert group.fifth.post("verwachtingen", text="Ik twijfel") == {"ok": True}
    expect(group.screen.locator("main")).to_contain_text("Mensen die iets stuurden: 3 of meer.")
    assert "Ik hoop" not in group.screen.content(), "nothing is on the screen before the trainer says so"
    group.phones[3].get_by_role("button", name="Haal weg").click()
    expect(group.phones[3].locator("#own li")).to_have_count(0)
    group.press("Bekijk nieuwe kaarten")
    group.press("Toon alles")
    cards = group.screen.locator(".k-flap__card")
    expect(cards).to_have_count(4)
    assert sorted(cards.all_inner_texts()) == ["Ik hoop op 0", "Ik hoop op 1", "Ik hoop op 2", "Ik twijfel"]
    group.keep_pictures("flap")


def stand_on_the_line(group: Group) -> None:
    """Places become dots when the trainer shows them; then a look at where the group is alike."""
    places = ("helemaal oneens", "oneens", "eens", "helemaal eens")
    for phone, place in zip(group.phones, places, strict=True):
        phone.get_by_label(place, exact=True).check()
        expect(phone.locator("#own")).to_contain_text(f"Jouw plek: {place}.")
    group.fifth.post(LINE, item="1", place="5")
    expect(group.screen.locator("main")).to_contain_text("Antwoorden: 3 of meer")
    dots = group.screen.locator(".k-over-de-lijn__picture circle")
    expect(dots).to_have_count(0)
    group.keep_pictures("line-open")
    group.press("Toon de stippen")
    expect(dots).to_have_count(4)
    expect(group.screen.locator("main")).to_contain_text("Pas: 1 mens")
    group.keep_pictures("line")
    group.forward()
    for phone in group.phones:
        expect(phone.locator("main")).to_contain_text("Buren mogen zich meer met elkaar bemoeien")
        phone.get_by_label("eens", exact=True).check()
        expect(phone.locator("#own")).to_contain_text("Jouw plek: eens.")
    group.press("Sluit de stelling")
    expect(group.phones[0].locator("main")).to_contain_text("Deze stelling is gesloten.")
    group.press("Toon waar we op elkaar lijken")
    expect(group.screen.locator("main")).to_contain_text("4 van de 4")
    group.keep_pictures("alike")


def make_a_definition(group: Group) -> None:
    for phone, word in zip(group.phones, ("rust", "rust", "werk", "iemand die in je gelooft"), strict=True):
        phone.get_by_label("Je antwoord").fill(word)
        phone.get_by_role("button", name="Verstuur").click()
        expect(phone.locator("#own li")).to_have_count(1)
    group.press("Bekijk nieuwe kaarten")
    group.press("Toon alles")
    group.control.get_by_label("Nieuwe groep").fill("Wat helpt")
    group.press("Maak groep")
    card = group.control.locator(".k-flap__item", has_text="iemand die in je gelooft")
    card.get_by_text("Ordenen").click()
    card.get_by_role("combobox").select_option("Wat helpt")
    group.has_effect(card.get_by_role("button", name="Verplaats").click)
    group.press("Voeg gelijke kaarten samen")
    expect(group.screen.get_by_role("heading", name="Wat helpt")).to_be_visible()
    expect(group.screen.locator(".k-flap__count")).to_have_text("2×")
    group.control.get_by_label("Onze definitie").fill("Herstel is een eigen weg, met mensen om je heen.")
    group.press("Zet op het scherm")
    expect(group.screen.locator(".k-flap__definition")).to_contain_text("Herstel is een eigen weg")
    group.keep_pictures("definition")
    group.press("Toon woordwolk")
    expect(group.screen.locator(".k-flap__cloud")).to_contain_text("rust")
    group.keep_pictures("cloud")


def vote_twice(group: Group) -> None:
    """The second round shows how opinions moved."""
    for phone, answer in zip(group.phones, ("Eens", "Eens", "Oneens", "Weet ik niet"), strict=True):
        phone.get_by_label(answer, exact=True).check()
        expect(phone.locator("#own")).to_contain_text(f"Jouw antwoord: {answer}.")
    group.press("Sluit en toon de uitslag")
    expect(group.screen.locator(".k-stelling__results")).to_contain_text("2 (50%)")
    group.keep_pictures("vote")
    group.press("Start ronde 2")
    for phone in group.phones:
        expect(phone.locator("main")).to_contain_text(re.compile("ronde 2", re.IGNORECASE))
        phone.get_by_label("Oneens", exact=True).check()
        expect(phone.locator("#own")).to_contain_text("Jouw antwoord: Oneens.")
    group.press("Sluit en toon de uitslag")
    expect(group.screen.locator(".k-stelling__results--shift")).to_contain_text("ronde 2: 4 (100%)")
    group.keep_pictures("shift")


def choose_a_role(group: Group) -> None:
    phone = group.phones[0]
    phone.get_by_text("Ervaringsdeskundige", exact=True).click()
    expect(phone.get_by_text("Beschrijf wat jou hielp bij je herstel.")).to_be_visible()
    group.keep_pictures("homework")
