"""A faster WebSocket for engineio on eventlet; this and `connection.py` rely on their private parts.

Out of the box a connection costs three greenlets, every byte of a frame is unmasked in Python, and a
message to a thousand phones wakes a thousand greenlets. Here a connection costs no greenlet: the hub reads
its frames (unusual ones by the sans-I/O `websockets` protocol) and starts a greenlet for a message that may
block. Outgoing data goes straight to the socket, framed once for all recipients.

The server calls, in this order, after monkey-patching and before the first request:

    websocket.install("fast")                  # or "stock": engineio's own, as a fallback
    sock = listening.listen(host, port)        # raises OSError when the port is busy
    listening.serve(app, sock)                 # blocks until the process ends

Nothing else changes: Flask-SocketIO, its rooms and its acknowledgements work as documented, with or without a
message queue. The private parts in use, to check when one of these packages is upgraded:
`engineio.async_drivers.eventlet._async["websocket"]` (the class that takes over a request),
`engineio.socket.Socket` (replaced by a subclass of the one in `sockets/plain.py`: its queue, its WebSocket
handler and its pings), `environ["eventlet.input"]` and `WSGI_LOCAL.already_handled` (as eventlet's own
WebSocket does), and the hub's `add`, `remove` and `schedule_call_global`. TLS is for the proxy in front.
"""

import base64
import binascii
import socket
import time
from collections.abc import Callable, Iterable
from functools import partial
from queue import Empty
from typing import Any

import engineio.async_drivers.eventlet as driver
import engineio.socket
import eventlet
import eventlet.wsgi
from engineio import exceptions, packet
from eventlet import hubs
from websockets.utils import accept_key

from trainer.serving.connection import Connection
from trainer.serving.frames import frame
from trainer.serving.limits import most_connections
from trainer.sockets.plain import MESSAGE, PONG, PROBE, UPGRADE, PlainSocket

# Most messages queued on long polling, which every current browser leaves after a second.
OUTBOX_MESSAGES = 256
KERNEL_SEND_BYTES = 64 * 1024

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class WebSocket:
    """Takes over a WSGI request and passes its connection to `handler`; replaces engineio's class."""

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
        if Connection.number >= most_connections():
            start_response("503 Service Unavailable", [("Connection", "close")])
            return []
        green = environ["eventlet.input"].get_socket()
        # No Sec-WebSocket-Extensions in the response: compression would triple the memory of a connection.
        green.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept_key(key).encode() + b"\r\n\r\n"
        )
        # The request ends here: its greenlet, buffers and headers are freed. The descriptor is detached, so
        # that eventlet does not close it.
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


class _NoQueue:
    """What all sessions on a WebSocket have in place of their queue, which takes 2 KiB: nothing is queued."""

    def qsize(self) -> int:
        return 0

    def put(self, pkt: packet.Packet | None) -> None:
        pass

    def get(self, **_options: Any) -> packet.Packet:
        raise Empty

    def task_done(self) -> None:
        pass

    join = task_done


_NO_QUEUE = _NoQueue()


class DirectSocket(PlainSocket):
    """An Engine.IO socket that writes to its WebSocket itself, without a queue or greenlets.

    On long polling it behaves as its parent does.
    """

    connected: bool
    last_ping: float | None
    _connection: Connection | None = None
    _ping: Any = None

    def send(self, pkt: packet.Packet) -> None:
        """Sends a packet at once; before the upgrade it waits until the client asks for it."""
        connection = self._connection
        if connection is None:
            if self.queue.qsize() < OUTBOX_MESSAGES:
                super().send(pkt)
            else:
                # The client sends but never polls for its answers.
                self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)
        elif not self.closed:
            # The same packet object goes to every phone in a room; framing it once keeps that cheap.
            data = getattr(pkt, "frame", None)
            if data is None:
                data = pkt.frame = frame(pkt.encode())
            connection.send_frame(data)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """Ends the session, and the connection with it."""
        connection = self._connection
        super().close(wait=wait and connection is None, abort=abort, reason=reason)
        if self._ping is not None:
            self._ping.cancel()
            self._ping = None
        if connection is not None:
            connection.close()

    def schedule_ping(self) -> None:
        """Asks for a sign of life after the interval, without a greenlet that waits for it."""
        if self.last_ping:
            self.last_ping = None
            self._ping = hubs.get_hub().schedule_call_global(self.server.ping_interval, self._ping_now)

    def _ping_now(self) -> None:
        self._ping = None
        if not self.closing and not self.closed:
            self.last_ping = time.monotonic()
            self.send(_PING)

    def check_ping_timeout(self) -> bool:
        """As its parent does, but by the monotonic clock: setting the system's would look like silence."""
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
                # The handshake was refused: without this the session would linger until its ping timed out.
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
        """Moves the session to this WebSocket, and sends what was queued."""
        self.connected = self.upgraded = True
        self._flush(ws)
        self._connection = ws
        self.queue = _NO_QUEUE

    def _gone(self, ws: Connection) -> None:
        if self._connection is ws:
            self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
            self._connection = None
            self.server.sockets.pop(self.sid, None)
        else:
            self.upgrading = False

    def _take(self, message: str | bytes) -> bool:
        """Handles non-blocking events and pongs in the hub; returns whether it did."""
        if message[:1] == MESSAGE:
            take = getattr(self.server, "take_in_place", None)
            try:
                return take is not None and take(self.sid, message[1:], self._send_message)
            except Exception:
                # `_receive` handles it again, where the error can be logged and the session closed.
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
        """Upgrades from long polling to this WebSocket, by the probe of the Engine.IO protocol."""
        if message == PROBE:
            ws.send(f"{packet.PONG}probe")
            self.queue.put(packet.Packet(packet.NOOP))
        elif message == UPGRADE and self.upgrading:
            self.upgrading = False
            self._go_on(ws)
            ws.start(self._take, self._receive, partial(self._gone, ws))
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
    """Chooses the WebSocket for every server made in this process: 'fast', or 'stock' for engineio's own.

    Call it before the first request. Raises ValueError for any other `kind`.
    """
    if kind == "fast":
        driver._async["websocket"] = WebSocket
        engineio.socket.Socket = DirectSocket
    elif kind == "stock":
        driver._async["websocket"] = StockWebSocket
        engineio.socket.Socket = PlainSocket
    else:
        raise ValueError(f"unknown WebSocket {kind!r}: 'fast' or 'stock'")
