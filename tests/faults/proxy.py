"""A TCP proxy that can be told to let nothing pass: a phone in a lift, a router that hangs."""

import selectors
import socket
import threading

SIZE = 64 * 1024


class Proxy:
    """Passes bytes both ways to a port of this machine, or swallows: both stay open and hear nothing."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._other: dict[socket.socket, socket.socket] = {}
        self._hole = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def swallow(self) -> None:
        self._hole.set()

    def let_pass(self) -> None:
        self._hole.clear()

    def stop(self) -> None:
        self._stopped = True
        self._thread.join(5)
        for sock in (*self._other, self._listener):
            sock.close()

    def _run(self) -> None:
        while not self._stopped:
            if self._hole.is_set():
                threading.Event().wait(0.05)
                continue
            for key, _ in self._selector.select(0.1):
                if self._hole.is_set():
                    break
                sock = key.fileobj
                assert isinstance(sock, socket.socket)
                if sock is self._listener:
                    self._accept()
                elif sock in self._other:
                    self._pass_on(sock)

    def _accept(self) -> None:
        near, _ = self._listener.accept()
        far = socket.socket()
        if far.connect_ex(("127.0.0.1", self._target)):
            near.close()
            far.close()
            return
        for one, other in ((near, far), (far, near)):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._other[one] = other
            self._selector.register(one, selectors.EVENT_READ)

    def _hear(self, sock: socket.socket, data: bytes) -> None:
        """For those who listen."""

    def _pass_on(self, sock: socket.socket) -> None:
        try:
            data = sock.recv(SIZE)
            if data:
                self._hear(sock, data)
                self._other[sock].sendall(data)
                return
        except OSError:
            pass
        for one in (sock, self._other[sock]):
            self._selector.unregister(one)
            self._other.pop(one, None)
            one.close()
