"""A real server in a process of its own, shared by all these tests, and a stage for each of them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.klein import PROGRAMMES
from tests.support.pages import Control, Page, Phone
from tests.support.server import RunningServer, ThreadedServer
from tests.support.trainers import Trainer

# One trainer sends in a minute here what real ones send in an evening; the limit has its own test.
QUICK = {"CONTENT_DIR": str(PROGRAMMES), "POST_RATE": "10000", "POST_BURST": "10000"}


class Stage:
    """A meeting of its own and everybody who has it open; pages are closed when the test is over."""

    def __init__(self, server: RunningServer, trainer: Trainer, programme: str = "klein") -> None:
        self.server = server
        self.trainer = trainer
        self.opened = trainer.open_meeting("Voorbeeldtraject", programme)
        self.meeting = self.opened.id
        self.pages: list[Page] = []
        self.control = self.open(Control(server, trainer.session, self.meeting, "control"))

    def open(self, page: Page) -> "Page":
        page.connect()
        self.pages.append(page)
        return page

    def joined(self) -> Phone:
        """A phone that came in and has no page open yet."""
        return Phone(self.server, self.opened.secret)

    def phone(self) -> Phone:
        phone = self.joined()
        self.open(phone)
        return phone

    def screen(self) -> Page:
        # In a browser of its own: a pass for the screen of each meeting is too much for one.
        return self.open(Page(self.server, self.trainer.copied().session, self.meeting, "screen"))

    def colleague(self, login: str) -> Trainer:
        """A second trainer of this meeting."""
        other = self.trainer.invite(login)
        self.trainer.share(self.meeting)
        return other

    def second_control(self) -> Control:
        control = Control(self.server, self.trainer.session, self.meeting, "control")
        self.open(control)
        return control

    def at(self, step: str) -> "Stage":
        """Goes to a step."""
        self.control.go("goto", step=step)
        return self

    def close(self) -> None:
        # Each waits for the other side to say goodbye.
        with ThreadPoolExecutor(max(1, len(self.pages))) as pool:
            list(pool.map(lambda page: page.close(), self.pages))


@pytest.fixture(scope="session")
def trainer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trainer]:
    """A trainer with an account on a server as it is run."""
    server = RunningServer(tmp_path_factory.mktemp("eventlet"), **QUICK).start()
    yield Trainer(server).make_account()
    server.stop()


@pytest.fixture(scope="session")
def threaded_trainer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trainer]:
    """The same on a server with threads: there everything can happen in the middle of everything."""
    server = ThreadedServer(tmp_path_factory.mktemp("threading"), **QUICK).start()
    yield Trainer(server).make_account()
    server.stop()


@pytest.fixture(scope="session")
def stock_trainer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trainer]:
    """The same on the WebSocket that engineio brings, for when something is wrong with ours."""
    server = RunningServer(tmp_path_factory.mktemp("stock"), **QUICK, WEBSOCKET="stock").start()
    yield Trainer(server).make_account()
    server.stop()


def staged(trainer: Trainer) -> Iterator[Stage]:
    stage = Stage(trainer.server, trainer)
    yield stage
    stage.close()


@pytest.fixture
def stage(trainer: Trainer) -> Iterator[Stage]:
    yield from staged(trainer)


@pytest.fixture(
    params=["trainer", "threaded_trainer", "stock_trainer"], ids=["eventlet", "threading", "stock"]
)
def either_stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A stage on each kind of server in turn."""
    yield from staged(request.getfixturevalue(request.param))


@pytest.fixture(params=["trainer", "stock_trainer"], ids=["fast", "stock"])
def stage_on_either_websocket(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A stage on our WebSocket, and on the one that engineio brings."""
    yield from staged(request.getfixturevalue(request.param))
