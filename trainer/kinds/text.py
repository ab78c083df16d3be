"""Texts written by participants: plain, bounded, and harmless on a screen in front of a room.

A text may be in any language, with any emoji. Removed is what can break or hide something: control and
direction characters, invisible letters, and stacks of accents that run over their neighbours.
"""

import re
import unicodedata

from trainer.kinds.contract import Rejected

MARKS_PER_BASE = 2
# Normalising sorts a run of marks in quadratic time, so a long run is cut first.
MARKS_BEFORE_SORTING = 16

JOINER = "\u200d"
KEYCAP = "\u20e3"
PRESENTATION = ("\ufe0e", "\ufe0f")
# Letters and symbols by category, but invisible: a text of these would be an empty card.
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
EMOJI = (range(0x1F000, 0x1FB00), range(0x2190, 0x2300), range(0x2300, 0x2329), range(0x232B, 0x2400),
         range(0x2600, 0x27C0), range(0x2B00, 0x2C00))  # fmt: skip
LONE_EMOJI = frozenset(
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb\u25fc\u3030\u303d"
)

# Signs and letters of Latin and Chinese: all of them visible and composed, and none of them a mark.
ORDINARY = re.compile("[ -~\u00a1-\u00ac\u00ae-\u024f\u4e00-\u9fef]*")


def clean(raw: str) -> str:
    """`raw` as one line of plain text in NFC; may be empty. Idempotent."""
    if ORDINARY.fullmatch(raw):
        return " ".join(raw.split())
    text = unicodedata.normalize("NFC", _cap_marks(raw, MARKS_BEFORE_SORTING))
    text = unicodedata.normalize("NFC", _visible(text))
    return " ".join(_cap_marks(text, MARKS_PER_BASE).split())


def read_text(raw: str, limit: int) -> str | Rejected:
    """The cleaned text, at most `limit` code points, or why it is refused: 'empty' or 'too-long'."""
    text = clean(raw)
    if not text:
        return Rejected("empty", "Je hebt nog niets geschreven.")
    excess = len(text) - limit
    if excess > 0:
        characters = "teken" if excess == 1 else "tekens"
        return Rejected(
            "too-long", f"Je tekst is {excess} {characters} te lang. Kort hem in en stuur opnieuw."
        )
    return text


def words_of(text: str) -> frozenset[str]:
    """Keys for a text; texts that say the same have one in common.

    Capitals, accents, spaces, punctuation and emoji make no difference, nor does the order of the words. A
    text without letters or digits keeps its signs.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    letters = (
        word
        if word.isascii() and word.isalnum()
        else "".join(each for each in word if unicodedata.category(each)[0] in "LN")
        for word in folded.split()
    )
    words = [word for word in letters if word]
    return frozenset({"".join(words), "".join(sorted(words))} if words else {folded})


def _visible(text: str) -> str:
    """Without invisible characters, except those that hold an emoji together."""
    kept: list[str] = []
    for index, character in enumerate(text):
        following = text[index + 1] if index + 1 < len(text) else ""
        if character in PRESENTATION:
            if kept and _takes_presentation(kept[-1], following):
                kept.append(character)
        elif character == JOINER:
            if kept and _ends_emoji(kept) and following and _is_emoji(following):
                kept.append(character)
        elif character.isspace():
            kept.append(" ")
        elif not _is_hidden(character):
            kept.append(character)
    return "".join(kept)


def _is_hidden(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cn":  # an emoji may be newer than this Python's Unicode tables
        return not _is_emoji(character)
    return category in ("Cc", "Cf", "Co", "Cs") or character in BLANKS or 0xE0100 <= ord(character) <= 0xE01EF


def _is_emoji(character: str) -> bool:
    return character in LONE_EMOJI or any(ord(character) in span for span in EMOJI)


def _takes_presentation(base: str, following: str) -> bool:
    return _is_emoji(base) or (base in "0123456789#*" and following == KEYCAP)


def _ends_emoji(kept: list[str]) -> bool:
    last = kept[-1]
    if last in PRESENTATION:
        return len(kept) > 1 and _is_emoji(kept[-2])
    return _is_emoji(last)


def _cap_marks(text: str, most: int) -> str:
    """At most `most` combining marks in a row, and none without a base character."""
    kept: list[str] = []
    marks = most
    for character in text:
        if character in PRESENTATION or unicodedata.category(character) not in ("Mn", "Me"):
            marks = most if character.isspace() else 0
        elif marks >= most:
            continue
        else:
            marks += 1
        kept.append(character)
    return "".join(kept)
