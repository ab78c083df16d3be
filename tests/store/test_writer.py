"""Group commit: an answer comes after the commit, and what breaks or comes from elsewhere changes nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from tests.store.acts import FLAP
from tests.store.damage import count, stranger
from tests.support.hall import Hall
from trainer.kinds.contract import Command, Post, Rejected, Submission
from trainer.live.state import MeetingState
from trainer.store.group import Transaction
from trainer.store.keys import Phone
from trainer.store.repository import save_posts
from trainer.store.rows import post_row
from trainer.store.writer import NotSaved


def test_at_the_moment_of_the_answer_the_post_is_committed(flap: Hall) -> None:
    seen: list[int] = []
    answered = threading.Event()

    def done(outcome: object) -> None:
        seen.append(count(flap, "post"))
        answered.set()

    phone, form = Phone.of(flap.meeting, flap.phone()), Submission("", {"text": ("moed",)})
    flap.host.posting.post(phone, "00000000-0000-4000-8000-000000000001", FLAP, form, done)

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
    assert count(flap, "post") == 20
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

    assert (count(flap, "post"), len(statements)) == (sum(range(1, 300)), 8)


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
