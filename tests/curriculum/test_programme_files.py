"""Nothing but `files.py` opens what a programme brings, and it opens nothing that lies elsewhere."""

import ast
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import trainer
from tests.support.sources import PROGRAM
from trainer.curriculum.files import Missing, Unfit, image_type, read_image, read_inside

TRAINER = Path(trainer.__file__).parent
SECRET = b"geheim"
OPENING = {
    "open", "read_bytes", "read_text", "send_file", "send_from_directory", "is_file", "exists", "glob",
    "iterdir", "listdir", "scandir",
}  # fmt: skip
# What opens files of our own, and never by a name out of a programme or an address.
OWN = {
    # From memory.
    "library/folders.py": {"open"},
    "library/pictures.py": {"open"},
    "web/downloads.py": {"send_file"},
    "web/live.py": {"send_file"},
    # The text on privacy, which is no programme's.
    "web/public.py": {"read_text"},
    # The sample of a kind, which is no programme's.
    "web/texts/adding.py": {"read_text"},
    # What the machine says of its own networks.
    "meetings/network.py": {"read_text"},
    # Of a meeting.
    "web/rehearsals.py": {"open"},
    # Of rows.
    "web/courses.py": {"exists"},
    "web/organiser.py": {"exists"},
    # What browsers get of Kwartier itself: scripts, styles and fonts.
    "web/assets.py": OPENING,
    # Which folders there are.
    "curriculum/programme.py": {"iterdir"},
    "curriculum/files.py": OPENING,
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A programme with one image, and a secret beside the content."""
    folder = tmp_path / "content" / "workshop"
    folder.mkdir(parents=True)
    (folder / "plaat.png").write_bytes(b"png")
    (tmp_path / "geheim.png").write_bytes(SECRET)
    return tmp_path / "content"


def uses(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in OPENING:
                yield name


def test_only_one_place_opens_the_files_of_programmes() -> None:
    paths = [*(TRAINER / "meetings").glob("*.py")]
    paths += [
        path
        for layer in ("curriculum", "library", "plans", "web")
        for path in (TRAINER / layer).rglob("*.py")
    ]
    found = {path.relative_to(TRAINER).as_posix(): set(uses(path)) for path in paths}

    assert {path: names for path, names in found.items() if not names <= OWN.get(path, set())} == {}


def test_the_folder_of_programmes_is_handed_to_that_place_alone() -> None:
    users = {path.relative_to(TRAINER).as_posix() for path in PROGRAM if "content_dir" in path.read_text()}

    assert users == {"config.py", "cli.py", "meetings/core.py", "web/texts/folders.py", "web/live.py"}


def test_a_file_inside_is_read(content: Path) -> None:
    assert read_inside(content, ("workshop", "plaat.png"), 100) == b"png"


@pytest.mark.parametrize(
    "names",
    [
        ("workshop", "weg.png"),
        ("workshop", ""),
        ("workshop", "."),
        ("workshop", "..", "..", "geheim.png"),
        ("workshop", "../../geheim.png"),
        ("..", "geheim.png"),
        ("workshop", "plaat.png", "x.png"),
        ("workshop", "plaat.png\0.png"),
        ("/", "etc", "passwd"),
        ("workshop", "/etc/passwd"),
    ],
)
def test_what_does_not_lie_inside_is_not_there(content: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(Missing):
        read_inside(content, names, 100)


@pytest.mark.parametrize(
    "target", ["../../geheim.png", "plaat.png", "kring.png", "/proc/self/environ", "/dev/zero"]
)
def test_a_link_is_not_followed(content: Path, target: str) -> None:
    (content / "workshop" / "kring.png").symlink_to(target)

    with pytest.raises(Unfit) as refused:
        read_image(content, ("workshop", "kring.png"))
    assert refused.value.code == "file.link"


def test_nothing_is_read_through_a_folder_that_is_a_link(content: Path) -> None:
    (content / "elders").symlink_to(content.parent)
    (content / "workshop" / "op").symlink_to("../..")

    for names in (("elders", "geheim.png"), ("workshop", "op", "geheim.png")):
        with pytest.raises(Unfit):
            read_inside(content, names, 100)


def test_what_is_swapped_while_it_is_read_never_gives_what_lies_elsewhere(content: Path) -> None:
    place, file, link = (content / "workshop" / name for name in ("plaat.png", "bestand", "link"))
    enough = threading.Event()

    def swap() -> None:
        while not enough.is_set():
            link.symlink_to("../../geheim.png")
            link.replace(place)
            file.write_bytes(b"png")
            file.replace(place)

    swapper = threading.Thread(target=swap)
    swapper.start()
    read: list[bytes] = []
    refused = 0
    try:
        while len(read) < 300 or refused < 300:
            try:
                read.append(read_inside(content, ("workshop", "plaat.png"), 100))
            except Unfit:
                refused += 1
    finally:
        enough.set()
        swapper.join()
    assert set(read) == {b"png"}


def test_a_pipe_is_refused_and_not_waited_for(content: Path) -> None:
    os.mkfifo(content / "workshop" / "kring.png")

    with pytest.raises(Unfit):
        read_image(content, ("workshop", "kring.png"))


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("plaat.png", "image/png"),
        ("Plaat_2-b.jpeg", "image/jpeg"),
        ("plaat.svg", "image/svg+xml"),
        (".png", None),
        (".geheim.png", None),
        ("plaat.PNG", None),
        ("plaat.png.md", None),
        ("plaat.md", None),
        ("a/plaat.png", None),
        ("..png", None),
        ("plaat.png\n", None),
        ("kwartier.db", None),
    ],
)
def test_what_an_image_can_be_called(name: str, type_: str | None) -> None:
    assert image_type(name) == type_
