"""Private fragments as messages.

Making one takes some hundred microseconds, more or less by what its phone sent. So they are made first and
sent after a fixed time: when they arrive says nothing of what is in them.
"""

import time
from collections.abc import Sequence

from engineio.packet import Packet

from trainer import wire
from trainer.meetings.host import Host
from trainer.meetings.owns import Own
from trainer.sockets.connections import Connection
from trainer.sockets.direct import make_packet
from trainer.sockets.protocol import Event

# How long after it was begun a fragment is sent that one page asks for, and how long those of many phones.
ONE_MADE_SECONDS, MANY_MADE_SECONDS = 0.005, 0.02


class OwnPackets:
    """Encodes private fragments, each anew: nothing that was made for one phone is used for another."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def packets(self, connection: Connection) -> Sequence[Packet]:
        """The private fragment of a phone in the one size of its exercise; none outside of an exercise."""
        room = self._host.shown(connection.meeting_id)
        if room is None:
            return ()
        own = self._host.owns.message(room, connection.token, room.audience(connection.audience))
        return (_packet(own),) if own is not None else ()


def _packet(own: Own) -> Packet:
    message = {"key": own.key, "html": own.html}
    return make_packet(wire.event(Event.OWN, message, own.size))


def wait(begun: float, seconds: float) -> None:
    """Lets others go on until so long after a moment of `time.monotonic`, and at least once."""
    time.sleep(max(0.0, begun + seconds - time.monotonic()))
