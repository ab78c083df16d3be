"""The two colours of stickers: told apart by word and by shape as well."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colour:
    """`name` is the colour's Dutch word and the name of its form field; `word` stands on every sticker."""

    name: str
    word: str
    label: str
    hint: str


YELLOW = Colour(
    "geel",
    "stigma",
    "Geel: een stigma",
    "Een sticker die op jou geplakt is, of die jij op een ander plakte.",
)
BLUE = Colour(
    "blauw",
    "kracht",
    "Blauw: een kracht",
    "Jouw kracht. De sticker die je had willen krijgen.",
)
COLOURS = (YELLOW, BLUE)
BY_NAME = {colour.name: colour for colour in COLOURS}
