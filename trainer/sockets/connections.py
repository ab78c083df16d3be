"""Who is connected: held in this process's memory only, never stored."""

import time
from collections import Counter, deque
from dataclasses import dataclass
from itertools import chain
from typing import Any

from trainer.bucket import TokenBucket
from trainer.live.audience import Audience, Role
from trainer.store.access import Right
from trainer.store.keys import Phone


@dataclass(slots=True)
class Connection:
    """One open page. It is of a phone, or has a trainer's right; `name` is that trainer's.

    `socket` is what `direct.send_packet` sends to. `small`: it is a screen that control shows in a frame.
    `has` is the mark of the view that a trainer's page came with.
    """

    sid: str
    audience: Audience
    meeting_id: str
    bucket: TokenBucket
    socket: Any = None
    phone: Phone | None = None
    right: Right | None = None
    name: str = ""
    small: bool = False
    has: str = ""

    @property
    def role(self) -> Role:
        """What the page is: a phone, a control or a screen."""
        return self.audience.role

    @property
    def token(self) -> str:
        """The token of a phone; '' for a trainer's page."""
        return self.phone.token if self.phone else ""

    @property
    def owner(self) -> str:
        """The key by which pages share a bucket. Screens have their own: they cannot silence control."""
        if self.right is None:
            return self.token
        return f"{'screen' if self.right.screen else 'user'}:{self.right.user_id}"


class Connections:
    """The open pages of all meetings. Pages with the same `owner` share one bucket."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._by_sid: dict[str, Connection] = {}
        self._by_meeting: dict[str, dict[Audience, dict[str, Connection]]] = {}
        self._buckets: dict[str, TokenBucket] = {}
        self._by_owner: dict[tuple[str, str], dict[str, Connection]] = {}
        self._pages: Counter[str] = Counter()
        self._left: deque[tuple[float, str]] = deque()

    def add(
        self,
        sid: str,
        audience: Audience,
        meeting_id: str,
        *,
        socket: Any = None,
        token: str = "",
        right: Right | None = None,
        name: str = "",
        small: bool = False,
        has: str = "",
    ) -> Connection:
        """Notes a page that was let in, and returns its connection."""
        self._forget_who_left()
        fresh = TokenBucket(self._rate, self._burst)
        phone = Phone.of(meeting_id, token) if token else None
        connection = Connection(
            sid, audience, meeting_id, fresh, socket, phone, right, name, small=small, has=has
        )
        owner = connection.owner
        connection.bucket = self._buckets.setdefault(owner, fresh)
        self._pages[owner] += 1
        self._by_sid[sid] = connection
        self._by_meeting.setdefault(meeting_id, {}).setdefault(audience, {})[sid] = connection
        pages = self._by_owner.setdefault((meeting_id, owner), {})
        pages[sid] = connection
        return connection

    def remove(self, sid: str) -> Connection | None:
        """Forgets a page that is closed; None when it was not let in, or is forgotten already."""
        connection = self._by_sid.pop(sid, None)
        if connection is None:
            return None
        audiences = self._by_meeting[connection.meeting_id]
        del audiences[connection.audience][sid]
        if not audiences[connection.audience]:
            del audiences[connection.audience]
        if not audiences:
            del self._by_meeting[connection.meeting_id]
        owner = connection.owner
        pages = self._by_owner[connection.meeting_id, owner]
        del pages[sid]
        if not pages:
            del self._by_owner[connection.meeting_id, owner]
        self._pages[owner] -= 1
        if not self._pages[owner]:
            # The bucket is kept until it would be full again, so that reconnecting does not refill it.
            self._left.append((time.monotonic() + self._burst / self._rate, owner))
        self._forget_who_left()
        return connection

    def _forget_who_left(self) -> None:
        while self._left and self._left[0][0] < time.monotonic():
            _, owner = self._left.popleft()
            if not self._pages[owner]:
                self._buckets.pop(owner, None)
                del self._pages[owner]

    def get(self, sid: str) -> Connection | None:
        """The connection of a page that was let in; None for any other."""
        return self._by_sid.get(sid)

    def by_audience(self, meeting_id: str) -> list[tuple[Audience, list[Connection]]]:
        """A snapshot of the open pages of a meeting."""
        audiences = list(self._by_meeting.get(meeting_id, {}).items())
        return [(audience, list(pages.values())) for audience, pages in audiences]

    def of(self, meeting_id: str, role: Role) -> list[Connection]:
        """The same for those of one role."""
        found = (pages for audience, pages in self.by_audience(meeting_id) if audience.role is role)
        return list(chain.from_iterable(found))

    def has_screen(self, meeting_id: str) -> bool:
        """Is any screen of a meeting open, besides those that control shows small?"""
        return any(not page.small for page in self.of(meeting_id, Role.SCREEN))

    def with_rights(self) -> list[tuple[Connection, Right]]:
        """A snapshot of the open pages of trainers, with their rights."""
        return [(page, page.right) for page in list(self._by_sid.values()) if page.right is not None]

    def tabs(self, meeting_id: str, token: str) -> list[Connection]:
        """The open pages of one phone."""
        return list(self._by_owner.get((meeting_id, token), {}).values())
