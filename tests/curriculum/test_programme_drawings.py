"""The drawings of the programmes: one hand, small, nothing but shapes and words, and each of them in use."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from trainer.config import ROOT

CONTENT = ROOT / "content"
DRAWINGS = sorted(CONTENT.glob("*/platen/*.svg"))
MOST_BYTES, SMALLEST_WORD, MOST_WORDS = 6_000, 46, {"1200": 25, "600": 8}
SHAPES = {"svg", "style", "title", "desc", "g", "path", "rect", "circle", "ellipse", "text"}
HARMLESS = {
    "viewBox", "d", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "transform", "class", "fill",
    "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight", "text-anchor",
}  # fmt: skip
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
def test_drawing_is_small_and_has_only_shapes_and_words(path: Path) -> None:
    elements = list(drawn(path).iter())
    names = {element.tag.removeprefix(SVG) for element in elements}
    attributes = {name for element in elements for name in element.attrib}
    assert (names - SHAPES, attributes - HARMLESS) == (set(), set())
    assert path.stat().st_size <= MOST_BYTES


@every_drawing
def test_drawing_has_the_colours_of_the_house_alone(path: Path) -> None:
    style = drawn(path).findtext(f"{SVG}style") or ""
    ours = set(re.findall(r"\.([fs]-[a-z-]+)\{", style))
    elements = list(drawn(path).iter())
    classes = {name for element in elements for name in element.get("class", "").split()}
    painted = {element.get(name, "none") for element in elements for name in ("fill", "stroke")}
    tokens = set(re.findall(r"#[0-9a-f]{6}\b", (ROOT / "static" / "css" / "tokens.css").read_text("utf-8")))
    assert (classes - ours, painted) == (set(), {"none"})
    assert set(re.findall(r"#[0-9a-f]{6}\b", style)) - tokens == set()


@every_drawing
def test_words_in_a_drawing_are_few_and_large(path: Path) -> None:
    drawing = drawn(path)
    left, top, width, height = drawing.attrib["viewBox"].split()
    texts = [text.text or "" for text in drawing.iter(f"{SVG}text")]
    sizes = [float(element.get("font-size", SMALLEST_WORD)) for element in drawing.iter()]
    assert (left, top, width in MOST_WORDS) == ("0", "0", True)
    assert min(sizes) >= SMALLEST_WORD
    assert len(" ".join(texts).split()) <= MOST_WORDS[width]


@every_drawing
def test_drawing_has_a_title_and_is_described_in_short_sentences(path: Path) -> None:
    drawing = drawn(path)
    described = drawing.findtext(f"{SVG}desc") or ""
    assert drawing.findtext(f"{SVG}title")
    assert described.endswith(".")
    assert [each for each in re.split(r"(?<=[.!?]) ", described) if len(each.split()) > 15] == []


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
