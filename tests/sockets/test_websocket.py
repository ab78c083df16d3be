"""The two WebSockets, ours and the stock one, against a real server process and raw sockets."""

import json
import os
import re
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[2]
SERVER = Path(__file__).with_name("echo_server.py")
PATIENCE = 10.0


class Server:
    """The address of a running server, and what it says about itself."""

    def __init__(self, port: int) -> None:
        self.port = port

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/socket.io/?EIO=4&transport=websocket"

    def state(self) -> dict[str, int]:
        with urlopen(f"http://127.0.0.1:{self.port}/state", timeout=PATIENCE) as answer:
            return json.load(answer)

    def settled(self) -> dict[str, int]:
        """Its state once nobody is connected any more."""
        end = time.monotonic() + PATIENCE
        while (state := self.state())["sockets"] and time.monotonic() < end:
            time.sleep(0.05)
        return state


@contextmanager
def serving(kind: str, ping_seconds: int = 25) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, str(SERVER), kind, str(ping_seconds)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    try:
        assert process.stdout is not None
        yield Server(int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture(scope="module", params=["fast", "stock"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving(request.param) as found:
        yield found


@pytest.fixture(scope="module")
def fast() -> Iterator[Server]:
    with serving("fast") as found:
        yield found


@contextmanager
def phone(server: Server) -> Iterator[ClientConnection]:
    """A client that is connected to the default namespace."""
    with connect(server.url, compression=None, open_timeout=PATIENCE, ping_interval=None) as client:
        assert client.recv(PATIENCE).startswith("0{")
        client.send("40{}")
        assert client.recv(PATIENCE).startswith("40{")
        yield client


def receive(client: ClientConnection) -> str:
    """The next message that is not Engine.IO's own ping or noop; pings are answered."""
    while (message := client.recv(PATIENCE)) in ("2", "6"):
        if message == "2":
            client.send("3")
    assert isinstance(message, str)
    return message


class Raw:
    """A socket after the handshake, for frames that no decent client would send."""

    def __init__(self, server: Server) -> None:
        self.sock = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
        self.sock.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: a3dhcnRpZXIta3dhcnRpZQ==\r\n"
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n".encode()
        )
        self.file = self.sock.makefile("rb")
        self.head = b""
        while not self.head.endswith(b"\r\n\r\n"):
            self.head += self.file.readline()

    def __enter__(self) -> "Raw":
        return self

    def __exit__(self, *exc: object) -> None:
        self.file.close()
        self.sock.close()

    def send(self, opcode: Opcode, data: bytes, fin: bool = True) -> None:
        self.sock.sendall(Frame(opcode, data, fin).serialize(mask=True))

    def frame(self) -> tuple[int, bytes]:
        """(opcode, payload) of the next frame; (-1, b'') when the server hung up."""
        try:
            head = self.file.read(2)
            if len(head) < 2:
                return -1, b""
            length = head[1]
            if length == 126:
                (length,) = struct.unpack("!H", self.file.read(2))
            return head[0] & 15, self.file.read(length)
        except ConnectionResetError:
            return -1, b""

    def until(self, *opcodes: int) -> tuple[int, bytes]:
        """The next frame with one of these opcodes; -1 stands for hanging up, which is an error otherwise."""
        while True:
            opcode, data = self.frame()
            if opcode in opcodes:
                return opcode, data
            assert opcode != -1, "the server hung up"

    def close_code(self) -> int:
        """The code of the close frame that comes; 0 when the server hung up without one."""
        opcode, data = self.until(Opcode.CLOSE, -1)
        return struct.unpack("!H", data[:2])[0] if opcode == Opcode.CLOSE else 0

    def open_namespace(self) -> None:
        self.until(Opcode.TEXT)
        self.send(Opcode.TEXT, b"40{}")
        while not self.until(Opcode.TEXT)[1].startswith(b"40"):
            pass


def test_event_is_answered(server: Server) -> None:
    with phone(server) as client:
        client.send('421["echo",{"woord":"kwartier \u2764"}]')
        answer = receive(client)
    assert json.loads(answer.removeprefix("431")) == [{"woord": "kwartier \u2764"}]


def test_event_answered_later_is_answered_once(server: Server) -> None:
    with phone(server) as client:
        client.send('427["later",1]')
        client.send('428["echo",2]')
        assert [receive(client).rstrip(" "), receive(client).rstrip(" ")] == ["438[2]", '437[{"later":1}]']


def test_many_messages_in_one_packet_keep_their_order(server: Server) -> None:
    with Raw(server) as raw:
        raw.open_namespace()
        frames = [Frame(Opcode.TEXT, b'42%d["echo",%d]' % (n, n)).serialize(mask=True) for n in range(200)]
        raw.sock.sendall(b"".join(frames))
        answers = []
        while len(answers) < 200:
            text = raw.until(Opcode.TEXT)[1]
            answers += [text] if text.startswith(b"43") else []
    assert answers == [b"43%d[%d]" % (n, n) for n in range(200)]


def test_fragmented_message_with_a_ping_in_between_is_put_together(server: Server) -> None:
    with Raw(server) as raw:
        raw.open_namespace()
        raw.send(Opcode.TEXT, b'425["ec', fin=False)
        raw.send(Opcode.CONT, 'ho","\u20ac'.encode()[:-1], fin=False)
        raw.send(Opcode.PING, b"tik")
        assert raw.until(Opcode.PONG) == (Opcode.PONG, b"tik")
        raw.send(Opcode.CONT, '\u20ac"]'.encode()[2:])
        while not (text := raw.until(Opcode.TEXT)[1]).startswith(b"43"):
            pass
    assert json.loads(text.removeprefix(b"435")) == ["\u20ac"]


def test_byte_by_byte_message_is_put_together(server: Server) -> None:
    with Raw(server) as raw:
        raw.open_namespace()
        for byte in Frame(Opcode.TEXT, b'423["echo",1]').serialize(mask=True):
            raw.sock.sendall(bytes((byte,)))
        while not (text := raw.until(Opcode.TEXT)[1]).startswith(b"43"):
            pass
    assert text == b"433[1]"


@pytest.mark.parametrize("size", [1, 100, 112, 120, 200, 1000])
@pytest.mark.parametrize("form", ["!BBH", "!BBQ"])
def test_a_length_may_be_written_in_more_bytes_than_it_needs(server: Server, form: str, size: int) -> None:
    data = b'423["echo","%s"]' % (b"x" * size)
    # Enough behind it to be taken for a part of the message.
    head = struct.pack(form, 0x81, 0x80 | (126 if form == "!BBH" else 127), len(data))
    with Raw(server) as raw:
        raw.open_namespace()
        raw.sock.sendall(
            head + b"\0\0\0\0" + data + Frame(Opcode.TEXT, b'424["echo",1]').serialize(mask=True)
        )
        answers: list[bytes] = []
        while len(answers) < 2:
            answers += [text for text in (raw.until(Opcode.TEXT)[1],) if text.startswith(b"43")]
    assert answers == [b'433["%s"]' % (b"x" * size), b"434[1]"]


def test_close_is_answered_by_close_and_hanging_up(server: Server) -> None:
    with Raw(server) as raw:
        raw.send(Opcode.CLOSE, struct.pack("!H", 1000))
        assert raw.close_code() == 1000
        assert raw.until(-1) == (-1, b"")
    assert server.settled()["sockets"] == 0


def test_hanging_up_without_a_word_is_noticed(server: Server) -> None:
    with Raw(server) as raw:
        raw.open_namespace()
    assert server.settled()["environs"] == 0


def test_compression_is_declined(server: Server) -> None:
    with Raw(server) as raw:
        assert b"sec-websocket-extensions" not in raw.head.lower()


def test_unmasked_frame_is_refused(server: Server) -> None:
    with Raw(server) as raw:
        raw.sock.sendall(Frame(Opcode.TEXT, b"40{}").serialize(mask=False))
        assert raw.close_code() == 1002


def test_unknown_opcode_is_refused(server: Server) -> None:
    with Raw(server) as raw:
        raw.sock.sendall(b"\x83\x80\x00\x00\x00\x00")
        assert raw.close_code() == 1002


def test_invalid_utf8_ends_the_connection(server: Server) -> None:
    with Raw(server) as raw:
        raw.send(Opcode.TEXT, b"4\xff\xfe")
        assert raw.close_code() in (1007, 1011)


def test_oversize_frame_is_refused_by_its_header(server: Server) -> None:
    with Raw(server) as raw:
        raw.sock.sendall(b"\x81\xff" + struct.pack("!Q", 1 << 40) + b"\0\0\0\0")
        assert raw.close_code() == 1009


def test_largest_message_is_taken(server: Server) -> None:
    text = '429["echo","%s"]' % ("x" * 16_000)
    with phone(server) as client:
        client.send(text)
        assert len(receive(client)) == 16_007


def test_endless_fragments_are_refused_with_bounded_memory(fast: Server) -> None:
    # The stock one collects fragments without a limit: one more reason why it is only the fallback.
    before = fast.state()["resident_kib"]
    sent = 0
    with Raw(fast) as raw:
        raw.send(Opcode.TEXT, b"4" * 1000, fin=False)
        try:
            while sent < 100_000:
                raw.send(Opcode.CONT, b"x" * 1000, fin=False)
                sent += 1
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert sent < 100_000
    assert fast.state()["resident_kib"] - before < 2048


def test_endless_empty_fragments_take_no_memory(fast: Server) -> None:
    before = fast.state()["resident_kib"]
    empty = Frame(Opcode.CONT, b"", fin=False).serialize(mask=True)
    with Raw(fast) as raw:
        raw.open_namespace()
        raw.send(Opcode.TEXT, b'42["echo",1]', fin=False)
        for _ in range(20):
            raw.sock.sendall(empty * 5000)
        raw.send(Opcode.PING, b"")
        raw.until(Opcode.PONG)
        assert fast.state()["resident_kib"] - before < 2048


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-WebSocket-Version": "12"}, 426),
        ({"Sec-WebSocket-Key": ""}, 400),
        ({"Sec-WebSocket-Key": "kort"}, 400),
    ],
)
def test_bad_handshake_is_refused(fast: Server, headers: dict[str, str], status: int) -> None:
    wanted = {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "a3dhcnRpZXIta3dhcnRpZQ=="} | headers
    lines = "".join(f"{name}: {value}\r\n" for name, value in wanted.items())
    with socket.create_connection(("127.0.0.1", fast.port), PATIENCE) as sock:
        sock.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{fast.port}\r\n"
            f"Connection: Upgrade\r\nUpgrade: websocket\r\n{lines}\r\n".encode()
        )
        answer = sock.recv(1000).decode()
    assert re.match(r"HTTP/1.1 (\d+)", answer)[1] == str(status)
    assert fast.settled()["sockets"] == 0


