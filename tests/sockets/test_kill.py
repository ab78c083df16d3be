"""What a phone was told is saved, is saved: the server is killed in the middle, and started again."""

import signal
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from socketio.exceptions import SocketIOError

from tests.sockets.conftest import QUICK
from tests.support.pages import Control, Phone
from tests.support.server import RunningServer, wait_for
from tests.support.trainers import Trainer
from trainer.store.keys import ALL_STEPS

FLAP, STICKERS = "wat-brengt-ervaring", "stickers"
PHONES = 6


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> RunningServer:
    return RunningServer(tmp_path_factory.mktemp("kill"), **QUICK)


@pytest.fixture
def server(installation: RunningServer) -> Iterator[RunningServer]:
    installation.start()
    yield installation
    installation.stop()


def stored_texts(server: RunningServer) -> set[str]:
    with sqlite3.connect(server.folder / "data" / "kwartier.db") as database:
        rows = database.execute("SELECT json_extract(payload, '$.text') FROM post WHERE step = ?", [FLAP])
        return {text for (text,) in rows}


def test_nothing_that_was_acknowledged_is_lost_by_kill_9(server: RunningServer) -> None:
    trainer = Trainer(server).make_account()
    phones = [Phone(server) for _ in range(PHONES)]
    for phone in phones:
        phone.connect()
    control = trainer.control(phones[0].meeting)
    control.go("goto", step=FLAP)
    control.go("choose", group="stigma:1", option="2")
    secret = server.join_secret

    safe: dict[str, tuple[Phone, str]] = {}
    enough = threading.Event()

    def send_until_the_end(phone: Phone) -> None:
        for number in range(3):
            text, post_id = f"tekst {phones.index(phone)}-{number}", str(uuid.uuid4())
            try:
                data = {"id": post_id, "step": FLAP, "item": "", "form": {"text": [text]}}
                answer = phone.socket.call("post", data, timeout=3)
            except (SocketIOError, TimeoutError):
                return
            if answer["ok"]:
                safe[text] = phone, post_id
            if len(safe) >= PHONES:
                enough.set()

    with ThreadPoolExecutor(PHONES) as pool:
        sending = [pool.submit(send_until_the_end, phone) for phone in phones]
        assert enough.wait(20)
        server.kill()
        for work in sending:
            work.cancel()
        for phone in phones:
            phone.socket.eio.disconnect(abort=True)

    assert stored_texts(server) >= set(safe)

    server.start()

    # Nothing was made twice, and nobody needs a new link.
    assert server.join_secret == secret
    assert "Make your password" not in server.printed().rsplit("Kwartier is running", 1)[1]
    for text, (phone, post_id) in safe.items():
        tab = phone.another_tab().connect()
        assert tab.view["key"] == f"{FLAP}/"
        wait_for(lambda tab=tab, text=text: text in tab.own.get("html", ""), f"{text!r} on its own phone")
        again = tab.send("post", id=post_id, step=FLAP, item="", form={"text": [text]})
        assert again == {"ok": True}
        tab.close()
    assert len(stored_texts(server)) >= len(safe)
    check_control(server, trainer, phones[0].meeting)


def check_control(server: RunningServer, trainer: Trainer, meeting: str) -> None:
    """The trainer goes on where the meeting was."""
    control = Control(server, trainer.session, meeting, "control")
    control.connect()
    control.go("goto", step="stigma")
    control.go("next")
    assert control.view["key"] == "diagnose-me/"
    control.close()


def test_a_phone_has_a_bucket_of_tokens_and_other_phones_do_not_notice(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    rate, burst = 1, 3
    settings = {**QUICK, "POST_RATE": str(rate), "POST_BURST": str(burst)}
    server = RunningServer(tmp_path_factory.mktemp("slow"), **settings).start()
    try:
        phone, other = Phone(server).connect(), Phone(server).connect()
        tab = phone.another_tab().connect()

        begun = time.monotonic()
        # Two tabs of one phone draw from the same bucket.
        answers = [page.send("hello") for _ in range(6) for page in (phone, tab)]
        most = burst + rate * (time.monotonic() - begun)

        assert burst <= sum(answer == {"ok": True} for answer in answers) <= most
        assert answers[:burst] == [{"ok": True}] * burst
        refusals = [answer for answer in answers if not answer["ok"]]
        assert {(answer["code"], answer["retry"]) for answer in refusals} <= {("too-fast", True)}
        assert other.send("hello") == {"ok": True}

        time.sleep(1.1)
        assert phone.send("hello") == {"ok": True}
        for page in (phone, other, tab):
            page.close()
    finally:
        server.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_stops_at_once_when_asked_also_with_phones_connected(
    server: RunningServer, number: signal.Signals
) -> None:
    phone = Phone(server).connect()

    # It raises when the server is still there after ten seconds.
    server.stop(number)

    wait_for(lambda: not phone.socket.connected, "the phone to notice")


def test_a_stop_seals_what_was_left_and_a_restart_in_the_middle_of_an_exercise_loses_nothing(
    tmp_path: Path,
) -> None:
    server = RunningServer(tmp_path, **QUICK).start()
    phone = Phone(server).connect()
    control = Trainer(server).make_account().control(phone.meeting)
    control.go("goto", step=FLAP)
    assert phone.post(FLAP, text="van deze telefoon") == {"ok": True}
    control.go("goto", step=STICKERS)
    assert phone.post(STICKERS, geel="ook van deze") == {"ok": True}

    server.stop()

    with sqlite3.connect(server.folder / "data" / "kwartier.db") as database:
        steps = database.execute("SELECT step, count(*) FROM post GROUP BY step").fetchall()
    keys = {path.name.split(".")[1] for path in (server.folder / "keys").glob("*.key")}
    assert (steps, keys) == ([(STICKERS, 1)], {STICKERS, ALL_STEPS})
    server.start()
    tab = phone.another_tab().connect()
    wait_for(lambda: "ook van deze" in tab.own.get("html", ""), "the own sticker")
    late = {"id": str(uuid.uuid4()), "step": FLAP, "item": "", "form": {"text": ["te laat"]}}
    more = {"id": str(uuid.uuid4()), "step": STICKERS, "item": "", "form": {"geel": ["nog een"]}}
    assert [tab.send("post", **each)["ok"] for each in (late, more)] == [False, True]
    tab.close()
    server.stop()
