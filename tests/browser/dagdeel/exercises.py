"""The exercises of dagdeel 1 before and after 'Diagnose me!', as the group does them."""

import re

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.ways import (
    cards,
    flap,
    herstelgrafiek,
    huiswerk,
    notebook,
    over_de_lijn,
    stelling,
)

LINE, VOTE, GAME = "stellingen-op-de-lijn", "stellingen-ervaringsdeskundigheid", "diagnose-me"


def say_what_they_hope(group: Group) -> None:
    """Short answers come as one shuffled batch; one of them is taken back."""
    group.everybody(lambda person: flap.answer(person.hands, f"Ik hoop op {person.number}"), _has_one_card)
    assert group.fifth.post("verwachtingen", text="Ik twijfel") == {"ok": True}
    expect(group.screen.locator("main")).to_contain_text("Mensen die iets stuurden: 3 of meer.")
    assert "Ik hoop" not in group.screen.content(), "nothing is on the screen before the trainer says so"
    cards.take_back(group.people[3])
    group.press("Bekijk nieuwe kaarten")
    group.press("Toon alles")
    shown = group.screen.locator(".k-flap__card")
    expect(shown).to_have_count(4)
    assert sorted(shown.all_inner_texts()) == ["Ik hoop op 0", "Ik hoop op 1", "Ik hoop op 2", "Ik twijfel"]
    group.keep_pictures("flap")


def _has_one_card(person: Person) -> None:
    """The phone shows the one card that its owner sent."""
    expect(person.page.locator("#own li")).to_have_count(1)


def stand_on_the_line(group: Group) -> None:
    """Places become dots when the trainer shows them; then a look at where the group is alike."""
    places = ("helemaal oneens", "oneens", "eens", "helemaal eens")
    for person, place in zip(group.people, places, strict=True):
        over_de_lijn.stand(person, place)
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
    for person in group.people:
        expect(person.page.locator("main")).to_contain_text("Buren mogen zich meer met elkaar bemoeien")
        over_de_lijn.stand(person, "eens")
    group.press("Sluit de stelling")
    expect(group.phones[0].locator("main")).to_contain_text("Deze stelling is gesloten.")
    group.press("Toon waar we op elkaar lijken")
    expect(group.screen.locator("main")).to_contain_text("4 van de 4")
    group.keep_pictures("alike")


def make_a_definition(group: Group) -> None:
    words = ("rust", "rust", "werk", "iemand die in je gelooft")
    group.everybody(lambda person: flap.answer(person.hands, words[person.number]), _has_one_card)
    group.press("Bekijk nieuwe kaarten")
    group.press("Toon alles")
    group.control.get_by_label("Nieuwe groep").fill("Wat helpt")
    group.press("Maak groep")
    group.control.get_by_label("iemand die in je gelooft").check()
    group.control.get_by_label("Groep voor de gekozen kaarten").select_option("Wat helpt")
    group.press("Zet in groep")
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


def draw_their_lines(group: Group) -> None:
    """A point and a word for each, for themselves."""
    for person in group.people:
        notebook.says_whose(person)
        herstelgrafiek.draw_point(group, person)
    group.keep_pictures("graph")


def vote_twice(group: Group) -> None:
    """The second round shows how opinions moved."""
    for person, answer in zip(group.people, ("Eens", "Eens", "Oneens", "Weet ik niet"), strict=True):
        stelling.choose(person.hands, answer)
        stelling.chose(person, answer)
    group.press("Sluit en toon de uitslag")
    expect(group.screen.locator(".k-stelling__results")).to_contain_text("2 (50%)")
    group.keep_pictures("vote")
    group.press("Start ronde 2")
    for person in group.people:
        expect(person.page.locator("main")).to_contain_text(re.compile("ronde 2", re.IGNORECASE))
        stelling.choose(person.hands, "Oneens")
        stelling.chose(person, "Oneens")
    group.press("Sluit en toon de uitslag")
    expect(group.screen.locator(".k-stelling__results--shift")).to_contain_text("ronde 2: 4 (100%)")
    group.keep_pictures("shift")


def choose_a_role(group: Group) -> None:
    huiswerk.take_role(group.people[0].hands, "Ervaringsdeskundige")
    expect(group.phones[0].get_by_text("Beschrijf wat jou hielp bij je herstel.")).to_be_visible()
    group.keep_pictures("homework")
