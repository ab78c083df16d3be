"""A server behind a proxy that ends TLS, and ears on the network before it: what anybody there can hear.

An ear knows nothing but the TLS records of one phone: when, in which direction, and how long.
"""

import asyncio
import os
import re
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.proxy import Proxy
from tests.support.server import RunningServer, wait_for

READ = 64 * 1024
HEAD, DATA = 5, 23
# What a record takes besides what is in it (TLS 1.3: its head, a type, and the mark that it is unharmed).
WRAPPING = HEAD + 1 + 16
# The pings of Engine.IO come at moments of their own, and are shorter than anything that a person causes.
PING = 12
_WANTS_SOCKET = re.compile(rb"\r\nupgrade: *websocket", re.IGNORECASE)
_CONNECTION = re.compile(rb"\r\nconnection:[^\r]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """One encrypted record of a connection, and the bytes that were in it."""

    connection: int
    moment: float
    upwards: bool
    size: int


class Ear(Proxy):
    """Somebody on the network, between one phone and the proxy that ends TLS on `port`."""

    def __init__(self, port: int) -> None:
        self.heard: list[Heard] = []
        self._parts: dict[socket.socket, bytes] = {}
        self._numbers: dict[socket.socket, int] = {}
        self._port = port
        super().__init__(port)
        self.port = int(self.url.rsplit(":", 1)[1])
        self.url = self.url.replace("http:", "https:")
        # For clients that leave TLS to somebody else.
        self.inside = ""

    def _hear(self, sock: socket.socket, data: bytes) -> None:
        upwards = sock.getpeername()[1] != self._port
        near = sock if upwards else self._other[sock]
        number = self._numbers.setdefault(near, len(self._numbers))
        rest = self._parts.pop(sock, b"") + data
        while len(rest) >= HEAD and len(rest) >= (end := HEAD + int.from_bytes(rest[3:5])):
            if rest[0] == DATA:
                self.heard.append(Heard(number, time.monotonic(), upwards, end - WRAPPING))
            rest = rest[end:]
        self._parts[sock] = rest

    @property
    def trace(self) -> tuple[tuple[str, int], ...]:
        """What was heard, without the times: records that follow each other in one direction count as one.

        Whether two messages share a record is chance: it depends on what else the machine does.
        """
        found: list[tuple[str, int]] = []
        for one in self.heard:
            if one.size <= PING:
                continue
            way = "up" if one.upwards else "down"
            before = found.pop()[1] if found and found[-1][0] == way else 0
            found.append((way, before + one.size))
        return tuple(found)

    @property
    def totals(self) -> tuple[tuple[str, int], ...]:
        """The same for each connection, where several go on at once; those that only ping are none."""
        sums: dict[tuple[int, str], int] = {}
        for one in self.heard:
            if one.size > PING:
                key = one.connection, "up" if one.upwards else "down"
                sums[key] = sums.get(key, 0) + one.size
        return tuple((way, sums[number, way]) for number, way in sorted(sums))


class Pipe:
    """Passes bytes to port `target`: TLS begins here, or ends here, or neither."""

    def __init__(
        self, target: int, *, ends: ssl.SSLContext | None = None, begins: ssl.SSLContext | None = None
    ) -> None:
        self._target, self._ends, self._begins = target, ends, begins
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self._listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._hang_up)
        self._thread.join(5)
        self._listener.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        # Browsers hang up in the middle of everything.
        self._loop.set_exception_handler(lambda loop, context: None)
        self._loop.run_until_complete(asyncio.start_server(self._serve, sock=self._listener, ssl=self._ends))
        self._loop.run_forever()

    def _hang_up(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.call_later(0.1, self._loop.stop)

    async def _serve(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        writers = [back]
        try:
            head = await near.readuntil(b"\r\n\r\n")
            far, forth = await asyncio.open_connection("127.0.0.1", self._target, ssl=self._begins)
            writers.append(forth)
            forth.write(_as_proxies_do(head) if self._ends else head)
            framed = _WANTS_SOCKET.search(head) is not None
            up = asyncio.ensure_future(_pass_on(near, forth, framed))
            if framed:
                back.write(await far.readuntil(b"\r\n\r\n"))
            await _pass_on(far, back, framed)
            up.cancel()
        except (OSError, asyncio.IncompleteReadError):
            pass  # somebody hung up
        finally:
            for writer in writers:
                writer.close()


def _as_proxies_do(head: bytes) -> bytes:
    """A request by HTTPS, as Kwartier hears of it. One for each connection, so that all have the header."""
    head = _with(b"X-Forwarded-Proto: https", head)
    if _WANTS_SOCKET.search(head):
        return head
    return _with(b"Connection: close", _CONNECTION.sub(b"", head))


def _with(header: bytes, head: bytes) -> bytes:
    return head.replace(b"\r\n", b"\r\n" + header + b"\r\n", 1)


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter, framed: bool) -> None:
    with suppress(OSError, asyncio.IncompleteReadError):
        while data := await (_frame(source) if framed else source.read(READ)):
            target.write(data)
            await target.drain()


async def _frame(source: asyncio.StreamReader) -> bytes:
    """One frame of a WebSocket: a ping that shares a record with something else would make that longer."""
    head = await source.readexactly(2)
    size, masked = head[1] & 127, head[1] >> 7
    if more := {126: 2, 127: 8}.get(size, 0):
        head += await source.readexactly(more)
        size = int.from_bytes(head[2:])
    return head + await source.readexactly(size + 4 * masked)


class TlsServer(RunningServer):
    """`python -m trainer run` as it is run behind a proxy. Everybody reaches it over TLS."""

    def __init__(self, folder: Path, **environment: str) -> None:
        super().__init__(folder, TRUST_PROXY="1", **environment)
        certificate = _make_certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._ending = Pipe(self.port, ends=context)
        self._trust = ssl.create_default_context(cafile=certificate)
        self._ears: list[Ear] = []
        self._beginnings: list[Pipe] = []
        self.inside = f"http://127.0.0.1:{self.port}"
        self.url = f"https://127.0.0.1:{self._ending.port}"
        self.environment["BASE_URL"] = self.url
        # `requests` looks here for whom to trust.
        os.environ["REQUESTS_CA_BUNDLE"] = str(certificate)

    def ear(self) -> Ear:
        """An ear for one phone: it must connect by an address of this ear."""
        ear = Ear(self._ending.port)
        self._ears.append(ear)
        # A socket of Python that reads in one thread and writes in another may not do TLS itself.
        self._beginnings.append(Pipe(ear.port, begins=self._trust))
        ear.inside = f"http://127.0.0.1:{self._beginnings[-1].port}"
        return ear

    def until_quiet(self, seconds: float = 0.3, ears: Sequence[Ear] = ()) -> None:
        """Waits until none of these ears, or none of all, has heard anything for so long.

        In that time the server was not kept from sending.
        """
        listening = ears or self._ears

        def quiet() -> bool:
            moments = [ear.heard[-1].moment for ear in listening if ear.heard]
            return time.monotonic() - max(moments, default=0.0) > seconds and self.answers_at_once()

        wait_for(quiet, "silence", 60)

    def stop(self, *arguments: Any) -> None:
        super().stop(*arguments)
        pieces = (*self._beginnings, *self._ears, self._ending)
        # Each ends its own round first, which takes a tenth of a second.
        with ThreadPoolExecutor(len(pieces)) as pool:
            list(pool.map(lambda each: each.stop(), pieces))
        os.environ.pop("REQUESTS_CA_BUNDLE", None)


def _make_certificate(folder: Path) -> Path:
    """A key and a certificate that it signed itself, in one file. RSA: its signatures have one size."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tls.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
         "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(path), "-out", str(path) + ".crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path
