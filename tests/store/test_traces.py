"""Whoever deletes or replaces has to think of nothing: the next sweep wipes what files hold of it."""

import json
import os
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.acts import FLAP, GAME, in_one_group, own_ids
from tests.support.hall import Hall
from trainer.kinds.contract import Command
from trainer.store.database import transaction
from trainer.store.keys import token_hash
from trainer.store.models import Course, Meeting, db
from trainer.store.writer import next_wipe, wipe


def database(hall: Hall) -> Path:
    return hall.folder / "data" / "kwartier.db"


def log_size(hall: Hall) -> int:
    return (database(hall).parent / "kwartier.db-wal").stat().st_size


def by_a_page(hall: Hall) -> str:
    with hall.app.app_context():
        transaction(lambda: setattr(db.session.get_one(Course, 1), "place", "plek-geheim"))
        transaction(lambda: setattr(db.session.get_one(Course, 1), "place", "elders"))
    return "plek-geheim"


def by_deleting_a_meeting(hall: Hall) -> str:
    with hall.app.app_context():
        found = db.session.query(Meeting).filter(Meeting.phase == "planned").one()
        deleted = found.id
        transaction(lambda: db.session.delete(found))
    return deleted


def by_another_program(hall: Hall) -> str:
    with closing(sqlite3.connect(database(hall), isolation_level=None)) as other:
        other.execute("UPDATE course SET place = 'plek-geheim'")
        other.execute("UPDATE course SET place = 'elders'")
    return "plek-geheim"


def by_taking_back_from_the_lobby(hall: Hall) -> str:
    phone = hall.phone()
    assert hall.host.steering.unopen(hall.meeting)
    return token_hash(hall.meeting, phone)


def by_leaving(hall: Hall) -> str:
    phone = hall.phone()
    hall.host.leave(hall.meeting, phone)
    return token_hash(hall.meeting, phone)


def by_a_state_that_is_replaced(hall: Hall) -> str:
    hall.do("expect", people="987")
    hall.do("expect", people="12")
    return '"expected":987'


@pytest.mark.parametrize(
    "delete",
    [
        by_a_page,
        by_deleting_a_meeting,
        by_another_program,
        by_taking_back_from_the_lobby,
        by_leaving,
        by_a_state_that_is_replaced,
    ],
)
def test_what_was_deleted_or_replaced_is_in_no_file_after_the_sweep(
    hall: Hall, delete: Callable[[Hall], str]
) -> None:
    hall.host.sweep()
    word = delete(hall).encode()
    assert word in hall.written()

    hall.host.sweep()

    assert word not in hall.written()


def test_a_sweep_after_which_nobody_wrote_leaves_the_files_alone(hall: Hall) -> None:
    hall.host.sweep()
    before = [(path.name, path.stat().st_mtime_ns) for path in database(hall).parent.iterdir()]

    hall.host.sweep()

    assert [(path.name, path.stat().st_mtime_ns) for path in database(hall).parent.iterdir()] == before


def test_what_could_not_be_wiped_is_wiped_by_the_next_sweep(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    word = by_a_page(hall).encode()
    with closing(sqlite3.connect(database(hall), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        hall.host.sweep()
        other.execute("ROLLBACK")
    assert word in hall.written()
    assert "deleted texts are not wiped yet" in caplog.text

    hall.host.sweep()

    assert word not in hall.written()


def test_wiping_does_not_say_that_saving_works_again(hall: Hall) -> None:
    hall.host.writer.failing = True

    hall.host.writer.submit(wipe)

    assert hall.host.writer.failing


def test_an_act_without_words_does_not_put_off_what_another_wants_wiped_at_once(hall: Hall) -> None:
    hall.do("goto", step=GAME)
    phones = [hall.phone() for _ in range(4)]
    for phone in phones:
        assert hall.post(phone, GAME, vulnerability="bang", passion="zingen") is None
    hall.do("do:start")
    (first,) = (phone for phone in phones if own_ids(hall, phone, GAME) == [hall.state.kinds[GAME].turn])

    wiped, acted = in_one_group(
        hall,
        lambda: hall.host.writer.submit(wipe),
        lambda: hall.host.steering.act(hall.meeting, first, GAME, Command("open", {"card": ("1",)})),
    )

    assert (wiped, acted) == (None, None)
    assert log_size(hall) == 0


@pytest.mark.parametrize(("took", "pause"), [(0.0, 5.0), (0.1, 5.0), (0.2, 10.0), (0.4, 20.0), (2.0, 20.0)])
def test_wiping_takes_a_fiftieth_of_the_time_or_comes_with_the_sweep(took: float, pause: float) -> None:
    assert next_wipe(took) == pause


def test_a_vote_wipes_nothing_by_itself(hall: Hall) -> None:
    hall.do("goto", step=FLAP)
    hall.host.sweep()
    phone = hall.phone()

    for number in range(3):
        assert hall.post(phone, FLAP, text=f"woord {number}") is None

    assert log_size(hall) > 0


def test_what_is_cut_off_the_log_was_overwritten(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.do("goto", step=FLAP)
    assert hall.post(hall.phone(), FLAP, text="woord") is None
    cut: list[bytes] = []
    cut_off = os.truncate

    def truncate(path: Path, length: int) -> None:
        cut.append(path.read_bytes())
        cut_off(path, length)

    monkeypatch.setattr("trainer.store.database.os.truncate", truncate)
    hall.host.writer.submit(wipe)

    (log,) = cut
    assert (len(log) > 0, log.strip(b"\0")) == (True, b"")


def test_what_others_store_while_the_log_is_wiped_is_there(hall: Hall) -> None:
    enough = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(_stores, database(hall), enough)
        for _ in range(10):
            hall.host.writer.submit(wipe)
        enough.set()
        stored = other.result()
    hall.host.writer.submit(wipe)

    assert stored > 0
    with closing(sqlite3.connect(database(hall))) as found:
        assert found.execute("SELECT count(*) FROM invitation").fetchall() == [(stored,)]
        assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _stores(path: Path, enough: threading.Event) -> int:
    """Stores rows until it is enough, each for itself as another process would; gives how many."""
    stored = 0
    with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as other:
        while not stored or not enough.is_set():
            other.execute(
                "INSERT INTO invitation (token_hash, is_organiser, expires, used, first_run)"
                " VALUES (?, 0, '2027-01-01', 0, 0)",
                [f"{stored:064}"],
            )
            stored += 1
    return stored


def test_a_log_of_zeros_that_a_power_cut_left_is_an_empty_one(hall: Hall, tmp_path: Path) -> None:
    hall.do("goto", step=FLAP)
    assert hall.post(hall.phone(), FLAP, text="woord") is None
    hall.host.writer.submit(wipe)
    copy = tmp_path / "copy.db"
    copy.write_bytes(database(hall).read_bytes())
    Path(f"{copy}-wal").write_bytes(bytes(64 * 1024))

    with closing(sqlite3.connect(copy)) as found:
        (payload,) = found.execute("SELECT payload FROM post").fetchone()
        checked = found.execute("PRAGMA integrity_check").fetchall()

    assert (json.loads(payload), checked) == ({"text": "woord"}, [("ok",)])
