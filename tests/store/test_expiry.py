"""Texts may be there when that is proven, and in no other case."""

from datetime import date, datetime, timedelta

import pytest

from trainer.store.expiry import within_time

CLOSED = date(2026, 11, 1)
NO_DAY = [
    *(None, "", "kapot", "2026-11-02", "9999-12-31", "2019-12-31", "2026-11-1", "20261101", "2026-W44-7"),
    *(20261101, 0, 1.5, b"2026-11-01", "2026-11-01 10:00", datetime(2026, 11, 1, 10)),
]


@pytest.mark.parametrize(("days", "within"), [(0, True), (30, True), (31, False), (400, False), (-1, False)])
def test_texts_are_within_time_for_as_many_days_as_was_asked(days: int, within: bool) -> None:
    assert within_time("closed", CLOSED.isoformat(), 30, CLOSED + timedelta(days=days)) is within


@pytest.mark.parametrize("closed_on", [CLOSED, "2026-11-01"])
def test_a_day_is_read_as_each_database_gives_it(closed_on: object) -> None:
    assert within_time("closed", closed_on, 30, CLOSED)


@pytest.mark.parametrize("closed_on", NO_DAY)
def test_a_day_that_cannot_be_proves_nothing(closed_on: object) -> None:
    assert not within_time("closed", closed_on, 365, CLOSED)


@pytest.mark.parametrize("days", [None, 0, -1, 366, 10**12, "30", "", 30.0, True, b"30"])
def test_a_number_of_days_that_cannot_be_proves_nothing(days: object) -> None:
    assert not within_time("closed", CLOSED, days, CLOSED)


@pytest.mark.parametrize("phase", [None, "", "planned", "lobby", "CLOSED", "kapot", 0, b"closed"])
def test_a_phase_in_which_there_are_no_texts_proves_nothing(phase: object) -> None:
    assert not within_time(phase, CLOSED, 30, CLOSED)


@pytest.mark.parametrize("closed_on", [None, "kapot", "9999-12-31"])
def test_a_meeting_that_goes_on_has_its_texts_whatever_else_is_stored(closed_on: object) -> None:
    assert within_time("live", closed_on, None, CLOSED)
