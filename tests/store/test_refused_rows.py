"""A row that the database refuses fails its own meeting; the others of the same group are stored."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tests.store.acts import FLAP, refused, withdraw
from tests.store.damage import stranger
from tests.store.refusals import (
    ID,
    delete,
    outcomes,
    overtake,
    posting,
    row,
    screens,
    stored,
    three,
    working,
)
from tests.support.hall import Hall
from tests.support.server import ROOT
from trainer.store.group import Transaction
from trainer.store.statements import CLOSE_SCREENS, SAVE_POST
from trainer.store.writer import NotSaved


@pytest.fixture
def halls(hall: Hall) -> list[Hall]:
    return three(hall)


def test_posts_of_a_meeting_that_was_deleted_fail_and_those_of_another_are_stored(halls: list[Hall]) -> None:
    gone, other, _ = halls
    asked = [posting(other, "eerst"), posting(gone, "weg"), posting(other, "laatst")]
    delete(gone)

    answers = outcomes(gone, *asked)

    assert answers == [None, NotSaved, None]
    assert stored(other) == ["eerst", "laatst"]
    assert gone.host.room(gone.meeting) is None


def test_a_meeting_that_another_process_changed_is_read_again_and_the_other_stays(halls: list[Hall]) -> None:
    changed, other, _ = halls
    changed.post(changed.phone(), FLAP, text="al")
    rooms = changed.room, other.room
    asked = [posting(changed, "mee"), partial(changed.ask, "next"), posting(other, "moed")]
    overtake(changed)

    answers = outcomes(changed, *asked)

    assert answers == [NotSaved, NotSaved, None]
    assert (stored(changed), stored(other)) == (["al"], ["moed"])
    assert [post.payload["text"] for post in changed.posts(FLAP)] == ["al"]
    assert (changed.room is rooms[0], other.room is rooms[1]) == (False, True)
    assert (changed.state.step, changed.state.cover) == (FLAP, True)
    assert changed.do("next").step == "huiswerk"


def test_work_on_two_meetings_binds_them_and_a_third_goes_on(halls: list[Hall]) -> None:
    gone, bound, free = halls

    def on_both(changes: Transaction) -> None:
        for hall in (bound, gone):
            changes.touch(hall.meeting)
            changes.add(SAVE_POST, row(hall, "beide"))

    asked = [posting(bound, "eerder"), posting(free, "vrij"), working(gone, on_both), posting(gone, "weg")]
    delete(gone)

    answers = outcomes(gone, *asked)

    assert answers == [NotSaved, None, NotSaved, NotSaved]
    assert (stored(bound), stored(free)) == ([], ["vrij"])
    assert bound.posts(FLAP) == []


def test_what_the_driver_cannot_write_fails_its_own_meeting(halls: list[Hall]) -> None:
    hall, other, third = halls
    broken = [{**row(hall, ""), "payload": "\ud800"}, {**row(third, ""), "paper": 2**64}]

    def write(values: dict[str, Any], changes: Transaction) -> None:
        changes.touch(values["meeting_id"])
        changes.add(SAVE_POST, values)

    asked = [working(hall, partial(write, broken[0])), posting(other, "moed")]
    asked += [working(hall, partial(write, broken[1]))]

    answers = outcomes(hall, *asked)

    assert answers == [NotSaved, None, NotSaved]
    assert stored(other) == ["moed"]


def test_work_that_breaks_halfway_fails_its_own_meeting(halls: list[Hall]) -> None:
    broken, other, _ = halls

    def halfway(changes: Transaction) -> None:
        changes.touch(broken.meeting)
        broken.room.participants.add("nobody")
        raise RuntimeError

    asked = [posting(broken, "mee"), posting(other, "moed"), working(broken, halfway)]
    room = other.room

    answers = outcomes(broken, *asked)

    assert answers == [NotSaved, None, RuntimeError]
    assert (stored(broken), stored(other)) == ([], ["moed"])
    assert "nobody" not in broken.room.participants
    assert other.room is room


def test_work_that_fails_before_it_touches_anything_leaves_nothing_to_write(hall: Hall) -> None:
    followed: list[str] = []

    def fail(changes: Transaction) -> None:
        changes.add(CLOSE_SCREENS, {"meeting_id": hall.meeting})
        changes.after.append(lambda: followed.append("failed"))
        raise RuntimeError

    outcome = outcomes(hall, working(hall, fail), working(hall, lambda changes: None))

    assert (outcome, followed) == ([RuntimeError, None], [])
    assert screens(hall) == 0


def test_an_answer_that_rests_on_what_was_refused_is_not_given(halls: list[Hall]) -> None:
    """The same post once more, and a button that is stale: that is so in memory only."""
    changed, other, _ = halls
    mine = posting(changed, "mee", ID)
    press = partial(changed.ask, "next")
    asked = [mine, mine, press, press, posting(other, "moed")]
    overtake(changed)

    answers = outcomes(changed, *asked)

    assert answers == [NotSaved, NotSaved, NotSaved, NotSaved, None]


def test_a_refusal_of_another_meeting_stays_one(halls: list[Hall]) -> None:
    gone, other, _ = halls
    late = partial(other.post, other.phone(), "huiswerk", text="te vroeg")
    asked = [posting(gone, "weg"), late]
    delete(gone)

    first, second = outcomes(gone, *asked)

    assert first is NotSaved
    assert refused(second) == "late"


def test_what_follows_a_change_follows_only_what_is_stored(halls: list[Hall]) -> None:
    gone, other, _ = halls
    followed: list[str] = []

    def followed_by(hall: Hall, name: str) -> Callable[[], Any]:
        def work(changes: Transaction) -> None:
            changes.touch(hall.meeting)
            changes.add(SAVE_POST, row(hall, name))
            changes.after.append(lambda: followed.append(name))

        return working(hall, work)

    delete(gone)

    outcomes(gone, followed_by(gone, "weg"), followed_by(other, "moed"))

    assert followed == ["moed"]


def test_a_step_that_could_not_begin_again_keeps_its_key_and_its_posts(halls: list[Hall]) -> None:
    changed, other, _ = halls
    phone = changed.phone()
    changed.post(phone, FLAP, text="blijft")
    asked = [partial(changed.ask, "restart"), posting(other, "moed")]
    overtake(changed)

    answers = outcomes(changed, *asked)

    assert answers == [NotSaved, None]
    assert withdraw(changed, phone) is None
    assert changed.posts(FLAP) == []


def test_work_of_no_meeting_is_stored_beside_one_that_fails(halls: list[Hall]) -> None:
    gone, other, _ = halls
    asked = [posting(gone, "weg"), partial(other.host.screens.close, other.meeting)]
    delete(gone)

    answers = outcomes(gone, *asked)

    assert answers == [NotSaved, None]
    assert screens(other) == 1


def test_a_hidden_meeting_is_shown_again_whether_it_was_stored_or_not(halls: list[Hall]) -> None:
    changed, other, _ = halls
    asked = [partial(changed.ask, "next"), partial(other.ask, "next")]
    rooms = changed.room, other.room
    overtake(changed)

    outcomes(changed, *asked)

    assert [room.stored.is_set() for room in rooms] == [True, True]
    assert [hall.state.step for hall in (changed, other)] == [FLAP, "huiswerk"]


def test_a_database_that_is_locked_fails_all_at_once(halls: list[Hall]) -> None:
    """Forty meetings that each wait two seconds would be a minute and a half."""
    asked = [posting(hall, "moed") for hall in halls]
    sent: list[str] = []
    engine = halls[0].host.writer.engine
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    event.listen(engine, "before_cursor_execute", lambda *what: sent.append(what[2]))
    other = stranger(halls[0])
    other.execute("BEGIN IMMEDIATE")

    answers = outcomes(halls[0], *asked)

    assert answers == [NotSaved] * 3
    assert len(sent) == 1
    assert halls[0].host.writer.failing


def test_a_database_that_refused_one_row_still_saves(halls: list[Hall]) -> None:
    gone, other, _ = halls
    asked = [posting(other, "moed"), posting(gone, "weg")]
    delete(gone)

    outcomes(gone, *asked)

    assert not gone.host.writer.failing


KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from tests.store.refusals import delete, outcomes, posting, three
from tests.support.hall import Hall

halls = three(Hall(Path(sys.argv[1]), Path(sys.argv[2])))
asked = [posting(hall, "moed") for hall in halls]
commits = []

def before_commit(connection):
    commits.append(connection)
    if len(commits) == 2:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(halls[0].host.writer.engine, "commit", before_commit)
delete(halls[0])
outcomes(halls[0], *(lambda ask=ask: print("answered", ask(), flush=True) for ask in asked))
"""


def test_a_process_killed_between_two_meetings_has_answered_nobody(tmp_path: Path, prepared: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(prepared)]

    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    with sqlite3.connect(tmp_path / "data" / "kwartier.db") as database:
        (number,) = database.execute("SELECT count(*) FROM post").fetchone()
    assert (ran.returncode, ran.stdout) == (-signal.SIGKILL, "")
    assert number == 1
