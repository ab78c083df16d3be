"""The server and its people under the name of before, until nothing asks for them by it."""

from tests.support.pages import Control, Page, Phone, shown_count
from tests.support.server import (
    PATIENCE,
    ROOT,
    RunningServer,
    ThreadedServer,
    csrf_token,
    free_port,
    wait_for,
)
from tests.support.trainers import Opened, Trainer, open_by_code

__all__ = [
    "PATIENCE",
    "ROOT",
    "Control",
    "Opened",
    "Page",
    "Phone",
    "RunningServer",
    "ThreadedServer",
    "Trainer",
    "csrf_token",
    "free_port",
    "open_by_code",
    "shown_count",
    "wait_for",
]
