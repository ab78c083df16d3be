"""Who leads which meeting now, and who has just become its trainer: names of trainers, in memory only.

Nobody steers or watches unseen: control and screen name everybody who has control open, and also the screen
itself once somebody has steered from it. A clicker works even while nobody has control open.
"""

import time
from collections.abc import Callable, Iterable, Sequence

from trainer import names

Person = tuple[int, str]
Moments = dict[tuple[str, Person], float]

SCREEN: Person = (0, names.SCREEN)

# Somebody who fetched the page may read it without ever connecting.
LOOK_SECONDS = 30.0
NEWS_SECONDS = 900.0


class Leaders:
    """The people at control, by meeting: (id, name), since two may have the same name."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._looked: Moments = {}
        self._joined: Moments = {}
        self._steered: set[str] = set()
        # Who has a control page open; set by whatever tracks the connections.
        self.connected: Callable[[str], Iterable[Person]] = lambda meeting_id: ()
        # Is any screen open? Set likewise.
        self.has_screen: Callable[[str], bool] = lambda meeting_id: False

    def looked(self, meeting_id: str, person: Person) -> None:
        """Records that somebody fetched the control page."""
        self._looked = self._recent(self._looked, LOOK_SECONDS) | {(meeting_id, person): self._now()}

    def steered(self, meeting_id: str) -> None:
        """Records that a meeting was steered from a screen."""
        self._steered.add(meeting_id)
        # So that it is named even if that page is closed at once.
        self.looked(meeting_id, SCREEN)

    def joined(self, meeting_id: str, person: Person) -> None:
        """Records that somebody became a trainer of a running meeting."""
        self._joined = self._recent(self._joined, NEWS_SECONDS) | {(meeting_id, person): self._now()}

    def view(self, meeting_id: str) -> dict[str, Sequence[str]]:
        """What control and screen show: the names of those who lead, and of new trainers."""
        looking = self._recent(self._looked, LOOK_SECONDS)
        leading = {person for meeting, person in looking if meeting == meeting_id}
        if meeting_id in self._steered and self.has_screen(meeting_id):
            leading.add(SCREEN)
        new = {
            person for meeting, person in self._recent(self._joined, NEWS_SECONDS) if meeting == meeting_id
        }
        return {"leaders": _names(leading | set(self.connected(meeting_id))), "new_trainers": _names(new)}

    def _recent(self, moments: Moments, seconds: float) -> Moments:
        return {key: moment for key, moment in moments.items() if self._now() - moment < seconds}


def _names(people: Iterable[Person]) -> Sequence[str]:
    return [name for _, name in sorted(people, key=lambda person: (person[1].casefold(), person[0]))]
