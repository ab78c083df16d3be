"""The least time a step can take on this machine: a bare loop with one `send` per phone of a prepared view.

No server in Python can beat it, so read the goal for a step beside it.
"""

import multiprocessing
import os
import select
import socket
import time
from collections import Counter

from bench.client import PATIENCE, READ_SIZE, Refused
from bench.measure import QUIET_SECONDS, STEPS, median, percentile, quiet


def least_step(phones: int, view_bytes: int, core: int | None) -> float:
    """The time in ms until 95% of phones have the view. `core`: the core for the loop. Raises Refused."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=phones)
    loop = multiprocessing.get_context("fork").Process(
        target=_send_to_all, args=(listener, phones, bytes(view_bytes), core), daemon=True
    )
    loop.start()
    sockets = [socket.create_connection(listener.getsockname()) for _ in range(phones)]
    try:
        return median([_step(sockets, view_bytes) for _ in range(STEPS)])
    finally:
        loop.terminate()
        for one in (listener, *sockets):
            one.close()


def _send_to_all(listener: socket.socket, phones: int, view: bytes, core: int | None) -> None:
    if core is not None:
        os.sched_setaffinity(0, {core})
    sockets = [listener.accept()[0] for _ in range(phones)]
    while sockets[0].recv(1):
        for one in sockets:
            one.send(view)


def _step(sockets: list[socket.socket], view_bytes: int) -> float:
    time.sleep(QUIET_SECONDS)
    got: Counter[int] = Counter()
    times: list[float] = []
    with select.epoll() as poll, quiet():
        by_fd = {one.fileno(): one for one in sockets}
        for fd in by_fd:
            poll.register(fd, select.EPOLLIN)
        began = time.perf_counter()
        sockets[0].send(b"x")
        while len(times) < len(sockets):
            events = poll.poll(PATIENCE)
            if not events:
                raise Refused("the bare loop was silent")
            for fd, _ in events:
                got[fd] += len(by_fd[fd].recv(READ_SIZE))
                if got[fd] == view_bytes:
                    times.append(1000 * (time.perf_counter() - began))
    return percentile(times, 0.95)
