"""Folders: which programmes are offered, and what is wrong with the others."""

from pathlib import Path

import pytest
from markupsafe import Markup

from tests.curriculum.standins import interpret
from tests.curriculum.workshop import HANDOUT, INDEX, PART, problems, write
from trainer.curriculum.model import Handout
from trainer.curriculum.parse import read_library, read_programme


def test_programme_from_good_folder(content: Path) -> None:
    programme, found = read_programme(content / "workshop", interpret, content)

    assert found == []
    assert programme is not None
    assert (programme.id, programme.title, programme.goal) == ("workshop", "Workshop", "Kennismaken")
    assert programme.sources == ("Een boek",)
    image = '<p><img alt="Plaat" src="/programma/workshop/plaat.png"></p>'
    assert programme.html == f"<p>Voor <em>iedereen</em>.</p>\n{image}"
    assert [part.id for part in programme.parts] == ["deel"]
    assert [step.html for step in programme.parts[0].steps()] == [image]
    assert programme.handouts == (
        Handout("leeslijst", "Leeslijst", Markup(f"<h2>Boeken</h2>\n{image}"), ("Nog een boek",)),
    )


def test_programme_without_index(content: Path) -> None:
    (content / "leeg").mkdir()

    assert problems(content, "leeg") == ["leeg/programma.md:1: programma.md is er niet [programme.missing]"]


def test_programme_in_folder_with_a_bad_name(content: Path) -> None:
    (content / "workshop").rename(content / "De Workshop")

    assert problems(content, "De Workshop") == [
        "De Workshop/programma.md:1: de map 'De Workshop' kan geen id zijn;"
        " gebruik kleine letters, cijfers en '-' [programme.bad-id]"
    ]


def test_programme_with_files_that_are_not_there(content: Path) -> None:
    index = INDEX.replace("[deel]", "[deel, deal, deel, ../geheim, programma]")
    write(content / "workshop", "programma.md", index.replace("leeslijst", "leslijst"))

    assert problems(content) == [
        "workshop/programma.md:4: '../geheim' kan geen bestandsnaam zijn;"
        " kleine letters, cijfers en '-', zonder .md [programme.bad-file]",
        "workshop/programma.md:4: 'deel' staat er twee keer [programme.double-file]",
        "workshop/programma.md:4: het bestand 'deal.md' is er niet; bedoel je 'deel'?"
        " [programme.file-missing]",
        "workshop/programma.md:4: het bestand 'programma.md' is er niet [programme.file-missing]",
        "workshop/programma.md:6: het bestand 'leslijst.md' is er niet; bedoel je 'leeslijst'?"
        " [programme.file-missing]",
    ]


def test_programme_without_parts(content: Path) -> None:
    write(content / "workshop", "programma.md", INDEX.replace("[deel]", "[]"))

    assert problems(content) == [
        "workshop/programma.md:4: 'delen' ontbreekt: de lijst van bestanden, zoals [dagdeel-1, dagdeel-2]"
        " [programme.no-parts]"
    ]


def test_programme_shows_the_problems_of_all_files_at_once(content: Path) -> None:
    write(content / "workshop", "programma.md", INDEX.replace("titel", "titl"))
    write(content / "workshop", "deel.md", PART.replace("minuten=15", "minuten=nul"))
    write(content / "workshop", "bijlagen/leeslijst.md", "# Leeslijst <b>\n")
    (content / "workshop" / "plaat.png").unlink()

    assert problems(content) == [
        "workshop/bijlagen/leeslijst.md:1: de gegevens bovenaan ontbreken;"
        " zet bovenaan '---', dan 'titel: ...' en weer '---' [front.missing]",
        "workshop/bijlagen/leeslijst.md:1: een kop met # kan hier niet; gebruik ## of ### of ####"
        " [heading.level]",
        "workshop/bijlagen/leeslijst.md:1: gebruik geen HTML; schrijf het in Markdown [text.html]",
        "workshop/deel.md:5: 'minuten' moet een heel getal zijn, niet 'nul' [heading.bad-minutes]",
        "workshop/deel.md:7: de afbeelding 'plaat.png' is er niet [text.image-missing]",
        "workshop/programma.md:1: 'titel' ontbreekt bovenaan [front.missing-key]",
        "workshop/programma.md:2: onbekend gegeven 'titl'; bedoel je 'titel'? [front.unknown-key]",
        "workshop/programma.md:12: de afbeelding 'plaat.png' is er niet [text.image-missing]",
    ]


def test_image_of_a_handout_beside_the_handout(content: Path) -> None:
    write(content / "workshop", "bijlagen/leeslijst.md", HANDOUT.replace("../plaat.png", "plaat.png"))
    (content / "workshop" / "bijlagen" / "plaat.png").write_bytes(b"png")

    assert problems(content) == [
        "workshop/bijlagen/leeslijst.md:8: de afbeelding 'plaat.png' is er niet [text.image-missing]"
    ]


def test_library_offers_the_programmes_without_problems(content: Path) -> None:
    write(content / "ander", "programma.md", INDEX)
    (content / ".verborgen").mkdir()
    (content / "los.md").write_text("geen programma", "utf-8")

    programmes, found = read_library(content, interpret, content)

    assert list(programmes) == ["workshop"]
    assert [str(problem) for problem in found] == [
        "ander/programma.md:4: het bestand 'deel.md' is er niet [programme.file-missing]",
        "ander/programma.md:6: het bestand 'leeslijst.md' is er niet [programme.file-missing]",
        "ander/programma.md:12: de afbeelding 'plaat.png' is er niet [text.image-missing]",
    ]


def test_library_that_is_not_there(tmp_path: Path) -> None:
    assert [str(problem) for problem in read_library(tmp_path / "weg", interpret, tmp_path)[1]] == [
        "weg:1: deze map is er niet [programme.missing]"
    ]


def test_paths_in_problems_are_never_those_of_the_machine(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(content / "workshop", "deel.md", PART.replace("{#welkom minuten=15}", ""))
    inside, outside = content, content / "workshop" / "bijlagen"

    monkeypatch.chdir(inside)
    assert {problem.path for problem in read_programme(Path("workshop"), interpret)[1]} == {
        "workshop/deel.md"
    }
    monkeypatch.chdir(outside)
    shown = {problem.path for problem in read_programme(content / "workshop", interpret)[1]}
    assert shown == {f"{content.name}/workshop/deel.md"}


@pytest.mark.parametrize(
    ("named", "wrong"),
    [("deel/welkom", False), ("deel/afscheid", True), ("later/terug", True), ("elders/welkom", True)],
)
def test_setting_that_names_a_step_of_no_earlier_part(content: Path, named: str, wrong: bool) -> None:
    write(content / "workshop", "programma.md", INDEX.replace("[deel]", "[deel, later]"))
    later = f"---\ntitel: Later\n---\n\n## Terug {{#terug werkvorm=flap minuten=15 van={named}}}\n\nWat?\n"
    write(content / "workshop", "later.md", later)

    _, found = read_programme(content / "workshop", interpret, content)

    message = f"workshop/later.md:5: het onderdeel '{named}' is er niet in een eerder deel [step.no-earlier]"
    assert [str(problem) for problem in found] == [message] * wrong
