"""One access point for many phones, a way to a server that lets through so many bits a second."""

import socket
import threading
import time
from types import TracebackType

PIECE = 1460


class Link:
    """Passes on what comes in at `port` to the server at `target`; what comes back shares `bits` a second."""

    def __init__(self, target: int, bits: float) -> None:
        self._target, self._seconds = target, 8 / bits
        self._door = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = int(self._door.getsockname()[1])
        self._free, self._lock = time.monotonic(), threading.Lock()

    def __enter__(self) -> "Link":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._door.close()

    def _accept(self) -> None:
        while True:
            try:
                inside, _ = self._door.accept()
            except OSError:
                return
            outside = socket.create_connection(("127.0.0.1", self._target))
            for source, sink, slow in ((inside, outside, False), (outside, inside, True)):
                threading.Thread(target=self._pass, args=(source, sink, slow), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, slow: bool) -> None:
        try:
            while data := source.recv(PIECE):
                if slow:
                    self._wait_for(len(data))
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            # One end hung up: the other one need not wait for it.
            for end in (source, sink):
                end.close()

    def _wait_for(self, count: int) -> None:
        with self._lock:
            begin = max(self._free, time.monotonic())
            self._free = begin + count * self._seconds
            wait = self._free - time.monotonic()
        if wait > 0:
            time.sleep(wait)
