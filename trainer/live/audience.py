"""Whom a view is made for. Pages of the same audience get the same view, rendered once."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a page is for; it decides what the page is sent and may send."""

    PHONE = "phone"
    CONTROL = "control"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody who must see the same: the pages of one role, at one place, in one language.

    `place` is the id of a table or group, '' for the whole meeting.
    """

    role: Role
    place: str = ""
    language: str = "nl"


# Those of the whole meeting.
PHONES, CONTROLS, SCREENS = map(Audience, Role)
