"""An open WebSocket on eventlet's hub, without a greenlet of its own."""

import contextlib
import socket
import struct
from collections import deque
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import eventlet
from eventlet import hubs
from eventlet.hubs.hub import READ, WRITE
from websockets.frames import CloseCode, Opcode, apply_mask  # type: ignore[attr-defined]
from websockets.protocol import OPEN, SERVER, Protocol

from trainer.serving.frames import frame

READ_SIZE = 16 * 1024
# Most bytes queued here for a phone that reads nothing; with the kernel's buffer it is some 0.4 MB.
OUTBOX_BYTES = 256 * 1024
# With more messages than this waiting for their turn, a phone's socket is no longer read.
INBOX_MESSAGES = 32
# How many seconds the other side gets to read the close frame and hang up, and how much it may still send.
LINGER = 1.0
LINGER_BYTES = 64 * 1024
GOODBYE = b"\x88\x02" + struct.pack("!H", CloseCode.NORMAL_CLOSURE)
# In place of the greenlet of the request, which a listener would keep; the hub asks only whether it is dead.
_ENDED = SimpleNamespace(dead=True)
Take = Callable[[str | bytes], bool]
Serve = Callable[[str | bytes], None]


class Connection:
    """An open WebSocket without a greenlet of its own: the hub reads, unpacks, and calls back.

    Sending never blocks. The socket stays registered with the hub for reading as long as it is open, which
    saves two system calls per message.
    """

    __slots__ = (
        "_binary", "_busy", "_fd", "_gone", "_ignored", "_inbox", "_last_words", "_max_size", "_outbox",
        "_outbox_bytes", "_partial", "_protocol", "_reader", "_serve", "_socket", "_take", "_told", "_writer",
        "closed",
    )  # fmt: skip

    # How many are open: each holds a file descriptor, long after its request has ended.
    number = 0

    def __init__(self, sock: socket.socket, max_size: int) -> None:
        """Takes a non-blocking socket after its handshake. `max_size`: most bytes in a message."""
        self._socket: socket.socket | None = sock
        self._fd = sock.fileno()
        self._max_size = max_size
        # Created only for a client that sends anything but short text frames, which hardly any does.
        self._protocol: Protocol | None = None
        # Like the outbox, there only while something waits: an empty deque takes 0.7 KiB.
        self._inbox: deque[str | bytes] | None = None
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
        """Starts reading; called again, it changes who gets the messages from the next one on.

        `take(message)` is called by the hub: it must not block, and returns whether it handled the message.
        The others go to `serve(message)`, one at a time and in order, in a greenlet that lives only while
        there are messages. `gone()` is called once, after the last of them.
        """
        self._take, self._serve, self._gone = take, serve, gone
        self._listen()

    def send(self, message: str | bytes) -> None:
        """Sends one message."""
        self.send_frame(frame(message))

    def send_frame(self, data: bytes) -> None:
        """Sends a frame made by `frame`. Does nothing when the connection is closed.

        What the kernel does not accept at once is queued. Beyond OUTBOX_BYTES the other side is too slow,
        and the connection is dropped.
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
        """Sends a close frame; nothing is sent or handled after it."""
        self.send_frame(GOODBYE)
        self._end()

    # Called by the hub. None of these may block.

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
                # A client that keeps sending is not reading the close frame.
                self._lost()
        elif self._protocol is None:
            rest = self._unpack_plain(data)
            if rest and not self.closed:
                self._protocol = Protocol(SERVER, state=OPEN, max_size=self._max_size)
                self._unpack(self._protocol, rest)
        else:
            self._unpack(self._protocol, data)
        if self._inbox is not None and len(self._inbox) > INBOX_MESSAGES and not self.closed:
            self._ignore()

    def _unpack_plain(self, data: bytes) -> bytes:
        """Delivers the short text frames at the start of `data`; returns the rest, for the protocol.

        Nearly everything that phones send is one such frame, and costs a fifth of the protocol here. A client
        that sends anything else (a fragmented, long or close frame) gets the protocol for good, which then
        sees every byte from the start of that frame.
        """
        at, size = 0, len(data)
        while size - at >= 6 and data[at] == 0x81:
            length, head = data[at + 1] & 0x7F, at + 2
            if length == 126:
                length, head = data[at + 2] << 8 | data[at + 3], at + 4
            end = head + 4 + length
            # Length byte 127 (0xFF with the mask bit): the length is in the next eight bytes.
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
        # No message may overtake those that wait for their turn.
        if self._busy or not self._take(message):
            self._inbox = self._inbox or deque()
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
        """Closes the socket: the other side is gone, or treated as gone."""
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

    # What follows may be called from any greenlet.

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
        self._inbox = None
        self._busy = False
        if self.closed and not self._told:
            self._told = True
            self._gone()

    def _end(self) -> None:
        """Closes the socket, after at most LINGER seconds for the other side to read what is still queued."""
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
            self._reader.greenlet = _ENDED

    def _ignore(self) -> None:
        reader, self._reader = self._reader, None
        _unregister(reader)

    def _unwatch_writer(self) -> None:
        writer, self._writer = self._writer, None
        _unregister(writer)


def _unregister(listener: Any) -> None:
    if listener is not None:
        # The hub drops a descriptor that fails, and then no longer knows it.
        with contextlib.suppress(KeyError):
            hubs.get_hub().remove(listener)
