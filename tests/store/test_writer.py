"""Group commit: an answer comes after the commit or not at all, and what failed is as if it never was."""

import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.support.klein import Hall
from tests.support.loopback import Loopback, phone_cookie
from tests.support.running import wait_for
from trainer.kinds.contract import Command, Post, Rejected, Submission
from trainer.live.state import MeetingState
from trainer.meetings.signals import Signals
from trainer.store.repository import post_row, save_posts
from trainer.store.writer import NotSaved, Transaction

FLAP = "wat-brengt-ervaring"


@pytest.fixture
def flap(hall: Hall) -> Hall:
    hall.do("goto", step=FLAP)
    return hall


def stranger(hall: Hall) -> sqlite3.Connection:
    """Another program that has the database open."""
    return sqlite3.connect(hall.folder / "data" / "kwartier.db", timeout=0, isolation_level=None)


def stored(hall: Hall) -> int:
    with stranger(hall) as other:
        return int(other.execute("SELECT count(*) FROM post").fetchone()[0])


def break_database(hall: Hall) -> Callable[[], object]:
    """Makes every write of a post or a state fail, as a full disk would; gives what mends it."""
    other = stranger(hall)
    for table, kind in (("post", "INSERT"), ("meeting", "UPDATE")):
        other.execute(
            f"CREATE TRIGGER full_{table} BEFORE {kind} ON {table} BEGIN SELECT RAISE(FAIL, 'disk full'); END"
        )
    return lambda: [other.execute(f"DROP TRIGGER full_{table}") for table in ("post", "meeting")]


def test_at_the_moment_of_the_answer_the_post_is_committed(flap: Hall) -> None:
    seen: list[int] = []
    answered = threading.Event()

    def done(outcome: object) -> None:
        seen.append(stored(flap))
        answered.set()

    phone, form = flap.phone(), Submission("", {"text": ("moed",)})
    flap.host.posting.post(flap.meeting, phone, "00000000-0000-4000-8000-000000000001", FLAP, form, done)

    assert answered.wait(10)
    assert seen == [1]


def test_posts_that_come_together_are_one_transaction(flap: Hall) -> None:
    phones = [flap.phone() for _ in range(20)]
    with stranger(flap) as other:
        before = other.execute("PRAGMA data_version").fetchone()[0]

        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda phone: flap.post(phone, FLAP, text="moed"), phones))

        changes = other.execute("PRAGMA data_version").fetchone()[0] - before
    assert answers == [None] * 20
    assert stored(flap) == 20
    assert changes < 20


def test_groups_of_every_size_are_stored_whole_by_a_handful_of_statements(flap: Hall) -> None:
    """The driver keeps each statement that it prepared, for as long as Kwartier runs."""
    statements: set[str] = set()
    row = post_row(flap.meeting, FLAP, Post("", "", "", {"text": "moed"}), "")
    event.listen(flap.host.writer.engine, "before_cursor_execute", lambda *sent: statements.add(sent[2]))

    with flap.host.writer.engine.connect() as connection:
        for size in range(1, 300):
            save_posts(connection, [{**row, "id": f"{size}-{n}", "slot": f"{size}-{n}"} for n in range(size)])
        connection.commit()

    assert (stored(flap), len(statements)) == (sum(range(1, 300)), 8)


def test_a_post_that_cannot_be_stored_gets_no_ok(flap: Hall) -> None:
    phone = flap.phone()
    break_database(flap)

    with pytest.raises(NotSaved):
        flap.post(phone, FLAP, text="moed")


def test_what_could_not_be_stored_is_not_in_memory_either(flap: Hall) -> None:
    phone = flap.phone()
    flap.post(phone, FLAP, text="moed")
    mend = break_database(flap)
    with pytest.raises(NotSaved):
        flap.post(phone, FLAP, text="lef")
    with pytest.raises(NotSaved):
        flap.ask("next")

    assert [post.payload["text"] for post in flap.posts(FLAP)] == ["moed"]
    assert flap.state.step == FLAP

    mend()
    assert flap.post(phone, FLAP, text="lef") is None
    assert flap.do("next").step == "huiswerk"


