"""Omdenken over sockets: only frames of the phone that tells hold the sheet, and all frames look alike."""

import json
import re
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import websocket

from tests.sockets.conftest import QUICK, Stage
from tests.support.pages import Phone
from tests.support.samples import write_sample
from tests.support.server import RunningServer, wait_for
from tests.support.trainers import Trainer
from trainer import kinds

STEP, SHEET = "omdenken", "Dit zagen de anderen in jou"
# Longer than it takes until all that follows a message has come.
QUIET = 1.6


@pytest.fixture(scope="module")
def sample_trainer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trainer]:
    content = write_sample(tmp_path_factory.mktemp("content"), kinds.discover()["omdenken"])
    environment = QUICK | {"CONTENT_DIR": str(content)}
    server = RunningServer(tmp_path_factory.mktemp("server"), **environment).start()
    yield Trainer(server).make_account()
    server.stop()


class Listener:
    """What comes over the wire to a phone, frame by frame, as somebody sees it who holds its cable."""

    def __init__(self, stage: Stage, phone: Phone) -> None:
        query = urlencode({"EIO": "4", "transport": "websocket", "meeting": stage.meeting, "role": "phone"})
        url = f"{stage.server.url.replace('http', 'ws')}/socket.io/?{query}"
        self.frames: list[str] = []
        self.link = websocket.create_connection(url, header={"Cookie": f"kwartier_phone={phone.token}"})
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        try:
            while True:
                frame = str(self.link.recv())
                if frame == "2":
                    self.link.send("3")
                else:
                    self.frames.append(frame)
        except (websocket.WebSocketException, OSError):
            return

    def close(self) -> None:
        self.link.close()
        self._thread.join(5)


class Room:
    """Phones of one group, each with a listener on its line."""

    def __init__(self, stage: Stage, number: int) -> None:
        self.stage = stage
        self.phones = [stage.phone() for _ in range(number)]
        self.listeners = [Listener(stage, phone) for phone in self.phones]
        self.quiet()

    def quiet(self) -> None:
        """Waits until nobody has got anything for a while."""
        heard, since = -1, time.monotonic()
        while time.monotonic() - since < QUIET:
            now = sum(len(each.frames) for each in self.listeners)
            if now != heard:
                heard, since = now, time.monotonic()
            time.sleep(0.05)

    def frames(self) -> list[list[tuple[str, int]]]:
        """The name and the size of each frame of each phone since the last time."""
        self.quiet()
        found = [[(_name(frame), len(frame.encode())) for frame in each.frames] for each in self.listeners]
        for each in self.listeners:
            each.frames.clear()
        return found

    def with_sheet(self) -> list[int]:
        """The phones that got a frame with a sheet so far."""
        return [
            place for place, phone in enumerate(self.phones) if SHEET in json.dumps([phone.owns, phone.views])
        ]

    def close(self) -> None:
        for each in self.listeners:
            each.close()


@pytest.fixture
def room(sample_trainer: Trainer) -> Iterator[Room]:
    stage = Stage(sample_trainer.server, sample_trainer, "voorbeeld-omdenken")
    stage.control.go("start")
    found = Room(stage.at(STEP), 5)
    yield found
    found.close()
    stage.close()


def _name(frame: str) -> str:
    found = re.match(r'42\["(\w+)"', frame)
    return found[1] if found else frame[:3]


def tells(phone: Phone) -> dict[str, object]:
    return phone.post(STEP, item="1-t", group="1", tells="ja")


def ticks(phone: Phone, word: str = "4") -> dict[str, object]:
    return phone.post(STEP, item="1", group="1", word=word)


def alike(frames: list[list[tuple[str, int]]]) -> bool:
    """Did all phones get as many frames, of the same sizes?"""
    return bool(frames[0]) and all(each == frames[0] for each in frames)


def test_only_the_frames_of_the_one_that_tells_hold_the_sheet_and_all_frames_are_alike(room: Room) -> None:
    teller, *listeners = room.phones
    room.frames()
    screen, got = room.stage.screen(), []

    assert tells(teller) == {"ok": True}
    got.append(room.frames())
    for phone in listeners[:3]:
        assert ticks(phone) == {"ok": True}
        got.append(room.frames())
    room.stage.control.go("do:hand")
    got.append(room.frames())

    assert [alike(frames) for frames in got] == [True] * 5
    # A deed of the one that tells looks on the line like that of one who listens.
    assert all(frames == got[0] for frames in got[:4])
    assert room.with_sheet() == [0]
    shown = json.dumps([room.stage.control.views, screen.views])
    assert (SHEET in shown, "humor" in shown) == (False, False)


def test_nobody_gets_a_sheet_of_two_listeners(room: Room) -> None:
    teller, *listeners = room.phones
    assert [tells(teller), *map(ticks, listeners[:2])] == [{"ok": True}] * 3

    answer = room.stage.control.command("do:hand")
    room.quiet()

    assert (answer["code"], room.with_sheet()) == ("few", [])


def test_who_wants_to_peek_gets_no_sheet_and_the_group_sees_it(room: Room) -> None:
    teller, curious, *listeners = room.phones
    assert [tells(curious), tells(teller), *map(ticks, listeners)] == [{"ok": True}] * 5

    answer = room.stage.control.command("do:hand")
    wait_for(lambda: 'data-told="2"' in listeners[0].own["html"], "the group to see that two tell")
    assert (answer["code"], room.with_sheet()) == ("few", [])

    curious.take_back(STEP)
    room.stage.control.go("do:hand")
    room.quiet()
    assert room.with_sheet() == [0]
    assert tells(curious)["code"] == "given"


def test_a_fragment_has_one_size_before_and_after_the_sheet(room: Room) -> None:
    teller, *listeners = room.phones
    sizes = set()
    for deed in (lambda: tells(teller), *(lambda phone=phone: ticks(phone) for phone in listeners[:3])):
        deed()
        sizes |= {size for each in room.frames() for name, size in each if name == "own"}
    room.stage.control.go("do:hand")
    sizes |= {size for each in room.frames() for name, size in each if name == "own"}

    assert len(sizes) == 1
