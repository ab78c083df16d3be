"""The drawings of the programmes: small, with few and large words, described, and each of them in use.

That nothing in them can act, and that they have no colours but those of the house, `test_drawings.py` proves.
"""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from trainer.config import ROOT

CONTENT = ROOT / "content"
DRAWINGS = sorted(CONTENT.glob("*/platen/*.svg"))
MOST_BYTES, SMALLEST_WORD, MOST_WORDS = 6_000, 46, {"1200": 25, "600": 8}
# How far a 'j' may hang below its line.
TAIL = 16
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*?)platen/([\w-]+\.svg)\)")
SVG = "{http://www.w3.org/2000/svg}"

every_drawing = pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")


def drawn(path: Path) -> ElementTree.Element:
    return ElementTree.fromstring(path.read_text("utf-8"))


def uses() -> list[tuple[Path, str]]:
    """The drawing and the text alternative of each place where a programme shows one."""
    return [
        (page.relative_to(CONTENT).parts[0] / Path("platen") / name, alternative)
        for page in sorted(CONTENT.glob("**/*.md"))
        for alternative, _, name in PICTURE.findall(page.read_text("utf-8"))
    ]


@every_drawing
def test_drawing_is_small_and_has_few_and_large_words(path: Path) -> None:
    drawing = drawn(path)
    *corner, width, _ = drawing.attrib["viewBox"].split()
    texts = [text.text or "" for text in drawing.iter(f"{SVG}text")]
    sizes = [float(element.get("font-size", SMALLEST_WORD)) for element in drawing.iter()]
    assert (corner, width in MOST_WORDS) == (["0", "0"], True)
    assert path.stat().st_size <= MOST_BYTES
    assert min(sizes) >= SMALLEST_WORD
    assert len(" ".join(texts).split()) <= MOST_WORDS[width]


@every_drawing
def test_letters_with_a_tail_end_inside_the_drawing(path: Path) -> None:
    drawing = drawn(path)
    height = float(drawing.attrib["viewBox"].split()[3])
    placed = [
        (text.text, float(text.attrib["y"])) for text in drawing.iter(f"{SVG}text") if "y" in text.attrib
    ]
    assert [text for text, foot in placed if foot > height - TAIL] == []


@every_drawing
def test_drawing_has_a_title_and_is_described_in_short_sentences(path: Path) -> None:
    drawing = drawn(path)
    described = drawing.findtext(f"{SVG}desc") or ""
    assert drawing.findtext(f"{SVG}title")
    assert described.endswith(".")
    assert [each for each in re.split(r"(?<=[.!?]) ", described) if len(each.split()) > 14] == []


@every_drawing
def test_drawing_is_shown_and_its_text_alternative_is_its_description(path: Path) -> None:
    alternatives = {text for shown, text in uses() if CONTENT / shown == path}
    assert alternatives == {drawn(path).findtext(f"{SVG}desc")}


def test_all_that_is_shown_is_there() -> None:
    assert {CONTENT / shown for shown, _ in uses()} == set(DRAWINGS)
    assert len({path.name for path in DRAWINGS}) >= 20


def test_drawing_that_two_programmes_show_is_the_same_in_both() -> None:
    first: dict[str, bytes] = {}
    for path in DRAWINGS:
        assert path.read_bytes() == first.setdefault(path.name, path.read_bytes()), path
