"""Messages of one size: the same in Python and in the browser, counted in bytes, and still the same JSON."""

import json
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.server import ROOT
from trainer import wire

CASES = json.loads((Path(__file__).parent / "padding.json").read_text("utf-8"))
NODE = """
import { readFileSync } from "node:fs";
import { padded } from "./static/js/padding.js";
const cases = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(({ text, size }) => padded(text, size))));
"""


def in_javascript(cases: list[dict[str, Any]]) -> list[str]:
    ran = subprocess.run(
        ["node", "--input-type=module", "-e", NODE],
        cwd=ROOT, input=json.dumps(cases), capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: list[str] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text'][:12]!r}-{case['size']}")
def test_text_is_filled_up_to_its_bytes(case: dict[str, Any]) -> None:
    filled = wire.padded(case["text"], case["size"])
    assert (len(filled.encode()), filled.rstrip(" ")) == (case["bytes"], case["text"])


def test_the_browser_fills_up_as_the_server_does() -> None:
    assert in_javascript(CASES) == [wire.padded(case["text"], case["size"]) for case in CASES]


@given(text=st.text(), number=st.integers(0, 10**6), size=st.integers(400, 2000))
def test_an_event_has_its_size_whatever_it_says(text: str, number: int, size: int) -> None:
    made = wire.event("own", {"html": text}, size, number)
    assert len(made.encode()) % size == 0
    assert msgspec.json.decode(made.removeprefix(f"2{number}")) == ["own", {"html": text}]


@given(number=st.integers(0, 10**6), message=st.text(max_size=30))
def test_every_acknowledgement_has_one_size(number: int, message: str) -> None:
    refused = {"ok": False, "code": "late", "message": message, "retry": False}
    assert {len(wire.ack(number, said).encode()) for said in ({"ok": True}, refused)} == {wire.ACK_BYTES}


def test_texts_go_as_they_are_and_not_as_escapes() -> None:
    assert "é🧡" in wire.event("own", {"html": "é🧡"})


@pytest.mark.parametrize(
    ("text", "deep"),
    [
        ("[" * wire.DEEPEST + "]" * wire.DEEPEST, False),
        ("[" * (wire.DEEPEST + 1), True),
        ('{"a":' * (wire.DEEPEST + 1), True),
        ("[" + "[]," * 1000 + "0]", False),
        (json.dumps(["post", {"form": {"text": ["[{" * 1000 + '\\"']}}]), False),
        (json.dumps(["post", "[" * 100]) + "[" * (wire.DEEPEST + 1), True),
        ('"\\"' + "[" * 4000, False),
    ],
)
def test_what_is_nested_deeper_than_pages_nest_it_is_found_before_it_is_decoded(
    text: str, deep: bool
) -> None:
    assert wire.is_deep(text) == deep
