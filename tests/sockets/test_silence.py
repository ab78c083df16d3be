"""Nothing that a stranger sends makes the server print an address or a time."""

import re
import socket
from pathlib import Path

import pytest

from tests.support.server import RunningServer

UNREADABLE = {
    "a version that is none": b"GET /m/abc?text=geheim HTTP/9.9\r\n\r\n",
    "a line that is none": b"geheim\r\n\r\n",
    "more headers than may be": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-Geheim: 1\r\n" * 200 + b"\r\n",
    "odd bytes after a request": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n\x16\x03\x01geheim\r\n\r\n",
}


@pytest.mark.parametrize("sent", UNREADABLE.values(), ids=UNREADABLE)
def test_request_that_cannot_be_read_leaves_no_line(tmp_path: Path, sent: bytes) -> None:
    server = RunningServer(tmp_path).start()
    try:
        before = server.printed()
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass

        said = server.printed().removeprefix(before)
    finally:
        server.stop()
    assert re.findall(r"geheim|\d+\.\d+\.\d+\.\d+|\d\d:\d\d", said) == []
