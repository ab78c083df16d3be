"""The picture cards of the training: one hand, small, nothing in them but shapes, and each of them in use."""

import re
from xml.etree import ElementTree

from trainer.config import ROOT

FOLDER = ROOT / "content" / "training"
PICTURES = sorted(FOLDER.glob("kaart-*.svg"))
MOST_BYTES, MOST_BYTES_OF_ALL = 4_000, 100_000
SHAPES = {"svg", "g", "path", "rect", "circle", "ellipse"}
HARMLESS = {
    "viewBox", "d", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "transform",
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
}  # fmt: skip


def house_colours() -> set[str]:
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text("utf-8")
    return set(re.findall(r"#[0-9a-f]{6}\b", tokens))


def test_picture_is_small_and_has_only_shapes() -> None:
    for path in PICTURES:
        drawing = ElementTree.fromstring(path.read_text("utf-8"))
        names = {element.tag.rpartition("}")[2] for element in drawing.iter()}
        attributes = {name for element in drawing.iter() for name in element.attrib}
        text = "".join(drawing.itertext()).strip()
        assert (names - SHAPES, attributes - HARMLESS, text) == (set(), set(), ""), path
        assert path.stat().st_size <= MOST_BYTES


def test_picture_is_drawn_as_the_others() -> None:
    house = house_colours()
    for path in PICTURES:
        drawing = ElementTree.fromstring(path.read_text("utf-8"))
        pen, inside = drawing[1].attrib, [each.attrib for each in drawing.iter()]
        colours = {each[name] for each in inside for name in ("fill", "stroke") if name in each}
        line = (pen["stroke-width"], pen["stroke-linejoin"], pen["stroke-linecap"])
        assert drawing.attrib == {"viewBox": "0 0 400 300"}, path
        assert line == ("7", "round", "round"), path
        assert colours - {"none"} - house == set(), path


def test_there_are_thirty_six_and_all_are_light() -> None:
    assert len(PICTURES) == 36
    assert sum(path.stat().st_size for path in PICTURES) <= MOST_BYTES_OF_ALL


def test_every_picture_is_a_card_described_in_one_short_sentence_of_its_own() -> None:
    part = (FOLDER / "dagdeel-1.md").read_text("utf-8")
    found = re.findall(r"^- !\[([^\]]+)\]\((kaart-[\w-]+\.svg)\) (\S+(?: \S+)?)$", part, re.MULTILINE)
    descriptions = [description for description, _, _ in found]
    assert sorted(name for _, name, _ in found) == [path.name for path in PICTURES]
    assert len(set(descriptions)) == len({title for _, _, title in found}) == 36
    assert [each for each in descriptions if len(each.split()) > 15 or each.count(".") != 1] == []
