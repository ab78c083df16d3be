"""What browsers may send, who may send it, and the answer they get.

Every event checks the role and the meeting of its connection; the token and the origin were checked when it
connected. Handlers are plain Socket.IO handlers: without a request context they cost a third as much.
"""

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask
from socketio import Server
from socketio.exceptions import ConnectionRefusedError as Refused
from werkzeug.http import parse_cookie

from trainer.cookies import PHONE
from trainer.kinds.contract import Command, Rejected, Submission
from trainer.live.audience import Audience, Role
from trainer.live.commands import SCREEN_COMMANDS
from trainer.meetings.host import Host
from trainer.meetings.room import MeetingUnreadable
from trainer.meetings.signals import CONTROL_ALONE, TRAINERS_ROLES, Signals
from trainer.sockets.answers import FORBIDDEN, MALFORMED, NOT_SAVED, TOO_FAST, Ack, answer
from trainer.sockets.broadcast import Broadcaster
from trainer.sockets.connections import Connection, Connections
from trainer.sockets.direct import Reply, answer_later, forget_request, ignore_strangers, socket_of
from trainer.sockets.protocol import SENDERS, Event, Refusal
from trainer.sockets.reading import Malformed, PostMessage, fields, text, uuid
from trainer.sockets.rights import Rights
from trainer.store.access import Standing
from trainer.store.health import where
from trainer.store.writer import NotSaved

log = logging.getLogger(__name__)

# After these a phone gets its private fragment, whatever their outcome.
FOLLOWED = frozenset({Event.WITHDRAW, Event.ACT, Event.SHARING})


def register(app: Flask, server: Server, host: Host, rate: float, burst: float) -> None:
    """Connects the events to the host, and its signals to the pages.

    The pages of one owner may together send `rate` events per second, with bursts of `burst`.
    """
    connections = Connections(rate, burst)
    broadcaster, rights = Broadcaster(host, connections), Rights(app, server, host, connections)

    def hang_up_phone(meeting_id: str, token: str) -> None:
        for connection in connections.tabs(meeting_id, token):
            server.disconnect(connection.sid)

    host.signals = Signals(
        notify=broadcaster.mark,
        notify_later=broadcaster.mark_later,
        followed=broadcaster.mark_own,
        show=broadcaster.show,
        hang_up_phone=hang_up_phone,
        hang_up_strangers=rights.end_lost,
        hang_up_meeting=rights.end_meeting,
        hang_up_rehearsal=partial(rights.end_meeting, why=Standing.REHEARSED),
    )
    handlers = Handlers(server, host, connections, broadcaster, rights)
    server.on("connect", handlers.connect, namespace="/")
    server.on("disconnect", handlers.disconnect, namespace="/")
    for event, handler in handlers.by_event().items():
        server.on(event, handlers.guarded(event, handler), namespace="/")
    ignore_strangers(server)
    answer_later(server, Event.POST, handlers.post, PostMessage)


