"""The names of trainers: one rule for what a name may be, and for which names look alike.

Control and screen tell by name who leads. A name that cannot be seen, or that passes for a colleague's, would
let somebody lead unseen.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

LONGEST = 40
# What a screen is called that steers; nobody is called so.
SCREEN = "het scherm"
NO_LETTERS = "Gebruik letters in je naam."
TOO_LONG = f"Maak je naam korter. Neem hoogstens {LONGEST} tekens."
OTHER_CHARACTERS = (
    "Schrijf je naam met gewone letters, zoals a tot en met z. Cijfers, spaties en ' . - mogen ook."
)
TAKEN = "Een collega heet al zo, of bijna zo. Zet bijvoorbeeld je achternaam erbij."

# Latin letters that are no letter of a to z with a sign on it, and what they look like.
OTHERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ð": "d",
    "đ": "d",
    "þ": "th",
    "ħ": "h",
    "ł": "l",
    "ŧ": "t",
    "ı": "i",
}
_LETTERS = (
    "A-Za-z" + "".join(OTHERS) + "".join(letter.upper() for letter in OTHERS if len(letter.upper()) == 1)
)
# Signs on a letter; one of those that Unicode has there cannot be seen.
_SIGNS = "\u0300-\u034e\u0350-\u036f"
_PIECE = re.compile(rf"[{_LETTERS}][{_SIGNS}]{{0,3}}|[0-9 '.-]")
_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "‐": "-", "–": "-", "—": "-"})
# What is hard to tell apart where somebody reads a screen from afar.
_ALIKE = (("1", "l"), ("i", "l"), ("0", "o"), ("rn", "m"), ("vv", "w"))


class NameRefused(ValueError):
    """This cannot be somebody's name; the message says what to do."""


def read(typed: str) -> str:
    """A name as it is stored. Raises NameRefused."""
    name = " ".join(unicodedata.normalize("NFKC", typed).translate(_TYPOGRAPHY).split())
    if len(name) > LONGEST:
        raise NameRefused(TOO_LONG)
    if _harmless(name) != name:
        raise NameRefused(OTHER_CHARACTERS if any(map(str.isalnum, name)) else NO_LETTERS)
    if not any(map(str.isalpha, name)):
        raise NameRefused(NO_LETTERS)
    if likeness(name) == likeness(SCREEN):
        raise NameRefused(TAKEN)
    return name


def likeness(name: str) -> str:
    """The same for names that look alike: without capitals, signs, spaces, and what is easily misread."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    found = "".join(OTHERS.get(letter, letter) for letter in plain if letter.isalnum())
    for written, seen in _ALIKE:
        found = found.replace(written, seen)
    return found


def shown(people: Iterable[tuple[int, str, str]]) -> Mapping[int, str]:
    """The name of each of all accounts (id, login, name) as others see it.

    Accounts of before this rule may have any name: those that break it, or look like another, have their
    login name besides.
    """
    people = list(people)
    alike = Counter(likeness(name) for _, _, name in people)
    return {
        one: name if _is_proper(name) and alike[likeness(name)] == 1 else _told_apart(login, name)
        for one, login, name in people
    }


def _is_proper(name: str) -> bool:
    try:
        return read(name) == name
    except NameRefused:
        return False


def _told_apart(login: str, name: str) -> str:
    return f"{_harmless(name)[:LONGEST].strip()} ({login})".strip()


def _harmless(name: str) -> str:
    """What is left of a name when everything goes that may not be in it."""
    pieces = _PIECE.findall(unicodedata.normalize("NFD", name))
    return unicodedata.normalize("NFC", "".join(pieces))
