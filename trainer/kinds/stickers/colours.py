"""The two colours of stickers, which also differ in word and shape."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colour:
    """`name` is the colour's Dutch word and its form field's name; `word` appears on every sticker."""

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
