"""A whole dagdeel 1 of the training, given by one trainer with a screen, phones and a paper card, from the
link that makes the trainer's account to a workbook that is read back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.dagdeel.ending import evaluate, go_home_with_something, read_the_workbook_back
from tests.browser.dagdeel.exercises import (
    GAME,
    LINE,
    VOTE,
    choose_a_role,
    draw_their_lines,
    make_a_definition,
    say_what_they_hope,
    stand_on_the_line,
    vote_twice,
)
from tests.browser.dagdeel.group import Group, Person, join_by_code, join_by_link
from tests.browser.dagdeel.hands import Hands
from tests.browser.dagdeel.ledger import stands_in
from tests.browser.dagdeel.programme import part_of
from tests.browser.dagdeel.ways.diagnose_me import play_diagnose_me
from tests.browser.looks import resize
from tests.browser.people import BEAMER, LAPTOP, House, online, shoot
from tests.support.pages import Phone
from tests.support.server import RunningServer


@pytest.fixture(scope="module")
def opened_house(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    """A server that nobody used before."""
    server = RunningServer(tmp_path_factory.mktemp("new")).start()
    yield House(server, browser)
    server.stop()


@pytest.fixture
def group(house: House) -> Group:
    """From the printed link to dagdeel 1 on the screen takes four clicks."""
    laptop = house.context(**LAPTOP).new_page()
    laptop.goto(house.server.welcome_link)
    laptop.get_by_label("Je naam").fill("Voorbeeld")
    laptop.get_by_label("Inlognaam").fill("voorbeeld")
    laptop.get_by_label("Wachtwoord", exact=True).fill("een lang wachtwoord")
    laptop.get_by_label("Wachtwoord, nog een keer").fill("een lang wachtwoord")
    shoot(laptop, "welcome")
    laptop.get_by_role("button", name="Maak mijn account").click()  # 1
    shoot(laptop, "home")
    laptop.get_by_role("link", name="Regie").click()  # 2
    online(laptop)
    with laptop.expect_popup() as popup:
        laptop.get_by_role("link", name="Open het scherm voor de beamer").click()  # 3
    screen = online(popup.value)
    resize(screen, **BEAMER["viewport"])

    phones = [join_by_code(house, screen), *(join_by_link(house) for _ in range(3))]
    fifth = Phone(house.server).connect()
    expect(laptop.locator(".c-facts")).to_contain_text("Telefoons 5")
    for name, page in (("control", laptop), ("screen", screen), ("phone", phones[0])):
        shoot(page, f"lobby-{name}")

    laptop.get_by_role("button", name="Start").click()  # 4
    people = [Person(number, Hands(phone)) for number, phone in enumerate(phones)]
    group = Group(laptop, screen, people, fifth=fifth, passed=["fijn-dat-je-er-bent"])
    group.on("fijn-dat-je-er-bent")
    return group


def test_whole_dagdeel_is_given(house: House, group: Group, tmp_path: Path) -> None:
    group.control.locator("#agenda > summary").click()
    for block, option in (
        ("thema-herstel", "Waar denk je aan bij herstel?"),
        ("thema-stigma", "Diagnose me!"),
    ):
        group.control.locator(f"#blok-{block} > summary").click()
        group.press(option)
    group.control.locator("#agenda > summary").click()
    group.to("verwachtingen")
    say_what_they_hope(group)
    group.to(LINE)
    stand_on_the_line(group)
    group.to("flap-herstel")
    make_a_definition(group)
    group.to("herstelgrafiek")
    draw_their_lines(group)
    group.to(VOTE)
    vote_twice(group)
    group.to(GAME)
    play_diagnose_me(group)
    group.to("huiswerk-1")
    choose_a_role(group)
    group.to("evaluatie-1")
    evaluate(house, group)
    assert group.passed == _chosen_steps()

    group.control.locator("#tools > summary").click()
    group.press("Sluit de bijeenkomst", sure=True)
    go_home_with_something(group)
    assert stands_in(house.server.folder, group.ledger.private) == []
    read_the_workbook_back(group, tmp_path)
    group.fifth.close()


def _chosen_steps() -> list[str]:
    """The steps of dagdeel 1, with the second option where the trainer chose that."""
    second = {"thema-herstel", "thema-stigma"}
    return [
        step.id
        for block in part_of("dagdeel-1").blocks
        for step in block.steps
        if step.option in (None, 2 if block.id in second else 1)
    ]
