"""Drawings: written anew from what is allowed, so that nothing of a file can act in a page."""

import re
from pathlib import Path

import pytest

from tests.curriculum.workshop import problems, write
from trainer.config import ROOT
from trainer.curriculum.drawing import COLOURS, TINTS, Undrawable, read_drawing
from trainer.library.drawings import Drawings

FRAME = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400">{}</svg>'
LINE = '<path class="s-ink" fill="none" stroke-width="8" d="M0 0L9,9"/>'
OURS = sorted([*ROOT.glob("content/*/platen/*.svg"), *ROOT.glob("trainer/kinds/*/platen/*.svg")])
# The colours of which the name is not that of the token.
TOKENS = {
    "soft": "ink-soft", "orange": "group-oranje", "green": "group-groen", "pink": "group-roze",
    "purple": "group-paars", "red": "group-rood", "grey": "group-grijs",
} | {tint: f"tint-{tint}" for tint in TINTS}  # fmt: skip


def drawn(inner: str) -> str:
    return str(read_drawing(FRAME.format(inner).encode()).inner)


def refusal(data: str) -> str:
    with pytest.raises(Undrawable) as raised:
        read_drawing(data.encode())
    return str(raised.value)


def test_drawing_is_its_shapes_and_its_words() -> None:
    words = '<g><text x="3" font-size="52">je &amp; ik<tspan x="3" dy="60">samen</tspan></text></g>'

    assert drawn(words) == words
    assert drawn(f"\n  {LINE}\n") == LINE.removesuffix("/>") + "></path>"


def test_style_title_and_description_of_the_file_are_left_out() -> None:
    assert drawn("<style>text{fill:red}</style><title>Een <b>titel</b></title><desc>x</desc>") == ""


def test_drawing_in_a_page_is_a_picture_with_a_description() -> None:
    html = read_drawing(FRAME.format("").encode()).html('Een "pad" <omhoog>')

    description = "Een &#34;pad&#34; &lt;omhoog&gt;"
    assert html == f'<svg class="drawing" viewBox="0 0 600 400" role="img" aria-label="{description}"></svg>'


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        ("<script>alert(1)</script>", "2: 'script' kan niet"),
        ("<foreignObject><p>x</p></foreignObject>", "2: 'foreignObject' kan niet"),
        ('<use href="#x"/>', "2: 'use' kan niet"),
        ('<a href="javascript:alert(1)"><text>x</text></a>', "2: 'a' kan niet"),
        ('<image href="https://elders.example/x.png"/>', "2: 'image' kan niet"),
        ('<animate attributeName="x"/>', "2: 'animate' kan niet"),
        ('<g onclick="alert(1)"/>', "2: 'onclick=\"alert(1)\"' kan niet"),
        ('<g style="fill:red"/>', "2: 'style=\"fill:red\"' kan niet"),
        ('<g id="view"/>', "2: 'id=\"view\"' kan niet"),
        ('<g class="f-ink button"/>', "2: 'class=\"button\"' kan niet"),
        ('<rect fill="#ff0000"/>', "2: 'fill=\"#ff0000\"' kan niet"),
        ('<rect fill="url(https://elders.example/)"/>', "2: 'fill=\"url("),
        ('<rect width="100%"/>', "2: 'width=\"100%\"' kan niet"),
        ('<path d="M0 0&#34;&gt;"/>', "2: 'd="),
        ('<g transform="matrix(1 0 0 1 0 0)"/>', "2: 'transform="),
        ("los", "2: tekst hoort in 'text'"),
        ("<g>" * 12 + "</g>" * 12, "2: meer dan 400 vormen, of meer dan 12 in elkaar"),
        ("<g/>" * 400, "2: meer dan 400 vormen"),
        ("<g>", "2: dit is geen SVG"),
    ],
)
def test_what_a_drawing_may_not_have_is_refused_with_its_line(inner: str, why: str) -> None:
    assert refusal(FRAME.format(f"\n{inner}")).startswith(why)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "x">]>' + FRAME.format("<text>&a;</text>"), "1: een tekening heeft geen"),
        ('<svg viewBox="0 0 600 400"/>', "1: een tekening begint met"),
        (FRAME.format("").replace(" viewBox", ' onload="alert(1)" viewBox'), "1: een tekening begint met"),
        ("<html/>", "1: een tekening begint met"),
        ("", "1: dit is geen SVG"),
        (FRAME.format(LINE * 400), "1: een tekening is hooguit 20 kB"),
    ],
)
def test_file_that_is_no_drawing_is_refused(data: str, why: str) -> None:
    assert refusal(data).startswith(why)


