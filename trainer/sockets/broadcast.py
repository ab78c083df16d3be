"""Sends views to the pages that must see a change: the first change at once, the next ones coalesced."""

import logging
import threading
import time
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

from engineio.packet import Packet

from trainer import wire
from trainer.live.audience import Audience, Role
from trainer.meetings.host import Host
from trainer.meetings.messages import Message, lefts, mark
from trainer.meetings.room import Room
from trainer.meetings.signals import ALL_ROLES, TRAINERS_ROLES
from trainer.sockets.connections import Connection, Connections
from trainer.sockets.direct import make_packet, send_packet
from trainer.sockets.owns import MANY_MADE_SECONDS, ONE_MADE_SECONDS, OwnPackets, wait
from trainer.sockets.protocol import Event
from trainer.store.health import where

INTERVAL_SECONDS = 0.2
# A phone that keeps changing its answer knows what it sent; confirming it once a second is enough.
OWN_SECONDS = 1.0
# The phone has its acknowledgement: its private fragment can wait until a whole room has theirs. Counted from
# the arrival of the message, so that its outcome does not affect the timing.
OWN_PAUSE_SECONDS = 0.1
OWNS_AT_ONCE = 40
# Counts on control and screen change at most once per tick.
TICK_SECONDS = 2.0
# Who is sent to first: people wait for their phones.
ORDER = (Role.PHONE, Role.SCREEN, Role.CONTROL)
# A view holds the time left on the timer, so a shared one may not be older than this.
SHARED_VIEW_SECONDS = 0.5


class _View:
    """A view as it is sent: `whole`, or `told` to a page that has the HTML with this `mark` already."""

    def __init__(self, message: Message) -> None:
        self._message = message
        self.whole = make_packet(wire.event(Event.VIEW, message))

    @cached_property
    def mark(self) -> str:
        return mark(self._message["html"])

    @cached_property
    def told(self) -> Packet:
        known = {name: value for name, value in self._message.items() if name != "html"}
        return make_packet(wire.event(Event.VIEW, known | {"lefts": lefts(self._message["html"])}))


log = logging.getLogger(__name__)


