"""What is done in a meeting, apart from what is typed in it.

An *action* is what somebody in the room does: a phone sends, takes back, presses a button that is for
everybody ('act'), says what everybody may know ('say'), or leaves, to come back as another; a trainer presses
a button or enters a card. Where an exercise has tables it is done at one of them, as everybody in the room
sees. What is typed or chosen is not part of it but stands beside it, as *contents*: the same history can be
played again with the contents of two people exchanged. Whoever sees the same both times cannot tell them
apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# From eight phones on a count may be exported.
PHONES = 9
# What everybody types begins with this, and is unique by what follows.
WORD = "woord"


@dataclass(frozen=True)
class Content:
    """What one person typed and chose: a word that nobody else typed, and where a finger came down."""

    word: str
    finger: int


@dataclass(frozen=True)
class Action:
    """Something that is done. `who` is a phone; `args` of a command name cards by the words on them."""

    what: str
    who: int = 0
    name: str = ""
    args: Mapping[str, Sequence[str]] = field(default_factory=dict)
    number: int = 0
    flag: bool = False
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self._in_words()}" if self.place else self._in_words()

    def _in_words(self) -> str:
        detail = f" {self.name}" if self.name else ""
        shown = "".join(f" {key}={','.join(value)}" for key, value in self.args.items())
        if self.what in ("send", "take back", "leave", "act", "say"):
            more = " (may be alone / at once)" if self.flag else ""
            return f"phone {self.who}: {self.what}{detail}{shown}{more}"
        return f"trainer: {self.what}{detail}{shown}"