def test_after_a_failed_change_every_page_is_told(flap: Hall) -> None:
    told: list[tuple[str, frozenset[str]]] = []
    phone = flap.phone()
    flap.host.signals = Signals(notify=lambda meeting, roles: told.append((meeting, roles)))
    break_database(flap)

    with pytest.raises(NotSaved):
        flap.post(phone, FLAP, text="moed")

    assert told == [(flap.meeting, frozenset({"phone", "control", "screen"}))]


def test_after_a_failed_change_views_have_higher_numbers_than_those_of_what_failed(flap: Hall) -> None:
    mend = break_database(flap)
    seen: list[dict[str, object]] = []
    # A page may be sent the new state while its commit is still under way.
    commit, flap.host.writer._offload = flap.host.writer._offload, lambda *work: (
        seen.append(flap.host.messages.message(flap.room, "phone")), commit(*work)
    )[-1]  # fmt: skip
    with pytest.raises(NotSaved):
        flap.ask("next")
    flap.host.writer._offload = commit

    fresh = flap.host.messages.message(flap.room, "phone")

    assert (seen[0]["key"], fresh["key"]) == ("huiswerk/", f"{FLAP}/")
    assert fresh["version"] > seen[0]["version"]
    mend()
    assert flap.do("next").step == "huiswerk"


def test_who_saw_what_failed_is_refused_as_stale(flap: Hall) -> None:
    mend = break_database(flap)
    failed_version = flap.state.version + 1
    flap.host.messages.message(flap.room, "control")
    commit, flap.host.writer._offload = flap.host.writer._offload, lambda *work: (
        flap.host.messages.message(flap.room, "control"), commit(*work)
    )[-1]  # fmt: skip
    with pytest.raises(NotSaved):
        flap.ask("next")
    flap.host.writer._offload = commit
    mend()

    outcome = flap.host.steering.command(flap.meeting, Command("back"), failed_version)

    assert isinstance(outcome, Rejected)
    assert outcome.code == "stale"


def test_a_database_that_is_busy_for_a_moment_is_waited_for(flap: Hall) -> None:
    phone, other = flap.phone(), stranger(flap)
    other.execute("BEGIN IMMEDIATE")

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(flap.post, phone, FLAP, text="moed")
        time.sleep(0.4)
        assert not answer.done()
        other.execute("ROLLBACK")
        assert answer.result(10) is None
    assert stored(flap) == 1


def test_nobody_sees_what_is_not_stored_and_is_forgotten_after_all(flap: Hall) -> None:
    for text in ("moed", "geduld", "hoop"):
        flap.post(flap.phone(), FLAP, text=text)
    room, other = flap.room, stranger(flap)
    other.execute("BEGIN IMMEDIATE")

    with ThreadPoolExecutor(2) as pool:
        pressed = pool.submit(flap.ask, "do:draw")
        wait_for(lambda: not room.stored.is_set(), "the cards to be drawn")
        looked = pool.submit(flap.host.shown, flap.meeting)
        with pytest.raises(NotSaved):
            pressed.result(10)
        seen = looked.result(10)
    other.execute("ROLLBACK")

    assert len(room.seen(FLAP).cards) == 3
    assert seen is not None
    assert seen is not room
    assert seen.seen(FLAP).cards == ()


def by_socket(hall: Hall, cookie: str) -> str:
    return Loopback(hall.app, hall.meeting, "phone", cookie).shown


def by_http(hall: Hall, cookie: str) -> str:
    client = hall.app.test_client(use_cookies=False)
    return client.get(f"/m/{hall.meeting}", headers={"Cookie": cookie}).text


@pytest.mark.parametrize("look", [by_socket, by_http])
def test_a_page_that_opens_waits_for_what_is_not_stored_yet(
    flap: Hall, look: Callable[[Hall, str], str]
) -> None:
    cookie = phone_cookie(flap.phone())
    flap.room.stored.clear()

    with ThreadPoolExecutor(1) as pool:
        opened = pool.submit(look, flap, cookie)
        time.sleep(0.3)
        waited = not opened.done()
        flap.room.stored.set()
        page = opened.result(10)

    assert waited
    assert FLAP in page


