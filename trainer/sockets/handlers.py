"""What browsers may say, who may say it, and the answer they get.

Every event checks the role and the meeting of its connection; the token and the origin were checked when it
connected. Handlers are plain Socket.IO handlers: without a request context they cost a third.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import msgspec
from flask import Flask
from msgspec import Meta
from socketio import Server
from socketio.exceptions import ConnectionRefusedError as Refused
from werkzeug.http import parse_cookie

from trainer.cookies import PHONE
from trainer.host import TRAINERS_ROLES, Host
from trainer.kinds.contract import Command, Rejected, Submission
from trainer.live.commands import SCREEN_COMMANDS
from trainer.room import MeetingUnreadable
from trainer.sockets.broadcast import Broadcaster
from trainer.sockets.connections import Connection, Connections
from trainer.sockets.direct import Reply, answer_later, forget_request, ignore_strangers, socket_of
from trainer.sockets.protocol import RETRY, SENDERS, Code, Event, Refusal, Role
from trainer.sockets.rights import Rights
from trainer.store.access import Standing
from trainer.store.health import where
from trainer.store.writer import NotSaved
from trainer.wire import MOST_FIELDS

log = logging.getLogger(__name__)

LONGEST_NAME = 80
UUID_PATTERN = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
UUID = re.compile(UUID_PATTERN)
# After these a phone gets its private fragment, whatever came of them.
FOLLOWED = frozenset({Event.WITHDRAW, Event.ACT})

Ack = dict[str, Any]
OK: Ack = {"ok": True}


class PostMessage(msgspec.Struct):
    """A post as phones send it. Nothing comes in as often, so msgspec checks it while it reads.

    What is not named here is skipped.
    """

    id: Annotated[str, Meta(max_length=36, pattern=UUID_PATTERN)]
    step: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    item: Annotated[str, Meta(max_length=LONGEST_NAME)]
    form: Annotated[
        dict[str, Annotated[tuple[str, ...], Meta(max_length=MOST_FIELDS)]], Meta(max_length=MOST_FIELDS)
    ]


class Malformed(ValueError):
    """A message that is not what our pages send."""


def refusal(code: str, message: str) -> Ack:
    return {"ok": False, "code": code, "message": message, "retry": code in RETRY}


FORBIDDEN = refusal(Code.FORBIDDEN, "Dat mag vanaf deze pagina niet.")
MALFORMED = refusal(Code.MALFORMED, "Dit bericht klopt niet. Ververs de pagina.")
TOO_FAST = refusal(Code.TOO_FAST, "Even rustig aan. Je inzending gaat zo vanzelf mee.")
NOT_SAVED = refusal(Code.NOT_SAVED, "Opslaan lukt nu niet. We proberen het opnieuw.")


def answer(outcome: object) -> Ack:
    if isinstance(outcome, Rejected):
        return refusal(outcome.code, outcome.message)
    return NOT_SAVED if isinstance(outcome, Exception) else OK


def register(app: Flask, server: Server, host: Host, rate: float, burst: float) -> Connections:
    """Connects the events to the host."""
    connections = Connections(rate, burst)
    broadcaster = Broadcaster(host, connections)
    host.notify, host.show = broadcaster.mark, broadcaster.show
    host.notify_later = broadcaster.mark_later

    rights = Rights(app, server, host, connections)

    def hang_up_phone(meeting_id: str, token: str) -> None:
        for connection in connections.tabs(meeting_id, token):
            server.disconnect(connection.sid)

    host.hang_up_phone, host.hang_up_strangers = hang_up_phone, rights.end_lost
    host.hang_up_meeting = rights.end_meeting

    def connect(sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        # First: while what follows reads the database, it may go.
        socket = socket_of(server, sid)
        try:
            meeting_id, role = _text(auth, "meeting"), Role(_text(auth, "role"))
        except ValueError as error:
            raise Refused("malformed") from error
        try:
            room = host.room(meeting_id)
        except MeetingUnreadable as error:
            raise Refused("unreadable meeting") from error
        if room is None:
            # This page may have slept, with the meeting on it.
            raise Refused(Refusal.UNKNOWN, rights.farewell(meeting_id, Standing.NOT_OPEN))
        if role is Role.PHONE:
            token = host.cookies.read(parse_cookie(environ), PHONE)
            if not host.is_participant(meeting_id, token):
                if room.state.phase != "closed":
                    raise Refused(Refusal.NOT_JOINED)
                # A phone that slept finds out here, and empties itself. Nobody is known any more: so it is no
                # page of ours, nothing that it says is taken, and it counts nowhere.
                forget_request(server, sid)
                broadcaster.send_end(socket, meeting_id)
                return
            connection = connections.add(sid, role, meeting_id, socket=socket, token=token)
            host.notify(meeting_id, frozenset({Role.CONTROL}))
        else:
            right, name = rights.ask(environ, meeting_id, role)
            connection = connections.add(sid, role, meeting_id, socket=socket, right=right, name=name)
            host.notify(meeting_id, TRAINERS_ROLES)
        forget_request(server, sid)
        if host.room(meeting_id) is None:
            # It was taken back meanwhile: its open pages are closed already.
            connections.remove(sid)
            raise Refused(Refusal.UNKNOWN)
        broadcaster.send_view(connection)

    def disconnect(sid: str, reason: str) -> None:
        connection = connections.remove(sid)
        if connection is not None:
            # How many phones there are, or who leads.
            shown_to = frozenset({Role.CONTROL}) if connection.role is Role.PHONE else TRAINERS_ROLES
            host.notify(connection.meeting_id, shown_to)

    server.on("connect", connect, namespace="/")
    server.on("disconnect", disconnect, namespace="/")

    def on(event: Event) -> Callable[[Callable[[Connection, Any], Ack]], None]:
        def decorator(handler: Callable[[Connection, Any], Ack]) -> None:
            def guarded(sid: str, data: Any = None, *_: Any) -> Ack:
                since = time.monotonic()
                connection = connections.get(sid)
                if connection is None or connection.role not in SENDERS[event]:
                    return FORBIDDEN
                answered = TOO_FAST if not connection.bucket.take() else tried(connection, data)
                if event in FOLLOWED:
                    broadcaster.mark_own(connection.meeting_id, connection.token, since)
                return answered

            def tried(connection: Connection, data: Any) -> Ack:
                try:
                    if not rights.still_holds(connection):
                        return FORBIDDEN
                    return handler(connection, data)
                except Malformed:
                    return MALFORMED
                except NotSaved:
                    return NOT_SAVED
                except Exception as error:
                    # Somebody waits for an answer. The message may hold what they wrote, so it is not logged.
                    log.error("%s failed: %s", event, where(error))
                    return NOT_SAVED

            server.on(event, guarded, namespace="/")

        return decorator

    @on(Event.HELLO)
    def hello(connection: Connection, data: Any) -> Ack:
        broadcaster.send_view(connection)
        return OK

    def post(sid: str, data: PostMessage | None, reply: Reply) -> None:
        since = time.monotonic()
        connection = connections.get(sid)
        if connection is None or connection.role not in SENDERS[Event.POST]:
            reply(FORBIDDEN)
            return

        def tell(said: Ack) -> None:
            broadcaster.mark_own(connection.meeting_id, connection.token, since)
            reply(said)

        if not connection.bucket.take():
            tell(TOO_FAST)
            return
        if data is None or not (data.step.isprintable() and data.item.isprintable()):
            tell(MALFORMED)
            return
        submission = Submission(data.item, data.form)
        meeting, token = connection.meeting_id, connection.token
        host.posting.post(
            meeting, token, data.id, data.step, submission, lambda outcome: tell(answer(outcome))
        )

    @on(Event.WITHDRAW)
    def withdraw(connection: Connection, data: Any) -> Ack:
        step, post_id = _text(data, "step"), _uuid(data, "id")
        warned, now = data.get("warned") is True, data.get("now") is True
        meeting, token = connection.meeting_id, connection.token
        return answer(host.posting.withdraw(meeting, token, step, post_id, warned=warned, at_once=now))

    @on(Event.ACT)
    def act(connection: Connection, data: Any) -> Ack:
        action = Command(_text(data, "name"), _fields(data, "args"))
        return answer(host.act(connection.meeting_id, connection.token, _text(data, "step"), action))

    @on(Event.COMMAND)
    def command(connection: Connection, data: Any) -> Ack:
        asked = Command(_text(data, "name"), _fields(data, "args"))
        if connection.role is Role.SCREEN and asked.name not in SCREEN_COMMANDS:
            return FORBIDDEN
        version = data.get("version")
        if type(version) is not int:
            raise Malformed("version")
        outcome = host.command(connection.meeting_id, asked, version)
        if connection.role is Role.SCREEN and not isinstance(outcome, Rejected):
            host.leaders.steered(connection.meeting_id)
            host.notify(connection.meeting_id, TRAINERS_ROLES)
        return answer(outcome)

    @on(Event.ENTER)
    def enter(connection: Connection, data: Any) -> Ack:
        submission = Submission(_text(data, "item", empty=True), _fields(data, "form"))
        return answer(host.posting.enter(connection.meeting_id, _text(data, "step"), submission))

    @on(Event.SCREENS)
    def screens(connection: Connection, data: Any) -> Ack:
        if not rights.screens(connection, _text(data, "name")):
            return MALFORMED
        host.notify(connection.meeting_id, frozenset({Role.CONTROL}))
        return OK

    @on(Event.DOOR)
    def door(connection: Connection, data: Any) -> Ack:
        said = {"admit": host.joining.admit, "refuse": host.joining.refuse}.get(_text(data, "name"))
        if said is None:
            raise Malformed("name")
        return answer(said(connection.meeting_id, _fields(data, "args").get("word", ())))

    ignore_strangers(server)
    answer_later(server, Event.POST, post, PostMessage)
    return connections


def _text(data: Any, name: str, empty: bool = False) -> str:
    value = data.get(name) if isinstance(data, Mapping) else None
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not (value or empty):
        raise Malformed(name)
    if not value.isprintable():
        # Our names are; half a surrogate or a NUL would make the commit of a whole group fail.
        raise Malformed(name)
    return value


def _uuid(data: Any, name: str) -> str:
    text = _text(data, name)
    if UUID.fullmatch(text) is None:
        raise Malformed(name)
    return text


def _fields(data: Any, name: str) -> dict[str, tuple[str, ...]]:
    """Fields of a form as our pages send them: names with lists of texts."""
    found = data.get(name, {}) if isinstance(data, Mapping) else None
    if not isinstance(found, Mapping) or len(found) > MOST_FIELDS:
        raise Malformed(name)
    fields: dict[str, tuple[str, ...]] = {}
    for field, values in found.items():
        values = [values] if isinstance(values, str) else values
        if not isinstance(values, list) or len(values) > MOST_FIELDS:
            raise Malformed(name)
        if not all(isinstance(value, str) for value in values):
            raise Malformed(name)
        try:
            "".join(values).encode()
        except UnicodeEncodeError as error:
            raise Malformed(name) from error
        fields[str(field)] = tuple(values)
    return fields
