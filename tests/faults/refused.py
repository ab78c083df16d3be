"""A meeting whose every post the database refuses: the others may not notice."""

import contextlib
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

from tests.support.pages import Phone
from tests.support.server import RunningServer
from tests.support.trainers import Trainer

FLAP = "wat-brengt-ervaring"
PHONES = 5
# Sooner than a phone tries again by itself (`outbox.js`).
EVERY_SECONDS = 0.5


def refused_rows(server: RunningServer, trainer: Trainer, seconds: float) -> str:
    """Phones of such a meeting that go on posting. Says how many of their posts were told not saved."""
    opened = trainer.open_meeting("Geweigerd")
    control = trainer.control(opened.id)
    control.go("goto", step=FLAP)
    phones = [Phone(server, opened.secret) for _ in range(PHONES)]
    for phone in phones:
        phone.connect()

    def posts(phone: Phone) -> list[str]:
        said, over = [], time.monotonic() + seconds
        while time.monotonic() < over:
            said.append(phone.post(FLAP, text="moed").get("code", "ok"))
            time.sleep(EVERY_SECONDS)
        return said

    path = server.folder / "data" / "kwartier.db"
    refuse = f"BEFORE INSERT ON post WHEN NEW.meeting_id = '{opened.id}' BEGIN SELECT RAISE(ABORT, 'no'); END"
    with contextlib.closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as database:
        database.execute(f"CREATE TRIGGER refused {refuse}")
        with ThreadPoolExecutor(PHONES) as pool:
            said = [code for codes in pool.map(posts, phones) for code in codes]
        database.execute("DROP TRIGGER refused")
    for page in (*phones, control):
        page.socket.eio.disconnect(abort=True)
    return f"{said.count('not-saved')} of {len(said)} told not saved"
