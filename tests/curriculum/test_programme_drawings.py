"""The drawings of the programmes: small, with few and large words, described, and each of them in use.

That nothing in them can act, and that they have no colours but those of the house, `test_drawings.py` proves.
"""

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from trainer.config import ROOT

CONTENT = ROOT / "content"
DRAWINGS = sorted(CONTENT.glob("*/platen/*.svg"))
MOST_BYTES, SMALLEST_WORD, MOST_WORDS = 6_000, 46, {"1200": 25, "600": 8}
# How far a 'j' may hang below its line.
TAIL = 16
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*?)platen/([\w-]+\.svg)\)")
SVG = "{http://www.w3.org/2000/svg}"


@cache
def drawn(path: Path) -> ElementTree.Element:
    return ElementTree.fromstring(path.read_text("utf-8"))


def uses() -> list[tuple[Path, str]]:
    """The drawing and the text alternative of each place where a programme shows one."""
    return [
        (page.relative_to(CONTENT).parts[0] / Path("platen") / name, alternative)
        for page in sorted(CONTENT.glob("**/*.md"))
        for alternative, _, name in PICTURE.findall(page.read_text("utf-8"))
    ]


def test_drawing_is_small_and_has_few_and_large_words() -> None:
    for path in DRAWINGS:
        drawing = drawn(path)
        *corner, width, _ = drawing.attrib["viewBox"].split()
        texts = [text.text or "" for text in drawing.iter(f"{SVG}text")]
        sizes = [float(element.get("font-size", SMALLEST_WORD)) for element in drawing.iter()]
        assert (corner, width in MOST_WORDS) == (["0", "0"], True), path
        assert path.stat().st_size <= MOST_BYTES
        assert min(sizes) >= SMALLEST_WORD, path
        assert len(" ".join(texts).split()) <= MOST_WORDS[width], path


def test_letters_with_a_tail_end_inside_the_drawing() -> None:
    for path in DRAWINGS:
        height = float(drawn(path).attrib["viewBox"].split()[3])
        placed = [text for text in drawn(path).iter(f"{SVG}text") if "y" in text.attrib]
        assert [text.text for text in placed if float(text.attrib["y"]) > height - TAIL] == [], path


def test_drawing_has_a_title_and_is_described_in_short_sentences() -> None:
    for path in DRAWINGS:
        described = drawn(path).findtext(f"{SVG}desc") or ""
        assert drawn(path).findtext(f"{SVG}title"), path
        assert described.endswith("."), path
        assert [each for each in re.split(r"(?<=[.!?]) ", described) if len(each.split()) > 14] == []


def test_drawing_is_shown_and_its_text_alternative_is_its_description() -> None:
    alternatives: dict[Path, set[str | None]] = {path: set() for path in DRAWINGS}
    for shown, text in uses():
        alternatives[CONTENT / shown].add(text)
    assert alternatives == {path: {drawn(path).findtext(f"{SVG}desc")} for path in DRAWINGS}


def test_all_that_is_shown_is_there() -> None:
    assert {CONTENT / shown for shown, _ in uses()} == set(DRAWINGS)
    assert len({path.name for path in DRAWINGS}) >= 20


def test_drawing_that_two_programmes_show_is_the_same_in_both() -> None:
    first: dict[str, bytes] = {}
    for path in DRAWINGS:
        assert path.read_bytes() == first.setdefault(path.name, path.read_bytes()), path
