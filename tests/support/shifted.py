"""Serves Kwartier as it is run, in a process whose wall clock can be set: SIGUSR1 an hour on, SIGUSR2 back.

`AHEAD_SECONDS` says where it begins. It is the clock of the environment that is set, for this process alone;
all of Kwartier is as it is. What asks the time in C, as `datetime.now()` does, is not moved; on the way to a
timer, a cookie and a ping Kwartier and its libraries ask `time.time()`.
"""

import os
import signal
import time

real = time.time
ahead = [float(os.environ.get("AHEAD_SECONDS", "0"))]


def shifted() -> float:
    return real() + ahead[0]


def move(seconds: float) -> None:
    ahead[0] += seconds


def main() -> int:
    time.time = shifted
    from trainer.cli import main as run

    signal.signal(signal.SIGUSR1, lambda number, frame: move(3600))
    signal.signal(signal.SIGUSR2, lambda number, frame: move(-3600))
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