def test_foreign_origin_is_refused(server: Server) -> None:
    with pytest.raises(InvalidStatus), connect(server.url, origin="http://elders.example"):
        pass


def test_long_polling_can_upgrade(server: Server) -> None:
    base = f"http://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=polling"
    with urlopen(base, timeout=PATIENCE) as answer:
        sid = json.loads(answer.read()[1:])["sid"]
    with connect(f"{server.url}&sid={sid}", compression=None) as client:
        client.send("2probe")
        assert client.recv(PATIENCE) == "3probe"
        with urlopen(f"{base}&sid={sid}", timeout=PATIENCE) as answer:
            assert answer.read() == b"6"
        client.send("5")
        client.send("40{}")
        assert receive(client).startswith("40{")
        client.send('421["echo",1]')
        assert receive(client) == "431[1]"


@pytest.mark.parametrize("kind", ["fast", "stock"])
def test_who_answers_pings_stays_and_who_does_not_is_dropped(kind: str) -> None:
    with serving(kind, ping_seconds=1) as server, phone(server) as alive, Raw(server) as dead:
        dead.open_namespace()
        for _ in range(3):
            assert alive.recv(PATIENCE) == "2"
            alive.send("3")
        dead.until(Opcode.CLOSE, -1)
        alive.send('421["echo",1]')
        assert receive(alive) == "431[1]"


