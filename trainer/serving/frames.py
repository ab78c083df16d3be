"""Frames of the WebSocket protocol (RFC 6455, section 5.2), as a server writes them."""

import struct


def frame(message: str | bytes) -> bytes:
    """`message` as one unmasked, uncompressed WebSocket frame."""
    text = isinstance(message, str)
    data = message.encode() if isinstance(message, str) else bytes(message)
    first = 0x81 if text else 0x82
    if len(data) < 126:
        return bytes((first, len(data))) + data
    if len(data) < 65536:
        return struct.pack("!BBH", first, 126, len(data)) + data
    return struct.pack("!BBQ", first, 127, len(data)) + data
