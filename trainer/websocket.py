"""A faster WebSocket for engineio on eventlet: the one file that leans on their private parts.

As they come, a connection costs three greenlets, every byte of a frame is unmasked in Python, and a
message to a thousand phones wakes a thousand greenlets. Here a connection costs no greenlet: the hub reads
its frames (odd ones by the sans-I/O `websockets` protocol) and begins a greenlet for a message that may
block. Whatever is sent goes straight to the socket, framed once for all who get it.

What the server does, in this order, after monkey-patching and before the first request:

    websocket.install("fast")                  # or "stock": engineio's own, as a fallback
    sock = websocket.listen(host, port)        # raises OSError when the port is busy
    websocket.serve(app, sock)                 # blocks until the process ends

Nothing else changes: Flask-SocketIO, its rooms and its acknowledgements work as documented, with or without a
message queue. The private parts that are used, to look at when one of these packages gets a new version:
`engineio.async_drivers.eventlet._async["websocket"]` (the class that takes over a request),
`engineio.socket.Socket` (replaced by a subclass of the one in `sockets/plain.py`: its queue, its WebSocket
handler and its pings), `environ["eventlet.input"]` and `WSGI_LOCAL.already_handled` (as eventlet's own
WebSocket does), and the hub's `add`, `remove` and `schedule_call_global`. TLS is for the proxy in front.
"""

import base64
import binascii
import contextlib
import gc
import os
import resource
import socket
import struct
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import engineio.async_drivers.eventlet as driver
import engineio.socket
import eventlet
import eventlet.wsgi
from engineio import exceptions, packet
from eventlet import hubs
from eventlet.hubs.hub import READ, WRITE
from websockets.frames import CloseCode, Opcode, apply_mask  # type: ignore[attr-defined]
from websockets.protocol import OPEN, SERVER, Protocol
from websockets.utils import accept_key

from trainer.doorway import Doorway
from trainer.sockets.plain import MESSAGE, PONG, PROBE, UPGRADE, PlainSocket

READ_SIZE = 16 * 1024
# A phone that reads nothing may have this much waiting, here and in the kernel together some 0.4 MB.
OUTBOX_BYTES = 256 * 1024
# And on long polling, which every browser of today leaves after a second, so many messages.
OUTBOX_MESSAGES = 256
KERNEL_SEND_BYTES = 64 * 1024
# A phone may have this many messages waiting for their turn before its socket is no longer read.
INBOX_MESSAGES = 32
# How long the other side gets to read the close frame and hang up, in seconds, and how much it may still say.
LINGER = 1.0
LINGER_BYTES = 64 * 1024
GOODBYE = b"\x88\x02" + struct.pack("!H", CloseCode.NORMAL_CLOSURE)
OPEN_FILES = 20_256
# New objects before Python looks for what refers to itself; a connection that is gone leaves some fifty.
GARBAGE_THRESHOLD = 10_000

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Take = Callable[[str | bytes], bool]
Serve = Callable[[str | bytes], None]


def frame(message: str | bytes) -> bytes:
    """`message` as one unmasked, uncompressed WebSocket frame."""
    text = isinstance(message, str)
    data = message.encode() if isinstance(message, str) else bytes(message)
    first = 0x81 if text else 0x82
    if len(data) < 126:
        return bytes((first, len(data))) + data
    if len(data) < 65536:
        return struct.pack("!BBH", first, 126, len(data)) + data
    return struct.pack("!BBQ", first, 127, len(data)) + data


