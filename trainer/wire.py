"""Messages as they go over the network, filled up so that their size says nothing of what they hold.

Whoever listens on the network sees how long each message is, also when it is encrypted. So whatever a phone
sends or gets because of what somebody did has one size. The filling comes after the JSON is made, so that
quotes, accents and emoji count for the bytes that they take; spaces after JSON mean nothing to any reader.
`static/js/padding.js` does the same on the phone.

These are the packets of Socket.IO, for the default namespace. Engine.IO puts one character before each.
"""

from typing import Any

import msgspec

EVENT, ACK = "2", "3"
# The longest refusal fits; tests/sockets/test_sizes.py looks at all of them.
ACK_BYTES = 256
# Of a client; who sends more is hung up on.
LARGEST_MESSAGE = 16_384
# Of one form, and values of one field.
MOST_FIELDS = 60
_encode = msgspec.json.Encoder().encode


def padded(text: str, size: int) -> str:
    """`text` with spaces after it, up to `size` bytes; what is longer goes to the next multiple."""
    length = len(text) if text.isascii() else len(text.encode())
    return text + " " * (-length % size) if size else text


def event(name: str, data: Any, size: int = 0, number: int | str = "") -> str:
    """An event; `number` asks for an acknowledgement."""
    return padded(f"{EVENT}{number}{_encode([name, data]).decode()}", size)


def ack(number: int | str, value: Any) -> str:
    """The acknowledgement of event `number`: one size, whatever the answer is."""
    return padded(f"{ACK}{number}[{_encode(value).decode()}]", ACK_BYTES)
