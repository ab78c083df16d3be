"""What must be at hand for a meeting: one list, made of what the trainers' notes say under 'Klaarleggen'.

Notes are prose. A sentence that only names things is taken apart, see `things.py`; one that asks for
something to be done stays whole, as a task. Nothing is added to what the notes say but how many, where they
say for whom.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.curriculum.model import Block
from trainer.exports.given import Given
from trainer.exports.notes import LATER, NO_PHONES, READY, said
from trainer.exports.things import TITLES, Group, Named, begun, sentences, shelf_of, sort_out


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to have at hand: how many, None where nobody can tell, and the blocks that it is for."""

    text: str
    amount: int | None
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do, and the block that it is for."""

    text: str
    block: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Things of one sort."""

    title: str
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Materials:
    """All that a meeting needs: things, what to do beforehand, what people without a phone need besides, and
    what is kept for later."""

    shelves: tuple[Shelf, ...]
    tasks: tuple[Task, ...]
    without_phones: tuple[Task, ...]
    for_later: tuple[Task, ...]


def materials(given: Given, group: Group) -> Materials:
    """The list for a part as it will be given to a group."""
    named: dict[str, list[tuple[Named, str]]] = {}
    tasks: list[Task] = []
    for block, texts in _ready(given):
        things, asked = sort_out(texts)
        tasks += (Task(text, block.title) for text in asked)
        for thing in things:
            named.setdefault(thing.key, []).append((thing, block.title))
    shelves: dict[str, list[Thing]] = {}
    for found in named.values():
        merged = _merged(found, group)
        shelves.setdefault(shelf_of(merged.text), []).append(merged)
    return Materials(
        tuple(Shelf(title, tuple(shelves[title])) for title in sorted(shelves, key=TITLES.index)),
        tuple(dict.fromkeys(tasks)),
        tuple(_under(given, NO_PHONES)),
        tuple(_under(given, LATER)),
    )


def _ready(given: Given) -> Iterator[tuple[Block, list[str]]]:
    """The sentences of each 'Klaarleggen', without those for an option that is not given."""
    for block, notes in given.noted():
        options = given.options(block)
        for found in said(notes, READY):
            yield block, list(sentences(found, options))


def _under(given: Given, label: str) -> Iterator[Task]:
    for block, notes in given.noted():
        for found in said(notes, label):
            yield Task(" ".join(begun(text) for text in sentences(found, given.options(block))), block.title)


def _merged(found: Sequence[tuple[Named, str]], group: Group) -> Thing:
    """One thing of all that several blocks say of it."""
    more = dict.fromkeys(each for thing, _ in found for each in thing.more)
    longest = max((thing.name for thing, _ in found), key=len)
    amounts = [amount for thing, _ in found if (amount := thing.amount(group)) is not None]
    blocks = tuple(dict.fromkeys(title for _, title in found))
    return Thing(begun(", ".join((longest, *more))), max(amounts, default=None), blocks)