class Connection:
    """One open WebSocket without a greenlet of its own: the hub reads and unpacks, and calls.

    Sending never blocks. The socket stays registered with the hub for reading as long as it is open, which
    saves two system calls a message.
    """

    __slots__ = (
        "_binary", "_busy", "_fd", "_gone", "_ignored", "_inbox", "_last_words", "_max_size", "_outbox",
        "_outbox_bytes", "_partial", "_protocol", "_reader", "_serve", "_socket", "_take", "_told", "_writer",
        "closed",
    )  # fmt: skip

    # How many are open: each keeps a file descriptor, also when the request is long over.
    number = 0

    def __init__(self, sock: socket.socket, max_size: int) -> None:
        """Takes a non-blocking socket on which the handshake is done. `max_size`: bytes a message."""
        self._socket: socket.socket | None = sock
        self._fd = sock.fileno()
        self._max_size = max_size
        # Made for whoever says anything else than short texts, which is hardly anybody.
        self._protocol: Protocol | None = None
        self._inbox: deque[str | bytes] = deque()
        self._partial: bytearray | None = None
        self._binary = False
        self._outbox: deque[memoryview] | None = None
        self._outbox_bytes = 0
        self._reader: Any = None
        self._writer: Any = None
        self._busy = False
        self._told = False
        self._ignored = 0
        self._last_words: Any = None
        self.closed = False
        Connection.number += 1

    def start(self, take: Take, serve: Serve, gone: Callable[[], None]) -> None:
        """Begins to read.

        `take(message)` is called by the hub: it may not block, and says whether it dealt with the message.
        Others go to `serve(message)`, one at a time and in order, in a greenlet that is there only as long
        as there are messages. `gone()` is called once, after the last of them.
        """
        self._take, self._serve, self._gone = take, serve, gone
        self._listen()

    def serve_by(self, serve: Serve) -> None:
        """From the next message on `serve` gets what `take` leaves."""
        self._serve = serve

    def send(self, message: str | bytes) -> None:
        """Send one message."""
        self.send_frame(frame(message))

    def send_frame(self, data: bytes) -> None:
        """Send a frame made by `frame`. Does nothing when the connection is closed.

        What the kernel does not take at once is kept, up to OUTBOX_BYTES; with more the other side is too
        slow, and the connection is dropped.
        """
        if self.closed:
            return
        assert self._socket is not None
        if self._outbox is None:
            try:
                sent = self._socket.send(data)
            except (BlockingIOError, InterruptedError):
                sent = 0
            except OSError:
                self._lost()
                return
            if sent == len(data):
                return
            self._outbox = deque()
            self._writer = hubs.get_hub().add(WRITE, self._fd, self._writable, self._lost, self._lost)
            rest = memoryview(data)[sent:]
        else:
            rest = memoryview(data)
        self._outbox.append(rest)
        self._outbox_bytes += len(rest)
        if self._outbox_bytes > OUTBOX_BYTES:
            self._lost()

    def close(self) -> None:
        """Say goodbye: nothing is sent or taken any more."""
        self.send_frame(GOODBYE)
        self._end()

    # What the hub calls. None of these may block.

    def _readable(self, _fd: int) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(READ_SIZE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self._lost()
        elif self.closed:
            self._ignored += len(data)
            if self._ignored > LINGER_BYTES:
                # Somebody who goes on sending did not come to read our last words.
                self._lost()
        elif self._protocol is None:
            rest = self._unpack_plain(data)
            if rest and not self.closed:
                self._protocol = Protocol(SERVER, state=OPEN, max_size=self._max_size)
                self._unpack(self._protocol, rest)
        else:
            self._unpack(self._protocol, data)
        if len(self._inbox) > INBOX_MESSAGES and not self.closed:
            self._ignore()

    def _unpack_plain(self, data: bytes) -> bytes:
        """Delivers the short text frames at the start of `data`; gives what is left for the protocol.

        Nearly everything that phones send is one such frame; here it costs a fifth. Whoever sends anything
        else (a frame in parts, a long one, one that says goodbye) has the protocol for good, which then
        sees every byte from the beginning of that frame.
        """
        at, size = 0, len(data)
        while size - at >= 6 and data[at] == 0x81:
            length, head = data[at + 1] & 0x7F, at + 2
            if length == 126:
                length, head = data[at + 2] << 8 | data[at + 3], at + 4
            end = head + 4 + length
            # A length byte of 127 says that eight bytes follow in which the length is.
            if not data[at + 1] & 0x80 or data[at + 1] == 0xFF or length > self._max_size or end > size:
                break
            try:
                text = apply_mask(data[head + 4 : end], data[head : head + 4]).decode()
            except UnicodeDecodeError:
                break
            self._deliver(text)
            at = end
        return data[at:]

    def _unpack(self, protocol: Protocol, data: bytes) -> None:
        protocol.receive_data(data)
        for event in protocol.events_received():
            self._put_together(protocol, event)
        for out in protocol.data_to_send():
            if out:
                self.send_frame(out)
        if protocol.eof_sent:
            self._end()

    def _put_together(self, protocol: Protocol, event: Any) -> None:
        opcode = event.opcode
        if opcode is Opcode.CONT and self._partial is not None:
            self._partial += event.data
            data, binary = self._partial, self._binary
        elif opcode is Opcode.TEXT or opcode is Opcode.BINARY:
            data, binary = event.data, opcode is Opcode.BINARY
        else:
            return
        if not event.fin:
            self._partial, self._binary = bytearray(data) if self._partial is None else self._partial, binary
            return
        self._partial = None
        try:
            self._deliver(bytes(data) if binary else data.decode())
        except UnicodeDecodeError:
            if protocol.state is OPEN:
                protocol.fail(CloseCode.INVALID_DATA)

    def _deliver(self, message: str | bytes) -> None:
        if self.closed:
            return
        # While others wait for their turn nobody goes before them.
        if self._busy or not self._take(message):
            self._inbox.append(message)
            self._work()

    def _writable(self, _fd: int) -> None:
        while self._outbox and self._socket is not None:
            data = self._outbox[0]
            try:
                sent = self._socket.send(data)
            except (BlockingIOError, InterruptedError):
                return
            except OSError:
                self._lost()
                return
            self._outbox_bytes -= sent
            if sent < len(data):
                self._outbox[0] = data[sent:]
                return
            self._outbox.popleft()
        self._outbox = None
        self._unwatch_writer()
        if self.closed:
            self._half_close()

    def _lost(self, *_exc: object) -> None:
        """The other side is gone, or as good as gone."""
        if self._socket is None:
            return
        self._ignore()
        self._unwatch_writer()
        self._outbox = None
        self._socket.close()
        self._socket = None
        Connection.number -= 1
        if self._last_words is not None:
            self._last_words.cancel()
        self.closed = True
        self._work()

    # The rest may be called from any greenlet.

    def _work(self) -> None:
        if not self._busy:
            self._busy = True
            eventlet.spawn_n(self._run)

    def _run(self) -> None:
        while self._inbox:
            message = self._inbox.popleft()
            if self._reader is None and len(self._inbox) < INBOX_MESSAGES // 2:
                self._listen()
            self._serve(message)
        self._busy = False
        if self.closed and not self._told:
            self._told = True
            self._gone()

    def _end(self) -> None:
        """Lets go of the socket, after at most LINGER seconds for the other side to read our last words."""
        if self.closed:
            return
        self.closed = True
        self._last_words = hubs.get_hub().schedule_call_global(LINGER, self._lost)
        if self._outbox is None:
            self._half_close()
        self._listen()
        self._work()

    def _half_close(self) -> None:
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_WR)
            except OSError:
                self._lost()

    def _listen(self) -> None:
        if self._reader is None and self._socket is not None:
            self._reader = hubs.get_hub().add(READ, self._fd, self._readable, self._lost, self._lost)

    def _ignore(self) -> None:
        reader, self._reader = self._reader, None
        _unregister(reader)

    def _unwatch_writer(self) -> None:
        writer, self._writer = self._writer, None
        _unregister(writer)


