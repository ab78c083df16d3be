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

# New objects before Python looks for what refers to itself; a connection that is gone leaves some fifty.
GARBAGE_THRESHOLD = 10_000


def listen(host: str, port: int) -> Any:
    """A listening green socket with a queue long enough for a whole hall that scans the code at once.

    Raises OSError when the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = eventlet.listen((host, port), family=family, backlog=4096, reuse_port=False)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


class SilentProtocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]
    """Writes no line of its own: of a request that it cannot read it would tell the address, and when."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


def serve(app: Any, sock: Any) -> None:
    """Serve the WSGI `app` on `sock` until the process ends.

    No access log is written. The limit of open files is raised as far as it may be.
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
        # What libraries write here names the address of a client.
        environ={"wsgi.errors": Path(os.devnull).open("w")},  # noqa: SIM115
        protocol=SilentProtocol,
        debug=False,
    )


def _collect_less() -> None:
    """Looks for garbage less often: that was a quarter of the cost of a vote.

    What was made at the start stays, and is not looked through again. What a vote leaves behind is freed
    by counting; only what refers to itself has to be looked for.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD, 10, 10)
