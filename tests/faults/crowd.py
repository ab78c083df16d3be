"""A study day begins: everybody scans the same code in the same second."""

import random
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from tests.faults.lost import QUICK
from tests.support.findings import Finding
from tests.support.pages import Phone
from tests.support.server import RunningServer
from tests.support.trainers import Trainer

PEOPLE, QUICK_PEOPLE = 500, 60
PATIENCE = 120.0


def prove(quick: bool, seed: int) -> list[Finding]:
    people = QUICK_PEOPLE if quick else PEOPLE
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        server = RunningServer(Path(place), **QUICK).start()
        phones: list[Phone] = []
        errors: Counter[str] = Counter()

        def join(after: float) -> None:
            time.sleep(after)
            try:
                phone = Phone(server)
                phone.connect(PATIENCE)
                phones.append(phone)
            except Exception as error:
                errors[type(error).__name__] += 1

        threads = [threading.Thread(target=join, args=(chance.random(),), daemon=True) for _ in range(people)]
        try:
            Trainer(server).make_account().expect(people)
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(PATIENCE)
            tokens = {phone.token for phone in phones}
            printed = server.printed().count("Traceback")
            for phone in phones:
                with suppress(Exception):
                    phone.socket.eio.disconnect(abort=True)
        finally:
            server.stop()
    what = f"{people} phones join in the same second"
    failed = sum(errors.values()) + printed
    return [
        Finding(
            f"{what}: in, each with a token of its own", str(len(tokens)), str(people), len(tokens) == people
        ),
        Finding(f"{what}: errors", str(dict(errors) or failed), "0", failed == 0),
    ]
