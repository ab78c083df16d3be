"""What becomes of messages that no page of ours would send."""

import json
from typing import Any

import pytest

from tests.sockets.conftest import Stage
from tests.sockets.rules.messages import FLAP, message
from tests.support.server import wait_for
from trainer.sockets.protocol import RETRY, Code, Event

POST = message(Event.POST)
MALFORMED: list[Any] = [
    None,
    [],
    "moed",
    42,
    {},
    {**POST, "id": ""},
    {**POST, "id": "1"},
    {**POST, "id": 7},
    {**POST, "id": None},
    {**POST, "step": ""},
    {**POST, "step": ["x"]},
    {**POST, "step": "x" * 81},
    {**POST, "step": "a\x00b"},
    {**POST, "item": None},
    {**POST, "item": {"a": 1}},
    {**POST, "item": "x" * 81},
    {**POST, "item": "regel\neinde"},
    {**POST, "form": None},
    {**POST, "form": []},
    {**POST, "form": {"text": 1}},
    {**POST, "form": {"text": [1]}},
    {**POST, "form": {"text": [None]}},
    {**POST, "form": {"text": {"0": "moed"}}},
    {**POST, "form": {"text": ["x"] * 61}},
    {**POST, "form": {str(n): ["x"] for n in range(61)}},
]


def test_malformed_posts_are_refused_and_the_phone_goes_on(stage: Stage) -> None:
    phone = stage.at(FLAP).phone()

    codes = [phone.socket.call("post", data, timeout=10)["code"] for data in MALFORMED]

    assert codes == [Code.MALFORMED] * len(MALFORMED)
    assert phone.post(FLAP, text="moed") == {"ok": True}


@pytest.mark.parametrize("where", ["item", "form"])
def test_half_a_character_stops_nobody(stage: Stage, where: str) -> None:
    bad, good = stage.at(FLAP).phone(), stage.phone()
    half = {**message(Event.POST), where: "\ud800" if where == "item" else {"text": ["\ud800"]}}

    # As text on the wire: no library of ours would send it.
    bad.socket.eio.send("42" + json.dumps(["post", half]))

    assert good.post(FLAP, text="moed") == {"ok": True}
    assert stage.open(bad.another_tab()).place == f"{FLAP}/"


COMMANDS: list[Any] = [
    None,
    {},
    {"version": "1", "name": "next", "args": {}},
    {"version": 1.5, "name": "next", "args": {}},
    {"version": True, "name": "next", "args": {}},
    {"version": None, "name": "next", "args": {}},
    {"name": "next", "args": {}},
    {"version": 1, "name": "", "args": {}},
    {"version": 1, "name": ["next"], "args": {}},
    {"version": 1, "name": "next", "args": "step"},
    {"version": 1, "name": "next", "args": {"step": [1]}},
]


def test_malformed_commands_are_refused_and_change_nothing(stage: Stage) -> None:
    before = stage.at("welkom").control.version

    codes = [stage.control.socket.call("command", data, timeout=10)["code"] for data in COMMANDS]

    assert codes == [Code.MALFORMED] * len(COMMANDS)
    assert stage.control.version == before


@pytest.mark.parametrize("version", [-1, 10**18, 2**63])
def test_a_version_that_never_was_is_stale(stage: Stage, version: int) -> None:
    assert stage.control.command("next", version=version)["code"] == Code.STALE


def test_a_refusal_says_whether_to_try_again(stage: Stage) -> None:
    answer = stage.phone().post("nergens", text="moed")

    assert answer == {"ok": False, "code": "late", "message": "Dit onderdeel is al voorbij.", "retry": False}
    assert RETRY == (Code.TOO_FAST, Code.NOT_SAVED)


def test_a_message_over_16_kilobytes_is_not_taken(stage: Stage) -> None:
    big, other = stage.at(FLAP).phone(), stage.phone()

    big.socket.emit("post", {**message(Event.POST), "form": {"text": ["x" * 17_000]}})

    wait_for(lambda: not big.socket.connected, "the connection to be closed")
    assert other.post(FLAP, text="moed") == {"ok": True}
    assert stage.open(big.another_tab()).place == f"{FLAP}/"


def test_a_message_just_under_it_is_taken(stage: Stage) -> None:
    answer = stage.at(FLAP).phone().post(FLAP, text="x" * 15_000)

    assert answer["code"] == "too-long"
