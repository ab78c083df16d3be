"""An Engine.IO session that decodes nothing; it replaces engineio's own on every transport.

engineio tries to parse each packet as JSON before it knows what it is, and logs a traceback for what it
cannot parse: 38 MB of nested brackets made 86 MB of log. But our clients send only a few fixed words on this
layer, and texts for the layer above. Anything else ends the session, and nothing is logged.
"""

from contextlib import suppress
from typing import Any

import engineio.socket
from engineio import exceptions, packet
from engineio.socket import Socket as EngineSocket

MESSAGE, PONG, UPGRADE, CLOSE = (
    str(number) for number in (packet.MESSAGE, packet.PONG, packet.UPGRADE, packet.CLOSE)
)
PROBE = f"{packet.PING}probe"
SEPARATOR = "\x1e"
MOST_PACKETS = 16
# The keys by which engineio logs an error for the first malformed request of each kind.
MISTAKES = (
    "bad-origin", "bad-transport", "bad-version", "bad-jsonp-index", "bad-upgrade", "bad-sid",
    "not-connected", "unexpected-http",
)  # fmt: skip


class PlainSocket(EngineSocket):
    """One session; the transports pass what they receive to `hear`."""

    closed: bool
    upgraded: bool
    server: Any

    def hear(self, said: str | bytes) -> None:
        """Handles one packet from the client. Raises EngineIOError when the session is over already."""
        if isinstance(said, str) and said[:1] == MESSAGE:
            self.server._trigger_event("message", self.sid, said[1:])
        elif said == PONG:
            self.schedule_ping()
        elif said == UPGRADE:
            self.send(packet.Packet(packet.NOOP))
        elif said == CLOSE:
            self.close(wait=False, abort=True, reason=self.server.reason.CLIENT_DISCONNECT)
        else:
            self.hang_up()

    def hang_up(self) -> None:
        """Ends a session whose client sent what no client of ours sends."""
        self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)

    def handle_post_request(self, environ: dict[str, Any]) -> None:
        """Handles a long-polling request, which may hold several packets. Raises EngineIOError if invalid."""
        length = environ.get("CONTENT_LENGTH", "")
        if length.isascii() and length.isdigit() and int(length) <= self.server.max_http_buffer_size:
            with suppress(UnicodeDecodeError):
                said = environ["wsgi.input"].read(int(length)).decode().split(SEPARATOR)
                if len(said) <= MOST_PACKETS:
                    for each in said:
                        if not self.closed:
                            self.hear(each)
                    if not self.closed:
                        return
        self.hang_up()
        raise exceptions.EngineIOError

    def _websocket_handler(self, ws: Any) -> Any:
        return super()._websocket_handler(_Ear(self, ws))


class _Ear:
    """Wraps engineio's WebSocket, so that its own handler sees only the upgrade and the end.

    Once upgraded, all packets go to `PlainSocket.hear`.
    """

    def __init__(self, session: PlainSocket, ws: Any) -> None:
        self._session, self._ws = session, ws

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ws, name)

    def wait(self) -> str | None:
        """The next word of the upgrade from long polling; None when the session is over."""
        session = self._session
        while True:
            said = self._ws.wait()
            if said is None or len(said) > session.server.max_http_buffer_size:
                return None
            if not session.upgraded:
                return said if said in (PROBE, UPGRADE) else None
            session.hear(said)
            if session.closed:
                return None


def install(server: Any) -> None:
    """Uses `PlainSocket` for the sessions of `server` (socketio's); logs no errors for malformed requests."""
    if not issubclass(engineio.socket.Socket, PlainSocket):
        engineio.socket.Socket = PlainSocket
    server.eio.log_message_keys.update(MISTAKES)
