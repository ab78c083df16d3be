"""What trainers wrote in a report goes with the texts that it may quote; what they left out stays out."""

from functools import partial

import pytest

from tests.store.acts import FLAP
from tests.store.damage import damage, meeting_day, today
from tests.support.hall import Hall
from trainer.exports.harvest import Words
from trainer.meetings.retention import expired, purge
from trainer.plans.answers import EMPTY, Answer, Writing
from trainer.store.database import transaction
from trainer.store.models import Meeting, db
from trainer.store.notes import NoReport, notes, write_notes
from trainer.web.reports.harvests import harvest_of


def write(hall: Hall, text: str, seen: str = EMPTY.version) -> None:
    with hall.app.app_context():
        transaction(
            partial(write_notes, hall.meeting, ["slot"], {"slot": Writing(text, seen)}, {"slot": True})
        )


def stored(hall: Hall) -> dict[str, tuple[Answer, bool]]:
    with hall.app.app_context():
        return dict(notes(db.session.connection(), hall.meeting))


def test_texts_go_with_those_of_the_meeting_and_leave_no_trace(closed: Hall) -> None:
    write(closed, "ontroerend citaat")
    write(closed, "ander citaat")
    assert stored(closed) == {"slot": (Answer("ontroerend citaat", ("ander citaat",)), True)}

    purge(closed.host, meeting_day(closed, 31))

    assert stored(closed) == {"slot": (EMPTY, True)}
    assert b"citaat" not in closed.written()


def test_texts_are_kept_on_the_last_day_of_the_retention_time(closed: Hall) -> None:
    write(closed, "citaat")

    purge(closed.host, meeting_day(closed, 30))

    assert stored(closed) == {"slot": (Answer("citaat"), True)}


def test_texts_are_deleted_even_when_those_of_the_meeting_are_gone_already(closed: Hall) -> None:
    purge(closed.host, meeting_day(closed, 31))
    write(closed, "citaat")

    assert expired(closed.host, meeting_day(closed, 31)).meetings == (closed.meeting,)
    purge(closed.host, meeting_day(closed, 31))

    assert stored(closed) == {"slot": (EMPTY, True)}
    assert not purge(closed.host, meeting_day(closed, 31))


def test_texts_of_a_day_of_closing_that_cannot_be_are_deleted(closed: Hall) -> None:
    write(closed, "citaat")
    damage(closed, "UPDATE meeting SET closed_on = '2099-01-01'")

    purge(closed.host, today(closed))

    assert b"citaat" not in closed.written()


def test_meeting_that_is_not_closed_takes_none(hall: Hall) -> None:
    with pytest.raises(NoReport):
        write(hall, "citaat")


def test_notes_go_with_their_meeting(closed: Hall) -> None:
    write(closed, "citaat")

    damage(closed, "PRAGMA foreign_keys = ON")
    with closed.app.app_context():
        db.session.execute(db.text("DELETE FROM meeting"))
        db.session.commit()

    assert stored(closed) == {}


def test_report_of_a_closed_meeting_has_what_was_chosen_while_it_was_given_and_what_the_group_saw(
    hall: Hall,
) -> None:
    hall.do("start")
    hall.do("goto", step=FLAP)
    for number in range(6):
        hall.post(hall.phone(), FLAP, text=f"woord {number}")
    hall.do("do:draw")
    hall.do("do:show-all")
    blocks = hall.room.part.blocks
    hall.do("block-minutes", block=blocks[0].id, minutes="25")
    hall.do("skip", block=blocks[-1].id)
    hall.do("close")

    with hall.app.app_context():
        found = harvest_of(hall.host, db.session.get_one(Meeting, hall.meeting))

    assert found is not None
    given, flap = (
        next(each for each in found.sections if each.key == key) for key in ("verloop", f"stap-{FLAP}")
    )
    assert [line.chosen for line in given.lines] == [25, *(block.minutes for block in blocks[1:-1]), None]
    assert flap.pieces == (Words(flap.pieces[0].question, (("", tuple(f"woord {n}" for n in range(6))),)),)
