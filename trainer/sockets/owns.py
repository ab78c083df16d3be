"""Private fragments as messages."""

from engineio.packet import Packet

from trainer import wire
from trainer.meetings.owns import Own
from trainer.sockets.direct import make_packet
from trainer.sockets.protocol import Event


class OwnPackets:
    """Encodes private fragments; all phones without one share a packet."""

    def __init__(self) -> None:
        self._blank: tuple[Own, Packet] | None = None

    def packet(self, own: Own) -> Packet:
        """The packet that carries a private fragment, padded to the one size of its exercise."""
        if own.html:
            return _packet(own)
        if self._blank is None or self._blank[0] != own:
            self._blank = own, _packet(own)
        return self._blank[1]


def _packet(own: Own) -> Packet:
    message = {"key": own.key, "html": own.html, "ids": own.ids}
    return make_packet(wire.event(Event.OWN, message, own.size))