class Broadcaster:
    """Renders each changed view once per audience and sends it to all pages of that audience."""

    def __init__(self, host: Host, connections: Connections) -> None:
        self._host = host
        self._connections = connections
        self._pending: dict[str, set[Role]] = {}
        self._sent: dict[str, float] = {}
        self._later: set[str] = set()
        self._own: dict[tuple[str, str], None] = {}
        self._own_sent: dict[tuple[str, str], float] = {}
        # When changed counts are sent next.
        self._tick = 0.0
        self._owns = OwnPackets(host)
        # Meetings in which a phone sent something whose effect others may see.
        self._felt: set[str] = set()
        # When private fragments are sent next.
        self._owns_due = 0.0
        self._phone_views: dict[str, dict[Audience, tuple[float, int, _View]]] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def mark(self, meeting_id: str, roles: frozenset[Role]) -> None:
        """Marks that all audiences of these roles in a meeting have something new to see."""
        if Role.PHONE not in roles and roles <= self._pending.get(meeting_id, frozenset()):
            # Already marked and not sent yet: true of nearly every vote in a burst.
            return
        with self._lock:
            self._pending.setdefault(meeting_id, set()).update(roles)
        if Role.PHONE in roles:
            self._phone_views.pop(meeting_id, None)
            self._sent.pop(meeting_id, None)
        self._wake_up()

    def mark_later(self, meeting_id: str) -> None:
        """Marks that a count changed. Control and screen follow at the next tick of a clock that no press
        sets, so that a change on a screen does not echo one press."""
        if not self._later:
            now = time.monotonic()
            self._tick = now - now % TICK_SECONDS + TICK_SECONDS
        self._later.add(meeting_id)
        self._wake_up()

    def show(self, meeting_id: str, place: str) -> None:
        """Sends everybody at a place, '' for the whole meeting, their view at once: a trainer pressed, and a
        room is waiting.

        The caller sends it itself: in a storm of votes each turn spent waiting for the broadcast thread costs
        as much as the sending.
        """
        if not place:
            with self._lock:
                self._pending.pop(meeting_id, None)
            self._sent[meeting_id] = time.monotonic()
        self._phone_views.pop(meeting_id, None)
        self._send(meeting_id, ALL_ROLES, place)

    def mark_own(self, meeting_id: str, token: str, since: float) -> None:
        """Marks that a phone sent something at `since`: its private fragment follows, whatever the outcome.

        `since` is in seconds of `time.monotonic`. Where the effect can show in the fragments of other phones,
        all phones get theirs at that moment.
        """
        if not self._own:
            self._owns_due = max(self._owns_due, since + OWN_PAUSE_SECONDS)
        # Before `_own`, so that the round that sends the fragment also sends this.
        self._felt.add(meeting_id)
        self._own[meeting_id, token] = None
        self._wake_up()

    def _wake_up(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="broadcast", daemon=True)
            self._thread.start()
        if not self._wake.is_set():
            self._wake.set()

    def _run(self) -> None:
        while True:
            try:
                self._send_round()
            except Exception as error:
                # If this thread died, no page would be updated any more.
                log.error("a round of sending failed: %s", where(error))
                time.sleep(INTERVAL_SECONDS)

    def _send_round(self) -> None:
        due = [self._sent.get(meeting, 0.0) + INTERVAL_SECONDS for meeting in list(self._pending)]
        due += [self._owns_due] if self._own else []
        due += [self._tick] if self._later else []
        wait = min(due) - time.monotonic() if due else None
        if wait is None or wait > 0:
            self._wake.wait(wait)
        self._wake.clear()
        self._send_due()
        self._send_owns()

    def _send_owns(self) -> None:
        """Sends the private fragments that are due; after every OWNS_AT_ONCE of them, due views go first."""
        now = time.monotonic()
        if not self._own or now < self._owns_due:
            return
        self._owns_due = now + INTERVAL_SECONDS
        self._send_felt()
        self._own_sent = {key: moment for key, moment in self._own_sent.items() if now - moment < OWN_SECONDS}
        due = [key for key in list(self._own) if key not in self._own_sent]
        for first in range(0, len(due), OWNS_AT_ONCE):
            begun, made = time.monotonic(), []
            for key in due[first : first + OWNS_AT_ONCE]:
                self._own.pop(key, None)
                self._own_sent[key] = now
                try:
                    for phone in self._connections.tabs(*key):
                        made += [(key, phone.socket, packet) for packet in self._owns.packets(phone)]
                except Exception as error:
                    log.error("a private view could not be made: %s", where(error))
            wait(begun, MANY_MADE_SECONDS)
            for key, socket, packet in made:
                if key in self._own:
                    # Acknowledged meanwhile, and not in it: the page would show the answer of before.
                    self._own_sent.pop(key, None)
                else:
                    send_packet([socket], packet)
            self._send_due()

    def _send_felt(self) -> None:
        while self._felt:
            meeting_id = self._felt.pop()
            try:
                room = self._host.shown(meeting_id)
                if room is not None and self._host.owns.is_felt_by_all(room):
                    self._send(meeting_id, {Role.PHONE})
            except Exception as error:
                log.error("a meeting could not be shown: %s", where(error))

    def _send_due(self) -> None:
        now = time.monotonic()
        if self._later and now >= self._tick:
            for meeting_id in list(self._later):
                self._later.discard(meeting_id)
                self._tell_counts(meeting_id)
        for meeting_id in list(self._pending):
            if now - self._sent.get(meeting_id, 0.0) < INTERVAL_SECONDS:
                continue
            with self._lock:
                roles = self._pending.pop(meeting_id, set())
            self._sent[meeting_id] = now
            try:
                self._send(meeting_id, roles)
            except Exception as error:
                log.error("a view could not be made: %s", where(error))
        for meeting_id in [m for m, moment in list(self._sent.items()) if now - moment > 60]:
            self._sent.pop(meeting_id, None)

    def _tell_counts(self, meeting_id: str) -> None:
        try:
            self._host.tell_counts(meeting_id)
        except Exception as error:
            log.error("the counts of a meeting could not be told: %s", where(error))
        self.mark(meeting_id, TRAINERS_ROLES)

    def _send(self, meeting_id: str, roles: Collection[Role], place: str = "") -> None:
        pages = [
            (audience, some)
            for audience, some in self._connections.by_audience(meeting_id)
            if audience.role in roles and place in ("", audience.place)
        ]
        # Where nobody looks there is nothing to read from the database.
        room = self._host.shown(meeting_id) if pages else None
        if room is None:
            return
        audiences: dict[Audience, list[Connection]] = {}
        for audience, some in pages:
            audiences.setdefault(room.audience(audience), []).extend(some)
        for audience in sorted(audiences, key=lambda each: ORDER.index(each.role)):
            here = audiences[audience]
            try:
                view = self._view(room, audience)
            except Exception as error:
                # A view that fails must not keep the other audiences waiting.
                log.error("the view of %s could not be made: %s", audience.role, where(error))
                continue
            # A trainer's page that came with it needs its number alone. No phone has this: all hear the same.
            there = [page for page in here if page.has and page.has == view.mark]
            others = [page for page in here if page.has != view.mark] if there else here
            send_packet([page.socket for page in there], view.told)
            send_packet([page.socket for page in others], view.whole)
            if audience.role is Role.PHONE:
                self._mark_owns(room, audience, here)

    def _mark_owns(self, room: Room, audience: Audience, phones: Sequence[Connection]) -> None:
        """Queues the private fragments of all phones of an audience whose view changed.

        Also where nobody sent anything: otherwise it would show whether somebody did.
        """
        if self._host.owns.has_owns(room, audience.place):
            if not self._own:
                self._owns_due = max(self._owns_due, time.monotonic() + OWN_PAUSE_SECONDS)
            self._own |= dict.fromkeys((room.id, phone.token) for phone in phones)
            self._wake_up()

    def _view(self, room: Room, audience: Audience) -> _View:
        """The current view of an audience; phones that join at the same moment share one."""
        if audience.role is not Role.PHONE:
            return self._made(room, audience)
        state, views = room.state.version, self._phone_views.setdefault(room.id, {})
        made, shown, view = views.get(audience, (0.0, -1, None))
        if view is None or shown != state or time.monotonic() - made > SHARED_VIEW_SECONDS:
            view = self._made(room, audience)
            views[audience] = time.monotonic(), state, view
        return view

    def _made(self, room: Room, audience: Audience) -> _View:
        return _View(self._host.messages.message(room, audience))

    def send_view(self, connection: Connection, has: str = "") -> None:
        """Sends one page everything it must show now; `has` is the mark of the HTML that came with it."""
        begun, room = time.monotonic(), self._host.shown(connection.meeting_id)
        if room is None:
            return
        audience = room.audience(connection.audience)
        view = self._view(room, audience)
        is_there = has != "" and has == view.mark
        packets = [view.told if is_there else view.whole]
        if connection.phone is not None:
            # A phone that connects for the first time has sent nothing: neither is there anything of its own.
            is_new = room.door.connects(connection.phone.hash)
            if not (is_there and is_new and self._host.owns.none_own(room, audience)):
                # Even when it is blank: a page that was away still shows its old one.
                packets += self._owns.packets(connection)
            wait(begun, ONE_MADE_SECONDS)
        for packet in packets:
            send_packet([connection.socket], packet)

    def send_end(self, socket: Any, meeting_id: str) -> None:
        """Sends a page that is no known phone what everybody may read of a meeting that is over."""
        room = self._host.shown(meeting_id)
        if room is not None:
            send_packet([socket], self._view(room, Audience(Role.PHONE)).whole)
