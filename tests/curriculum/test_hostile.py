"""Texts made to keep the server busy: each file is read within some two seconds of a machine of 2026."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.curriculum.standins import interpret, read, there
from tests.support.effort import effort
from tests.support.thorough import is_thorough
from trainer.curriculum.limits import MOST_BYTES, MOST_CHARACTERS, MOST_LINES
from trainer.curriculum.parse import read_part
from trainer.curriculum.problems import Problems
from trainer.curriculum.render import inline, render

FRONT = "---\ntitel: T\n---\n## A {#a minuten=5}\n\n"

# Each was among the slowest when this was measured, and stays under the limits, so that it is not refused.
UNITS = {
    "rules": "---\n",
    "bullets with emphasis": "- *a*\n",
    "nested bullets": "".join("    " * depth + "- a\n" for depth in range(6)),
    "nested quotes": "> > > > > > a\n\n",
    "headings": "#### a\n",
    "notes": "> [!TRAINER]\n> a\n\n",
    "tables": "a|b\n-|-\n" + "a|b\n" * 100 + "\n",
    "wide tables": "|a" * 30 + "\n" + "|-" * 30 + "\n" + ("|a" * 30 + "\n") * 15 + "\n",
    "brackets": "[" * 150 + "a " * 100 + "\n\n",
    "few brackets in long paragraphs": "[" * 12 + "a " * 2_400 + "\n\n",
    "emphasis": "*a*" * 60 + "\n\n",
    "emphasis without end": "*a **b _c " * 20 + "\n\n",
    "code spans": "".join("`" * (at % 9 + 1) + " " for at in range(40)) + "\n\n",
    "links": "[a](https://b)" * 40 + "\n\n",
    "bad links": "[a](b" * 40 + ")" * 40 + "\n\n",
    "addresses": "<a@b.nl>" * 100 + "\n\n",
    "entities": "&amp;" * 190 + "\n\n",
    "steps": "### B {#b}\n",
    "prose": "Dit is een *gewone* zin met een [link](https://voorbeeld.nl) erin. " * 5 + "\n\n",
}
LIMIT = 2_000
# Of the largest file: what grows faster than the file does is seen well enough in a quarter of one.
SHARE = 1 if is_thorough() else 1 / 4


def file_of(unit: str) -> str:
    """As much of `unit` as `SHARE` of the limits of a file, and those of a step, allow."""
    text = FRONT
    step = 0
    while True:
        step += 1
        head = f"\n### B {{#b-{step}}}\n\n"
        room_in_lines = int(MOST_LINES * SHARE) - text.count("\n") - 5
        room = min(MOST_CHARACTERS, int(MOST_BYTES * SHARE) - len(text) - 100)
        lines = max(unit.count("\n"), 1)
        times = min(room // len(unit), room_in_lines // lines, 590 // lines)
        for sign, most in (("[", 1_990 * SHARE), ("*_`<&(|\\![]", 14_900 * SHARE)):
            density = sum(unit.count(character) for character in sign)
            used = sum(text.count(character) for character in sign)
            times = min(times, int(most - used) // density) if density else times
        if times <= 0:
            return text
        text += head + unit * times


@pytest.mark.parametrize("name", UNITS)
def test_hostile_file_is_read_in_time(name: str) -> None:
    text = file_of(UNITS[name])

    assert effort(lambda: read(text)) < LIMIT * SHARE


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "![" * 10_000,
        "[a](" * 10_000,
        "*" * 200_000,
        "*a " * 60_000,
        "**a *b " * 20_000,
        "_a __b " * 20_000,
        "> " * 50_000,
        ">" * 100_000,
        "\n".join("    " * depth + "- a" for depth in range(500)),
        "- " * 50_000,
        "`" * 200_000,
        "` `` " * 20_000,
        "<" * 200_000,
        "<a@" * 50_000,
        "&#" * 50_000,
        "\\" * 200_000,
        "|" * 200_000,
        "a|b\n-|-\n" + "|" * 50_000,
        "#" * 200_000,
        "---\n" * 50_000,
        "\n" * 250_000,
        " " * 250_000,
        "```\n" * 50_000,
        "a" * 250_000,
        "[!TRAINER]" * 20_000,
        "((((" * 50_000,
        "[a](" + "(" * 50_000,
    ],
    ids=lambda text: f"{text[:8]!r} x {len(text)}",
)
def test_hostile_text_is_rendered_in_time(text: str) -> None:
    def work() -> None:
        render(text)
        inline(text)
        read(FRONT + text)
        read(FRONT + "\n".join(text[at : at + 4_000] for at in range(0, len(text), 4_000)))

    assert effort(work) < LIMIT


@pytest.mark.parametrize(
    "front",
    [
        "[" * 15_000,
        "{" * 15_000,
        "- " * 7_000,
        "a: " * 5_000,
        "? " * 7_000,
        "titel: [" + "a," * 7_500 + "]",
        "bronnen: [" + "[]," * 5_000 + "]",
        "titel: " + '"\\u0041"' * 1_500,
        "&a " * 5_000,
        "!!python/object:os.system [x]",
        "titel: |\n" + "  a\n" * 3_000,
    ],
    ids=lambda text: f"{text[:8]!r} x {len(text)}",
)
def test_hostile_front_matter_is_read_in_time(front: str) -> None:
    text = f"---\n{front}\n---\n## A {{#a minuten=5}}\n"

    def work() -> None:
        part, problems = read(text)
        assert part is None or problems == []

    assert effort(work) < LIMIT


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    problems = Problems()

    part = read_part(data, "dagdeel-1.md", interpret, problems)

    assert (part is None) == bool(problems)


PIECES = st.sampled_from([
    "---\n", "titel: T\n", "doel: [", "bronnen:\n  - a\n", "minuten: 5\n", "## ", "### ", "#### ", "A ",
    "{#a", "{", "}", " minuten=5", " werkvorm=flap", " werkvorm=x", " optie=1", " optie=2", ' max="3"', "=",
    '"', "#b", "\n", "\n\n", "> [!TRAINER]\n", "> ", "- a\n", "```\n", "    ", "\t", "|a|b|\n|-|-|\n", "<b>",
    "[a](b)", "![a](b.png)", "\r", "*", "é", "\0", "\ufeff", "\u2028", "&a", "*a", ": ", "\\", "!",
])  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_raises(text: str) -> None:
    problems = Problems()

    part = read_part(text.encode(), "dagdeel-1.md", interpret, problems, images=there)

    assert (part is None) == bool(problems)
    lines = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert all(1 <= problem.line <= lines + 1 for problem in problems.found)
