"""Listening for connections, and serving them until the process ends."""

import gc
import os
import socket
from pathlib import Path
from typing import Any

import eventlet
import eventlet.wsgi

from trainer.serving.doorway import Doorway
from trainer.serving.limits import descriptors, most_connections, raise_limit

# New objects before Python looks for reference cycles; a closed connection leaves some fifty in cycles.
GARBAGE_THRESHOLD = 10_000


def listen(host: str, port: int) -> Any:
    """A listening green socket whose backlog is long enough for a whole hall that scans the code at once.

    Raises OSError when the address cannot be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = eventlet.listen((host, port), family=family, backlog=4096, reuse_port=False)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


class SilentProtocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]
    """Logs nothing: for a request that it cannot parse it would log the client's address and the time.

    Of such a request it says so in the language of all our pages.
    """

    error_message_format = "Dit verzoek is niet te lezen.\n"
    error_content_type = "text/plain;charset=utf-8"

    def log_message(self, format: str, *args: Any) -> None:
        """Drops the line."""


def serve(app: Any, sock: Any) -> None:
    """Serves the WSGI `app` on `sock` until the process ends.

    Writes no access log. Raises the limit of open files as far as allowed.
    """
    raise_limit()
    _collect_less()
    eventlet.wsgi.server(
        Doorway(sock),
        app,
        max_size=descriptors() - most_connections(),
        keepalive=15,
        socket_timeout=30,
        log_output=False,
        # What libraries write here includes client addresses.
        environ={"wsgi.errors": Path(os.devnull).open("w")},  # noqa: SIM115
        protocol=SilentProtocol,
        debug=False,
    )


def _collect_less() -> None:
    """Runs the cycle collector less often: it was a quarter of the cost of a vote.

    Objects made at startup stay, and are frozen so that they are not scanned again. What a vote leaves behind
    is freed by reference counting; only cycles need the collector.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD, 10, 10)
