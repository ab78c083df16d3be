"""Groepjes in Chromium: a phone is dealt a group, asks for another, and keeps it; the fullest screen fits."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looks import cut_off, resize, small_text
from tests.browser.people import House, shoot
from tests.support.server import RunningServer

PART = """---
titel: Proef
doel: Uiteen en weer samen.
---

## Uiteen {{#uiteen minuten=20}}

### Zoek je groepje {{#zoek werkvorm=groepjes grootte=3 minuten=5}}

Straks praat je in een groepje van drie.

- Bij het raam
- Bij de deur

### Iedereen uiteen {{#vol werkvorm=groepjes aantal=30 mengen=toeval minuten=5}}

Zoek je plek.

{places}
"""
PROGRAMME = """---
titel: Proef
doel: Uitproberen.
delen: [dagdeel-1]
bronnen: [Geschreven voor Kwartier]
---

Om mee te testen.
"""


@pytest.fixture(scope="module")
def small_groups(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    """A house with a programme that goes into groups twice."""
    content = tmp_path_factory.mktemp("content")
    folder: Path = content / "proef"
    folder.mkdir()
    places = "\n".join(f"- Achter in de lange gang naast kamer {number}" for number in range(1, 31))
    (folder / "programma.md").write_text(PROGRAMME, "utf-8")
    (folder / "dagdeel-1.md").write_text(PART.format(places=places), "utf-8")
    server = RunningServer(tmp_path_factory.mktemp("server"), CONTENT_DIR=str(content)).start()
    yield House(server, browser)
    server.stop()


def test_phone_is_dealt_a_group_asks_for_another_and_keeps_it(small_groups: House) -> None:
    with small_groups.visit() as house:
        sitting = house.sitting("proef")
        sitting.do("start")
        sitting.go("zoek")
        phone, control = house.phone(sitting), house.control(sitting)
        own = phone.locator("#own")
        own.get_by_label("Ervaringsdeskundige").check()
        own.get_by_role("button", name="Ik doe mee").click()
        expect(own).to_contain_text("Wacht tot de trainer de groepjes maakt.")

        control.get_by_label("Hoeveel mensen doen mee?").fill("8")
        control.get_by_label("Van hen zonder telefoon").fill("2")
        control.get_by_role("button", name="Deel in met deze aantallen").click()

        title = own.locator("[data-my-group]")
        expect(title).to_contain_text(re.compile(r"Groep [123], "))
        first = title.get_attribute("data-my-group")
        expect(control.get_by_text(re.compile("^Kaart [12]:$"))).to_have_count(2)
        shoot(phone, "groepjes-phone")
        own.get_by_role("button", name="Ik wil graag in een ander groepje").click()
        expect(title).not_to_have_attribute("data-my-group", first or "")
        kept = phone.evaluate("sessionStorage.getItem('kwartier.groep')")
        assert kept == f"{sitting.id}:{title.get_attribute('data-my-group')}"


def test_fullest_screen_fits(small_groups: House) -> None:
    with small_groups.visit() as house:
        sitting = house.sitting("proef")
        sitting.do("start")
        sitting.go("vol")
        screen = house.screen(sitting)
        faults = []
        for people in ("12", "20", "30", "90"):
            sitting.do("do:deal", people=people, without="0")
            expect(screen.locator(".k-groepjes__list li")).to_have_count(min(15, int(people) // 2))
            for width, height in ((1024, 768), (1920, 1080)):
                resize(screen, width, height)
                shoot(screen, f"groepjes-{people}")
                faults += [f"{people}, {width}: {fault}" for fault in cut_off(screen)]
            faults += small_text(screen)
        assert faults == []
