"""Private fragments as messages: phones that show the same get the same bytes, apart from ids."""

from engineio.packet import Packet

from trainer import wire
from trainer.meetings.owns import Own, with_ids
from trainer.sockets.direct import make_packet
from trainer.sockets.protocol import Event

MOST = 200


class OwnPackets:
    """Encodes a private fragment once for all phones that show it, with stand-ins for ids."""

    def __init__(self) -> None:
        self._written: dict[tuple[str, str], str] = {}
        # Shared by all phones without a private fragment.
        self._blank: tuple[Own, Packet] | None = None

    def packet(self, own: Own) -> Packet:
        if not own.html:
            if self._blank is None or self._blank[0] != own:
                self._blank = own, make_packet(self._write(own))
            return self._blank[1]
        if not own.ids:
            return make_packet(self._write(own))
        text = self._written.get((own.key, own.html))
        if text is None:
            if len(self._written) >= MOST:
                self._written.clear()
            text = self._written[own.key, own.html] = self._write(own)
        return make_packet(with_ids(text, own.ids))

    def _write(self, own: Own) -> str:
        return wire.event(Event.OWN, {"key": own.key, "html": own.html}, own.size)
