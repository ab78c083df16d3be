"""Kwartier with a made-up kind that has places: three tables with statements of their own."""

import re
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier

import pytest
import requests

from tests.support import hall as halls
from tests.support.hall import Hall
from tests.support.made_up import copied_house
from tests.support.pages import Control, Page, Phone
from tests.support.server import PATIENCE, RunningServer, wait_for
from tests.support.trainers import Trainer
from trainer import kinds

HERE = Path(__file__).parent
CONTENT = HERE / "content"
STEP = "tafels"
PLACES = ("micro", "meso", "macro")


def at(place: str) -> str:
    """The step at a table."""
    return f"{STEP}@{place}"


@contextmanager
def table_hall(folder: Path) -> Iterator[Hall]:
    """A meeting in this process whose part has the kind, in its lobby; its fragments are not found."""
    with pytest.MonkeyPatch.context() as patch:
        kinds.__path__.append(str(HERE))
        kinds.discover.cache_clear()
        patch.setattr(halls, "PROGRAMMES", CONTENT)
        hall = Hall(folder)
        try:
            yield hall
        finally:
            hall.stop()
            kinds.__path__.remove(str(HERE))
            kinds.discover.cache_clear()


class TableServer(RunningServer):
    """A copy of Kwartier in `folder` to which the kind and its programme were added."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.root = copied_house(folder)
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(HERE / "tafels", self.root / "trainer" / "kinds" / "tafels", ignore=ignored)
        super().__init__(folder, CONTENT_DIR=str(CONTENT), **environment)


class Seat(Control):
    """A page that says at which table it is."""

    def __init__(
        self, server: RunningServer, session: requests.Session, meeting: str, role: str, place: str
    ) -> None:
        super().__init__(server, session, meeting, role)
        self.auth["place"] = place

    @property
    def version(self) -> int:
        """What its buttons say that its trainer saw."""
        return int(re.findall(r'data-version="(\d+)"', self.view["html"])[0])


class Room:
    """A meeting of its own on a real server, at the step that tables do, and everybody who has it open."""

    def __init__(self, trainer: Trainer) -> None:
        self.server, self.trainer = trainer.server, trainer
        self.opened = trainer.open_meeting("Tafels", programme="tafels")
        self.control = self.seat("control", "")
        self.control.go("goto", step=STEP)

    def seat(self, role: str, place: str) -> Seat:
        """A page of the trainer at a table, '' for the whole meeting."""
        session = self.trainer.copied().session
        seat = Seat(self.server, session, self.opened.id, role, place)
        seat.connect()
        return seat

    def phone(self, place: str) -> Seat:
        session = Phone(self.server, self.opened.secret).session
        phone = Seat(self.server, session, self.opened.id, "phone", place)
        phone.connect()
        return phone


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of presses: how many were carried out, how many refused."""

    done: int
    refused: int


def pressed(seat: Seat, name: str, times: int, together: Barrier) -> Tally:
    """Presses a button so many times, `together` with others, once the page shows what came of the last."""
    refused = 0
    for _ in range(times):
        together.wait(PATIENCE)
        before = seat.version
        answer = seat.command(name)
        if answer == {"ok": True}:
            wait_for(lambda before=before: seat.version > before, "the press to show")
        else:
            refused += 1
    return Tally(times - refused, refused)


def pressed_at_once(seats: Sequence[Seat], name: str, times: int) -> list[Tally]:
    """Lets every seat press the same button so many times, all at the same moment each time."""
    together = Barrier(len(seats))
    with ThreadPoolExecutor(len(seats)) as pool:
        return list(pool.map(lambda seat: pressed(seat, name, times, together), seats))


def shown_presses(page: Page) -> int:
    return int(re.findall(r"Gedrukt: (\d+)", page.view["html"])[0])
