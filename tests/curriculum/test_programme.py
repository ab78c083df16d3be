"""Folders: which programmes are offered, and what is wrong with the others."""

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from tests.curriculum.standins import interpret
from trainer.curriculum.files import MOST_ENTRIES, MOST_IMAGE_BYTES
from trainer.curriculum.model import Handout
from trainer.curriculum.parse import read_library, read_programme

INDEX = """\
---
titel: Workshop
doel: Kennismaken
delen: [deel]
bijlagen:
  - leeslijst
bronnen: [Een boek]
---

Voor *iedereen*.

![Plaat](plaat.png)
"""
PART = "---\ntitel: Deel\n---\n\n## Welkom {#welkom minuten=15}\n\n![Plaat](plaat.png)\n"
HANDOUT = "---\ntitel: Leeslijst\nbronnen: [Nog een boek]\n---\n\n## Boeken\n\n![Plaat](../plaat.png)\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one good programme."""
    write(tmp_path / "workshop", "programma.md", INDEX)
    write(tmp_path / "workshop", "deel.md", PART)
    write(tmp_path / "workshop", "bijlagen/leeslijst.md", HANDOUT)
    (tmp_path / "workshop" / "plaat.png").write_bytes(b"png")
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def problems(content: Path, folder: str = "workshop") -> list[str]:
    programme, found = read_programme(content / folder, interpret, content)
    assert programme is None
    return [str(problem) for problem in found]


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


LINK = "is een link naar een andere plek; zet hier het bestand zelf neer [file.link]"
SPECIAL = "is geen gewoon bestand; haal het weg [file.special]"


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder beside the content, with what each file of a programme could be."""
    folder = tmp_path_factory.mktemp("elders")
    write(folder, "programma.md", INDEX)
    write(folder, "deel.md", PART)
    write(folder, "leeslijst.md", HANDOUT)
    (folder / "plaat.png").write_bytes(b"geheim")
    return folder


def replace_by_link(path: Path, target: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize(
    ("name", "target", "said"),
    [
        ("deel.md", "deel.md", ["workshop/programma.md:4: 'deel.md'"]),
        ("deel.md", "nergens.md", ["workshop/programma.md:4: 'deel.md'"]),
        ("programma.md", "programma.md", ["workshop/programma.md:1: 'programma.md'"]),
        ("bijlagen/leeslijst.md", "leeslijst.md", ["workshop/programma.md:6: 'leeslijst.md'"]),
        ("bijlagen", "", ["workshop/bijlagen:1: 'bijlagen'", "workshop/programma.md:6: 'bijlagen'"]),
        (
            "plaat.png",
            "plaat.png",
            [
                f"workshop/{file}: 'plaat.png'"
                for file in ("bijlagen/leeslijst.md:8", "deel.md:7", "programma.md:12")
            ],
        ),
        ("los.png", "plaat.png", ["workshop/los.png:1: 'los.png'"]),
        ("fotos", "", ["workshop/fotos:1: 'fotos'"]),
    ],
)
def test_a_link_is_a_problem_where_it_is_named(
    content: Path, elsewhere: Path, name: str, target: str, said: list[str]
) -> None:
    replace_by_link(content / "workshop" / name, elsewhere / target)

    assert problems(content) == [f"{where} {LINK}" for where in said]


def test_a_link_that_stays_inside_is_a_problem_too(content: Path) -> None:
    (content / "workshop" / "kopie.png").symlink_to("plaat.png")

    assert problems(content) == [f"workshop/kopie.png:1: 'kopie.png' {LINK}"]


def test_a_link_deep_in_the_folder_is_a_problem(content: Path, elsewhere: Path) -> None:
    (content / "workshop" / "oud" / "ouder").mkdir(parents=True)
    (content / "workshop" / "oud" / "ouder" / "x").symlink_to(elsewhere)

    assert problems(content) == [f"workshop/oud/ouder/x:1: 'x' {LINK}"]


def test_a_programme_that_is_a_link_is_not_offered(content: Path, elsewhere: Path) -> None:
    (content / "elders").symlink_to(elsewhere)

    programmes, found = read_library(content, interpret, content)

    assert list(programmes) == ["workshop"]
    assert [str(problem) for problem in found] == [f"elders:1: 'elders' {LINK}"]


def test_content_that_is_a_link_itself_is_read(
    content: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("links") / "content"
    link.symlink_to(content)

    programmes, found = read_library(link, interpret, content)

    assert (list(programmes), found) == (["workshop"], [])


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.parametrize("make", [os.mkfifo, make_socket, Path.mkdir])
def test_what_is_no_regular_file_is_a_problem_and_is_not_waited_for(
    content: Path, make: Callable[[Path], None]
) -> None:
    for name in ("deel.md", "plaat.png"):
        (content / "workshop" / name).unlink()
        make(content / "workshop" / name)

    assert problems(content) == [
        f"workshop/bijlagen/leeslijst.md:8: 'plaat.png' {SPECIAL}",
        f"workshop/programma.md:4: 'deel.md' {SPECIAL}",
        f"workshop/programma.md:12: 'plaat.png' {SPECIAL}",
    ]


def test_an_image_that_is_too_large_is_a_problem(content: Path) -> None:
    with (content / "workshop" / "plaat.png").open("wb") as file:
        file.truncate(MOST_IMAGE_BYTES + 1)

    assert (
        "workshop/deel.md:7: 'plaat.png' is te groot: meer dan 4 MB; maak de afbeelding kleiner"
        in (problems(content)[1])
    )


def test_hidden_files_of_editors_and_version_control_are_no_problem(content: Path) -> None:
    (content / "workshop" / ".#deel.md").symlink_to("iemand@laptop.123")
    (content / "workshop" / ".git").mkdir()
    (content / "workshop" / ".git" / "x").symlink_to("/")

    assert read_programme(content / "workshop", interpret, content)[1] == []


def test_a_name_that_cannot_be_printed_is_told(content: Path) -> None:
    (content / "workshop" / os.fsdecode(b"\xff\n.png")).symlink_to("/")

    assert problems(content) == [f"workshop/??.png:1: '??.png' {LINK}"]


def test_a_folder_with_very_many_files_is_a_problem(content: Path) -> None:
    for number in range(MOST_ENTRIES):
        (content / "workshop" / f"{number}.txt").touch()

    assert problems(content) == ["workshop:1: 'workshop' heeft te veel bestanden [programme.too-many-files]"]
