"""The guide for trainers and organisers: its pages belong together, and say what the program says."""

import re
from pathlib import Path

import pytest

from tests.support.labels import is_on_screen
from tests.support.samples import write_samples
from tests.support.sources import ROOT
from trainer import kinds
from trainer.curriculum.parse import read_library

ENTRANCE = ROOT / "docs" / "handleiding.md"
PAGES = [ENTRANCE, *sorted((ROOT / "docs" / "handleiding").glob("*.md"))]
PAGES_OF = {page.stem: page for page in PAGES}
IMAGES = ROOT / "docs" / "images"
MOST_BYTES = 120_000
BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# A button of which the number is put together with a sign.
PUT_TOGETHER = {"16×"}

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def anchors(page: Path) -> set[str]:
    """Where a link into a page may go, as GitHub and others name headings."""
    headings = HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def goes_nowhere(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    return not target.is_file() or bool(anchor and anchor not in anchors(target))


@every_page
def test_bold_words_stand_on_a_screen(page: Path) -> None:
    labels = set(BOLD.findall(page.read_text("utf-8"))) - PUT_TOGETHER

    assert [label for label in sorted(labels) if not is_on_screen(label)] == []


def test_label_that_is_on_no_screen_is_noticed() -> None:
    there, not_there = ("Open bijeenkomst", "Groep 1"), ("Open vergadering", "Start nu", "Sluit het raam")

    assert [label for label in (*there, *not_there) if is_on_screen(label)] == list(there)


@every_page
def test_each_page_of_the_guide_has_a_picture(page: Path) -> None:
    assert PICTURE.findall(page.read_text("utf-8"))


@every_page
def test_links_of_the_guide_go_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))

    assert links
    assert [link for link in links if goes_nowhere(page, link)] == []


@every_page
def test_headings_of_the_guide_differ(page: Path) -> None:
    assert len(anchors(page)) == len(HEADING.findall(page.read_text("utf-8")))


def test_entrance_leads_to_every_page_and_each_page_back() -> None:
    links = {link.partition("#")[0] for link in LINK.findall(ENTRANCE.read_text("utf-8"))}
    parts = PAGES[1:]

    assert links - {""} == {f"handleiding/{page.name}" for page in parts}
    assert [page.name for page in parts if "(../handleiding.md)" not in page.read_text("utf-8")] == []


def test_programmes_name_headings_that_the_guide_has() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "content").rglob("*.md")]
    named = {name for text in texts for name in re.findall(r"handleiding, bij '([^']+)'", text)}
    headings = {heading for page in PAGES for heading in HEADING.findall(page.read_text("utf-8"))}

    assert named
    assert named - headings == set()


def test_guide_names_every_kind_that_waits_on_an_open_network_and_keeps_nothing(tmp_path: Path) -> None:
    library, _ = read_library(write_samples(tmp_path), kinds.interpret)
    every = {step.kind: step for sample in library.values() for part in sample.parts for step in part.steps()}
    personal = {
        kind.title.partition(" ")[0].lower()
        for name, kind in kinds.discover().items()
        if kind.intimate(every[name].settings)
    }
    named = {
        place: " ".join(
            line.lower() for line in PAGES_OF[page].read_text("utf-8").splitlines() if place in line
        )
        for page, place in (("opzoeken", "Dat zijn stickers"), ("na-afloop", "| nooit |"))
    }

    assert personal
    assert [(place, name) for place, names in named.items() for name in personal if name not in names] == []


def test_pictures_are_small_and_are_told_to_who_cannot_see_them() -> None:
    pages = [*PAGES, ROOT / "README.md"]
    shown = [(page, *found) for page in pages for found in PICTURE.findall(page.read_text("utf-8"))]
    files = {(page.parent / name).resolve() for page, _, name in shown}

    assert [(page.name, name) for page, told, name in shown if len(told) < 20] == []
    assert files == set(IMAGES.iterdir())
    assert [path.name for path in sorted(files) if path.stat().st_size > MOST_BYTES] == []
