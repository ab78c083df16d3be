"""Two trainers at two tables press at the same moment, again and again: none is refused, nothing lost."""

import tempfile
from pathlib import Path

from tests.support.findings import Finding
from tests.support.tables import Room, TableServer, pressed_at_once, shown_presses
from tests.support.trainers import Trainer

PRESSES, QUICK_PRESSES = 1000, 50


def prove(quick: bool, seed: int) -> list[Finding]:
    presses = QUICK_PRESSES if quick else PRESSES
    with tempfile.TemporaryDirectory() as place:
        server = TableServer(Path(place), POST_RATE="10000", POST_BURST="10000").start()
        try:
            room = Room(Trainer(server).make_account())
            seats = [room.seat("control", table) for table in ("micro", "meso")]
            refused = sum(tally.refused for tally in pressed_at_once(seats, "do:press", presses))
            lost = sum(presses - shown_presses(seat) for seat in seats) - refused
            for page in (*seats, room.control):
                page.close()
        finally:
            server.stop()
    what = f"trainers at two tables press {presses} times at the same moment"
    return [
        Finding(f"{what}: refused", str(refused), "0", refused == 0),
        Finding(f"{what}: lost", str(lost), "0", lost == 0),
    ]