def test_check_names_the_line_of_the_text_and_that_of_the_drawing(content: Path) -> None:
    part = "---\ntitel: Deel\n---\n\n## Welkom {#welkom minuten=15}\n\n![Een pad](platen/pad.svg)\n"
    write(content / "workshop", "deel.md", part)
    missing = problems(content)
    write(content / "workshop", "platen/pad.svg", FRAME.format("\n<script/>"))

    assert missing == ["workshop/deel.md:7: de afbeelding 'platen/pad.svg' is er niet [text.image-missing]"]
    assert problems(content) == [
        "workshop/deel.md:7: 'platen/pad.svg' regel 2: 'script' kan niet in een tekening [text.drawing]"
    ]


def test_image_of_a_drawing_becomes_the_drawing_and_others_stay(content: Path) -> None:
    write(content / "workshop", "platen/pad.svg", FRAME.format(LINE))
    write(content / "workshop", "platen/fout.svg", "<svg/>")
    drawings = Drawings(content)
    images = [
        f'<img alt="Een &quot;pad&quot;" src="/programma/workshop/{name}">'
        for name in ("platen/pad.svg", "platen/weg.svg", "platen/fout.svg", "platen/../pad.svg", "plaat.png")
    ]

    first, *others = drawings.put_into("\n".join(images)).split("\n")

    assert first.startswith(
        '<svg class="drawing" viewBox="0 0 600 400" role="img" aria-label="Een &#34;pad&#34;">'
    )
    assert others == images[1:]


def house_style() -> str:
    """The style of a file that is looked at by itself: the colours of `tokens.css`, in both themes."""
    css, of_dark = (
        (ROOT / "static" / "css" / name).read_text("utf-8") for name in ("tokens.css", "tokens_dark.css")
    )
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", each.split("}")[0])) for each in (css, of_dark)
    )
    pairs = [(colour, TOKENS.get(colour, colour)) for colour in (*COLOURS, *TINTS)]
    in_light = ";".join(f"--{colour}:{light[token]}" for colour, token in pairs)
    in_dark = ";".join(f"--{colour}:{dark[token]}" for colour, token in pairs if dark[token] != light[token])
    font = re.search(r"--font: (.*);", css)[1].replace(", ", ",")
    drawn = f"fill:var(--ink);font-family:{font};stroke-linecap:round;stroke-linejoin:round"
    rules = "".join(
        f".f-{colour}{{fill:var(--{colour})}}.s-{colour}{{stroke:var(--{colour})}}" for colour in COLOURS
    )
    rules += "".join(f".f-{tint}{{fill:var(--{tint})}}" for tint in TINTS)
    dark_rule = f"@media(prefers-color-scheme:dark){{svg{{{in_dark}}}}}"
    return f"<style>svg{{{in_light};{drawn}}}{dark_rule}{rules}</style>"


def test_drawing_of_ours_can_be_shown_in_a_page_and_by_itself() -> None:
    style = house_style()
    assert len(OURS) > 60
    for path in OURS:
        assert read_drawing(path.read_bytes()).inner, path
        assert style in path.read_text("utf-8"), path


def test_every_colour_of_a_drawing_has_a_rule_in_the_style_sheet() -> None:
    css = (ROOT / "static" / "css" / "base.css").read_text("utf-8")
    rules = set(re.findall(r"\.drawing \.([fs])-([\w-]+) { (fill|stroke): var\(--([\w-]+)\); }", css))

    uses = [("f", "fill", colour) for colour in (*COLOURS, *TINTS)] + [
        ("s", "stroke", each) for each in COLOURS
    ]
    assert rules == {(use, colour, what, TOKENS.get(colour, colour)) for use, what, colour in uses}


def test_what_a_trainer_chose_as_dark_is_what_a_device_calls_dark() -> None:
    """The colours stand in two files, so that phones, which follow their device, do not get them twice."""
    css, chosen = (
        (ROOT / "static" / "css" / name).read_text("utf-8") for name in ("tokens.css", "tokens_dark.css")
    )
    light, dark, projected = (
        dict(re.findall(r"--([\w-]+): ([^;]+);", each))
        for each in (*css.split("@media (prefers-color-scheme: dark)"), chosen)
    )

    assert {**light, **projected} == {**light, **dark}
