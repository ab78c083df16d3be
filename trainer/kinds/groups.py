"""Small groups: how they are called and told apart, for every kind in which people work in groups.

The server does not know who is in which group: a phone keeps its own (`static/js/group.js`). So a kind gives
every phone what each group needs, and the phone shows what is for its group.
"""

from dataclasses import dataclass

# Each colour is a token of `static/css/tokens.css`, each shape a drawing in `groups.html`. A group differs
# from those before and after it in both: colour alone is not for everybody.
COLOURS = (
    ("blauw", "blauwe"),
    ("oranje", "oranje"),
    ("groen", "groene"),
    ("roze", "roze"),
    ("geel", "gele"),
    ("paars", "paarse"),
    ("rood", "rode"),
    ("grijs", "grijze"),
)
SHAPES = ("cirkel", "ster", "driehoek", "vierkant", "druppel", "ruit", "maan", "wolk", "hart")
MOST_GROUPS = len(COLOURS) * len(SHAPES)


@dataclass(frozen=True, slots=True)
class Group:
    """A small group; `number` counts from 1."""

    number: int

    @property
    def colour(self) -> str:
        """The name of its colour, as in the token `--group-<colour>`."""
        return COLOURS[(self.number - 1) % len(COLOURS)][0]

    @property
    def shape(self) -> str:
        """The name of its shape."""
        place = self.number - 1
        return SHAPES[(place % len(COLOURS) + place // len(COLOURS)) % len(SHAPES)]

    @property
    def title(self) -> str:
        """What people call it: 'Groep 2, oranje ster'."""
        adjective = COLOURS[(self.number - 1) % len(COLOURS)][1]
        if self.shape in ("vierkant", "hart"):
            adjective = self.colour
        return f"Groep {self.number}, {adjective} {self.shape}"


def groups(number: int) -> tuple[Group, ...]:
    """The first `number` groups, at most MOST_GROUPS of them."""
    return tuple(Group(each) for each in range(1, min(number, MOST_GROUPS) + 1))
