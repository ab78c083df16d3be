"""Words that somebody could have written, for rehearsals and proofs: a seed picks them, the same each time.

They are ordinary on purpose. Nobody should have to wonder whether one is real, or read hardship as a joke.
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

# All that one person of a rehearsal does has seeds that differ by a multiple of this.
SAME_PERSON = 31

WORDS = (
    "rust", "moed", "geduld", "vertrouwen", "humor", "aandacht", "tijd", "hoop", "ruimte", "luisteren",
    "samen eten", "wandelen", "muziek", "een vriend", "mijn werk", "de tuin", "opnieuw beginnen",
)  # fmt: skip
SENTENCES = (
    "Het tempo was goed voor mij.",
    "Ik wil hier vaker over praten met collega's.",
    "De voorbeelden maakten het duidelijk.",
    "Er had meer tijd voor vragen mogen zijn.",
    "Ik neem mee dat luisteren genoeg kan zijn.",
)


def pick(options: Sequence[T], seed: int) -> T:
    """One of the options; seeds that follow each other pick different ones."""
    return options[seed % len(options)]


def phrase(seed: int, most: int) -> str:
    """A few words of at most `most` characters (ten or more)."""
    both = f"{pick(WORDS, seed)} en {pick(WORDS, seed // len(WORDS) + seed + 1)}"
    return next(text for text in (both, pick(WORDS, seed), pick(WORDS, 0)) if len(text) <= most)
