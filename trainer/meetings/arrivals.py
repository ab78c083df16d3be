"""By which of its addresses phones reach this server: in memory only, and of no phone its own address.

A browser keeps a phone's token with the address it came by. After a change of network, or by another name for
the same laptop, it comes in as a new phone, and counts twice: see `docs/decisions/0016-another-address.md`.
"""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from trainer.meetings.network import is_this_machine

MOST_REMEMBERED = 5
ELSEWHERE = "een ander adres"


class Arrivals:
    """The addresses at which people were told to join, and how many phones use which now."""

    def __init__(self) -> None:
        # By hostname: browsers do not keep tokens apart by port.
        self._told: dict[str, str] = {}
        # The token and the hostname of each open page of a phone, by meeting and connection.
        self._pages: dict[str, dict[str, tuple[str, str]]] = {}

    def tell(self, base: str) -> None:
        """Remembers an address where this server says that people can join; not one of this machine alone."""
        if is_this_machine(base):
            return
        self._told.pop(_hostname(base), None)
        self._told[_hostname(base)] = base
        for former in list(self._told)[:-MOST_REMEMBERED]:
            del self._told[former]

    def others(self, here: str) -> Sequence[str]:
        """Where else people may have joined before, seen from the address of a request; the latest first."""
        if is_this_machine(here):
            return ()
        return [base for name, base in reversed(self._told.items()) if name != _hostname(here)]

    def came(self, meeting_id: str, sid: str, token: str, here: str) -> None:
        """A page of a phone connected, by the address `here`."""
        self._pages.setdefault(meeting_id, {})[sid] = token, _hostname(here)

    def went(self, meeting_id: str, sid: str) -> None:
        """A page of a phone is no longer connected."""
        pages = self._pages.get(meeting_id, {})
        pages.pop(sid, None)
        if not pages:
            self._pages.pop(meeting_id, None)

    def phones(self, meeting_id: str) -> int:
        """How many phones are connected; one with three tabs counts once."""
        return len({token for token, _ in self._pages.get(meeting_id, {}).values()})

    def in_use(self, meeting_id: str) -> Sequence[tuple[str, int]]:
        """How many connected phones came by which address, most first; empty when all came by the same.

        As many by one as by another: in the order of the addresses, so that the list does not jump.

        What a browser calls an address is whatever it says: only addresses that this server told are named.
        """
        phones = set(self._pages.get(meeting_id, {}).values())
        if len({name for _, name in phones}) < 2:
            return ()
        counts = Counter(self._shown(name) for _, name in phones)
        return sorted(counts.items(), key=lambda each: (-each[1], each[0] == ELSEWHERE, each[0]))

    def _shown(self, name: str) -> str:
        return urlsplit(self._told[name]).netloc if name in self._told else ELSEWHERE


def _hostname(base: str) -> str:
    try:
        return urlsplit(base).hostname or ""
    except ValueError:
        return ""
