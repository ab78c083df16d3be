"""A meeting whose part has a step that three tables do by themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hall import Hall
from tests.support.tables import STEP, Room, TableServer, table_hall
from tests.support.trainers import Trainer


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Hall]:
    """With the step on screen."""
    with table_hall(tmp_path) as hall:
        hall.do("goto", step=STEP)
        yield hall


@pytest.fixture(scope="session")
def table_trainer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trainer]:
    server = TableServer(tmp_path_factory.mktemp("tables"), POST_RATE="10000", POST_BURST="10000").start()
    yield Trainer(server).make_account()
    server.stop()


@pytest.fixture
def room(table_trainer: Trainer) -> Room:
    return Room(table_trainer)