def _unregister(listener: Any) -> None:
    if listener is not None:
        # The hub forgets a descriptor that misbehaves, and then does not know it here.
        with contextlib.suppress(KeyError):
            hubs.get_hub().remove(listener)


class WebSocket:
    """Takes a WSGI request over and gives `handler` its connection, in the place of engineio's class."""

    def __init__(self, handler: Callable[[Connection], Any], server: Any) -> None:
        self._handler = handler
        self._max_size = int(server.max_http_buffer_size)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "")
        if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
            start_response("426 Upgrade Required", [("Sec-WebSocket-Version", "13"), ("Connection", "close")])
            return []
        if not _is_key(key):
            start_response("400 Bad Request", [("Connection", "close")])
            return []
        if Connection.number >= _most_connections():
            start_response("503 Service Unavailable", [("Connection", "close")])
            return []
        green = environ["eventlet.input"].get_socket()
        # No Sec-WebSocket-Extensions in the answer: compression would triple the memory of a connection.
        green.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept_key(key).encode() + b"\r\n\r\n"
        )
        # The request ends here: its greenlet, buffers and headers go, and what it closes is no longer ours.
        raw = green.fd
        sock = type(raw)(fileno=raw.detach())
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_SEND_BYTES)
        self._handler(Connection(sock, self._max_size))
        eventlet.wsgi.WSGI_LOCAL.already_handled = True
        return []


