"""The word cloud: which words a group uses, and on how many cards."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from trainer.kinds.wall import LETTER, LINE, WIDTH

MOST_WORDS = 60
# The five sizes in rem, as in the style sheet; when the cloud would be too high, all shrink by a step.
REM = (1.0, 1.5, 2.1, 2.9, 3.9)
SIZES = len(REM)
HIGHEST = 17.0
BOLD = 1.15 * LETTER  # the mean width of a bold letter

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

STOP_WORDS = frozenset(
    _WORD.findall("""
    aan al alle alleen allemaal als altijd ander andere anderen ben bent beetje bij bijvoorbeeld daar daarom
    dan dat de deze die dit doe doen door dus echt een eens eigen eigenlijk elkaar en er erg even ga gaan
    gaat ge geen gewoon had hadden haar hebben hebt heb heeft hele heel hem hen het hier hij hoe hun ie ieder
    iedereen iemand iets ik in is ja je jij jou jouw jullie kan kon komen komt kunnen kunt laat laten maar
    maken maakt me mee meer men met mij mijn moet moeten mogen mag na naar nee net niet niets nog nooit nou nu
    of om omdat ons onze ook op over per s soms t te tegen terug toch toe toen tot tussen u uit uw van veel
    vaak vanuit via voor vooral waar waarom wanneer want was wat we weer wel welke werd wie wij wil willen
    word worden wordt zal ze zeer zich zichzelf zij zijn zo zoals zodat zonder zou zouden
    """)
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, the number of cards it is on, and its size from 1 to 5."""

    text: str
    count: int
    size: int


def cloud(texts: Iterable[str]) -> tuple[Word, ...]:
    """The most used words, in alphabetical order, without Dutch stop words and single letters."""
    cards: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for text in texts:
        found = _WORD.findall(text)
        for word in found:
            spellings.setdefault(word.casefold(), Counter())[word] += 1
        cards.update({word.casefold() for word in found})
    counted = [(key, count) for key, count in cards.items() if len(key) > 1 and key not in STOP_WORDS]
    counted.sort(key=lambda pair: (-pair[1], pair[0]))
    most = counted[0][1] if counted else 0
    words = [
        Word(_usual(spellings[key]), count, min(_size(count, most), _widest(key)))
        for key, count in sorted(counted[:MOST_WORDS])
    ]
    while _height(words) > HIGHEST and any(word.size > 1 for word in words):
        words = [replace(word, size=max(1, word.size - 1)) for word in words]
    return tuple(words)


def _size(count: int, most: int) -> int:
    return SIZES if most == 1 else 1 + round((SIZES - 1) * (count - 1) / (most - 1))


def _widest(word: str) -> int:
    """The largest size at which a word still fits on one line."""
    fitting = [size for size, rem in enumerate(REM, start=1) if len(word) * BOLD * rem <= WIDTH]
    return max(fitting, default=1)


def _height(words: list[Word]) -> float:
    """The estimated height of the cloud in rem."""
    letters = [(len(word.text), REM[word.size - 1]) for word in words]
    return sum((length * LETTER * rem + 1) * rem * LINE for length, rem in letters) / WIDTH


def _usual(spelling: Counter[str]) -> str:
    # Lower case wins a tie: a capital may only be the start of a sentence.
    return max(spelling, key=lambda word: (spelling[word], word))