class Handlers:
    """Handles the requests of pages, if they are allowed."""

    def __init__(
        self, server: Server, host: Host, connections: Connections, broadcaster: Broadcaster, rights: Rights
    ) -> None:
        self._server = server
        self._host = host
        self._connections = connections
        self._broadcaster = broadcaster
        self._rights = rights

    def by_event(self) -> dict[Event, Callable[[Connection, Any], object]]:
        """The handler of each event except `post`, which is acknowledged later."""
        return {
            Event.HELLO: self.hello,
            Event.WITHDRAW: self.withdraw,
            Event.ACT: self.act,
            Event.SHARING: self.sharing,
            Event.COMMAND: self.command,
            Event.ENTER: self.enter,
            Event.SCREENS: self.screens,
            Event.DOOR: self.door,
        }

    def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Lets in a page that has the right to its role, and sends it its view. Raises Refused."""
        # First: the client may disconnect while the database is read below.
        socket = socket_of(self._server, sid)
        meeting_id, role, place, has = _introduced(auth)
        try:
            room = self._host.room(meeting_id)
        except MeetingUnreadable as error:
            raise Refused("unreadable meeting") from error
        if room is None:
            # A page that was asleep may still show the meeting: the farewell replaces it.
            raise Refused(Refusal.UNKNOWN, self._rights.farewell(meeting_id, Standing.NOT_OPEN))
        audience = Audience(role, place if room.steps.has_place(place) else "")
        add = partial(self._connections.add, sid, audience, meeting_id, socket=socket)
        if role is Role.PHONE:
            token = self._host.cookies.read(parse_cookie(environ), PHONE)
            if not self._host.is_participant(meeting_id, token):
                if room.state.phase != "closed":
                    raise Refused(Refusal.NOT_JOINED)
                # A phone that was asleep finds out here, and empties itself. Participants are forgotten by
                # now, so it is not registered: nothing that it sends is handled, and it is not counted.
                forget_request(self._server, sid)
                self._broadcaster.send_end(socket, meeting_id)
                return
            connection = add(token=token)
            self._host.arrivals.came(meeting_id, sid, token, f"//{environ.get('HTTP_HOST', '')}")
            self._host.signals.notify(meeting_id, CONTROL_ALONE)
        else:
            right, name = self._rights.ask(environ, meeting_id, role)
            connection = add(right=right, name=name, small=auth.get("small") == "yes", has=has)
            self._host.signals.notify(meeting_id, TRAINERS_ROLES)
        forget_request(self._server, sid)
        if self._host.room(meeting_id) is None:
            # The meeting was taken back meanwhile: its open pages are closed already.
            self._connections.remove(sid)
            self._host.arrivals.went(meeting_id, sid)
            raise Refused(Refusal.UNKNOWN)
        self._broadcaster.send_view(connection, has)

    def disconnect(self, sid: str, reason: str) -> None:
        """Forgets a page that is closed, and tells the trainers."""
        connection = self._connections.remove(sid)
        if connection is not None:
            self._host.arrivals.went(connection.meeting_id, sid)
            # The number of phones changed, or who leads.
            shown_to = CONTROL_ALONE if connection.role is Role.PHONE else TRAINERS_ROLES
            self._host.signals.notify(connection.meeting_id, shown_to)

    def guarded(self, event: Event, handler: Callable[[Connection, Any], object]) -> Callable[..., Ack]:
        """Wraps a handler: checks the role, rate and right of a page, and turns exceptions into answers."""

        def take(sid: str, data: Any = None, *_: Any) -> Ack:
            since = time.monotonic()
            connection = self._connections.get(sid)
            if connection is None or connection.role not in SENDERS[event]:
                return answer(FORBIDDEN)
            outcome: object = TOO_FAST
            if connection.bucket.take():
                outcome = self._try(event, handler, connection, data)
            if event in FOLLOWED:
                self._broadcaster.mark_own(connection.meeting_id, connection.token, since)
            return answer(outcome)

        return take

    def _try(
        self, event: Event, handler: Callable[[Connection, Any], object], connection: Connection, data: Any
    ) -> object:
        try:
            return handler(connection, data) if self._rights.still_holds(connection) else FORBIDDEN
        except Malformed:
            return MALFORMED
        except NotSaved:
            return NOT_SAVED
        except Exception as error:
            # Somebody waits for an answer. The message may hold what they wrote, so it is not logged.
            log.error("%s failed: %s", event, where(error))
            return NOT_SAVED

    def hello(self, connection: Connection, data: Any) -> None:
        """Sends a page its view once more."""
        self._broadcaster.send_view(connection)

    def post(self, sid: str, data: PostMessage | None, reply: Reply) -> None:
        """Takes what a phone sends; `reply` is called once that is committed or refused."""
        since = time.monotonic()
        connection = self._connections.get(sid)
        phone = connection.phone if connection and connection.role in SENDERS[Event.POST] else None
        if connection is None or phone is None:
            reply(answer(FORBIDDEN))
            return

        def tell(outcome: object) -> None:
            self._broadcaster.mark_own(phone.meeting_id, phone.token, since)
            reply(answer(outcome))

        if not connection.bucket.take():
            tell(TOO_FAST)
        elif data is None or not (data.step.isprintable() and data.item.isprintable()):
            tell(MALFORMED)
        else:
            submission = Submission(data.item, data.form)
            self._host.posting.post(phone, data.id, data.step, submission, tell)

    def withdraw(self, connection: Connection, data: Any) -> Rejected | None:
        """Takes back a post of this phone. Raises Malformed and NotSaved."""
        step, post_id = text(data, "step"), uuid(data, "id")
        warned, now = data.get("warned") is True, data.get("now") is True
        meeting, token = connection.meeting_id, connection.token
        return self._host.posting.withdraw(meeting, token, step, post_id, warned=warned, at_once=now)

    def act(self, connection: Connection, data: Any) -> object:
        """Does what a participant does for everybody. Raises Malformed and NotSaved."""
        action = Command(text(data, "name"), fields(data, "args"))
        return self._host.steering.act(connection.meeting_id, connection.token, text(data, "step"), action)

    def sharing(self, connection: Connection, data: Any) -> Rejected | None:
        """Takes what a phone says of what its group shares. Raises Malformed and NotSaved."""
        fine = {"ja ": True, "nee": False}.get(text(data, "said"))
        if fine is None:
            raise Malformed("said")
        said = self._host.sharing.say
        return said(connection.meeting_id, connection.token, text(data, "step"), fine=fine)

    def command(self, connection: Connection, data: Any) -> object:
        """Does what a trainer pressed; a screen may do only a few things, and a small one nothing.

        Raises Malformed and NotSaved.
        """
        asked = Command(text(data, "name"), fields(data, "args"))
        # Whoever steers is named, and a small screen is not.
        if connection.small or (connection.role is Role.SCREEN and asked.name not in SCREEN_COMMANDS):
            return FORBIDDEN
        version = data.get("version")
        if type(version) is not int:
            raise Malformed("version")
        outcome = self._host.steering.command(
            connection.meeting_id, asked, version, connection.audience.place, who=connection.name
        )
        if connection.role is Role.SCREEN and not isinstance(outcome, Rejected):
            self._host.leaders.steered(connection.meeting_id)
            self._host.signals.notify(connection.meeting_id, TRAINERS_ROLES)
        return outcome

    def enter(self, connection: Connection, data: Any) -> Rejected | None:
        """Stores a card on paper that a trainer typed in. Raises Malformed and NotSaved."""
        submission = Submission(text(data, "item", empty=True), fields(data, "form"))
        return self._host.posting.enter(connection.meeting_id, text(data, "step"), submission)

    def screens(self, connection: Connection, data: Any) -> Rejected | None:
        """Gives out a code for a screen, or closes the screens. Raises Malformed and NotSaved."""
        if not self._rights.screens(connection, text(data, "name")):
            return MALFORMED
        self._host.signals.notify(connection.meeting_id, CONTROL_ALONE)
        return None

    def door(self, connection: Connection, data: Any) -> object:
        """Lets phones in that wait at the door, or turns them away. Raises Malformed and NotSaved."""
        said = {"admit": self._host.joining.admit, "refuse": self._host.joining.refuse}.get(
            text(data, "name")
        )
        if said is None:
            raise Malformed("name")
        return said(connection.meeting_id, fields(data, "args").get("word", ()))


def _introduced(auth: Any) -> tuple[str, Role, str, str]:
    """Of what meeting a page says it is, in what role, at what place, with what view. Raises Refused."""

    def told(name: str) -> str:
        return text(auth, name, empty=True).rstrip() if isinstance(auth, dict) and name in auth else ""

    try:
        return text(auth, "meeting"), Role(text(auth, "role")), told("place"), told("has")
    except ValueError as error:
        raise Refused("malformed") from error
