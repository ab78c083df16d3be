"""Answer a Socket.IO event later than its handler returns.

A post is acknowledged when its batch is committed. Blocking the handler until then costs a wake-up a phone
and half of the speed; here the handler gets a `reply` and returns at once. python-socketio has no way to do
this, so `answer_later` stands before the server's own `_handle_event`: the one private name used here. It
knows no async mode, so it is the same code on threads and on eventlet.
"""

from collections.abc import Callable
from typing import Any

from socketio import packet

Reply = Callable[[Any], None]
Handler = Callable[[str, Any, Reply], None]


def answer_later(server: Any, event: str, handler: Handler) -> None:
    """Let `handler(sid, data, reply)` handle `event` of the default namespace, in place, without Flask.

    `server` is the socketio server (`socketio.server` of Flask-SocketIO, after `init_app`). `data` is
    whatever the client sent: check it. `reply(value)` sends `value` as the acknowledgement; it may be called
    from any thread or greenlet, at any time, once; it does nothing when the client wanted none or is gone.
    The handler must not block.
    """
    ordinary = server._handle_event

    def handle(eio_sid: str, namespace: str | None, ack_id: int | None, message: Any) -> None:
        if (namespace or "/") != "/" or not isinstance(message, list) or message[:1] != [event]:
            ordinary(eio_sid, namespace, ack_id, message)
            return
        sid = server.manager.sid_from_eio_sid(eio_sid, "/")
        if sid is None or not server.manager.is_connected(sid, "/"):
            return

        def reply(value: Any) -> None:
            if ack_id is not None and eio_sid in server.environ:
                answer = server.packet_class(packet.ACK, namespace="/", id=ack_id, data=[value], binary=False)
                server._send_packet(eio_sid, answer)

        handler(sid, message[1] if len(message) > 1 else None, reply)

    server._handle_event = handle
