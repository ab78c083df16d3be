"""What comes over the two WebSockets: whole messages, in their order, however they are cut."""

import json
import struct
from urllib.request import urlopen

import pytest
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect

from tests.sockets.websocket.echoing import PATIENCE, Raw, Server, phone, receive


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


def test_largest_message_is_taken(server: Server) -> None:
    text = '429["echo","%s"]' % ("x" * 16_000)
    with phone(server) as client:
        client.send(text)
        assert len(receive(client)) == 16_007


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