def _is_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == 16
    except (binascii.Error, ValueError):
        return False


class StockWebSocket(driver.WebSocketWSGI):  # type: ignore[misc]
    """engineio's own class, without the compression that browsers offer and eventlet would accept."""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return super().__call__(environ, start_response)  # type: ignore[no-any-return]


_PING = packet.Packet(packet.PING)


class DirectSocket(PlainSocket):
    """An Engine.IO socket that writes to its WebSocket itself: no queue, and no greenlets at all.

    While it is on long polling it does as its parent does.
    """

    connected: bool
    last_ping: float | None
    _connection: Connection | None = None
    _ping: Any = None

    def send(self, pkt: packet.Packet) -> None:
        connection = self._connection
        if connection is None:
            if self.queue.qsize() < OUTBOX_MESSAGES:
                super().send(pkt)
            else:
                # It sends and never asks for its answers.
                self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)
        elif not self.closed:
            # The same packet object goes to every phone in a room: framing it once is what makes that cheap.
            data = getattr(pkt, "frame", None)
            if data is None:
                data = pkt.frame = frame(pkt.encode())
            connection.send_frame(data)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        connection = self._connection
        super().close(wait=wait and connection is None, abort=abort, reason=reason)
        if self._ping is not None:
            self._ping.cancel()
            self._ping = None
        if connection is not None:
            connection.close()

    def schedule_ping(self) -> None:
        if self.last_ping:
            self.last_ping = None
            self._ping = hubs.get_hub().schedule_call_global(self.server.ping_interval, self._ping_now)

    def _ping_now(self) -> None:
        self._ping = None
        if not self.closing and not self.closed:
            self.last_ping = time.monotonic()
            self.send(_PING)

    def check_ping_timeout(self) -> bool:
        """As its parent does, but by a clock that nobody can set: else setting it would look like silence."""
        if self.closed:
            raise exceptions.SocketIsClosedError
        if not self.last_ping or time.monotonic() - self.last_ping <= self.server.ping_timeout:
            return True
        self.close(wait=False, abort=False, reason=self.server.reason.PING_TIMEOUT)
        return False

    def _send_ping(self) -> None:
        raise NotImplementedError("pings are sent by a timer")

    def _upgrade_websocket(self, environ: Environ, start_response: StartResponse) -> Any:
        try:
            return super()._upgrade_websocket(environ, start_response)
        finally:
            if not self.connected:
                # The handshake was refused: without this the session would wait for its ping to time out.
                self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)

    def _websocket_handler(self, ws: Any) -> list[bytes]:
        if not isinstance(ws, Connection):
            return super()._websocket_handler(ws)  # type: ignore[no-any-return]
        if self.connected:
            self.upgrading = True
            ws.start(lambda message: False, partial(self._probe, ws), partial(self._gone, ws))
        else:
            self._go_on(ws)
            ws.start(self._take, self._receive, partial(self._gone, ws))
        return []

    def _go_on(self, ws: Connection) -> None:
        """From here on everything goes by this WebSocket."""
        self.connected = self.upgraded = True
        self._flush(ws)
        self._connection = ws

    def _gone(self, ws: Connection) -> None:
        if self._connection is ws:
            self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
            self._connection = None
            self.server.sockets.pop(self.sid, None)
        else:
            self.upgrading = False

    def _take(self, message: str | bytes) -> bool:
        """What can be done at once, in the hub: events that do not block, and the answer to a ping."""
        if message[:1] == MESSAGE:
            take = getattr(self.server, "take_in_place", None)
            try:
                return take is not None and take(self.sid, message[1:], self._send_message)
            except Exception:
                # `_receive` meets it again, where it can be told and ended.
                return False
        if message == PONG:
            self.schedule_ping()
            return True
        return False

    def _send_message(self, text: str) -> None:
        if self._connection is not None:
            self._connection.send_frame(frame(f"{MESSAGE}{text}"))

    def _receive(self, message: str | bytes) -> None:
        try:
            self.hear(message)
        except exceptions.EngineIOError:
            self.hang_up()

    def _probe(self, ws: Connection, message: str | bytes) -> None:
        """From long polling to this WebSocket, by the probe of the Engine.IO protocol."""
        if message == PROBE:
            ws.send(f"{packet.PONG}probe")
            self.queue.put(packet.Packet(packet.NOOP))
        elif message == UPGRADE and self.upgrading:
            self.upgrading = False
            self._go_on(ws)
            ws.serve_by(self._receive)
        else:
            ws.close()

    def _flush(self, ws: Connection) -> None:
        empty = self.server.get_queue_empty_exception()
        while True:
            try:
                pkt = self.queue.get(block=False)
            except empty:
                return
            self.queue.task_done()
            if pkt is not None:
                ws.send(pkt.encode())


