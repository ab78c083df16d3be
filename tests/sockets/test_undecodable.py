"""What cannot be read ends its connection, and leaves no line in the log: on every transport and server."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import websocket

from tests.sockets.conftest import Stage
from tests.support.pages import Phone
from tests.support.server import RunningServer, wait_for

FLAP = "wat-brengt-ervaring"
PATH = "/socket.io/?EIO=4&transport="
DEEP = 7_900
NESTED = ("[" * DEEP, "[" * DEEP + "]" * DEEP, '{"a":' * (DEEP // 3))
WITHOUT_CONNECT: list[str | bytes] = [
    "",
    "x",
    "7",
    "0",
    "²",
    "2",
    "2[]",
    "3x",
    "5x",
    "b",
    "b!",
    "bAAAA",
    "4",
    "4x",
    "47",
    '42["hello",{}]',
    '421["hello",{}]',
    '42["post",{}]',
    "41",
    "40[]",
    "40{",
    "40/elders,{}",
    '40{"meeting":["x"]}',
    '40{"meeting":{}}',
    '40{"meeting":"\\ud800"}',
    '40{"meeting":1e999}',
    f'40{{"meeting":"{"x" * 8000}"}}',
    *(
        f"{start}{nested}"
        for start in ("4", "40", "42", '42["hello",', "1", "2", "3", "5", "6")
        for nested in NESTED
    ),
    *(f'40{{"meeting":{nested}' for nested in NESTED),
    b"",
    b"\x00" * 1000,
    b"4" + b"[" * DEEP,
]
AFTER_CONNECT: list[str | bytes] = [
    '42["hello"',
    '42["hello",{}',
    '42["hello",{]',
    '42["hello",NaN]',
    '42["post",{"id":]',
    '42/elders,["hello",{}]',
    '427["hello",{},{},{}',
    '43["hello"]',
    "431[]",
    '44"nee"',
    '451-["hello",{"_placeholder":true,"num":0}]',
    '451000000-["hello",{}]',
    "461-[]",
    *(
        f"{start}{nested}"
        for start in (
            '42["hello",', '421["command",', '42["post",', '421["post",', '421["post",{"pad":',
            '42["withdraw",', "43", "451-", "461-",
        )
        for nested in NESTED
    ),
    *(packet for packet in WITHOUT_CONNECT if packet[:2] not in ("40", "41", '42')),
]  # fmt: skip
DROPPED = (
    "40[]",
    "40{",
    '40{"meeting":"x","role":"control"}',
    '42["explode",[[[',
    '42["view"]',
    '42["connect",{}]',
)


class Line:
    """A connection made by hand: what it is over and how one hears that it is over differ."""

    def __init__(self, stage: Stage, phone: Phone) -> None:
        self.phone = phone
        self.server = stage.server
        self.headers = {"Cookie": f"kwartier_phone={phone.token}"}
        self.hello = f"40{json.dumps({'meeting': phone.meeting, 'role': 'phone'})}"


class SocketLine(Line):
    def open(self) -> None:
        url = f"{self.server.url.replace('http', 'ws')}{PATH}websocket"
        self.link = websocket.create_connection(url, header=self.headers, timeout=3)
        self.link.recv()

    def introduce(self) -> None:
        self.say(self.hello)
        while not self.link.recv().startswith("40"):
            pass

    def say(self, packet: str | bytes) -> None:
        if isinstance(packet, str):
            self.link.send(packet)
        else:
            self.link.send_binary(packet)

    def is_over(self) -> bool:
        """Waits for the end; views that were on their way may come first."""
        try:
            while said := self.link.recv():
                if said.startswith("43"):
                    return False
        except websocket.WebSocketTimeoutException:
            return False
        except (OSError, websocket.WebSocketException):
            pass
        self.link.close()
        return True


class PollingLine(Line):
    def open(self) -> None:
        self.session = requests.Session()
        self.session.headers.update(self.headers)
        self.url = f"{self.server.url}{PATH}polling"
        self.url += "&sid=" + json.loads(self.session.get(self.url, timeout=10).text[1:])["sid"]

    def introduce(self) -> None:
        assert self.session.post(self.url, data=self.hello, timeout=10).status_code == 200

    def say(self, packet: str | bytes) -> None:
        data = packet if isinstance(packet, bytes) else packet.encode()
        self.answer = self.session.post(self.url, data=data, timeout=10)

    def is_over(self) -> bool:
        return self.answer.status_code == 400 and self.session.get(self.url, timeout=10).status_code == 400


@pytest.fixture(params=[SocketLine, PollingLine], ids=["websocket", "polling"])
def line(request: pytest.FixtureRequest, either_stage: Stage) -> Iterator[Any]:
    phone = either_stage.joined()
    yield request.param(either_stage, phone)


def printed(server: RunningServer) -> list[str]:
    """What the server printed, without what the one of `threaded.py`, for tests alone, says of requests."""
    return [text for text in server.printed().splitlines() if not text.startswith("127.0.0.1 - -")]


def ask(line: Any, packets: list[str | bytes], *, introduced: bool) -> list[str | bytes]:
    """Those of the packets, each on a connection of its own, that did not end it."""
    going_on = []
    for packet in packets:
        line.open()
        if introduced:
            line.introduce()
        line.say(packet)
        if not line.is_over():
            going_on.append(packet[:60])
    return going_on


def test_before_it_connects_nobody_is_listened_to(line: Any) -> None:
    before = printed(line.server)

    assert ask(line, WITHOUT_CONNECT, introduced=False) == []
    assert printed(line.server) == before


def test_what_cannot_be_decoded_ends_the_connection(line: Any) -> None:
    before = printed(line.server)

    assert ask(line, AFTER_CONNECT, introduced=True) == []
    assert printed(line.server) == before


def test_half_a_character_over_polling_ends_the_connection(either_stage: Stage) -> None:
    line, before = PollingLine(either_stage, either_stage.joined()), printed(either_stage.server)
    line.open()

    line.say(b"42\xff\xfe")

    assert line.is_over()
    assert printed(either_stage.server) == before


def test_more_packets_at_once_than_a_page_sends_end_the_connection(either_stage: Stage) -> None:
    line, before = PollingLine(either_stage, either_stage.joined()), printed(either_stage.server)
    line.open()
    line.introduce()

    line.say("\x1e".join(['42["hello",{}]'] * 17))

    assert line.is_over()
    assert printed(either_stage.server) == before


def test_what_comes_behind_it_is_not_heard(either_stage: Stage) -> None:
    line, before = SocketLine(either_stage, either_stage.joined()), printed(either_stage.server)
    line.open()
    line.introduce()
    frames = ['42["hello",' + "[" * DEEP, line.hello, '421["hello",{}]', '422["hello",{}]']
    made = [websocket.ABNF.create_frame(frame, websocket.ABNF.OPCODE_TEXT).format() for frame in frames]

    line.link.sock.sendall(b"".join(made))

    assert line.is_over()
    assert printed(either_stage.server) == before


def test_what_is_no_page_of_ours_but_can_be_read_is_dropped(either_stage: Stage) -> None:
    phone = either_stage.phone()
    before = printed(either_stage.server)

    for packet in DROPPED:
        phone.socket.eio.send(packet[1:])

    assert phone.send("hello") == {"ok": True}
    assert printed(either_stage.server) == before


def test_the_others_notice_nothing(either_stage: Stage) -> None:
    good, bad = either_stage.at(FLAP).phone(), SocketLine(either_stage, either_stage.joined())
    for _ in range(20):
        bad.open()
        bad.introduce()
        bad.say('42["post",' + "[" * DEEP)
        assert good.send("hello") == {"ok": True}
        assert bad.is_over()

    control = either_stage.control
    wait_for(
        lambda: 'Telefoons</span> <strong class="num">1<' in control.view["html"], "only one phone there"
    )
