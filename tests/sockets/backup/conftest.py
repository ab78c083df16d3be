"""A server on which a backup was made while a meeting went on."""

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sockets.conftest import QUICK
from tests.support.pages import Phone
from tests.support.server import RunningServer, wait_for
from tests.support.trainers import Trainer

FLAP, GAME = "wat-brengt-ervaring", "diagnose-me"
CARD = "Ik durf niet te bellen"


def typed(
    server: RunningServer, *arguments: str, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """`python -m trainer ...` with the settings of a server, or on another folder."""
    place = {} if folder is None else {"DATA_DIR": str(folder / "data")}
    return server.command(*arguments, **place)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    server = RunningServer(tmp_path_factory.mktemp("kept"), **QUICK).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def backup(server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made in the middle of posts on a flap with some on the screen, after cards of 'Diagnose me!' and a text
    that was taken back."""
    phones = [Phone(server).connect() for _ in range(3)]
    control = Trainer(server).make_account().control(phones[0].meeting)
    control.go("goto", step=GAME)
    for phone in phones:
        assert phone.post(GAME, vulnerability=CARD, passion="Vissen") == {"ok": True}
    control.go("goto", step=FLAP)
    wrong = "11111111-1111-4111-8111-111111111111"
    assert phones[0].post(FLAP, post_id=wrong, text="Dit wil ik niet kwijt") == {"ok": True}
    wait_for(lambda: "Dit wil ik niet kwijt" in phones[0].own.get("html", ""), "the own text")
    shown = phones[0].own["html"].split('data-withdraw="')[1][:36]
    assert phones[0].send("withdraw", step=FLAP, id=shown) == {"ok": True}
    for number, phone in enumerate(phones):
        assert phone.post(FLAP, text=f"voor {number}") == {"ok": True}
    control.go("do:draw")
    control.go("do:show-all")

    going = threading.Event()
    enough = threading.Event()

    def post_on() -> None:
        number = 0
        # Until the phone has sent as much as it may.
        while not enough.wait(0.2) and phones[1].post(FLAP, text=f"tijdens {number}")["ok"]:
            number += 1
            going.set()

    poster = threading.Thread(target=post_on)
    poster.start()
    going.wait(10)
    target = tmp_path_factory.mktemp("backup") / "kwartier.backup"
    made = typed(server, "backup", str(target))
    enough.set()
    poster.join(10)
    assert made.returncode == 0, made.stderr
    for page in (*phones, control):
        page.close()
    return target
