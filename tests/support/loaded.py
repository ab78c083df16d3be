"""Processes of Kwartier that are forked from one in which its modules are loaded already.

Loading them takes longer than all else that a start does. The process that they are forked from did nothing
else: it opened no file and began no thread. What is forked from it runs `python -m <module>` from its first
line, with its own settings and files, and can be killed as any other process.

They share the seed of hashes, and what the memory of the modules was. So what is about memory, or about how a
process begins, is asked of one that is `fresh`: see `tests/support/server.py`.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import IO, Any

from tests.support.loading import DIGITS

ROOT = Path(__file__).resolve().parents[2]


class Forked:
    """A process of Kwartier, which tells what a `Popen` tells."""

    def __init__(self, report: socket.socket, arguments: Sequence[str]) -> None:
        self._report = report
        self._arguments = arguments
        self.returncode: int | None = None
        self.pid = self._told()

    def _told(self) -> int:
        told = self._report.recv(DIGITS, socket.MSG_WAITALL)
        if not told:
            raise ChildProcessError("the loaded process ended")
        return int(told)

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            self._report.settimeout(timeout)
            try:
                self.returncode = self._told()
            except (TimeoutError, BlockingIOError):
                raise subprocess.TimeoutExpired(list(self._arguments), timeout or 0) from None
            self._report.close()
        return self.returncode

    def poll(self) -> int | None:
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def start(
    arguments: Sequence[str], environment: Mapping[str, str], read: IO[Any], printed: IO[Any], said: IO[Any]
) -> Forked:
    """`python -m <arguments>`, with its three files, and no terminal."""
    ours, theirs = socket.socketpair()
    request = json.dumps({"arguments": list(arguments), "environment": dict(environment)}).encode()
    files = [file.fileno() for file in (read, printed, said)]
    parent = _parent("eventlet" if "run" in arguments else "plain")
    with theirs:
        socket.send_fds(parent, [request], [*files, theirs.fileno()])
    return Forked(ours, arguments)


def run(
    *arguments: str, environment: Mapping[str, str], typed: str = "", timeout: float = 60
) -> "subprocess.CompletedProcess[str]":
    """What becomes of `python -m trainer <arguments>`; `typed` is the answers to what it asks."""
    with ExitStack() as stack:
        read, printed, said = (stack.enter_context(tempfile.TemporaryFile("w+")) for _ in range(3))
        read.write(typed)
        read.seek(0)
        process = start(["trainer", *arguments], environment, read, printed, said)
        try:
            status = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        for file in (printed, said):
            file.seek(0)
        return subprocess.CompletedProcess(list(arguments), status, printed.read(), said.read())


@cache
def _parent(kind: str) -> socket.socket:
    """Where to ask the process that has loaded its modules; it ends when this one does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.loading", kind, str(theirs.fileno())],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours
