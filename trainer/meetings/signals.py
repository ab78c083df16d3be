"""What the meetings tell the open pages, whatever serves those."""

from collections.abc import Callable
from dataclasses import dataclass

from trainer.live.audience import Role

ALL_ROLES = frozenset(Role)
TRAINERS_ROLES = frozenset({Role.CONTROL, Role.SCREEN})
CONTROL_ALONE = frozenset({Role.CONTROL})


def _nobody(*told: object) -> None:
    """Does nothing: no page is open."""


@dataclass(frozen=True, slots=True)
class Signals:
    """Callbacks for changes; `sockets/handlers.py` replaces them by those that reach the open pages."""

    # All audiences of these roles in a meeting have something new to see.
    notify: Callable[[str, frozenset[Role]], None] = _nobody
    # A count moved. Pages follow at the tick of a clock, which does not reveal when somebody pressed.
    notify_later: Callable[[str], None] = _nobody
    # A phone sent or did something, at this moment of `time.monotonic`: it and whoever feels it follow.
    followed: Callable[[str, str, float], None] = _nobody
    # Everybody at a place, '' for everywhere, has something new, sent before this returns: a room is waiting
    # for what a trainer pressed.
    show: Callable[[str, str], None] = _nobody
    # Closes the open pages of a phone that left, given its meeting and its token.
    hang_up_phone: Callable[[str, str], None] = _nobody
    # Empties and closes the pages of anyone who lost the right to them, for example by logging out.
    # Also called every second, because accounts are changed from the command line too.
    hang_up_strangers: Callable[[], None] = _nobody
    # Empties and closes all open pages of a meeting that no longer exists or was taken back.
    hang_up_meeting: Callable[[str], None] = _nobody
    # The same for a rehearsal that is over.
    hang_up_rehearsal: Callable[[str], None] = _nobody
