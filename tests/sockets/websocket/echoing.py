"""A server that echoes, in a process of its own, and clients that know every byte that they send."""

import json
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from websockets.frames import Frame, Opcode
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[3]
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
