"""Texts of parts to edit: every one that is in the repository, and any that somebody could write."""

import random
from collections.abc import Callable
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
WORDS = (
    "a", "bc", "é", "*", "**", "***", "*a*", "_", "__b__", "a_b", "|", "|a|", "a|b", "||", "a\u2003b",
    "*\u2003a",
)  # fmt: skip


def named(path: Path) -> str:
    """The name of a test for this file."""
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    """A file as it is, whatever its lines end with."""
    return path.read_bytes().decode()


def texts() -> st.SearchStrategy[str]:
    """A part of two to four blocks of up to three steps, some of them options, with any ends of lines.

    A number makes the text: where Hypothesis chose every word, that took most of the time of these tests.
    """
    return st.integers(0, 2**64 - 1).map(lambda number: _text(random.Random(number)))


def _text(chance: random.Random) -> str:
    pieces = ["---\ntitel: Deel\n---"]
    for block in range(chance.randint(2, 4)):
        pieces += [f"## Blok {block} {{#blok-{block} minuten=1{block}}}", *_body(chance)]
        for step in range(chance.randint(0, 3)):
            option = chance.choice(["", " optie=1", " optie=2"])
            extra = chance.choice(["", " max=3", ' naar="de groep"'])
            pieces += [f"### Stap {step}  {{#stap-{block}-{step}{option}{extra}}}", *_body(chance)]
    text = "\n\n".join(pieces) + chance.choice(["", "\n", "\n\n\n"])
    newline = chance.choice(["\n", "\r\n", "\r"])
    return chance.choice(["", "\ufeff"]) + text.replace("\n", newline)


def _body(chance: random.Random) -> list[str]:
    """What is under a heading, in paragraphs."""

    def lines(most: int) -> list[str]:
        return [
            " ".join(chance.choices(WORDS, k=chance.randint(1, 4))) for _ in range(chance.randint(1, most))
        ]

    makes: tuple[Callable[[], str], ...] = (
        lambda: lines(1)[0],
        lambda: "\n".join(f"- {each}" for each in lines(3)),
        lambda: "\n> ".join(["> [!TRAINER]", *lines(2)]),
        lambda: f"#### {lines(1)[0]}",
        lambda: f"```\n## {lines(1)[0]}\n- x\n```",
    )
    return [chance.choice(makes)() for _ in range(chance.randint(0, 4))]


def edges(source: str, id_: str) -> tuple[str, str]:
    """Of the options that move together with a piece, the first and the last."""
    row = read_pieces(source).siblings(id_)
    run = run_of(row, next(at for at, piece in enumerate(row) if piece.id == id_))
    return row[run[0]].id, row[run[-1]].id


def runs(source: str, id_: str) -> set[frozenset[str]]:
    """The steps or blocks beside a piece that move together: options that stand next to each other."""
    row = read_pieces(source).siblings(id_)
    return {frozenset(row[index].id for index in run_of(row, at)) for at in range(len(row))}
