"""Trainers' names: which names are valid, and which look alike.

Control and screen show by name who leads. An invisible name, or one that passes for a colleague's, would let
somebody lead unnoticed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

LONGEST = 40
# The name shown when a screen steers the meeting; no trainer may have it.
SCREEN = "het scherm"
NO_LETTERS = "Gebruik letters in je naam."
TOO_LONG = f"Maak je naam korter. Neem hoogstens {LONGEST} tekens."
OTHER_CHARACTERS = (
    "Schrijf je naam met gewone letters, zoals a tot en met z. Cijfers, spaties en ' . - mogen ook."
)
TAKEN = "Een collega heet al zo, of bijna zo. Zet bijvoorbeeld je achternaam erbij."

# Latin letters that are not a to z with a combining mark, and what they look like.
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
# Combining marks, except U+034F, which is invisible.
_SIGNS = "\u0300-\u034e\u0350-\u036f"
_PIECE = re.compile(rf"[{_LETTERS}][{_SIGNS}]{{0,3}}|[0-9 '.-]")
_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "‐": "-", "–": "-", "—": "-"})
# Hard to tell apart on a screen read from a distance.
_ALIKE = (("1", "l"), ("i", "l"), ("0", "o"), ("rn", "m"), ("vv", "w"))


class NameRefused(ValueError):
    """An invalid or reserved name; the message says what to do."""


def read(typed: str) -> str:
    """Normalises a name for storage. Raises NameRefused when it is too long, invalid or reserved."""
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
    """A key that lookalike names share: ignores case, marks and spaces, folds easily misread letters."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    found = "".join(OTHERS.get(letter, letter) for letter in plain if letter.isalnum())
    for written, seen in _ALIKE:
        found = found.replace(written, seen)
    return found


def shown(people: Iterable[tuple[int, str, str]]) -> Mapping[int, str]:
    """Maps the id of each account (id, login, name) to the name that others see. Pass all accounts.

    Accounts that predate these rules may have any name: an invalid or lookalike name is shown cleaned, with
    the login name added.
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
    """The name without the characters that are not allowed."""
    pieces = _PIECE.findall(unicodedata.normalize("NFD", name))
    return unicodedata.normalize("NFC", "".join(pieces))
