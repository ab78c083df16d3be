"""What a kind asks to keep when a step is sealed: all that can ever leave the meeting.

The gate fills it in.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Totals:
    """A question with fixed answers: posts for `item` whose payload is `{"choices": [index, ...]}`."""

    id: str
    question: str
    item: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """Cards by id, of which only those that the group saw are kept; `field` holds the text.

    `item`, where the room may have seen which one people chose: only its cards are kept here, and only they
    count. `groups` has the title under which the trainers put a card, by its id.
    """

    id: str
    question: str
    cards: tuple[str, ...]
    field: str = "text"
    item: str | None = None
    groups: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """Free answers that only the organiser sees: field `field` of the posts for `item`."""

    id: str
    question: str
    item: str
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Written:
    """What the trainers wrote for everybody: not secret."""

    id: str
    question: str
    text: str


Report = tuple[Totals | Texts | Answers | Written, ...]
