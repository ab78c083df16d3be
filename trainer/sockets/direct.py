"""What python-socketio has no way to do, or only at a price that each phone pays: with its private names.

- `answer_later`: to acknowledge an event after its handler has returned. A post is acknowledged when its
  group is committed; a handler that waits for that costs a wake-up a phone and half of the speed. It
  stands before the server's own `_handle_eio_message`, and reads the message straight into a type.
- `make_packet`, `socket_of` and `send_packet`: to send the same to many, encoded once and without a search
  for each.
- `OurPacket`: to give every acknowledgement the same size.
- `ignore_strangers`: to take from a client only what pages of ours send.
- `forget_request`: to let go of what a connection's request said.

It knows no async mode, so it is the same code on threads and on eventlet.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import msgspec
from engineio import packet as eio_packet
from socketio import packet

from trainer import wire

Reply = Callable[[Any], None]
Handler = Callable[[str, Any, Reply], None]


class OurPacket(packet.Packet):
    """The packets of handlers that answer by what they return (`serializer` of the server)."""

    def encode(self) -> Any:
        text = super().encode()
        return wire.padded(text, wire.ACK_BYTES) if self.packet_type == packet.ACK else text


def answer_later(server: Any, event: str, handler: Handler, shape: Any = Any) -> None:
    """Let `handler(sid, data, reply)` handle `event` of the default namespace, in place, without Flask.

    `server` is the socketio server (`socketio.server` of Flask-SocketIO, after `init_app`). `data` is what
    the client sent, as the type `shape`, or None when it is not that. `reply(value)` sends `value` as the
    acknowledgement; it may be called from any thread or greenlet, at any time, once; it does nothing when
    the client wanted none or is gone. The handler must not block.
    """
    ordinary = server._handle_eio_message
    beginning = re.compile(rf'{packet.EVENT}([0-9]{{0,18}})\["{re.escape(event)}"[],]')
    arguments = msgspec.json.Decoder(tuple[str, shape])

    def take(eio_sid: str, message: Any, send: Callable[[str], None]) -> bool:
        found = beginning.match(message) if isinstance(message, str) else None
        sid = server.manager.sid_from_eio_sid(eio_sid, "/") if found else None
        if found is None or sid is None or not server.manager.is_connected(sid, "/"):
            return False
        ack_id = found[1]

        def reply(value: Any) -> None:
            if ack_id:
                send(wire.ack(ack_id, value))

        try:
            data = arguments.decode(message[found.end(1) :])[1]
        except msgspec.DecodeError:
            data = None
        handler(sid, data, reply)
        return True

    def handle(eio_sid: str, message: Any) -> None:
        def send(text: str) -> None:
            if eio_sid in server.environ:
                server.eio.send(eio_sid, text)

        if not take(eio_sid, message, send):
            ordinary(eio_sid, message)

    server.eio.on("message", handle)
    # A WebSocket that can call it without a greenlet, and send by itself, does (`trainer/websocket.py`).
    server.eio.take_in_place = take


def ignore_strangers(server: Any) -> None:
    """Take from a client its first CONNECT, DISCONNECT, and the events that have a handler; drop the rest.

    To be called before `answer_later`. Without it a client could send an event by the name of 'connect', and
    python-socketio would call the handler with a request that the client made up; connect twice, and be left
    in every list when it goes; announce attachments, which are kept until all of them are there; and have a
    traceback written to the log for each packet that is malformed.
    """
    ordinary, events = server._handle_eio_message, server.handlers["/"]
    event = re.compile(rf'{packet.EVENT}[0-9]{{0,18}}\["([^"\\]*)"[],]')

    def is_ours(eio_sid: str, message: str) -> bool:
        here = server.manager.sid_from_eio_sid(eio_sid, "/") is not None
        if message.startswith(str(packet.CONNECT)):
            return not here
        if message == str(packet.DISCONNECT):
            return here
        found = event.match(message)
        return found is not None and found[1] in events and found[1] not in server.reserved_events

    def handle(eio_sid: str, message: Any) -> None:
        if isinstance(message, str) and is_ours(eio_sid, message):
            # It may still not be JSON.
            with suppress(msgspec.DecodeError):
                ordinary(eio_sid, message)

    server._handle_eio_message = handle
    server.eio.on("message", handle)


def forget_request(server: Any, sid: str) -> None:
    """Let go of what the request of a connection said: address, browser, cookies.

    python-socketio keeps it for as long as somebody is connected. Nothing here needs it after `connect`, it
    takes memory, and it would lie beside the person's token.
    """
    server.environ[server.manager.eio_sid_from_sid(sid, "/")] = {}


def make_packet(text: str) -> eio_packet.Packet:
    """What `wire.event` wrote, ready to be sent to anybody, any number of times."""
    return eio_packet.Packet(eio_packet.MESSAGE, text)


def socket_of(server: Any, sid: str) -> Any:
    """What `send_packet` sends by: it stays the same as long as `sid` is connected."""
    return server.eio.sockets[server.manager.eio_sid_from_sid(sid, "/")]


def send_packet(sockets: Iterable[Any], made: eio_packet.Packet) -> None:
    """Send what `make_packet` made to those of `sockets` that are still there."""
    for each in sockets:
        if not each.closed:
            each.send(made)
