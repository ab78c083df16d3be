"""Texts by participants: what stays, what goes, and what is refused."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.effort import effort
from trainer.kinds.contract import Rejected
from trainer.kinds.text import MARKS_PER_BASE, ORDINARY, PRESENTATION, clean, read_text, words_of

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

NASTY = [
    ("plain", "Ik ben moe", "Ik ben moe"),
    ("spaces", "  a \t b\u00a0\u2003c  ", "a b c"),
    ("newlines", "een\r\ntwee\u2028drie\x85vier", "een twee drie vier"),
    ("nul-and-controls", "a\x00b\x07c\x1b[31m", "abc[31m"),
    ("decomposed", "cafe\u0301", "caf\u00e9"),
    ("override", "goed\u202etuof\u202c", "goedtuof"),
    ("isolates", "\u2066a\u2069b\u200e\u200f\u061c", "ab"),
    ("zero-width", "wo\u200bo\u2060r\ufeffd", "woord"),
    ("soft-hyphen", "her\u00adstel", "herstel"),
    ("joiner-between-letters", "a\u200db\u200cc", "abc"),
    ("zalgo", "a" + "\u0335\u0336\u0337\u0338" * 9, "a\u0335\u0336"),
    ("marks-without-base", "\u0301\u0302 x \u0303y", "x y"),
    ("enclosing-marks", "x\u20dd\u20dd\u20dd", "x\u20dd\u20dd"),
    ("vietnamese", "Vie\u0323\u0302t", "Vi\u1ec7t"),
    ("arabic", "مرحبا", "مرحبا"),
    ("hindi", "नमस्ते", "नमस्ते"),
    ("family", FAMILY, FAMILY),
    ("heart", "\u2764\ufe0f", "\u2764\ufe0f"),
    ("heart-on-fire", "\u2764\ufe0f\u200d\U0001f525", "\u2764\ufe0f\u200d\U0001f525"),
    ("skin-tone", "\U0001f44d\U0001f3fd", "\U0001f44d\U0001f3fd"),
    ("woman-doctor", "\U0001f469\U0001f3fe\u200d\u2695\ufe0f", "\U0001f469\U0001f3fe\u200d\u2695\ufe0f"),
    ("flag", "\U0001f1f3\U0001f1f1", "\U0001f1f3\U0001f1f1"),
    ("keycap", "1\ufe0f\u20e3", "1\ufe0f\u20e3"),
    ("young-emoji", "\U0001fae8\U0001fadc", "\U0001fae8\U0001fadc"),
    ("selector-on-letter", "a\ufe0fb\U000e0101", "ab"),
    ("selectors-in-a-row", "\u2764\ufe0f\ufe0f\ufe0f", "\u2764\ufe0f"),
    ("joiner-at-end", "\U0001f44d\u200d", "\U0001f44d"),
    ("tags", "a\U000e0041\U000e0042", "a"),
    ("private-use", "a\ue000b\U0010fffd", "ab"),
    ("surrogate", "a\ud800b", "ab"),
    ("noncharacter", "a\uffffb", "ab"),
    ("invisible-letters", "\u3164\u115f\u2800\uffa0\u034f", ""),
    ("nothing", " \n\t\u200b ", ""),
    ("markup", "<script>alert(1)</script>", "<script>alert(1)</script>"),
]


@pytest.mark.parametrize(("raw", "expected"), [row[1:] for row in NASTY], ids=[row[0] for row in NASTY])
def test_clean_nasty_text(raw: str, expected: str) -> None:
    assert clean(raw) == expected


CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from(
        "ab 1#\n\t\u0301\u0323\u0336\u20e3\u200d\ufe0e\ufe0f\u202e\u2764\u2329\u09c7\u09be\u1100\u1161"
    )
    | st.sampled_from("\U0001f468\U0001f3fd\U0001f1f3\U000e0041\u3164"),
)


@given(st.text(CHARACTERS, max_size=60))
@example("\u2329\ufe0f")
@example("a\ufe0f\u0301")
def test_clean_any_text_is_settled_after_once(raw: str) -> None:
    cleaned = clean(raw)

    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == " ".join(cleaned.split())
    categories = {unicodedata.category(character) for character in cleaned if character != "\u200d"}
    assert not categories & {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


@given(st.text(CHARACTERS, max_size=60))
def test_clean_any_text_has_no_tower_of_marks(raw: str) -> None:
    run = 0
    for character in clean(raw):
        if character not in PRESENTATION:
            run = run + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        assert run <= MARKS_PER_BASE


def test_clean_ordinary_letters_together_are_what_the_long_way_makes_of_them() -> None:
    letters = "a" + "".join(filter(ORDINARY.fullmatch, map(chr, range(0x30000))))
    pairs = [unicodedata.decomposition(chr(code)).split() for code in range(0x30000)]
    seconds = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and "<" not in pair[0]}

    assert clean(letters) == clean(f"{letters}\u200b") == letters
    assert [each for each in seconds if ORDINARY.fullmatch(each)] == [], (
        "with what is before it, it is one letter"
    )


def test_clean_long_hostile_text_is_quick() -> None:
    assert effort(lambda: clean("a" + "\u0301\u0323" * 100_000)) < 2_000


def test_read_text_at_the_limit_is_accepted() -> None:
    assert read_text("  vijf!  ", 5) == "vijf!"


def test_read_text_counts_code_points_after_cleaning() -> None:
    assert read_text("cafe\u0301\u200b", 4) == "caf\u00e9"
    assert read_text(FAMILY, 5) == FAMILY


@pytest.mark.parametrize("raw", ["", "   ", "\u200b\u202e", "\u0301"])
def test_read_text_without_anything_to_see_is_empty(raw: str) -> None:
    assert read_text(raw, 5) == Rejected("empty", "Je hebt nog niets geschreven.")


def test_read_text_too_long_says_how_much() -> None:
    one = Rejected("too-long", "Je tekst is 1 teken te lang. Kort hem in en stuur opnieuw.")
    more = Rejected("too-long", "Je tekst is 3 tekens te lang. Kort hem in en stuur opnieuw.")

    assert read_text("abcdef", 5) == one
    assert read_text("abcdefgh", 5) == more


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moed", "moed"),
        ("ik ben moe", "Ik ben moe."),
        ("ik ben moe", "ikben  moe"),
        ("STRASSE", "straße"),
        ("cafe\u0301", "café"),
        ("een - twee", "een, twee!"),
        ("moed", "móed \U0001f600"),
        ("ik ben moe", "moe ben ik"),
    ],
)
def test_words_are_the_same_without_capitals_accents_spaces_and_signs(one: str, other: str) -> None:
    assert words_of(one) & words_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("moed", "moeder"), ("?", "!"), ("\U0001f600", "\U0001f622"), ("1", "2")]
)
def test_words_that_say_something_else_are_others(one: str, other: str) -> None:
    assert not words_of(one) & words_of(other)
