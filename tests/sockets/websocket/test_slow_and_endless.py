"""Clients that read slowly, say nothing, never end or come back a thousand times: they cost nothing."""

import struct
import time
from contextlib import ExitStack

import pytest
from websockets.frames import Frame, Opcode

from tests.sockets.websocket.echoing import PATIENCE, Raw, Server, phone, receive, serving


def test_endless_fragments_are_refused_with_bounded_memory(fast: Server) -> None:
    # The stock one collects fragments without a limit: one more reason why it is only the fallback.
    before = fast.state()["resident_kib"]
    sent = 0
    with Raw(fast) as raw:
        raw.send(Opcode.TEXT, b"4" * 1000, fin=False)
        try:
            while sent < 100_000:
                raw.send(Opcode.CONT, b"x" * 1000, fin=False)
                sent += 1
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert sent < 100_000
    assert fast.state()["resident_kib"] - before < 2048


def test_endless_empty_fragments_take_no_memory(fast: Server) -> None:
    before = fast.state()["resident_kib"]
    empty = Frame(Opcode.CONT, b"", fin=False).serialize(mask=True)
    with Raw(fast) as raw:
        raw.open_namespace()
        raw.send(Opcode.TEXT, b'42["echo",1]', fin=False)
        for _ in range(20):
            raw.sock.sendall(empty * 5000)
        raw.send(Opcode.PING, b"")
        raw.until(Opcode.PONG)
        assert fast.state()["resident_kib"] - before < 2048


def test_an_idle_connection_keeps_no_greenlet_and_no_queue(fast: Server) -> None:
    states = []
    with ExitStack() as open_at_once:
        for _ in range(20):
            client = open_at_once.enter_context(phone(fast))
            client.send('421["echo",1]')
            assert receive(client) == "431[1]"
            states.append(fast.state())
    assert states[-1]["sockets"] == states[0]["sockets"] + 19
    assert states[-1]["bulky"] - states[0]["bulky"] < 19


@pytest.mark.parametrize("kind", ["fast", "stock"])
def test_who_answers_pings_stays_and_who_does_not_is_dropped(kind: str) -> None:
    with serving(kind, ping_seconds=1) as server, phone(server) as alive, Raw(server) as dead:
        dead.open_namespace()
        for _ in range(3):
            assert alive.recv(PATIENCE) == "2"
            alive.send("3")
        dead.until(Opcode.CLOSE, -1)
        alive.send('421["echo",1]')
        assert receive(alive) == "431[1]"


def test_slow_reader_does_not_hold_up_the_others(server: Server) -> None:
    with Raw(server) as slow, phone(server) as quick:
        slow.open_namespace()
        # A server that waits for the slow one never answers: `receive` gives up.
        for n in range(40):
            quick.send(f'42{n}["shout",100000]')
            while not receive(quick).startswith("43"):
                pass


def test_reader_that_is_too_slow_is_dropped_with_bounded_memory(fast: Server) -> None:
    before = fast.state()
    with Raw(fast) as slow, phone(fast) as quick:
        slow.open_namespace()
        for n in range(100):
            quick.send(f'42{n}["shout",100000]')
            while not receive(quick).startswith("43"):
                pass
        during = fast.state()
        assert during["sockets"] == before["sockets"] + 1
        assert during["resident_kib"] - before["resident_kib"] < 4096


@pytest.mark.parametrize("kind", ["fast", "stock"])
def test_thousand_reconnects_leave_nothing_behind(kind: str) -> None:
    # The stock one holds on to each connection for as long as a ping interval.
    with serving(kind, ping_seconds=25 if kind == "fast" else 1) as server:
        _reconnect_a_thousand_times(server, 0 if kind == "fast" else 3)


def _reconnect_a_thousand_times(server: Server, patience: float) -> None:
    def come_and_go(times: int, politely: bool) -> dict[str, int]:
        for _ in range(times):
            with Raw(server) as raw:
                raw.open_namespace()
                if politely:
                    raw.send(Opcode.CLOSE, struct.pack("!H", 1001))
                    raw.close_code()
        time.sleep(patience)
        return server.settled()

    # The first few hundred fill caches and the allocator's pools.
    before = come_and_go(150, True) | come_and_go(150, False)
    after = come_and_go(500, True) | come_and_go(500, False)
    grown = {name: after[name] - before[name] for name in after}
    assert (grown["sockets"], grown["environs"], grown["listeners"]) == (0, 0, 0)
    # The hub keeps up to a thousand cancelled timers; a connection that stayed would be fifty objects.
    assert grown["objects"] < 4000
    # A connection that stayed would be some 40 KiB: 40 MiB for a thousand of them.
    assert grown["resident_kib"] < 8192
