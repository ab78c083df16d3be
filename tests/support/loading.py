"""Loads the modules of Kwartier, and forks a process for each command that it is asked to run.

`python -m tests.support.loading eventlet|plain <socket>`: see `tests/support/loaded.py`. A server knows
eventlet from its first line; commands, and the server on threads, do not know it at all.
"""

import gc
import importlib
import json
import os
import runpy
import signal
import sys

# Before eventlet makes others of them: this process waits, and has no loop.
from os import fork, waitpid
from socket import recv_fds, socket

# Of each number in a report.
DIGITS = 8
LONGEST = 1 << 18
MODULES = (
    "flask_migrate",
    "trainer.factory",
    "trainer.operating.export",
    "trainer.operating.restoring",
    "trainer.operating.upkeep",
    "trainer.operating.welcome",
    "trainer.store.lock",
    "trainer.web.users",
)


def main(kind: str, number: int) -> None:
    """Returns in each process that is forked, when it is to begin."""
    asked = socket(fileno=number)
    gc.disable()
    for module in ("trainer.serving.server",) * (kind == "eventlet") + MODULES:
        importlib.import_module(module)
    importlib.import_module("trainer.kinds").discover()
    watchers: set[int] = set()
    while True:
        request, descriptors, _, _ = recv_fds(asked, LONGEST, 4)
        # So that what they took is known, and none is left over.
        watchers -= {each for each in watchers if waitpid(each, os.WNOHANG)[0]}
        if not request:
            os._exit(0)
        watcher = fork()
        if not watcher:
            break
        watchers.add(watcher)
        for descriptor in descriptors:
            os.close(descriptor)
    asked.close()
    *files, report = descriptors
    program = fork()
    if program:
        _watch(program, files, report)
    os.close(report)
    _become(files, **json.loads(request))


def _watch(program: int, files: list[int], report: int) -> None:
    """Tells the number of a process, and what became of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for descriptor in files:
        os.close(descriptor)
    _tell(report, program)
    _, status = waitpid(program, 0)
    _tell(report, os.waitstatus_to_exitcode(status))
    os._exit(0)


def _tell(report: int, number: int) -> None:
    try:
        os.write(report, str(number).rjust(DIGITS).encode())
    except BrokenPipeError:
        # Nobody wants to know any more.
        os._exit(0)


def _become(files: list[int], arguments: list[str], environment: dict[str, str]) -> None:
    """Has what a new process would have: files, environment, arguments, and a loop that nobody else has."""
    os.setsid()
    for target, descriptor in enumerate(files):
        os.dup2(descriptor, target)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = arguments
    if "eventlet" in sys.modules:
        sys.modules["eventlet"].hubs.use_hub()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
    runpy.run_module(sys.argv[0], run_name="__main__")