def test_slow_reader_does_not_hold_up_the_others(server: Server) -> None:
    with Raw(server) as slow, phone(server) as quick:
        slow.open_namespace()
        began = time.monotonic()
        for n in range(40):
            quick.send(f'42{n}["shout",100000]')
            while not receive(quick).startswith("43"):
                pass
        assert time.monotonic() - began < 5


def test_reader_that_is_too_slow_is_dropped_with_bounded_memory(fast: Server) -> None:
    before = fast.state()
    with Raw(fast) as slow, phone(fast) as quick:
        slow.open_namespace()
        for n in range(100):
            quick.send(f'42{n}["shout",100000]')
            while not receive(quick).startswith("43"):
                pass
        during = fast.state()
        assert during["sockets"] == before["sockets"] + 1
        assert during["resident_kib"] - before["resident_kib"] < 4096


@pytest.mark.parametrize("kind", ["fast", "stock"])
def test_thousand_reconnects_leave_nothing_behind(kind: str) -> None:
    # The stock one holds on to each connection for as long as a ping interval.
    with serving(kind, ping_seconds=25 if kind == "fast" else 1) as server:
        _reconnect_a_thousand_times(server, 0 if kind == "fast" else 3)


def _reconnect_a_thousand_times(server: Server, patience: float) -> None:
    def come_and_go(times: int, politely: bool) -> dict[str, int]:
        for _ in range(times):
            with Raw(server) as raw:
                raw.open_namespace()
                if politely:
                    raw.send(Opcode.CLOSE, struct.pack("!H", 1001))
                    raw.close_code()
        time.sleep(patience)
        return server.settled()

    # The first few hundred fill caches and the allocator's pools.
    before = come_and_go(150, True) | come_and_go(150, False)
    after = come_and_go(500, True) | come_and_go(500, False)
    grown = {name: after[name] - before[name] for name in after}
    assert (grown["sockets"], grown["environs"], grown["listeners"]) == (0, 0, 0)
    # The hub keeps up to a thousand cancelled timers; a connection that stayed would be fifty objects.
    assert grown["objects"] < 4000
    # A connection that stayed would be some 40 KiB: 40 MiB for a thousand of them.
    assert grown["resident_kib"] < 8192
