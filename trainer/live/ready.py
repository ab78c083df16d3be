"""What trainers see to before a part is given, found in its text; and what of it they ticked.

Notes say it in a paragraph that begins with a bold label: 'Klaarleggen:', or one with 'vooraf' in it, such as
'Kijk vooraf:'. A step with the word 'film' in its id or title shows a film. Hand-outs are named in bold or in
quotes, after 'bijlage', 'werkblad' or 'lijst'.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Literal, Protocol

from markupsafe import Markup

from trainer.curriculum.model import Handout, Part
from trainer.curriculum.render import plain
from trainer.kinds.contract import Command, Rejected
from trainer.live.state import MeetingState

Sort = Literal["look", "film", "print", "lay"]
NO_SUCH_POINT = Rejected("not-now", "Dit punt staat er niet meer. De tekst is veranderd.")
FIND_FILM = Markup("Zoek de film op. Test beeld en geluid.")

# A paragraph that begins with a bold label, and the list right below it.
_LABELLED = re.compile(r"<p><strong>([^<]+)</strong>(.*?)</p>(?:\s*<ul>(.*?)</ul>)?", re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_FILM = re.compile(r"\bfilm\b", re.IGNORECASE)
_BEFOREHAND = re.compile(r"\bvooraf\b", re.IGNORECASE)
_NAME = r"(?:<strong>[^<]+</strong>|'[^'<]+')"
_NAMING = re.compile(rf"\b(bijlagen?|werkblad|lijst)\s+({_NAME}(?:(?:,|\s+en)\s+{_NAME})*)", re.IGNORECASE)
_EACH_NAME = re.compile(_NAME)


@dataclass(frozen=True, slots=True)
class Point:
    """Something to see to beforehand; another text is another point, with another `key`.

    `step` is '' when it is about the whole block. `text` is one line of HTML; of a hand-out (`print`) it is
    what the text calls it, and `certain` says that it can be nothing but a hand-out.
    """

    key: str
    sort: Sort
    block: str
    step: str
    text: Markup
    certain: bool = True


def points(part: Part) -> tuple[Point, ...]:
    """All points of a part, in order, whatever is chosen; a hand-out is there each time that it is named."""
    found: list[Point] = []
    for block in part.blocks:
        found += _of_notes(block.notes, block.id, "")
        found += _named_in(block.notes, block.id, "")
        for step in block.steps:
            film = bool(_FILM.search(f"{step.id} {step.title}"))
            own = list(_of_notes(step.notes, block.id, step.id, film=film))
            if film and not own:
                own = [_point("film", block.id, step.id, FIND_FILM)]
            found += own
            found += _named_in(Markup("\n").join((step.html, step.notes)), block.id, step.id)
    return tuple(found)


def _of_notes(notes: Markup, block: str, step: str, *, film: bool = False) -> Iterator[Point]:
    for label, text, items in _LABELLED.findall(notes):
        told = label.casefold()
        lay = told.startswith("klaarleggen")
        if not lay and (told.startswith("zeg") or not _BEFOREHAND.search(told)):
            continue
        sort: Sort = "film" if film else "lay" if lay else "look"
        # 'Klaarleggen voor de zaal' says more than what it is.
        more = "" if told.strip(" :") in ("klaarleggen", "kijk vooraf", "vooraf") else f"<em>{label}</em> "
        lines = [text, *_ITEM.findall(items)]
        for line in (line.strip() for line in lines):
            if plain(line):
                yield _point(sort, block, step, Markup(more + line))


def _named_in(html: Markup, block: str, step: str) -> Iterator[Point]:
    for word, naming in _NAMING.findall(html):
        for name in _EACH_NAME.findall(naming):
            called = Markup(plain(name).strip("'"))
            yield _point("print", block, step, called, certain=word.casefold().startswith("bijlage"))


def _point(sort: Sort, block: str, step: str, text: Markup, *, certain: bool = True) -> Point:
    # A hand-out is printed once, wherever it is named.
    about = ("print", slug(text)) if sort == "print" else (sort, block, step, plain(text))
    key = blake2b("\n".join(about).encode(), digest_size=8).hexdigest()
    return Point(key, sort, block, step, text, certain)


def slug(name: str) -> str:
    """A name as an id: 'Wat wel, wat niet' is 'wat-wel-wat-niet'."""
    return "-".join(re.findall(r"\w+", name.casefold()))


def handout(name: str, handouts: Sequence[Handout]) -> Handout | None:
    """The hand-out that a text names, by its id or its title; None when there is none."""
    return next((each for each in handouts if slug(name) in (each.id, slug(each.title))), None)


class _OfPart(Protocol):
    @property
    def part(self) -> Part: ...


def tick(context: _OfPart, state: MeetingState, command: Command) -> MeetingState | Rejected:
    """Ticks the points `on` and unticks the points `off`, and leaves all others as they are."""
    keys = {point.key for point in points(context.part)}
    on, off = set(command.all("on")), set(command.all("off"))
    if not on | off <= keys:
        return NO_SUCH_POINT
    return replace(state, ticked=tuple(sorted((set(state.ticked) & keys) - off | on)))
