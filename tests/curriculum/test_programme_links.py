"""What a folder of a programme may not hold: links, pipes, what is too large, and too many files."""

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.curriculum.standins import interpret
from tests.curriculum.workshop import HANDOUT, INDEX, PART, problems, write
from trainer.curriculum.files import MOST_ENTRIES, MOST_IMAGE_BYTES
from trainer.curriculum.parse import read_library, read_programme

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
        os.mknod(f"{content}/workshop/{number}.txt")

    assert problems(content) == ["workshop:1: 'workshop' heeft te veel bestanden [programme.too-many-files]"]
