"""What neither WebSocket takes: frames and handshakes that are not as they should be."""

import re
import socket
import struct

import pytest
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect

from tests.sockets.websocket.echoing import PATIENCE, Raw, Server


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
