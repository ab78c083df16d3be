"""What a listener could count or weigh: acknowledgements, and which phones get something at all."""

import ast
import json
import re
import time
import uuid
from collections.abc import Iterator

import pytest
import requests

from tests.sockets.conftest import Stage
from tests.support.hall import Hall
from tests.support.pages import Phone
from tests.support.server import ROOT, wait_for
from tests.support.sources import PROGRAM
from trainer import wire

VOTE, FLAP, GAME = "eens-of-oneens", "wat-brengt-ervaring", "diagnose-me"
# A value that is filled in: a number, or a name that a trainer thought of.
FILLED_IN = "x" * 24
# Longer than it takes until all that follows a message has come.
QUIET = 1.6


def refusals() -> Iterator[tuple[str, str]]:
    """Every refusal that is written anywhere in the code, with where it is."""
    for path in PROGRAM:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Rejected" | "refusal"), args=[_, message]):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", _longest(message)


def _longest(message: ast.expr) -> str:
    if isinstance(message, ast.Constant):
        return str(message.value)
    if isinstance(message, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else FILLED_IN for part in message.values)
    return FILLED_IN


REFUSALS = dict(refusals())


def test_all_refusals_are_found() -> None:
    assert len(REFUSALS) > 30
    assert "Even rustig aan. Je inzending gaat zo vanzelf mee." in REFUSALS.values()


@pytest.mark.parametrize("message", REFUSALS.values(), ids=REFUSALS)
def test_every_refusal_fits_in_the_one_size_of_acknowledgements(message: str) -> None:
    said = {"ok": False, "code": "x" * 16, "message": message, "retry": False}
    assert len(wire.ack(999_999, said).encode()) == wire.ACK_BYTES


@pytest.mark.parametrize("event", ["post", "withdraw", "act", "sharing"])
def test_a_private_fragment_follows_a_message_that_is_refused(event: str, either_stage: Stage) -> None:
    phone = either_stage.at(GAME).phone()
    wait_for(lambda: phone.own, "the first private fragment")
    _settle(either_stage, [phone])
    before = len(phone.owns)

    fields = {
        "step": GAME,
        "id": str(uuid.uuid4()),
        "item": "",
        "form": {},
        "name": "bestaat-niet",
        "args": {},
        "said": "nee",
    }
    answer = phone.send(event, **fields)

    assert answer["ok"] is (event in ("withdraw", "sharing"))
    wait_for(lambda: len(phone.owns) == before + 1, "what follows")


def test_after_a_press_all_phones_get_their_own_whether_anybody_sent_something_or_not(stage: Stage) -> None:
    phones: list[Phone] = [stage.at(VOTE).phone() for _ in range(3)]
    _settle(stage, phones)
    nobody = _owns_after(stage, phones, "cover", to="yes")

    assert phones[0].post(VOTE, "1/1", choice="1") == {"ok": True}
    _settle(stage, phones)
    somebody = _owns_after(stage, phones, "cover", to="no")

    assert nobody == somebody == [1, 1, 1]


def test_what_one_phone_does_reaches_all_where_they_may_see_it(stage: Stage) -> None:
    phones = [stage.at(GAME).phone() for _ in range(2)]
    card = {"vulnerability": "slecht slapen", "passion": "lezen"}
    counted = []
    for form in (card, {}):
        _settle(stage, phones)
        before = [(len(each.views), len(each.owns)) for each in phones]
        assert phones[0].post(GAME, **form)["ok"] is bool(form)
        _settle(stage, phones)
        after = [(len(each.views), len(each.owns)) for each in phones]
        counted.append([(a - c, b - d) for (a, b), (c, d) in zip(after, before, strict=True)])

    assert counted == [[(1, 1), (1, 1)]] * 2


def test_bodies_of_long_polling_have_one_size_too(stage: Stage) -> None:
    stage.at(FLAP)
    heard = []
    for text in ("ja", '"' * 40):
        body = {"id": str(uuid.uuid4()), "step": FLAP, "item": "", "form": {"text": [text]}}
        polling = Polling(stage)
        sent = polling.send("post", body)
        heard.append((sent, *(len(polling.until(start).encode()) for start in ("43", '42["own"'))))

    assert heard[0] == heard[1]


class Polling:
    """A phone that cannot have a WebSocket."""

    def __init__(self, stage: Stage) -> None:
        phone = stage.joined()
        self._cookies = {"kwartier_phone": phone.token}
        self._url = f"{stage.server.url}/socket.io/?EIO=4&transport=polling"
        self._url += f"&sid={json.loads(requests.get(self._url, cookies=self._cookies).text[1:])['sid']}"
        self._got: list[str] = []
        self._post("40" + json.dumps({"meeting": phone.meeting, "role": "phone"}))
        self._size = int(re.search(r'data-size=\\"(\d+)', self.until('42["view"')).group(1))
        self.until('42["own"')

    def send(self, event: str, data: object) -> int:
        """Sends a message as our scripts do; gives the bytes of the body."""
        body = "4" + wire.event(event, data, self._size, number=1)
        self._post(body)
        return len(body.encode())

    def until(self, start: str) -> str:
        """The first packet that begins like this, of those that come next."""
        while not any(packet.startswith(start) for packet in self._got):
            self._got += requests.get(self._url, cookies=self._cookies, timeout=30).text.split("\x1e")
        found = next(packet for packet in self._got if packet.startswith(start))
        self._got.remove(found)
        return found

    def _post(self, body: str) -> None:
        assert requests.post(self._url, body.encode(), cookies=self._cookies).text == "OK"


def _owns_after(stage: Stage, phones: list[Phone], command: str, **args: str) -> list[int]:
    before = [len(phone.owns) for phone in phones]
    stage.control.go(command, **args)
    _settle(stage, phones)
    return [len(phone.owns) - was for phone, was in zip(phones, before, strict=True)]


def _settle(stage: Stage, phones: list[Phone]) -> None:
    """Waits until nobody has got anything for a while, in which the server was not kept from sending."""
    heard, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET or not stage.server.answers_at_once():
        now = sum(len(phone.views) + len(phone.owns) for phone in phones)
        if now != heard:
            heard, since = now, time.monotonic()
        time.sleep(0.05)


def test_sizes_of_the_next_step_are_found_before_a_room_waits_for_it(hall: Hall) -> None:
    hall.do("skip", block="herstel")
    hall.do("goto", step="welkom")

    assert list(hall.room.sizes) == ["pauze"]
