"""`make bench`: measures Kwartier and a bare Node socket.io server in turn, in the same run.

Milliseconds differ between machines; the ratios hardly do. When there are two cores, the server gets one and
the load client another.
"""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.client import Refused
from bench.floor import least_step
from bench.measure import Crowd, Numbers, measure, median
from bench.node import Node
from bench.servers import ROOT, Kwartier, Server

SIZES = (25, 200, 1000)
HALL = 2000
HALL_SECONDS = 2.0
ROUNDS = 3
# A round is not started when it is expected to end after this.
LIMIT_SECONDS = 360

ROWS = (
    ("joins_per_second", "joins a second", "{:.0f}"),
    ("join_p95", "a join, p95 ms", "{:.0f}"),
    ("step_p50", "a step to every phone, p50 ms", "{:.1f}"),
    ("step_p95", "  p95 ms", "{:.1f}"),
    ("step_last", "  last ms", "{:.1f}"),
    ("storm_step_p95", "  p95 ms, during a storm of votes", "{:.1f}"),
    ("ack_p50", "all vote at once: ack p50 ms", "{:.1f}"),
    ("ack_p95", "  p95 ms", "{:.1f}"),
    ("ack_p99", "  p99 ms", "{:.1f}"),
    ("shown", "  all on the screen, ms after 'Toon'", "{:.1f}"),
    ("votes_per_second", "votes a second, closed loop", "{:.0f}"),
    ("server_us_per_vote", "  server CPU a vote, us", "{:.0f}"),
    ("client_busy", "  load client busy, share of its core", "{:.2f}"),
    ("kib_per_connection", "memory a connection, KiB", "{:.1f}"),
)

Results = dict[str, dict[int, list[Numbers]]]


@dataclass(frozen=True, slots=True)
class Goal:
    """At most (or at least) `limit`; with `ratio`, of our value divided by that of Node in the same run."""

    metric: str
    text: str
    limit: float
    ratio: bool = False
    at_least: bool = False

    def value(self, ours: Numbers, node: Numbers) -> float:
        return ours[self.metric] / node[self.metric] if self.ratio else ours[self.metric]

    def met(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit


GOALS = (
    Goal("step_p95", "a step to every phone, p95 against Node", 0.8, ratio=True),
    Goal("ack_p95", "burst ack, p95 against Node", 1.5, ratio=True),
    Goal("shown", "all votes on the screen after the press on 'Toon', ms", 150),
    Goal("votes_per_second", "votes a second, each committed before its ack", 15_000, at_least=True),
    Goal("kib_per_connection", "KiB a connection", 20),
    Goal("storm_to_quiet", "a step in a storm of votes, p95 against a quiet one", 1.3),
)


def main() -> int:
    """Exit status 0; 1 when a server refused or lost a phone, or with --strict when a goal was missed."""
    options = _options()
    # Turn SIGTERM into SystemExit, so that `finally` stops the server under test.
    signal.signal(signal.SIGTERM, lambda number, stack: sys.exit(128 + number))
    server_core, client_core = cores()
    if client_core is not None:
        os.sched_setaffinity(0, {client_core})
    began = time.monotonic()
    results: Results = {"kwartier": {}, "node": {}}
    hall: dict[str, Numbers] = {}
    floor: list[float] = []
    view_bytes = 2000
    sizes = SIZES[:1] if options.quick else SIZES
    try:
        for turn in range(options.rounds):
            if turn and time.monotonic() - began > LIMIT_SECONDS * turn / (turn + 1):
                print(f"This machine is slow or busy: stopped after {turn} rounds.", file=sys.stderr)
                break
            for name in ("kwartier", "node"):
                server = _start(name, server_core, options.websocket, view_bytes)
                try:
                    view_bytes = _measure_all(server, sizes, results[name], view_bytes, options.rounds, turn)
                    if turn == 0 and not options.quick:
                        hall[name] = _fill_hall(server)
                finally:
                    server.stop()
            floor.append(least_step(sizes[-1], view_bytes, server_core))
    except Refused as error:
        print(f"bench: {name}: {error}", file=sys.stderr)
        return 1
    medians = {
        name: {size: _median_of(runs) for size, runs in found.items()} for name, found in results.items()
    }
    verdicts = _verdicts(medians, hall, sizes[-1])
    _print_tables(medians, sizes)
    _print_goals(verdicts, sizes[-1])
    least, node = median(floor), medians["node"][sizes[-1]]["step_p95"]
    print(f"  a bare loop of send() takes {least:.1f} ms for a step, p95: {least / node:.2f} of Node")
    took = time.monotonic() - began
    report = {
        "machine": {
            "system": platform.platform(),
            "python": platform.python_version(),
            "node": _node_version(),
        },
        "cores": {"server": server_core, "client": client_core},
        "websocket": options.websocket,
        "rounds": len(results["node"][sizes[0]]),
        "view_bytes": view_bytes,
        "medians": medians,
        "runs": results,
        "hall": hall,
        "least_step_p95": floor,
        "goals": verdicts,
        "seconds": round(took),
    }
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(report, indent=2) + "\n")
    print(f"\n{took:.0f} s; all figures in {options.json}")
    return 1 if options.strict and not all(verdict["met"] for verdict in verdicts) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="25 phones and one round")
    parser.add_argument(
        "--rounds", type=int, default=0, help=f"how often each server is measured (default: {ROUNDS})"
    )
    parser.add_argument(
        "--websocket", choices=("fast", "stock"), default="fast", help="Kwartier's WEBSOCKET setting"
    )
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "bench.json", help="where the figures go")
    parser.add_argument("--strict", action="store_true", help="exit status 1 when a goal is missed")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else ROUNDS)
    return options


