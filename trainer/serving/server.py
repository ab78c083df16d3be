"""Serves Kwartier on eventlet. Importing this module monkey-patches the process, so import it first."""

import os
import warnings

# Nothing here asks for the address of a name: eventlet's own resolver would take a tenth of the start.
os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
warnings.filterwarnings("ignore", message="\\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import logging  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from contextlib import suppress  # noqa: E402
from typing import Any  # noqa: E402

import eventlet.tpool  # noqa: E402
from flask import Flask  # noqa: E402

from trainer import create_app  # noqa: E402
from trainer.config import Settings  # noqa: E402
from trainer.meetings.host import Host  # noqa: E402
from trainer.operating.backups import clean_up  # noqa: E402
from trainer.rehearsing import rehearsals  # noqa: E402
from trainer.serving import listening, websocket  # noqa: E402
from trainer.store.health import where  # noqa: E402
from trainer.store.writer import NotSaved, next_wipe, wipe  # noqa: E402

SWEEP_SECONDS = 20
WATCH_SECONDS = 1
# Longest that sealing and wiping may take at shutdown.
STOP_SECONDS = 2.0
STOPS = frozenset({signal.SIGINT, signal.SIGTERM})

log = logging.getLogger(__name__)


class PortBusy(Exception):
    """The port cannot be used: something else listens on it, or this user may not."""


def build(settings: Settings) -> Flask:
    """Builds the application for this server."""
    websocket.install(settings.websocket)
    return create_app(settings, async_mode="eventlet", offload=eventlet.tpool.execute)


def listen(settings: Settings) -> Any:
    """A listening socket. Raises PortBusy when the port cannot be used."""
    try:
        return listening.listen(settings.host, settings.port)
    except OSError as error:
        raise PortBusy(f"{settings.host}:{settings.port} cannot be used: {error.strerror}") from error


def serve(app: Flask, listener: Any) -> None:
    """Serves until SIGINT or SIGTERM."""
    host: Host = app.extensions["kwartier"]
    eventlet.spawn(_repeat, SWEEP_SECONDS, host.sweep)
    eventlet.spawn(_wipe_often, host)

    def wipe_killed_backups() -> None:
        clean_up(host.settings.key_dir)

    eventlet.spawn(_repeat, SWEEP_SECONDS, wipe_killed_backups)
    eventlet.spawn(_repeat, WATCH_SECONDS, host.signals.hang_up_strangers)
    made_up: rehearsals.Rehearsals = app.extensions["rehearsals"]
    eventlet.spawn(_repeat, rehearsals.SECONDS, made_up.live)
    sys.stdout.flush()
    _stop_when_told(host, made_up)
    listening.serve(app, listener)


def _stop_when_told(host: Host, made_up: rehearsals.Rehearsals) -> None:
    """Ends the process on SIGINT or SIGTERM, once what was left is sealed and no file holds a trace of it.

    It waits for no phone to disconnect and no other write: what was acknowledged is on disk. Whatever is not
    done within STOP_SECONDS is left to the next start.
    """
    reading, writing = os.pipe()
    for end in (reading, writing):
        os.set_blocking(end, False)
    # A signal handler may run in the middle of a change, so Python tells the loop through this pipe instead.
    signal.set_wakeup_fd(writing)
    signal.signal(signal.SIGALRM, _exit)
    for number in STOPS:
        signal.signal(number, _exit_soon)
    eventlet.spawn(_seal_and_exit, reading, host, made_up)


def _exit_soon(*signalled: Any) -> None:
    # Only the first signal counts.
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, STOP_SECONDS)


def _seal_and_exit(told: int, host: Host, made_up: rehearsals.Rehearsals) -> None:
    # The pipe carries the numbers of all signals, including those handled elsewhere.
    while not STOPS.intersection(os.read(told, 64)):
        pass
    made_up.stop()
    host.sweep.before_stop()
    clean_up(host.settings.key_dir)
    # Run by the writer, so that nothing is stored between wiping and exit.
    host.writer.submit_later(wipe, _exit)


def _exit(*outcome: Any) -> None:
    os._exit(0)


def _wipe_often(host: Host) -> None:
    """Wipes traces between two sweeps too: who cuts the power gets the files as they lie there."""
    pause = next_wipe(0.0)
    while True:
        eventlet.sleep(pause)
        began = time.monotonic()
        # A sweep, which tells what fails, tries again.
        with suppress(NotSaved):
            host.writer.submit(wipe)
        pause = next_wipe(time.monotonic() - began)


def _repeat(seconds: float, work: Callable[[], None]) -> None:
    """Runs `work` every `seconds`; of consecutive failures only the first is logged."""
    failing = False
    while True:
        eventlet.sleep(seconds)
        try:
            work()
            failing = False
        except Exception as error:
            if not failing:
                log.error("%s failed, and is tried again: %s", work.__name__, where(error))
            failing = True
