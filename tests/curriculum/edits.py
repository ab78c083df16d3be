"""Texts of parts, and what two people may do with one: for tests of merging."""

from dataclasses import dataclass

from hypothesis import strategies as st

FRONT = "---\ntitel: Dagdeel\ndoel: Leren\nminuten: 30\n---\n\n"


@dataclass(frozen=True)
class Heading:
    """A block, or a step with `deep`; every line is of one heading alone."""

    id: str
    deep: bool
    lines: tuple[str, ...]

    def __str__(self) -> str:
        mark = f"### Stap {{#{self.id}}}" if self.deep else f"## Blok {{#{self.id} minuten=5}}"
        return "\n".join([mark, "", *self.lines, "", ""])


Outline = tuple[Heading, ...]


def written(outline: Outline) -> str:
    return FRONT + "\n".join(map(str, outline))


def lines_of(text: str) -> set[str]:
    """The lines that are of one heading alone."""
    return {line for line in text.split("\n") if line and not line.startswith("---")}


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    depths = draw(st.lists(st.booleans(), min_size=1, max_size=6))
    numbers = enumerate([False, *depths])
    counts = draw(st.lists(st.integers(0, 4), min_size=7, max_size=7))
    return tuple(
        Heading(f"kop-{at}", deep, tuple(f"{at}, regel {line}" for line in range(counts[at])))
        for at, deep in numbers
    )


@st.composite
def edited(draw: st.DrawFn, outline: Outline, by: str) -> Outline:
    """`outline` after some changes by somebody; what is new has their name."""
    found = list(outline)
    for number in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(found) - 1))
        deed = draw(st.sampled_from(["change", "add", "remove", "move", "line"]))
        one = found[at]
        if deed == "change" and one.lines:
            which = draw(st.integers(0, len(one.lines) - 1))
            lines = (*one.lines[:which], f"{by} {number}", *one.lines[which + 1 :])
            found[at] = Heading(one.id, one.deep, lines)
        elif deed == "line":
            found[at] = Heading(one.id, one.deep, (*one.lines, f"{by} {number}"))
        elif deed == "add":
            new = Heading(f"{by}-{number}", draw(st.booleans()), (f"{by} {number}",))
            found.insert(at + 1, new)
        elif deed == "remove" and len(found) > 1 and (at or not found[1].deep):
            del found[at]
        elif deed == "move" and at:
            found.insert(draw(st.integers(1, len(found) - 1)), found.pop(at))
    return tuple(found)


@st.composite
def threes(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text, and what two people made of it."""
    base = draw(outlines())
    return written(base), written(draw(edited(base, "wij"))), written(draw(edited(base, "zij")))


# Anything that somebody may have typed, most of it faulty.
anything = st.text(st.sampled_from("#{}= \nab:->`[]!TRINE"), max_size=80) | st.lists(
    st.sampled_from(
        ["---", "titel: a", "minuten: 5", "## A {#a minuten=5}", "### B {#b}", "## A", "tekst", "", "```"]
    ),
    max_size=14,
).map("\n".join)
