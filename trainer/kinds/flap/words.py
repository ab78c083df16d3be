"""The word cloud: what a group wrote, and how often.

A short answer counts as a whole, so that 'geen stigma' does not become 'stigma'. Of a longer one the words
count that carry it, and what is denied counts together with the word that denies it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_WORDS = 60
# The sizes in the style sheet: a word that is said three times has three times the surface.
SIZES = 9
# What counts as one answer.
SHORT_WORDS, SHORT_LETTERS = 4, 32

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PART = re.compile(r"[,;:.!?/()\n]+")

ARTICLES = frozenset({"de", "het", "een", "'t", "t"})
NEGATIONS = frozenset({"geen", "niet", "nooit", "niemand", "niets", "zonder"})
# What may stand between a negation and what it denies: 'niet meer alleen'.
BETWEEN = ARTICLES | {"meer", "zo", "te", "echt", "heel", "altijd", "mijn", "je", "jouw", "eigen"}
STOP_WORDS = frozenset(
    _WORD.findall("""
    aan al alle alleen allemaal als altijd ander andere anderen ben bent beetje bij bijvoorbeeld daar daarom
    dan dat de deze die dit doe doen door dus echt een eens eigen eigenlijk elkaar en er erg even ga gaan
    gaat ge gewoon had hadden haar hebben hebt heb heeft hele heel hem hen het hier hij hoe hun ie ieder
    iedereen iemand iets ik in is ja je jij jou jouw jullie kan kon komen komt kunnen kunt laat laten maar
    maken maakt me mee meer men met mij mijn moet moeten mogen mag na naar nee net nog nou nu
    of om omdat ons onze ook op over per s soms t te tegen terug toch toe toen tot tussen u uit uw van veel
    vaak vanuit via voor vooral waar waarom wanneer want was wat we weer wel welke werd wie wij wil willen
    word worden wordt zal ze zeer zich zichzelf zij zijn zo zoals zodat zou zouden
    """)
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a short answer, how many cards say it, and its size from 1 to SIZES."""

    text: str
    count: int
    size: int


def cloud(cards: Iterable[tuple[str, int]]) -> tuple[Word, ...]:
    """What is said most on `cards` (a text, and how many cards lie there), in alphabetical order."""
    counts: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for text, lying in cards:
        found = {said.casefold(): said for said in _said(text)}
        for key, said in found.items():
            counts[key] += lying
            spellings.setdefault(key, Counter())[said] += lying
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS]
    largest = max((count for _, count in most), default=0)
    return tuple(Word(_usual(spellings[key]), count, _size(count, largest)) for key, count in sorted(most))


def _said(text: str) -> list[str]:
    """What one card says, each thing once or more."""
    said: list[str] = []
    for part in _PART.split(text):
        words = _WORD.findall(part)
        if len(words) > SHORT_WORDS or len(part.strip()) > SHORT_LETTERS:
            said += _carrying(words)
            continue
        while words and words[0].casefold() in ARTICLES:
            words = words[1:]
        said.append(" ".join(words))
    return [each for each in said if len(each) > 1]


def _carrying(words: Sequence[str]) -> list[str]:
    """The words of a sentence that say what it is about."""
    found: list[str] = []
    place = 0
    while place < len(words):
        end = place + 1
        if words[place].casefold() in NEGATIONS:
            while end < len(words) and words[end].casefold() in BETWEEN:
                end += 1
            found.append(" ".join(words[place : end + 1]))
            end += 1
        elif words[place].casefold() not in STOP_WORDS:
            found.append(words[place])
        place = end
    return found


def _size(count: int, largest: int) -> int:
    return count if largest <= SIZES else max(1, round(SIZES * count / largest))


def _usual(spelling: Counter[str]) -> str:
    # Lower case wins a tie: a capital may only be the start of a sentence.
    return max(spelling, key=lambda word: (spelling[word], word))