def cores() -> tuple[int | None, int | None]:
    """The cores for the server and for the load client; None for both when this process may use only one."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        print("One core only: server and load client share it, so these figures say little.", file=sys.stderr)
        return None, None
    return cores[0], cores[1]


def _start(name: str, core: int | None, websocket: str, view_bytes: int) -> Server:
    return Kwartier(core, websocket) if name == "kwartier" else Node(core, view_bytes)


def _measure_all(
    server: Server,
    sizes: tuple[int, ...],
    found: dict[int, list[Numbers]],
    view_bytes: int,
    rounds: int,
    turn: int,
) -> int:
    """Measures a server at each size; returns the size in bytes that the views of Node must have."""
    crowd = Crowd(server)
    try:
        for size in sizes:
            print(f"round {turn + 1} of {rounds}: {server.name}, {size} phones", file=sys.stderr, flush=True)
            found.setdefault(size, []).append(measure(crowd, size))
        return len(crowd.phones[0].view) if server.name == "kwartier" else view_bytes
    finally:
        crowd.leave()


def _fill_hall(server: Server) -> Numbers:
    """Measures a full hall that joins at once. Raises Refused when anybody is refused."""
    print(f"{server.name}: {HALL} phones join at once", file=sys.stderr, flush=True)
    time.sleep(2)
    crowd = Crowd(server)
    try:
        numbers = crowd.join(HALL, at_once=HALL)
        return {"phones": float(len(crowd.phones)), "join_p95": numbers["join_p95"]} | {
            "joins_per_second": numbers["joins_per_second"]
        }
    finally:
        crowd.leave()


def _median_of(runs: list[Numbers]) -> Numbers:
    return {name: median([run[name] for run in runs]) for name in runs[0]}


def _verdicts(
    medians: Mapping[str, Mapping[int, Numbers]], hall: Mapping[str, Numbers], size: int
) -> list[dict[str, object]]:
    ours, node = medians["kwartier"][size], medians["node"][size]
    found: list[dict[str, object]] = []
    for goal in GOALS:
        value = goal.value(ours, node)
        bound = f"{'at least' if goal.at_least else 'at most'} {goal.limit:g}"
        found.append({"goal": goal.text, "bound": bound, "value": round(value, 2), "met": goal.met(value)})
    if "kwartier" in hall:
        seconds = HALL / hall["kwartier"]["joins_per_second"]
        found.append(
            {
                "goal": f"{HALL} phones join at once, the last after s",
                "bound": f"at most {HALL_SECONDS:g}",
                "value": round(seconds, 2),
                "met": seconds <= HALL_SECONDS,
            }
        )
    return found


def _print_tables(medians: Mapping[str, Mapping[int, Numbers]], sizes: tuple[int, ...]) -> None:
    for size in sizes:
        ours, node = medians["kwartier"][size], medians["node"][size]
        print(f"\n{f'{size} phones':<40}{'kwartier':>12}{'node':>12}{'ratio':>9}")
        for metric, label, form in ROWS:
            ratio = f"{ours[metric] / node[metric]:.2f}" if node[metric] else "-"
            print(f"{label:<40}{form.format(ours[metric]):>12}{form.format(node[metric]):>12}{ratio:>9}")


def _print_goals(verdicts: list[dict[str, object]], size: int) -> None:
    print(f"\nGoals, set for 1000 phones; here with {size}")
    for verdict in verdicts:
        mark = "met   " if verdict["met"] else "MISSED"
        print(f"  {mark} {verdict['goal']:<52} {verdict['value']:>10} ({verdict['bound']})")


def _node_version() -> str:
    return subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
