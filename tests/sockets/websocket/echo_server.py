"""A small server on `trainer.serving.websocket`, in a process of its own because eventlet patches all of it.

Arguments: fast or stock, and the seconds between pings. Prints its port on the first line.
"""

import warnings

warnings.filterwarnings("ignore", message="\\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import gc  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from collections import deque  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from eventlet import hubs  # noqa: E402
from eventlet.queue import Queue  # noqa: E402
from flask import Flask  # noqa: E402
from flask_socketio import SocketIO, join_room  # noqa: E402
from greenlet import greenlet  # noqa: E402

from trainer.serving import listening, websocket  # noqa: E402
from trainer.sockets.direct import Reply, answer_later  # noqa: E402

websocket.install(sys.argv[1])
app = Flask(__name__)
socketio = SocketIO(
    app,
    async_mode="eventlet",
    async_handlers=False,
    max_http_buffer_size=16_384,
    http_compression=False,
    ping_interval=int(sys.argv[2]),
    ping_timeout=int(sys.argv[2]),
)


@socketio.on("connect")
def connect(auth: Any = None) -> None:
    join_room("everybody")


@socketio.on("echo")
def echo(value: Any) -> Any:
    return value


@socketio.on("shout")
def shout(size: int) -> None:
    socketio.emit("shouted", "x" * size, to="everybody")


def later(sid: str, data: Any, reply: Reply) -> None:
    eventlet.spawn_after(0.05, reply, {"later": data})


answer_later(socketio.server, "later", later)


@app.get("/state")
def state() -> dict[str, int]:
    gc.collect()
    hub = hubs.get_hub()
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") // 1024
    return {
        "sockets": len(socketio.server.eio.sockets),
        "environs": len(socketio.server.environ),
        "listeners": sum(len(bucket) for bucket in hub.listeners.values()),
        "objects": len(gc.get_objects()),
        # What takes the most memory, and is needed only while something happens.
        "bulky": sum(isinstance(each, greenlet | Queue | deque) for each in gc.get_objects()),
        "resident_kib": resident,
    }


if __name__ == "__main__":
    listener = listening.listen("127.0.0.1", 0)
    print(listener.getsockname()[1], flush=True)
    listening.serve(app, listener)
