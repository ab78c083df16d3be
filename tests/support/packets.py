"""What browsers send: the same packets, of the same size, as `static/js` makes."""

import json
import re
from typing import Any

import socketio.packet

from trainer.wire import padded


class PlainJson:
    """JSON as browsers write it: also half a surrogate, which a server of ours would refuse to write."""

    loads = staticmethod(json.loads)

    @staticmethod
    def dumps(value: Any, **_options: Any) -> str:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


class PaddedPacket(socketio.packet.Packet):
    """Packets as phones send them: what is done in an exercise has the `size` of that exercise."""

    json = PlainJson
    size: int

    def encode(self) -> Any:
        text = super().encode()
        done = self.packet_type == socketio.packet.EVENT and self.data[0] in ("post", "withdraw", "act")
        return padded(text, self.size) if done else text
