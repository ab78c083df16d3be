"""What a later meeting of a course reads of an earlier one: what was kept there, and no longer than it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.acts import FLAP, shown
from tests.support.hall import Hall
from trainer.curriculum.model import EarlierStep
from trainer.kinds.contract import Kept
from trainer.meetings.retention import purge
from trainer.store import repository
from trainer.store.database import transaction
from trainer.store.models import Course, Meeting, db
from trainer.store.rows import result_row

FIVE = ("geduld", "hoop", "lef", "moed", "trots")


def kept_before(later: Hall) -> tuple[Kept, ...]:
    return later.room.kept_before(EarlierStep(later.room.part.id, FLAP))


@pytest.fixture
def given(flap: Hall) -> Hall:
    """A flap with two cards in a group, before its meeting is closed."""
    shown(flap, FIVE)
    flap.do("do:group", title="Durven")
    for card in flap.room.seen(FLAP).cards:
        if card.payload["text"] in ("lef", "moed"):
            flap.do("do:move", id=card.id, group="g1")
    return flap


def test_texts_and_groups_are_there_once_the_meeting_is_closed(given: Hall) -> None:
    later = given.another()
    assert kept_before(later) == ()

    given.do("close")

    (row,) = kept_before(later)
    assert (row.texts, row.groups) == (FIVE, ("", "", "Durven", "Durven", ""))


def test_groups_go_with_the_texts_and_leave_no_trace(given: Hall) -> None:
    later = given.another()
    given.do("close")

    purge(given.host, given.host.clock.now().date() + timedelta(days=31))

    (row,) = kept_before(later)
    assert (row.texts, row.groups, row.few) == (None, (), False)
    assert [word for word in (b"Durven", b"geduld") if word in given.written()] == []


def test_card_that_is_moved_after_the_sealing_is_in_its_new_group(given: Hall) -> None:
    given.do("goto", step="stickers")
    given.age(3600)
    given.host.sweep()
    given.do("goto", step=FLAP)
    (card,) = (each for each in given.room.seen(FLAP).cards if each.payload["text"] == "trots")
    given.do("do:move", id=card.id, group="g1")

    later = given.another()
    given.do("close")

    assert kept_before(later)[0].groups == ("", "", "Durven", "Durven", "Durven")


def test_meeting_that_was_closed_last_is_the_one_that_counts(given: Hall) -> None:
    again, later = given.another(), given.another()
    given.do("close")
    again.do("start")
    again.do("goto", step=FLAP)
    shown(again, ("een", "twee", "drie", "vier", "vijf"))
    again.do("close")
    with given.app.app_context():
        transaction(lambda: _closed_a_day_before(given.meeting))

    assert kept_before(later)[0].texts == ("drie", "een", "twee", "vier", "vijf")


def _closed_a_day_before(meeting_id: str) -> None:
    meeting = db.session.get_one(Meeting, meeting_id)
    assert meeting.closed_on is not None
    meeting.closed_on -= timedelta(days=1)


def test_rehearsal_and_another_course_are_no_source(given: Hall) -> None:
    later = given.another()
    given.do("close")

    def elsewhere() -> None:
        course = Course(title="Elders", programme="klein")
        db.session.add(course)
        db.session.flush()
        db.session.get_one(Meeting, later.meeting).course_id = course.id

    named = EarlierStep(later.room.part.id, FLAP)
    with given.app.app_context():
        transaction(lambda: _rehearse(given.meeting, True))
        assert kept_before(later) == ()
        transaction(lambda: _rehearse(given.meeting, False))
        assert kept_before(later) != ()
        transaction(elsewhere)
    assert repository.kept_before(given.host.engine, later.meeting, named) == ()


def _rehearse(meeting_id: str, rehearsal: bool) -> None:
    db.session.get_one(Meeting, meeting_id).rehearsal = rehearsal


def test_rows_without_groups_are_stored_as_they_always_were() -> None:
    kept = Kept("kaarten", "Waar denk je aan?", texts=("hoop", "lef"))
    assert result_row("m", "s", 0, kept)["texts"] == '["hoop","lef"]'

    grouped = result_row("m", "s", 0, replace(kept, groups=("Samen", "")))
    assert grouped["texts"] == '[["hoop","Samen"],["lef",""]]'
    assert "Samen" not in grouped["row"]
