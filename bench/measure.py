"""The measurements. Each returns numbers by name, in milliseconds unless the name says otherwise."""

import gc
import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count

from bench.client import Phone, Refused, Swarm
from bench.servers import Server

Numbers = dict[str, float]
JOIN_AT_ONCE = 50
STEPS = 5
BURSTS = 3
LOOP_PHONES = 100
LOOP_SECONDS = 2.0
# Longer than a server may hold back the next view.
QUIET_SECONDS = 0.3
# After a step each phone gets what is its own, a few at a time: a burst begins once that is done.
OWN_SECONDS = 0.0007


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of `values` does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


class Crowd:
    """A control, a screen and a growing number of phones in one meeting."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.swarm = Swarm(server.address)
        self.control, self.screen = self.swarm.join([server.leader("control"), server.leader("screen")], 1)
        self.phones: list[Phone] = []
        # Votes of bursts, each on something nobody voted on yet: a row for each.
        self._acknowledged = 0
        self._ids = count()
        self._empty = server.rss()
        self.settle()

    def settle(self, seconds: float = QUIET_SECONDS) -> None:
        """Process everything that is still arriving, for so many seconds."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.swarm.step(left)

    def join(self, number: int, at_once: int = JOIN_AT_ONCE) -> Numbers:
        """Adds phones, at most `at_once` in progress, until each shows the meeting. Raises Refused."""
        visitors = []
        for visitor in self.server.visitors(number):
            visitors.append(visitor)
            self.swarm.step(0)
        began = time.perf_counter()
        with quiet():
            phones = self.swarm.join(visitors, at_once)
        took = time.perf_counter() - began
        self.phones += phones
        self.settle(1.0)
        return {
            "joins_per_second": number / took,
            "join_p95": 1000 * percentile([phone.seen - phone.started for phone in phones], 0.95),
            "kib_per_connection": (self.server.rss() - self._empty) / len(self.phones),
        }

    def step(self) -> Numbers:
        """The trainer goes on; measured from the click until each phone has the view. Raises Refused."""
        times: list[float] = []
        command, before = self.server.step(self.control), self.control.view
        arrived = 0

        def on_view(phone: Phone) -> None:
            nonlocal arrived
            arrived += phone is not self.control and phone is not self.screen

        self.swarm.on_view = on_view
        with quiet():
            self.swarm.send(self.control, command)
            self.swarm.until(lambda: arrived >= len(self.phones))
        self.swarm.on_view = None
        # A press on what control showed before the step would be too late.
        self.swarm.until(lambda: self.control.view != before)
        times = [1000 * (phone.seen - self.control.sent) for phone in self.phones]
        self.settle(QUIET_SECONDS + OWN_SECONDS * len(self.phones))
        return {
            "step_p50": percentile(times, 0.5),
            "step_p95": percentile(times, 0.95),
            "step_last": max(times),
        }

    def burst(self) -> Numbers:
        """All phones vote at once on a fresh question; then the trainer shows the result. Raises Refused."""
        frames = [(phone, self.server.post(phone, next(self._ids))) for phone in self.phones]
        goal, acks = len(frames), self.swarm.acks
        self.swarm.on_ack = must_be_ok
        with quiet():
            for place, (phone, data) in enumerate(frames):
                self.swarm.send(phone, data)
                if place % 64 == 63:
                    self.swarm.step(0)
            self.swarm.until(lambda: self.swarm.acks - acks >= goal)
            self._acknowledged += goal
            shown = self._show(goal)
        self.swarm.on_ack = None
        times = [1000 * (phone.acked - phone.sent) for phone in self.phones]
        self.settle(2 * QUIET_SECONDS)
        return {
            "ack_p50": percentile(times, 0.5),
            "ack_p95": percentile(times, 0.95),
            "ack_p99": percentile(times, 0.99),
            "shown": shown,
        }

    def _show(self, goal: int) -> float:
        """Milliseconds from the trainer showing the result until all votes are on the screen.

        The count on the screen before that is coarse and late by design, so it is not measured.
        """
        right: list[float] = []

        def on_view(phone: Phone) -> None:
            if phone is self.screen and self.server.total(phone) == goal:
                right.append(phone.seen)

        self.swarm.on_view = on_view
        self.swarm.send(self.control, self.server.show(self.control))
        self.swarm.until(lambda: bool(right))
        self.swarm.on_view = None
        return 1000 * (right[0] - self.control.sent)

    def saturate(self) -> Numbers:
        """A closed loop: each of a hundred phones votes again as soon as its vote is acknowledged."""
        phones = self.phones[:LOOP_PHONES]
        end = math.inf

        def again(phone: Phone, text: bytes) -> None:
            must_be_ok(phone, text)
            if time.perf_counter() < end:
                self.swarm.send(phone, self.server.post(phone, next(self._ids)))

        acks, cpu, own, began = self.swarm.acks, self.server.cpu(), time.process_time(), time.perf_counter()
        end = began + LOOP_SECONDS
        self.swarm.on_ack = again
        with quiet():
            for phone in phones:
                self.swarm.send(phone, self.server.post(phone, next(self._ids)))
            while time.perf_counter() < end:
                self.swarm.step(0.1)
        took = time.perf_counter() - began
        votes, busy = self.swarm.acks - acks, (time.process_time() - own) / took
        cost = self.server.cpu() - cpu
        self.settle(2 * QUIET_SECONDS)
        self.swarm.on_ack = None
        return {"votes_per_second": votes / took, "server_us_per_vote": cost / votes, "client_busy": busy}

    def storm(self) -> Numbers:
        """The trainer goes on while a hundred phones vote again as soon as their vote is acknowledged."""
        stop = False

        def again(phone: Phone, text: bytes) -> None:
            if phone is not self.control:
                must_be_ok(phone, text)
                if not stop:
                    self.swarm.send(phone, self.server.post(phone, next(self._ids)))

        self.swarm.on_ack = again
        for phone in self.phones[:LOOP_PHONES]:
            self.swarm.send(phone, self.server.post(phone, next(self._ids)))
        steps = [self.step() for _ in range(STEPS)]
        stop = True
        self.settle(2 * QUIET_SECONDS)
        self.swarm.on_ack = None
        return {"storm_step_p95": median([run["step_p95"] for run in steps])}

    def check_stored(self) -> None:
        """Raises Refused when a vote of a burst was acknowledged and is not in the database."""
        stored = self.server.stored()
        if stored is not None and stored < self._acknowledged:
            raise Refused(f"{self._acknowledged} votes were acknowledged, {stored} are stored")

    def leave(self) -> None:
        self.swarm.leave()


def must_be_ok(phone: Phone, text: bytes) -> None:
    if b'"ok":true' not in text:
        raise Refused(f"a vote was refused: {text.decode()}")


@contextmanager
def quiet() -> Iterator[None]:
    """Disables garbage collection in the load client while it measures."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def measure(crowd: Crowd, size: int) -> Numbers:
    """All figures with `size` phones; more join first to make up the number. Raises Refused."""
    numbers = crowd.join(size - len(crowd.phones))
    bursts = []
    steps = []
    for _ in range(BURSTS):
        steps.append(crowd.step())
        bursts.append(crowd.burst())
    crowd.check_stored()
    steps += [crowd.step() for _ in range(STEPS - BURSTS)]
    for runs in (steps, bursts):
        numbers |= {name: median([run[name] for run in runs]) for name in runs[0]}
    numbers |= crowd.saturate() | crowd.storm()
    return numbers | {"storm_to_quiet": numbers["storm_step_p95"] / numbers["step_p95"]}
