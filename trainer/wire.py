"""Messages as sent over the network, padded so that their size reveals nothing about their content.

An eavesdropper sees the length of each message, even when it is encrypted. So whatever a phone sends or
receives because of what somebody did has one size. Padding is added after JSON encoding, so that quotes,
accents and emoji count as the bytes that they take; parsers ignore spaces after JSON.
`static/js/padding.js` does the same on the phone.

These are Socket.IO packets for the default namespace. Engine.IO puts one character before each.
"""

from typing import Any

import msgspec

EVENT, ACK = "2", "3"
# The longest refusal fits; tests/sockets/test_sizes.py checks them all.
ACK_BYTES = 256
# Bytes in a message from a client; a longer one closes the connection.
LARGEST_MESSAGE = 16_384
# Most fields in a form, and most values in a field.
MOST_FIELDS = 60
_encode = msgspec.json.Encoder().encode


def padded(text: str, size: int) -> str:
    """`text` padded with spaces to the next multiple of `size` bytes; unpadded when `size` is 0."""
    length = len(text) if text.isascii() else len(text.encode())
    return text + " " * (-length % size) if size else text


def event(name: str, data: Any, size: int = 0, number: int | str = "") -> str:
    """An event packet, padded to `size`; with a `number` it asks for an acknowledgement."""
    return padded(f"{EVENT}{number}{_encode([name, data]).decode()}", size)


def ack(number: int | str, value: Any) -> str:
    """The acknowledgement of event `number`: the same size, whatever the answer is."""
    return padded(f"{ACK}{number}[{_encode(value).decode()}]", ACK_BYTES)