def test_everybody_sees_what_is_stored(flap: Hall) -> None:
    for text in ("moed", "geduld", "hoop"):
        flap.post(flap.phone(), FLAP, text=text)

    flap.do("do:draw")

    assert flap.host.shown(flap.meeting) is flap.room
    assert len(flap.room.seen(FLAP).cards) == 3


def test_other_writes_are_tried_again_while_the_database_is_busy(hall: Hall) -> None:
    from trainer.store.database import transaction
    from trainer.store.models import Course, db

    other = stranger(hall)
    other.execute("BEGIN IMMEDIATE")

    def rename() -> None:
        with hall.app.app_context():
            transaction(lambda: setattr(db.session.get_one(Course, 1), "title", "Anders"))

    with ThreadPoolExecutor(1) as pool:
        renamed = pool.submit(rename)
        time.sleep(0.3)
        assert not renamed.done()
        other.execute("ROLLBACK")
        renamed.result(10)
    assert other.execute("SELECT title FROM course").fetchall() == [("Anders",)]


def test_a_database_that_stays_busy_is_given_up_on(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.store import database
    from trainer.store.models import Course, db

    monkeypatch.setattr(database, "PATIENCE_SECONDS", 0.2)
    other = stranger(hall)
    other.execute("BEGIN IMMEDIATE")

    with hall.app.app_context(), pytest.raises(database.DatabaseBusy):
        database.transaction(lambda: setattr(db.session.get_one(Course, 1), "title", "Anders"))
    other.execute("ROLLBACK")
    assert other.execute("SELECT title FROM course").fetchall() == [("Voorbeeldtraject",)]


def test_work_that_breaks_halfway_is_undone(flap: Hall) -> None:
    def work(changes: Transaction) -> None:
        changes.touch(flap.meeting)
        flap.room.participants.add("nobody")
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError):
        flap.host.writer.submit(work)

    assert "nobody" not in flap.room.participants


def test_work_that_breaks_before_it_changed_anything_harms_only_itself(flap: Hall) -> None:
    room = flap.room

    def work(changes: Transaction) -> None:
        raise RuntimeError("at once")

    with pytest.raises(RuntimeError):
        flap.host.writer.submit(work)

    assert flap.room is room


def test_a_second_process_that_changed_the_meeting_is_noticed(flap: Hall) -> None:
    behind = flap.restarted()
    assert behind.state == flap.state
    flap.do("next")

    with pytest.raises(NotSaved):
        behind.ask("goto", step="pauze")

    assert behind.state == flap.state


def test_a_closed_meeting_takes_no_other_state(flap: Hall) -> None:
    behind = flap.restarted()
    assert behind.state.phase == "live"
    flap.do("close")

    with pytest.raises(NotSaved):
        behind.ask("next")

    assert behind.state.phase == "closed"


def test_two_trainers_who_press_next_at_once_advance_once(flap: Hall) -> None:
    seen = flap.state.version

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(
            pool.map(lambda _: flap.host.steering.command(flap.meeting, Command("next"), seen), range(8))
        )

    moved = [outcome for outcome in outcomes if isinstance(outcome, MeetingState)]
    assert [state.step for state in moved] == ["huiswerk"]
    assert [outcome.code for outcome in outcomes if isinstance(outcome, Rejected)] == ["stale"] * 7


def test_a_wiping_that_failed_is_done_again(flap: Hall) -> None:
    phone = flap.phone()
    flap.post(phone, FLAP, text="zeer-persoonlijk")
    (mine,) = flap.posts(FLAP)
    reader = stranger(flap)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM post").fetchall()

    flap.host.posting.withdraw(flap.meeting, phone, FLAP, mine.id)
    with flap.host.writer.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    flap.host.sweep()
    assert b"zeer-persoonlijk" in flap.written()

    reader.execute("ROLLBACK")
    flap.host.sweep()
    assert b"zeer-persoonlijk" not in flap.written()


def test_nothing_that_anybody_wrote_is_logged(
    flap: Hall, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    phone = flap.phone()
    break_database(flap)

    with pytest.raises(NotSaved):
        flap.post(phone, FLAP, text="zeer-persoonlijk")

    assert "not saved" in caplog.text
    assert "zeer-persoonlijk" not in caplog.text
