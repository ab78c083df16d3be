"""Between two sweeps too the write-ahead log is emptied: after `kill -9` it would tell who came first."""

from pathlib import Path

from tests.sockets.conftest import QUICK
from tests.support.pages import Phone
from tests.support.server import RunningServer, wait_for
from tests.support.trainers import Trainer

FLAP = "wat-brengt-ervaring"
# Less than a sweep waits, and more than a wipe does on a slow machine.
SOON = 14.0


def test_what_was_sent_is_out_of_the_log_before_the_first_sweep(tmp_path: Path) -> None:
    server = RunningServer(tmp_path, **QUICK).start()
    try:
        phone = Phone(server).connect()
        control = Trainer(server).make_account().control(phone.meeting)
        control.go("goto", step=FLAP)
        log = server.folder / "data" / "kwartier.db-wal"

        assert phone.post(FLAP, text="in het logboek") == {"ok": True}
        was_there = b"in het logboek" in log.read_bytes()

        wait_for(lambda: b"in het logboek" not in log.read_bytes(), "an empty log", SOON)
        phone.close()
        control.close()
        server.kill()
        files = b"".join(path.read_bytes() for path in log.parent.glob("kwartier.db-*"))
        assert (was_there, b"in het logboek" in files) == (True, False)
    finally:
        server.stop()
