"""What is not provably within its time is not there; one row that cannot be stops nothing."""

import pytest

from tests.store.conftest import FLAP
from tests.store.damage import add_meetings, count, damage, meeting_day, second_meeting, stored, today
from tests.support.hall import Hall
from trainer.live.taking import TAKES_SECONDS
from trainer.meetings.retention import purge
from trainer.store.writer import NotSaved

NOT_A_CLOSING_DAY = [
    "2099-01-01",
    "9999-12-31",
    "2019-12-31",
    "0001-01-01",
    "kapot",
    "",
    5,
    20261101,
    b"\xff",
    None,
]
NOT_A_RETENTION_TIME = [0, -1, 366, 10**12, "veel", "", 2.5, b"\x1e"]
NOT_A_PHASE = ["gesloten", "CLOSED", "", "lobby", "planned", b"closed"]


@pytest.mark.parametrize("value", NOT_A_CLOSING_DAY)
def test_texts_of_a_day_of_closing_that_cannot_be_are_deleted_and_it_is_put_right(
    closed: Hall, caplog: pytest.LogCaptureFixture, value: object
) -> None:
    damage(closed, "UPDATE meeting SET closed_on = ? WHERE phase = 'closed'", value)

    found = purge(closed.host, today(closed))

    assert found.meetings == (closed.meeting,)
    assert b"geheim" not in closed.written()
    # The earliest that it could have been.
    assert stored(closed, "closed_on") == "2020-01-01"
    assert f"meeting {closed.meeting} was closed on" in caplog.text


@pytest.mark.parametrize("value", NOT_A_RETENTION_TIME)
def test_texts_of_a_retention_time_that_cannot_be_are_deleted_and_it_is_put_right(
    closed: Hall, caplog: pytest.LogCaptureFixture, value: object
) -> None:
    damage(closed, "UPDATE course SET retention_days = ?", value)

    found = purge(closed.host, today(closed))

    assert found.meetings == (closed.meeting,)
    assert b"geheim" not in closed.written()
    assert stored(closed, "retention_days") == 30
    assert "course 1 keeps texts" in caplog.text


@pytest.mark.parametrize("value", NOT_A_RETENTION_TIME)
def test_a_retention_time_that_cannot_be_becomes_the_shortest_while_a_meeting_goes_on(
    hall: Hall, value: object
) -> None:
    damage(hall, "UPDATE course SET retention_days = ?", value)

    purge(hall.host, today(hall))

    assert stored(hall, "retention_days") == 1


@pytest.mark.parametrize("value", NOT_A_PHASE)
def test_texts_of_a_phase_that_has_none_are_deleted(closed: Hall, value: object) -> None:
    damage(closed, "UPDATE meeting SET phase = ? WHERE phase = 'closed'", value)

    purge(closed.host, today(closed))

    assert b"geheim" not in closed.written()
    assert count(closed, "result") == 0


@pytest.mark.parametrize("value", ["9999-12-31", 5])
def test_a_planned_day_that_cannot_be_is_put_right_and_told(
    closed: Hall, caplog: pytest.LogCaptureFixture, value: object
) -> None:
    damage(closed, "UPDATE meeting SET date = ?", value)

    purge(closed.host, today(closed))

    assert stored(closed, "date") == today(closed).isoformat()
    assert f"meeting {closed.meeting} was planned on" in caplog.text
    assert b"geheim" in closed.written()


def test_one_row_that_cannot_be_keeps_no_other_from_its_time(closed: Hall) -> None:
    add_meetings(
        closed,
        {"kapot": (b"\xff\xfe", "oud-geheim"), "toen": (meeting_day(closed, -31).isoformat(), "oud-geheim")},
    )
    add_meetings(closed, {"nu": (today(closed).isoformat(), "nieuw-geheim")})

    found = purge(closed.host, today(closed))

    assert set(found.meetings) == {"kapot", "toen"}
    assert b"oud-geheim" not in closed.written()
    assert b"nieuw-geheim" in closed.written()


def test_texts_of_a_meeting_without_its_course_are_deleted(closed: Hall) -> None:
    damage(closed, "DELETE FROM course")

    purge(closed.host, today(closed))

    assert b"geheim" not in closed.written()


def test_texts_that_cannot_be_deleted_keep_no_other_and_nothing_is_put_right_yet(closed: Hall) -> None:
    add_meetings(closed, {"vast": ("kapot", "vast-geheim"), "los": ("kapot", "los-geheim")})
    damage(
        closed,
        "CREATE TRIGGER stuck BEFORE UPDATE ON result WHEN old.meeting_id = 'vast'"
        " BEGIN SELECT RAISE(FAIL, 'stuck'); END",
    )

    with pytest.raises(NotSaved):
        purge(closed.host, today(closed))

    assert b"los-geheim" not in closed.written()
    assert count(closed, "meeting WHERE closed_on = 'kapot'") == 2


def test_what_is_left_of_meetings_that_do_not_go_on_is_deleted(closed: Hall) -> None:
    second = second_meeting(closed)
    for meeting in (closed.meeting, second):
        damage(closed, "INSERT INTO participant VALUES (?, ?)", meeting, f"hash-geheim-{meeting}")
        damage(
            closed,
            "INSERT INTO post (meeting_id, step, item, author, slot, id, payload)"
            " VALUES (?, 'x', '', 'a', '', 'i', ?)",
            meeting,
            f"post-geheim-{meeting}",
        )
    damage(closed, "INSERT INTO result VALUES (?, 'x', 0, '{}', '[\"rest-geheim\"]')", second)
    key = closed.folder / "keys" / f"{closed.meeting}.x.key"
    key.write_bytes(b"k" * 32)

    closed.host.sweep()

    assert (count(closed, "participant"), count(closed, "post"), key.exists()) == (0, 0, False)
    assert count(closed, f"result WHERE meeting_id = '{second}'") == 0
    written = closed.written()
    assert [word for word in (b"hash-geheim", b"post-geheim", b"rest-geheim") if word in written] == []
    # What was closed is within its time.
    assert b"geheim 3" in written


def test_a_meeting_that_goes_on_loses_nothing(hall: Hall) -> None:
    hall.do("start")
    hall.do("goto", step=FLAP)
    for number in range(6):
        assert hall.post(hall.phone(), FLAP, text=f"geheim {number}") is None
    hall.do("do:draw")
    hall.do("do:show-all")
    hall.do("next")
    hall.age(TAKES_SECONDS + 1)
    hall.host.sweep()

    assert not purge(hall.host, today(hall))

    assert count(hall, "participant") == 6
    assert count(hall, "result WHERE texts IS NOT NULL") == 1


def test_what_can_be_is_left_as_it_is(closed: Hall, caplog: pytest.LogCaptureFixture) -> None:
    damage(closed, "UPDATE meeting SET date = '2024-02-29' WHERE phase = 'planned'")

    purge(closed.host, today(closed))

    assert caplog.text == ""
