"""A load client: many phones in one process, with real Socket.IO framing over WebSocket.

One epoll loop over plain sockets, with frames built before timing starts: about 10 microseconds per message,
so that the server stays the bottleneck. `client_busy` in the results says how close the client came to it.
"""

import re
import select
import socket
import struct
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

READ_SIZE = 64 * 1024
VERSION = re.compile(rb'"version":(\d+)')
# Seconds of silence after which a server has failed the measurement.
PATIENCE = 60.0


class Refused(Exception):
    """The server refused a phone, dropped its connection, or stayed silent."""


def frame(text: bytes) -> bytes:
    """A masked WebSocket text frame (RFC 6455). Its mask is zero, which costs nothing to apply."""
    if len(text) < 126:
        return struct.pack("!BB4x", 0x81, 0x80 | len(text)) + text
    return struct.pack("!BBH4x", 0x81, 0x80 | 126, len(text)) + text


@dataclass(frozen=True, slots=True)
class Visitor:
    """A client's credentials: its Cookie header, and its Socket.IO auth as JSON."""

    cookie: str
    auth: str


class Phone:
    """The state of one connection; its times are seconds of `time.perf_counter`."""

    __slots__ = (
        "acked", "buffer", "connected", "fd", "opened", "seen", "sent", "sock", "started", "version", "view",
        "visitor",
    )  # fmt: skip

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.setblocking(False)
        self.fd = self.sock.fileno()
        self.buffer = b""
        self.opened = False
        self.connected = False
        self.started = 0.0
        self.seen = 0.0
        self.version = 0
        self.view = b""
        self.sent = 0.0
        self.acked = 0.0


class Swarm:
    """The phones, screen and control of one measurement; `address` is the server's."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.poll = select.epoll()
        self.phones: dict[int, Phone] = {}
        self.on_view: Callable[[Phone], None] | None = None
        self.on_ack: Callable[[Phone, bytes], None] | None = None
        self.on_own: Callable[[Phone, bytes], None] | None = None
        self.joined = 0
        self.acks = 0

    def join(self, visitors: Iterable[Visitor], at_once: int) -> list[Phone]:
        """Connect visitors, at most `at_once` in progress, until each has its first view. Raises Refused."""
        waiting = list(visitors)[::-1]
        before = self.joined
        phones: list[Phone] = []
        while waiting or self.joined - before < len(phones):
            busy = len(phones) - (self.joined - before)
            for _ in range(min(at_once - busy, len(waiting))):
                phones.append(self.dial(waiting.pop()))
            self.step(PATIENCE)
        return phones

    def dial(self, visitor: Visitor) -> Phone:
        """Start connecting one more; `on_view` reports its first view."""
        phone = Phone(visitor)
        phone.started = time.perf_counter()
        phone.sock.connect_ex(self.address)
        self.phones[phone.fd] = phone
        self.poll.register(phone.fd, select.EPOLLOUT)
        return phone

    def _greet(self, phone: Phone) -> None:
        error = phone.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            raise Refused(f"connecting failed with error {error}")
        host, port = self.address
        phone.sock.send(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}:{port}\r\n"
            f"Origin: http://{host}:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: a3dhcnRpZXIta3dhcnRpZQ==\r\n"
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
            "User-Agent: Mozilla/5.0 (Linux; Android 13) bench\r\nAccept-Language: nl\r\n"
            f"Cookie: {phone.visitor.cookie}\r\n\r\n".encode()
        )
        self.poll.modify(phone.fd, select.EPOLLIN)

    def hang_up(self, phone: Phone) -> None:
        """Drop one phone's connection without a closing handshake."""
        self.poll.unregister(phone.fd)
        del self.phones[phone.fd]
        phone.sock.close()

    def send(self, phone: Phone, data: bytes) -> None:
        """Send what `frame` made, noting the time in `phone.sent`. Raises Refused on a partial send."""
        phone.sent = time.perf_counter()
        if phone.sock.send(data) != len(data):
            raise Refused("the server does not read")

    def step(self, timeout: float) -> bool:
        """Process incoming data. False when none came within `timeout` seconds. Raises Refused."""
        events = self.poll.poll(timeout)
        if not events and timeout >= PATIENCE:
            raise Refused(f"the server was silent for {timeout:.0f} s")
        for fd, event in events:
            phone = self.phones[fd]
            if event & select.EPOLLOUT:
                self._greet(phone)
                continue
            try:
                data = phone.sock.recv(READ_SIZE)
            except BlockingIOError:
                continue
            if not data:
                raise Refused("the server hung up")
            if phone.buffer:
                data = phone.buffer + data
            if not phone.opened:
                head, found, data = data.partition(b"\r\n\r\n")
                if not found:
                    phone.buffer = head
                    continue
                if b" 101 " not in head[:20]:
                    raise Refused(head.decode(errors="replace"))
                if b"permessage-deflate" in head:
                    raise Refused("the server compresses, which costs it memory")
                phone.opened = True
            phone.buffer = self._frames(phone, data)
        return bool(events)

    def until(self, done: Callable[[], bool]) -> None:
        """Run until `done`. Raises Refused when that takes more than PATIENCE, or the server fails."""
        end = time.perf_counter() + PATIENCE
        while not done():
            self.step(PATIENCE)
            if time.perf_counter() > end:
                raise Refused(f"not done after {PATIENCE:.0f} s")

    def _frames(self, phone: Phone, data: bytes) -> bytes:
        at, size = 0, len(data)
        while size - at >= 2:
            length, head = data[at + 1], 2
            if length == 126:
                if size - at < 4:
                    break
                length, head = data[at + 2] << 8 | data[at + 3], 4
            elif length == 127:
                if size - at < 10:
                    break
                length, head = int.from_bytes(data[at + 2 : at + 10]), 10
            end = at + head + length
            if end > size:
                break
            if data[at] == 0x88:
                raise Refused("the server said goodbye")
            self._message(phone, data[at + head : end])
            at = end
        return data[at:]

    def _message(self, phone: Phone, text: bytes) -> None:
        if text.startswith(b"43"):
            phone.acked = time.perf_counter()
            self.acks += 1
            if self.on_ack:
                self.on_ack(phone, text)
        elif text.startswith(b'42["view"'):
            phone.seen = time.perf_counter()
            phone.view = text
            found = VERSION.search(text)
            phone.version = int(found[1]) if found else 0
            if not phone.connected:
                phone.connected = True
                self.joined += 1
            if self.on_view:
                self.on_view(phone)
        elif text.startswith(b'42["own"'):
            if self.on_own:
                self.on_own(phone, text)
        elif text == b"2":
            phone.sock.send(frame(b"3"))
        elif text.startswith(b"0"):
            phone.sock.send(frame(b"40" + phone.visitor.auth.encode()))
        elif text.startswith(b"44"):
            raise Refused(text.decode())

    def leave(self) -> None:
        """Close all connections."""
        for phone in self.phones.values():
            phone.sock.close()
        self.phones.clear()
        self.poll.close()
