"""What python-socketio cannot do, or only at a cost per phone; done through its private names.

- `answer_later` acknowledges an event after its handler has returned. A post is acknowledged when its group
  is committed; a handler that waits for that costs a wake-up per phone and half the throughput. It runs
  before the server's own `_handle_eio_message`, and decodes the message straight into a type.
- `make_packet`, `socket_of` and `send_packet` send the same to many, encoded once and without a lookup for
  each.
- `OurPacket` gives every acknowledgement the same size.
- `ignore_strangers` accepts from a client only what our pages send, and lets them say in the address of
  their WebSocket who they are.
- `forget_request` drops what a connection's request said.

It does not depend on the async mode: the same code runs on threads and on eventlet.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import msgspec
from engineio import packet as eio_packet
from socketio import packet

from trainer import wire
from trainer.sockets import plain

# Characters in a CONNECT; those of our pages are shorter.
LONGEST_CONNECT = 600
# What a page may say of itself in the address of its socket. At which table it is, is said in no address.
INTRODUCTION = ("meeting", "role", "has", "small")

Reply = Callable[[Any], None]
Handler = Callable[[str, Any, Reply], None]


class NotOurs(Exception):
    """A message that none of our pages sends."""


class OurPacket(packet.Packet):
    """Pads the acknowledgements of handlers that answer by returning a value (`serializer` of the server)."""

    def encode(self) -> Any:
        text = super().encode()
        return wire.padded(text, wire.ACK_BYTES) if self.packet_type == packet.ACK else text


def answer_later(server: Any, event: str, handler: Handler, shape: Any = Any) -> None:
    """Lets `handler(sid, data, reply)` handle `event` of the default namespace, in place, without Flask.

    `server` is the socketio server (`socketio.server` of Flask-SocketIO, after `init_app`). `data` is what
    the client sent, as the type `shape`, or None when it is other JSON. `reply(value)` sends `value` as the
    acknowledgement; it may be called once, from any thread or greenlet, at any time; it does nothing when
    the client wanted none or is gone. The handler must not block.
    """
    later = _Later(server, event, handler, shape)
    server.eio.on("message", later.handle)
    # Called directly by a WebSocket that needs no greenlet and sends by itself (`serving/websocket.py`).
    server.eio.take_in_place = later.take


class _Later:
    """Handles the messages of one event; all others go to python-socketio."""

    def __init__(self, server: Any, event: str, handler: Handler, shape: Any) -> None:
        self._server = server
        self._handler = handler
        self._ordinary = server._handle_eio_message
        self._beginning = re.compile(rf'{packet.EVENT}([0-9]{{0,18}})\["{re.escape(event)}"[],]')
        self._arguments = msgspec.json.Decoder(tuple[str, shape])

    def take(self, eio_sid: str, message: Any, send: Callable[[str], None]) -> bool:
        """Handles a message of the event; False when it is another. Raises NotOurs when it is not JSON."""
        found = self._beginning.match(message) if isinstance(message, str) else None
        sid = self._server.manager.sid_from_eio_sid(eio_sid, "/") if found else None
        if found is None or sid is None:
            return False
        ack_id = found[1]

        def reply(value: Any) -> None:
            if ack_id:
                send(wire.ack(ack_id, value))

        self._handler(sid, self._read(message[found.end(1) :]), reply)
        return True

    def _read(self, text: str) -> Any:
        if wire.is_deep(text):
            raise NotOurs
        try:
            try:
                return self._arguments.decode(text)[1]
            except msgspec.ValidationError:
                # Decoding stopped at the first value of another type; check that the rest is JSON.
                msgspec.json.decode(text)
                return None
        except Exception as error:
            raise NotOurs from error

    def handle(self, eio_sid: str, message: Any) -> None:
        """Handles every message that no WebSocket of ours has taken first."""

        def send(text: str) -> None:
            if eio_sid in self._server.environ:
                self._server.eio.send(eio_sid, text)

        try:
            if not self.take(eio_sid, message, send):
                self._ordinary(eio_sid, message)
        except NotOurs:
            hang_up(self._server, eio_sid)


def ignore_strangers(server: Any) -> None:
    """Accepts from a client only its first CONNECT, DISCONNECT, and the events that have a handler.

    Call it before `answer_later`. Until a client has connected, only a CONNECT as our pages send it is
    decoded: a few short texts. What cannot be decoded closes the connection and logs nothing, where
    python-socketio would log a traceback each time.

    A second CONNECT and an event without a handler are dropped undecoded. Otherwise a client could send an
    event named 'connect', and python-socketio would call the handler with a request that the client made up;
    or connect twice, and stay in every list after it disconnects.
    """
    plain.install(server)
    gate = _Gate(server)
    server._handle_eio_message = gate.handle
    server.eio.on("connect", gate.arrive)
    server.eio.on("message", server._handle_eio_message)


class _Gate:
    """Filters what python-socketio would decode unseen; `meet` and `hear` raise NotOurs."""

    event = re.compile(rf'{packet.EVENT}[0-9]{{0,18}}\["([^"\\]*)"[],]')
    introduction = msgspec.json.Decoder(dict[str, str])

    def __init__(self, server: Any) -> None:
        self.server = server

    def arrive(self, eio_sid: str, environ: dict[str, Any]) -> None:
        """Lets a page in that introduces itself in the address of its WebSocket, as its CONNECT would.

        That saves it a way to the server and back. Its CONNECT, which comes nevertheless, is a second one. By
        a WebSocket only: of its request a browser says which page made it.
        """
        self.server._handle_eio_connect(eio_sid, environ)
        said = parse_qs(environ.get("QUERY_STRING", "")) if "HTTP_UPGRADE" in environ else {}
        auth = {name: said[name][0] for name in INTRODUCTION if name in said}
        try:
            if auth:
                self.server._handle_connect(eio_sid, "/", auth)
        except Exception:
            # As if it had said nothing: its CONNECT is tried next, and what fails then is told as ever.
            self._forget(eio_sid)
            self.server.environ[eio_sid] = environ

    def _forget(self, eio_sid: str) -> None:
        manager = self.server.manager
        sid = manager.sid_from_eio_sid(eio_sid, "/")
        if sid is not None:
            self.server._trigger_event("disconnect", "/", sid, self.server.reason.TRANSPORT_ERROR)
            manager.disconnect(sid, "/", ignore_queue=True)

    def handle(self, eio_sid: str, message: str) -> None:
        server = self.server
        if eio_sid not in server.environ:
            # The connection was closed while this was on its way.
            return
        is_here = server.manager.sid_from_eio_sid(eio_sid, "/") is not None
        try:
            (self.hear if is_here else self.meet)(eio_sid, message)
        except NotOurs:
            hang_up(server, eio_sid)

    def meet(self, eio_sid: str, message: str) -> None:
        if not message.startswith(str(packet.CONNECT)) or len(message) > LONGEST_CONNECT:
            raise NotOurs
        try:
            auth = self.introduction.decode(message[1:])
        except Exception as error:
            raise NotOurs from error
        self.server._handle_connect(eio_sid, "/", auth)

    def hear(self, eio_sid: str, message: str) -> None:
        server, found = self.server, self.event.match(message)
        if message == str(packet.DISCONNECT):
            server._handle_disconnect(eio_sid, "/", server.reason.CLIENT_DISCONNECT)
        elif found is None:
            if not message.startswith(str(packet.CONNECT)):
                raise NotOurs
        elif found[1] in server.handlers["/"] and found[1] not in server.reserved_events:
            if wire.is_deep(message):
                raise NotOurs
            try:
                pkt = server.packet_class(encoded_packet=message)
            except Exception as error:
                # Any failure to decode: not JSON, or too large.
                raise NotOurs from error
            server._handle_event(eio_sid, pkt.namespace, pkt.id, pkt.data)


def hang_up(server: Any, eio_sid: str) -> None:
    """Closes the connection of a client that sent what none of our pages sends."""
    session = server.eio.sockets.get(eio_sid)
    if session is not None:
        session.hang_up()


def forget_request(server: Any, sid: str) -> None:
    """Drops what the request of a connection said: address, browser, cookies.

    python-socketio keeps it as long as the client is connected. Nothing here needs it after `connect`, it
    takes memory, and it would lie beside the person's token.
    """
    server.environ[server.manager.eio_sid_from_sid(sid, "/")] = {}


def make_packet(text: str) -> eio_packet.Packet:
    """A packet of what `wire.event` wrote, to be sent to anybody, any number of times."""
    return eio_packet.Packet(eio_packet.MESSAGE, text)


def socket_of(server: Any, sid: str) -> Any:
    """The socket for `send_packet`; it stays the same as long as `sid` is connected."""
    return server.eio.sockets[server.manager.eio_sid_from_sid(sid, "/")]


def send_packet(sockets: Iterable[Any], made: eio_packet.Packet) -> None:
    """Sends what `make_packet` made to those of `sockets` that are still open."""
    for each in sockets:
        if not each.closed:
            each.send(made)
