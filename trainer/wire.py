"""Messages as sent over the network, padded so that their size reveals nothing about their content.

An eavesdropper sees the length of each message, even when it is encrypted. So whatever a phone sends or
receives because of what somebody did has one size. Padding is added after JSON encoding, so that quotes,
accents and emoji count as the bytes that they take; parsers ignore spaces after JSON.
`static/js/padding.js` does the same on the phone.

These are Socket.IO packets for the default namespace. Engine.IO puts one character before each.
"""

import re
from typing import Any

import msgspec

EVENT, ACK = "2", "3"
# The longest refusal fits; tests/sockets/test_sizes.py checks them all.
ACK_BYTES = 256
# Bytes in a message from a client; a longer one closes the connection.
LARGEST_MESSAGE = 16_384
# Most fields in a form, and most values in a field.
MOST_FIELDS = 60
# How deep lists and objects lie in each other; those of our pages at most four.
DEEPEST = 16
_encode = msgspec.json.Encoder().encode
# The last may have no end: then it is no JSON.
_texts = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


def padded(text: str, size: int) -> str:
    """`text` padded with spaces to the next multiple of `size` bytes; unpadded when `size` is 0."""
    length = len(text) if text.isascii() else len(text.encode())
    return text + " " * (-length % size) if size else text


def is_deep(text: str) -> bool:
    """Is `text` JSON that is nested deeper than our pages nest it? Ask before decoding what a client sent.

    A decoder stops at the recursion limit, but a finalizer that Python runs just then fails on it too, and
    that is printed in the log.
    """
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    depth = deepest = 0
    for bracket in re.findall(r"[][{}]", _texts.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > DEEPEST


def event(name: str, data: Any, size: int = 0, number: int | str = "") -> str:
    """An event packet, padded to `size`; with a `number` it asks for an acknowledgement."""
    return padded(f"{EVENT}{number}{_encode([name, data]).decode()}", size)


def ack(number: int | str, value: Any) -> str:
    """The acknowledgement of event `number`: the same size, whatever the answer is."""
    return padded(f"{ACK}{number}[{_encode(value).decode()}]", ACK_BYTES)