def install(kind: str) -> None:
    """Choose the WebSocket for every server made in this process: 'fast', or 'stock' for engineio's own.

    Call it before the first request. Raises ValueError for anything else.
    """
    if kind == "fast":
        driver._async["websocket"] = WebSocket
        engineio.socket.Socket = DirectSocket
    elif kind == "stock":
        driver._async["websocket"] = StockWebSocket
        engineio.socket.Socket = PlainSocket
    else:
        raise ValueError(f"unknown WebSocket {kind!r}: 'fast' or 'stock'")


def listen(host: str, port: int) -> Any:
    """A listening green socket with a queue long enough for a whole hall that scans the code at once.

    Raises OSError when the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = eventlet.listen((host, port), family=family, backlog=4096, reuse_port=False)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


class SilentProtocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]
    """Writes no line of its own: of a request that it cannot read it would tell the address, and when."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


def serve(app: Any, sock: Any) -> None:
    """Serve the WSGI `app` on `sock` until the process ends.

    No access log is written. The limit of open files is raised as far as it may be.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < OPEN_FILES:
        ceiling = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (ceiling, hard))
    _collect_less()
    eventlet.wsgi.server(
        Doorway(sock),
        app,
        max_size=_descriptors() - _most_connections(),
        keepalive=15,
        socket_timeout=30,
        log_output=False,
        # What libraries write here names the address of a client.
        environ={"wsgi.errors": Path(os.devnull).open("w")},  # noqa: SIM115
        protocol=SilentProtocol,
        debug=False,
    )


def _descriptors() -> int:
    """How many connections fit in the limit of open files, with some left for the database and the rest."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (OPEN_FILES if soft == resource.RLIM_INFINITY else min(soft, OPEN_FILES)) - 256


def _most_connections() -> int:
    """How many WebSockets there may be: the others are for requests, also from whoever only holds them."""
    return _descriptors() * 3 // 4


def _collect_less() -> None:
    """Looks for garbage less often: that was a quarter of the cost of a vote.

    What was made at the start stays, and is not looked through again. What a vote leaves behind is freed
    by counting; only what refers to itself has to be looked for.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD, 10, 10)
