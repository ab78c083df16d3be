"""The things that a sentence of the trainers' notes names, where they belong, and how many there must be."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from trainer.curriculum.render import plain
from trainer.exports.given import TRAINERS
from trainer.exports.notes import Said

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ'‘])")
# What is in quotes or brackets is one thing, whatever stands in it.
_KEPT = re.compile(r"'[^']*'|\([^)]*\)")
_HELD = re.compile("\0(\\d+)\0")
_COMMA = re.compile(r",\s+(?:en\s+)?")
_AND = re.compile(r"\s+en\s+(?=(?:de|het|een|één)\s)")
_STRONG = re.compile(r"<strong>(.*?)</strong>", re.DOTALL)
_OPTION = re.compile(r"\s*\(optie (\d)\)")
_ARTICLE = re.compile(r"^(?:de|het|een|ook|en|of)\s+", re.IGNORECASE)
# How a sentence begins that says what to do, or when something holds.
TASKS = frozenset({
    "als", "bestaat", "bewaar", "controleer", "dagdeel", "deel", "druk", "geen", "geef", "haal", "hang", "is",
    "kies", "koop", "kijk", "laat", "leen", "leg", "maak", "meer", "minder", "neem", "oefen", "plak", "print",
    "regel", "reserveer", "schrijf", "schud", "spreek", "stuur", "teken", "test", "vraag", "vul", "wil",
    "zet", "zijn", "zoek", "zorg",
})  # fmt: skip
_SAYS = re.compile(r"\?|\bsta(?:at|an)\b")
# How a piece begins that says more of the thing before it.
MORE = (
    "afgedrukt", "bij", "die", "in", "ingevuld", "liefst", "met", "minstens", "of", "om", "op", "per", "tot",
    "van", "voor", "zodat", "zonder", "één per",
)  # fmt: skip
# Where each thing is to be found; the first shelf that knows a word of it has it.
SHELVES = (
    ("Eten, drinken en zorg", r"\b(?:koffie|thee|water|eten|drinken|lunch|zakdoek|pleister)|tissue"),
    (
        "Papier en kaarten",
        r"kaart|\bvel(?:len)?\b|flap|post-it|briefje|sticker|bijlage|blad(?:en)?\b|profiel|opdracht|evaluatie|lijst"
        r"|papier|foto|tijdschrift|plattegrond|uitkomst|afspraken",
    ),
    ("Schrijven en plakken", r"\bpen|potlo|stift|lijm|scha(?:ar|ren)|touw|knijper|\btape\b|krijt"),
    ("Zaal en scherm", r"stoel|kring|tafel|scherm|beamer|\bbel\b|klok|timer|\blijn\b|plek|\bboom\b|laptop"),
    ("En verder", ""),
)
TITLES = tuple(title for title, _ in SHELVES)
_NUMBERS = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6}
_EACH = re.compile(r"\b(?:per persoon|per deelnemer|voor iedereen|voor ieder|voor elke deelnemer)\b")
_PAIR = re.compile(r"\b(?:per tweetal|voor elk tweetal)\b")
_NO_PHONE = re.compile(r"kaart.*\bvoor (?:wie geen|mensen zonder) telefoon")
_SEATS = re.compile(r"^naamsticker|^naamkaart|^(?:een )?kring van stoelen|^stoelen in een kring")


@dataclass(frozen=True, slots=True)
class Group:
    """For whom things are: `people` in the room, of whom `without` have no phone. 0 people: nobody knows."""

    people: int = 0
    without: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its name, and what else a sentence says of it."""

    name: str
    more: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The same for the same thing."""
        return " ".join(_EACH.sub("", _ARTICLE.sub("", self.name.partition(":")[0].lower())).split())

    def amount(self, group: Group) -> int | None:
        """How many, as far as the words say for whom it is; None where they do not, or nobody knows."""
        text = ", ".join((self.name, *self.more)).lower()
        if not group.people:
            return None
        if _SEATS.search(text):
            return group.people + TRAINERS
        if group.without and _NO_PHONE.search(text):
            return group.without
        for pattern, people in ((_EACH, 1), (_PAIR, 2)):
            found = pattern.search(text)
            if found:
                before = re.findall(r"\w+", text[: found.start()])
                times = _NUMBERS.get(before[-1], 1) if before else 1
                return times * -(-group.people // people)
        return None


def sentences(found: Said, options: Collection[int]) -> Iterator[str]:
    """What stands under a label, by sentence and item, but for what is for an option not in `options`."""
    # What is bold is a title, which may have a comma.
    whole, *items = (plain(_STRONG.sub(r"'\1'", str(each))) for each in (found.text, *found.items))
    for text in (*_SENTENCE.split(whole), *items):
        about = {int(number) for number in _OPTION.findall(text)}
        if text and (not about or about & set(options)):
            yield _OPTION.sub("", text)


def sort_out(texts: Iterable[str]) -> tuple[list[Named], list[str]]:
    """The things that the sentences of one note name, and what these ask for, as one task at most."""
    things: list[Named] = []
    tasks: list[str] = []
    asked = False
    for text in texts:
        first = re.findall(r"[\w-]+", text.lower() + " .")[0]
        goes_on = first in ("en", "of", "ook")
        if (asked and goes_on) or first in TASKS or _SAYS.search(text):
            # One task for each note: a question and its answer are no two tasks.
            tasks[:] = [f"{tasks[0]} {begun(text)}"] if tasks else [begun(text)]
            asked = True
        elif first == "of" and things:
            last = things.pop()
            things.append(
                Named(last.name, (*last.more, text.rstrip(". ")[:1].lower() + text.rstrip(". ")[1:]))
            )
        else:
            things += named(re.sub(r"^Ook\s+", "", text))
            asked = False
    return things, tasks


def named(text: str) -> Iterator[Named]:
    """The things that a sentence names."""
    kept: list[str] = []

    def hold(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\0{len(kept) - 1}\0"

    def free(held: str) -> str:
        return _HELD.sub(lambda found: kept[int(found[1])], held)

    pieces: list[list[str]] = []
    for piece in _pieces(_KEPT.sub(hold, text.rstrip(". "))):
        if pieces and piece.lower().startswith(tuple(f"{word} " for word in MORE)):
            pieces[-1].append(free(piece))
        else:
            pieces.append([free(piece)])
    return (Named(name, tuple(more)) for name, *more in pieces)


def _pieces(text: str) -> Iterator[str]:
    """The pieces of a sentence, none of which is empty."""
    # After a colon stands what a thing is made of.
    parts = [text] if ":" in text else _COMMA.split(text)
    for part in parts:
        # 'A en een B voor iedereen' is about both.
        for piece in [part] if _EACH.search(part) else _AND.split(part):
            if piece.strip():
                yield piece.strip()


def shelf_of(text: str) -> str:
    """The title of the shelf that a thing is on."""
    head = re.split(r"[,:]| voor | met | uit ", text.lower())[0]
    return next(title for title, words in SHELVES if re.search(words, head))


def begun(text: str) -> str:
    """The text as the beginning of a line."""
    return text[:1].upper() + text[1:]
