"""All paper of a meeting: which exercises, posters, hand-outs and texts, and how many copies of each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from trainer.curriculum.model import Block, Handout, Step
from trainer.curriculum.render import plain
from trainer.exports.given import Given
from trainer.exports.notes import READY, said
from trainer.exports.things import Group, named, sentences
from trainer.kinds.contract import Kind
from trainer.live.places import steps_at

# All copies are on one page, which the server makes at once. A copying machine makes more of one.
MOST_PEOPLE, MOST_COPIES = 60, 100
_EVERYBODY = re.compile(r"\b(?:iedereen|ieder|per persoon)\b")
_PAIR = re.compile(r"\bper tweetal\b")
_BOLD = re.compile(r"<strong>(.*?)</strong>", re.DOTALL)
READING = "lezen"
# What stands before the name of a hand-out.
_BEFORE = ("'", "bijlage", "werkblad", "lijst", "het", "de")


class Sort(StrEnum):
    """What a paper is for, in the order of use."""

    POSTER = "poster"
    EXERCISE = "exercise"
    HANDOUT = "handout"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to print, `copies` times. `key` names it in forms and addresses.

    `people`: for how many it has what people need together, such as cards; 0 where nobody said so. `step` and
    `handout` say what it is; both are None for the texts to read aloud.
    """

    key: str
    sort: Sort
    title: str
    block: str
    copies: int
    people: int = 0
    step: Step | None = None
    handout: Handout | None = None


def papers(
    given: Given, kinds: Mapping[str, Kind], handouts: Sequence[Handout], group: Group
) -> tuple[Paper, ...]:
    """All that can be printed for a part as it will be given, with as many copies as the group needs.

    One of each exercise where nobody said how many people there are.
    """
    alone = not group.people or group.without == group.people
    return (
        *_posters(given, kinds, alone),
        *_exercises(given, kinds, group),
        *_handouts(given, handouts, group),
        Paper(
            READING, Sort.READING, "Teksten en dia's om voor te lezen", "", int(alone and bool(group.people))
        ),
    )


def chosen(found: Sequence[Paper], copies: Mapping[str, int]) -> tuple[Paper, ...]:
    """The same papers with other numbers of copies, by key."""
    return tuple(replace(paper, copies=copies.get(paper.key, paper.copies)) for paper in found)


def by_sort(found: Sequence[Paper]) -> list[tuple[Sort, list[Paper]]]:
    """Papers of one sort together, each sort once."""
    sorted_out = ((sort, [paper for paper in found if paper.sort is sort]) for sort in Sort)
    return [(sort, same) for sort, same in sorted_out if same]


def to_read(given: Given, kinds: Mapping[str, Kind]) -> list[Step]:
    """The steps that are only on the screen: without one, a trainer reads them out."""
    shown = ((step, kinds[step.kind]) for _, step in given.order() if not _on_paper(kinds[step.kind]))
    return [step for step, kind in shown if kind.stage != "break"]


def _on_paper(kind: Kind) -> bool:
    return kind.takes_posts or kind.printed


def _exercises(given: Given, kinds: Mapping[str, Kind], group: Group) -> Iterator[Paper]:
    for block, whole in given.order():
        kind = kinds[whole.kind]
        if not _on_paper(kind):
            continue
        people = group.people if kind.for_room else group.without
        there = tuple(steps_at(kind, whole).values()) or (whole,)
        each = -(-people // len(there))
        for step in there:
            copies = (kind.copies(step.settings, each) if each else 0) if group.people else 1
            title = f"{step.title}: {step.place.title}" if step.place else step.title
            yield Paper(
                f"w-{step.id}", Sort.EXERCISE, title, block.title, min(copies, MOST_COPIES), each, step
            )


def _posters(given: Given, kinds: Mapping[str, Kind], alone: bool) -> Iterator[Paper]:
    """What hangs on the wall: texts that the notes want there by their titles, and posters of exercises."""
    wanted = " ".join(text for _, text in _ready(given))
    for block, step in given.order():
        kind = kinds[step.kind]
        is_wanted = not kind.is_exercise and f"'{step.title}'" in wanted
        if is_wanted or kind.has_poster:
            copies = int(is_wanted or alone)
            yield Paper(f"m-{step.id}", Sort.POSTER, step.title, block.title, copies, step=step)


def _handouts(given: Given, handouts: Sequence[Handout], group: Group) -> Iterator[Paper]:
    """Hand-outs: for everybody where they must be at hand, and for people without a phone where named."""
    ready, bold = list(_ready(given)), _named_in_bold(given)
    for handout in handouts:
        where = next(((block, text) for block, text in ready if _names(text, handout)), None)
        if where:
            copies = _needed(where[1], group) if group.people else 1
        else:
            copies = group.without if any(_names(text, handout) for text in bold) else 0
        block = where[0].title if where else ""
        yield Paper(f"b-{handout.id}", Sort.HANDOUT, handout.title, block, copies, handout=handout)


def _needed(text: str, group: Group) -> int:
    return -(-group.people // 2) if _PAIR.search(text) and not _EVERYBODY.search(text) else group.people


def _ready(given: Given) -> Iterator[tuple[Block, str]]:
    """All that notes name or ask for under 'Klaarleggen', piece by piece."""
    for block, notes in given.noted():
        for found in said(notes, READY):
            for text in sentences(found, given.options(block)):
                for thing in named(text):
                    yield block, ", ".join((thing.name, *thing.more))


def _named_in_bold(given: Given) -> list[str]:
    texts = [step.html for _, step in given.order()] + [notes for _, notes in given.noted()]
    return [f"'{plain(title)}'" for text in texts for title in _BOLD.findall(str(text))]


def _names(text: str, handout: Handout) -> bool:
    """Does a text name a hand-out by its title or its file? As a title, for 'peer support' is many things."""
    said = f" {_words(text)} "
    names = {_words(handout.title), _words(handout.id)}
    return any(f" {before} {name} " in said for before in _BEFORE for name in names)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+|'", text.lower()))
