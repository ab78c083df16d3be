"""The two walks that `docs/architecture.md` draws are the ones that are taken, in that order."""

import re
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import trainer
from tests.support.hall import Hall
from tests.support.loopback import Loopback, phone_cookie
from tests.support.server import wait_for
from tests.support.site import trainer_cookie
from trainer.sockets import broadcast

LINE = "over-de-lijn"
HOUSE = Path(trainer.__file__).parent
PAGE = HOUSE.parent / "docs" / "architecture.md"
STOP = re.compile(r'\["([a-z_/]+\.py)<br/>([\w.<>]+)"\]')

Call = tuple[str, str]


def drawn(title: str) -> list[Call]:
    """The stops of the walk under this heading: file and function."""
    text = PAGE.read_text("utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    return STOP.findall(text.partition("```mermaid\n")[2].partition("```")[0])


class Follower:
    """Notes every function of ours that is called, in whatever thread, while it listens."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.listens = False

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and self.listens and frame.f_code.co_filename.startswith(str(HOUSE)):
            path = Path(frame.f_code.co_filename).relative_to(HOUSE).as_posix()
            self.calls.append((path, frame.f_code.co_qualname))


@pytest.fixture
def follower(monkeypatch: pytest.MonkeyPatch) -> Iterator[Follower]:
    # The same gathering, only quicker.
    monkeypatch.setattr(broadcast, "OWN_SECONDS", 0.002)
    found = Follower()
    # Before the hall is there: a thread is followed from its beginning on.
    threading.setprofile(found)
    sys.setprofile(found)
    yield found
    threading.setprofile(None)  # type: ignore[arg-type]
    sys.setprofile(None)


@pytest.fixture
def hall(follower: Follower, tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.stop()


def taken(walk: list[Call], calls: list[Call]) -> list[Call]:
    """As much of the walk as was taken, in its order."""
    rest = iter(calls)
    return [stop for stop in walk if stop in rest]


def test_a_vote_walks_as_it_is_drawn(follower: Follower, hall: Hall) -> None:
    walk = drawn("A vote, from thumb to screen")
    hall.do("goto", step=LINE)
    page = Loopback(hall.app, hall.meeting, "phone", phone_cookie(hall.phone()))

    follower.listens = True
    said = page.ask("post", step=LINE, item="1", id=str(uuid.uuid4()), form={"place": ["2"]})
    wait_for(lambda: walk[-1] in follower.calls, "its private fragment")

    assert said == {"ok": True}
    assert taken(walk, follower.calls) == walk


def test_a_press_walks_as_it_is_drawn(follower: Follower, hall: Hall) -> None:
    walk = drawn("A press, from control to every page")
    control = Loopback(hall.app, hall.meeting, "control", trainer_cookie(hall.app, hall.meeting))

    follower.listens = True
    said = control.ask("command", name="next", args={}, version=control.version)
    wait_for(lambda: walk[-1] in follower.calls, "the views")

    assert said == {"ok": True}
    assert taken(walk, follower.calls) == walk


@pytest.mark.parametrize("title", ["A vote, from thumb to screen", "A press, from control to every page"])
def test_a_walk_never_climbs_back_before_it_is_stored(title: str) -> None:
    floors = ["sockets", "meetings", "store"]
    walk = [path.split("/")[0] for path, _ in drawn(title)]
    down = [floors.index(room) for room in walk[: walk.index("store") + 1] if room in floors]

    assert len(walk) > 5
    assert down == sorted(down)
