"""How long others wait while something goes wrong: small round trips, all the time, in a process of its own.

Processes of their own, because the one that makes the faults is itself too busy to hold a watch. Two of
them: what stops the server is seen by both. For how long a busy machine kept either from a processor is not
the server's fault, and does not count.
"""

import http.client
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.support.server import ROOT, RunningServer

EVERY_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Waits:
    """Round trips in milliseconds, sorted."""

    milliseconds: tuple[float, ...]

    @property
    def worst(self) -> float:
        return self.milliseconds[-1]

    def part(self, share: float) -> float:
        return self.milliseconds[min(len(self.milliseconds) - 1, int(len(self.milliseconds) * share))]

    def __str__(self) -> str:
        return f"p95 {self.part(0.95):.0f} ms, worst {self.worst:.0f} ms of {len(self.milliseconds)}"


class Pulse:
    """Asks `/healthz` every 20 ms on two connections, from entering the block to leaving it."""

    def __init__(self, server: RunningServer) -> None:
        self._server = (str(server.port), str(server.pid))
        self.waits = Waits((0.0,))

    def __enter__(self) -> Self:
        self._watches = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.faults.pulse", *self._server],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        for watch in self._watches:
            assert watch.stdout is not None
            assert watch.stdout.readline() == "ready\n"
        return self

    def __exit__(self, *exc: object) -> None:
        seen = [sorted(json.loads(watch.communicate("stop\n", timeout=30)[0])) for watch in self._watches]
        self.waits = Waits(tuple(min(seen, key=lambda waits: waits[-1])))


def _kept_waiting(pids: tuple[str, ...]) -> float:
    """For how many milliseconds these processes were ready to run, and others had the processor."""
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) for pid in pids) / 1e6


def main() -> None:
    import select

    link = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=20)
    both = ("self", sys.argv[2])
    waits: list[float] = []
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], EVERY_SECONDS)[0]:
        kept, begun = _kept_waiting(both), time.perf_counter()
        link.request("GET", "/healthz")
        link.getresponse().read()
        took = (time.perf_counter() - begun) * 1000
        waits.append(max(0.0, took - (_kept_waiting(both) - kept)))
    print(json.dumps(waits or [0.0]))


if __name__ == "__main__":
    main()
