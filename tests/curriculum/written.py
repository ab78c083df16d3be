"""Texts of parts to edit: every one that is in the repository, and any that somebody could write."""

from pathlib import Path

from hypothesis import strategies as st

from tests.support.sources import ROOT
from trainer.curriculum.editing import run_of
from trainer.curriculum.pieces import read_pieces
from trainer.curriculum.programme import PLAN

FILES = sorted(
    path
    for pattern in ("content/*/*.md", "trainer/kinds/*/sample.md")
    for path in ROOT.glob(pattern)
    if path.name != "programma.md" and path.parent.name != PLAN
)
# What a word begins with is what matters to a reader of lines.
WORD = st.sampled_from([
    "a", "bc", "é", "*", "**", "***", "*a*", "_", "__b__", "a_b", "|", "|a|", "a|b", "||", "a\u2003b",
    "*\u2003a",
])  # fmt: skip
LINE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def named(path: Path) -> str:
    """The name of a test for this file."""
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    """A file as it is, whatever its lines end with."""
    return path.read_bytes().decode()


@st.composite
def bodies(draw: st.DrawFn) -> list[str]:
    """What is under a heading, in paragraphs."""
    items = st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {each}" for each in lines))
    notes = st.lists(LINE, min_size=1, max_size=2).map(lambda lines: "\n> ".join(["> [!TRAINER]", *lines]))
    titles = LINE.map(lambda line: f"#### {line}")
    code = LINE.map(lambda line: f"```\n## {line}\n- x\n```")
    return draw(st.lists(st.one_of(LINE, items, notes, titles, code), max_size=4))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A part of two to four blocks of up to three steps, some of them options, with any ends of lines."""
    pieces = ["---\ntitel: Deel\n---"]
    for block in range(draw(st.integers(2, 4))):
        pieces += [f"## Blok {block} {{#blok-{block} minuten=1{block}}}", *draw(bodies())]
        for step in range(draw(st.integers(0, 3))):
            option = draw(st.sampled_from(["", " optie=1", " optie=2"]))
            extra = draw(st.sampled_from(["", " max=3", ' naar="de groep"']))
            heading = f"### Stap {step}  {{#stap-{block}-{step}{option}{extra}}}"
            pieces += [heading, *draw(bodies())]
    text = "\n\n".join(pieces) + draw(st.sampled_from(["", "\n", "\n\n\n"]))
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", newline)


def edges(source: str, id_: str) -> tuple[str, str]:
    """Of the options that move together with a piece, the first and the last."""
    row = read_pieces(source).siblings(id_)
    run = run_of(row, next(at for at, piece in enumerate(row) if piece.id == id_))
    return row[run[0]].id, row[run[-1]].id


def runs(source: str, id_: str) -> set[frozenset[str]]:
    """The steps or blocks beside a piece that move together: options that stand next to each other."""
    row = read_pieces(source).siblings(id_)
    return {frozenset(row[index].id for index in run_of(row, at)) for at in range(len(row))}
