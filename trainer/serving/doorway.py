"""Where a connection waits until its request has fully arrived: only then does it cost a greenlet.

Thousands of silent connections, half requests, and slow phones at the edge of the WiFi wait here at a
kilobyte each. Their bytes stay in the kernel (they are only peeked at), so that the server reads a whole
request as if it had just arrived. Later requests on the same connection do not pass here.

The pages for organisers take texts and photos that no kernel holds. Of those only the beginning is waited
for, and only a few may be inside at once: whoever sends many slowly keeps organisers out, and no phone.
"""

import re
import socket
import time
from functools import partial
from typing import Any

from eventlet import hubs
from eventlet.greenio import GreenSocket
from eventlet.hubs.hub import READ
from eventlet.queue import LightQueue

# In bytes. The requests of our pages have far smaller heads and bodies.
LARGEST_HEAD = 16 * 1024
LARGEST_BODY = 20 * 1024
# What organisers may send: a part as Markdown, or a photo (`trainer/web/security.py` has the real limits).
ROOMY = re.compile(rb"POST /beheer/")
LARGEST_SENT = 8 * 1024 * 1024
MOST_LARGE = 24
PATIENCE_SECONDS = 30
MOST_WAITING = 4_000
# How many connections are accepted in a row before others get their turn.
AT_ONCE = 32
END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
TOO_LARGE = b"413 Content Too Large"
TOO_LONG = b"431 Request Header Fields Too Large"
NO_LENGTH = b"411 Length Required"
TOO_MANY = b"503 Service Unavailable"


def missing(data: bytes) -> int | bytes:
    """How many bytes the request in `data` lacks before it may pass, or the status to refuse it with."""
    end = data.find(END)
    if end < 0:
        return 1 if len(data) < LARGEST_HEAD else TOO_LONG
    head = data[: end + 2]
    if CHUNKED.search(head):
        return NO_LENGTH
    found = LENGTH.search(head)
    length = int(found[1]) if found else 0
    if length > (LARGEST_SENT if ROOMY.match(head) else LARGEST_BODY):
        return TOO_LARGE
    return max(0, end + len(END) + min(length, LARGEST_BODY) - len(data))


def is_large(data: bytes) -> bool:
    """Is there more of the request in `data` than this waits for?"""
    found = LENGTH.search(data[: data.find(END) + 2])
    return found is not None and int(found[1]) > LARGEST_BODY


class Doorway:
    """Wraps a listening green socket; `accept` returns connections whose request has fully arrived."""

    def __init__(self, listener: Any) -> None:
        self._listener = listener
        self._raw: socket.socket = listener.fd
        self._ready = LightQueue()
        # The large requests that were let in, as long as their connections are open.
        self._large: list[socket.socket] = []
        # Waiting connections, oldest first: the socket, the hub's listener, since when, bytes seen.
        self._waiting: dict[int, tuple[socket.socket, Any, float, int]] = {}
        hub = hubs.get_hub()
        hub.add(READ, self._raw.fileno(), self._arrived, self._arrived, self._closed)
        hub.schedule_call_global(1, self._send_away)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._listener, name)

    def accept(self) -> tuple[Any, Any]:
        """Waits for the next connection; returns it with its address."""
        sock, address = self._ready.get()
        return GreenSocket(sock), address

    def _arrived(self, _fd: int) -> None:
        for _ in range(AT_ONCE):
            try:
                sock, _address = self._raw.accept()
            except BlockingIOError:
                return
            except OSError:
                # No file descriptors left, or the client has gone already.
                self._drop_oldest()
                return
            sock.setblocking(False)
            if len(self._waiting) >= MOST_WAITING:
                self._drop_oldest()
            heard = partial(self._heard, sock)
            listener = hubs.get_hub().add(READ, sock.fileno(), heard, heard, self._closed)
            self._waiting[sock.fileno()] = sock, listener, time.monotonic(), 0

    def _heard(self, sock: socket.socket, fd: int) -> None:
        try:
            data = sock.recv(LARGEST_HEAD + LARGEST_BODY, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        _, listener, since, seen = self._waiting[fd]
        if len(data) <= seen:
            # Readable without new bytes: the other side has hung up.
            self._let_go(fd).close()
            return
        lacks = missing(data)
        if isinstance(lacks, bytes):
            self._refuse(fd, lacks)
        elif lacks:
            # The bytes so far stay unread: without this the hub would wake for them over and over.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, len(data) + lacks)
            self._waiting[fd] = sock, listener, since, len(data)
        elif is_large(data) and self._is_full():
            self._refuse(fd, TOO_MANY)
        else:
            if is_large(data):
                self._large.append(sock)
            self._let_go(fd)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
            self._ready.put((sock, _name(sock)))

    def _is_full(self) -> bool:
        """Are there as many large requests inside as may be?"""
        self._large = [sock for sock in self._large if sock.fileno() >= 0]
        return len(self._large) >= MOST_LARGE

    def _refuse(self, fd: int, status: bytes) -> None:
        sock = self._let_go(fd)
        answer = b"HTTP/1.1 " + status + b"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        try:
            sock.send(answer)
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        sock.close()

    def _let_go(self, fd: int) -> socket.socket:
        sock, listener, _, _ = self._waiting.pop(fd)
        hubs.get_hub().remove(listener)
        return sock

    def _drop_oldest(self) -> None:
        if self._waiting:
            self._let_go(next(iter(self._waiting))).close()

    def _send_away(self) -> None:
        late = time.monotonic() - PATIENCE_SECONDS
        while self._waiting and next(iter(self._waiting.values()))[2] < late:
            self._drop_oldest()
        hubs.get_hub().schedule_call_global(1, self._send_away)

    def _closed(self, *_exc: object) -> None:
        """Nothing to do: the hub closes no descriptor here by itself."""


def _name(sock: socket.socket) -> Any:
    try:
        return sock.getpeername()
    except OSError:
        return ("", 0)
