"""What the meetings tell the pages that are open, whatever these are."""

from collections.abc import Callable
from dataclasses import dataclass

ALL_ROLES = frozenset({"phone", "control", "screen"})
TRAINERS_ROLES = frozenset({"control", "screen"})


def _nobody(*told: object) -> None:
    """No page is open."""


@dataclass(frozen=True, slots=True)
class Signals:
    """Who is told of a change: `sockets/handlers.py` puts those of the open pages in the place of these."""

    # These roles of a meeting have something new to see.
    notify: Callable[[str, frozenset[str]], None] = _nobody
    # A count moved. Pages follow at a tick of a clock, which says nothing of when somebody pressed.
    notify_later: Callable[[str], None] = _nobody
    # Everybody has something new, and has it before this returns: a room waits for what a trainer pressed.
    show: Callable[[str], None] = _nobody
    # Closes the open pages of a phone that left: its meeting and its token.
    hang_up_phone: Callable[[str, str], None] = _nobody
    # Empties and closes the pages of whoever lost the right to them: by logging out, for example.
    # Also asked for every second: accounts are changed from the command line too.
    hang_up_strangers: Callable[[], None] = _nobody
    # Empties and closes all open pages of a meeting that is not there any more.
    hang_up_meeting: Callable[[str], None] = _nobody
