"""A server and a browser for all tests here; every test fails when a page asked a third party for anything,
broke the Content Security Policy or threw an error."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.people import House, Sitting, chromium
from tests.support.samples import write_samples
from tests.support.server import ROOT, RunningServer
from trainer import kinds
from trainer.curriculum.model import Step
from trainer.curriculum.parse import read_library


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # A page lives for seconds here: to optimise its scripts costs more than it gives.
    with chromium("--js-flags=--no-opt --no-maglev") as browser:
        yield browser


@pytest.fixture(scope="package")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real training and form of a plan, and the small programme that has every kind with posts."""
    folder = tmp_path_factory.mktemp("content")
    for name in ("training", "workshop", "plan-van-aanpak"):
        shutil.copytree(ROOT / "content" / name, folder / name)
    shutil.copytree(ROOT / "tests" / "programmes" / "klein", folder / "klein")
    return folder


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory, content: Path) -> Iterator[RunningServer]:
    # One trainer has many pages here, and presses faster than people do.
    settings = {"CONTENT_DIR": str(content), "POST_RATE": "100", "POST_BURST": "1000"}
    server = RunningServer(tmp_path_factory.mktemp("server"), **settings).start()
    yield server
    server.stop()


@pytest.fixture(scope="package")
def opened_house(server: RunningServer, browser: Browser) -> House:
    """One house for all tests: a meeting of its own keeps a test apart from the others."""
    return House(server, browser)


@pytest.fixture(scope="package")
def sample_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample of each kind as a programme of its own, one of tomorrow too, and the training."""
    folder = write_samples(tmp_path_factory.mktemp("samples"))
    shutil.copytree(ROOT / "content" / "training", folder / "training")
    return folder


@pytest.fixture(scope="package")
def steps(sample_content: Path) -> dict[str, Step]:
    """The step of each sample, by kind."""
    library, problems = read_library(sample_content, kinds.interpret)
    assert problems == []
    samples = [programme for name, programme in library.items() if name.startswith("voorbeeld-")]
    every = [step for programme in samples for part in programme.parts for step in part.steps()]
    return {step.kind: step for step in every}


@pytest.fixture(scope="package")
def samples(
    tmp_path_factory: pytest.TempPathFactory, sample_content: Path, browser: Browser
) -> Iterator[House]:
    """A house in which each kind's sample is a programme: visit it, so that what a test opened is closed."""
    settings = {"CONTENT_DIR": str(sample_content), "POST_RATE": "100", "POST_BURST": "1000"}
    server = RunningServer(tmp_path_factory.mktemp("server"), **settings).start()
    yield House(server, browser)
    server.stop()


@pytest.fixture
def house(opened_house: House) -> Iterator[House]:
    with opened_house.visit() as house:
        yield house


@pytest.fixture
def sitting(house: House) -> Sitting:
    """The small programme, opened for this test alone."""
    return house.sitting()
