"""What a group shares is stored without who said no, and goes with what it is of."""

import re
from typing import Any

import pytest

from tests.store.acts import FLAP, shown
from tests.store.damage import break_database, damage, meeting_day, stored
from tests.support.hall import Hall
from trainer.kinds.contract import Rejected
from trainer.live.audience import Audience, Role
from trainer.meetings.messages import mark
from trainer.meetings.retention import purge
from trainer.store.database import transaction
from trainer.store.keys import new_token
from trainer.store.sharing import take_back
from trainer.store.writer import NotSaved

FIVE = ("geduld", "hoop", "lef", "moed", "trots")
OFFERED = f'["{FLAP}"]'


@pytest.fixture
def offered(flap: Hall) -> Hall:
    """A flap of five phones that the trainers offered to the group."""
    shown(flap, FIVE)
    flap.do("share", step=FLAP, to="yes")
    return flap


def say(hall: Hall, fine: bool, step: str = FLAP, phone: str = "") -> Rejected | None:
    return hall.host.sharing.say(hall.meeting, phone or hall.phone(), step, fine=fine)


def told(hall: Hall) -> list[Any]:
    """All that anybody sees, but for the time."""
    roles = (hall.host.messages.message(hall.room, Audience(role)) for role in Role)
    return [hall.state, *((each["key"], mark(each["html"])) for each in roles)]


def all_answer(hall: Hall, number: int = 5) -> None:
    for _ in range(number):
        assert say(hall, fine=True) is None


def test_what_nobody_objects_to_is_shared_from_the_end(offered: Hall) -> None:
    all_answer(offered)
    assert stored(offered, "shared") == ""

    offered.do("close")

    assert (stored(offered, "shared"), stored(offered, "unwilling")) == (OFFERED, "")
    assert stored(offered, "shared_key") != ""


def test_nothing_is_shared_unless_five_phones_answered(offered: Hall) -> None:
    """Else whoever is seen to press alone is known by whether it was shared."""
    all_answer(offered, 4)
    phone = offered.phone()
    for _ in range(2):
        offered.host.sharing.say(offered.meeting, phone, "over-de-lijn", fine=True)

    offered.do("close")

    assert stored(offered, "shared") == ""


def test_phone_that_answers_twice_is_one(offered: Hall) -> None:
    phone = offered.phone()
    for _ in range(5):
        say(offered, fine=True, phone=phone)

    offered.do("close")

    assert stored(offered, "shared") == ""


def test_phone_that_leaves_and_comes_back_to_answer_again_is_one(offered: Hall) -> None:
    """Else somebody with one phone asks a single person."""
    all_answer(offered, 1)
    for _ in range(4):
        phone = offered.phone()
        say(offered, fine=True, phone=phone)
        offered.host.leave(offered.meeting, phone)

    offered.do("close")

    assert stored(offered, "shared") == ""


def test_no_that_crosses_a_taking_back_stays(offered: Hall) -> None:
    offered.do("share", step=FLAP, to="no")
    assert say(offered, fine=False) is None
    offered.do("share", step=FLAP, to="yes")
    all_answer(offered)

    offered.do("close")

    assert stored(offered, "shared") == ""


def test_one_no_is_enough_and_stays_whatever_is_said_later(offered: Hall) -> None:
    all_answer(offered)
    phone = offered.phone()
    for fine in (False, True, False, True):
        assert say(offered, fine, phone=phone) is None

    offered.do("close")

    assert (stored(offered, "shared"), stored(offered, "unwilling")) == ("", "")


def test_no_is_seen_nowhere_and_has_no_phone(offered: Hall) -> None:
    phone = offered.phone()
    offered.do("timer-pause")
    before = told(offered)

    say(offered, fine=False, phone=phone)

    assert told(offered) == before
    assert stored(offered, "unwilling") == OFFERED


def test_no_outlasts_a_restart(offered: Hall) -> None:
    say(offered, fine=False)
    offered.stop()

    again = offered.restarted()
    all_answer(again)
    again.do("close")

    assert stored(again, "shared") == ""


def test_after_a_restart_all_pages_say_that_the_group_is_asked_again(offered: Hall) -> None:
    all_answer(offered)
    asks = ("Kies nog een keer", "moet dat nog een keer doen", "Kies nog een keer op je telefoon")
    pages = (Role.PHONE, Role.CONTROL, Role.SCREEN)
    before = [_html(offered, role) for role in pages]
    offered.stop()

    again = offered.restarted()
    phone, after = again.phone(), [_html(again, role) for role in pages]

    assert [asked in html for asked, html in zip(asks, before, strict=True)] == [False] * 3
    assert [asked in html for asked, html in zip(asks, after, strict=True)] == [True] * 3
    views = told(again)
    say(again, fine=True, phone=phone)
    assert told(again) == views


def test_what_is_offered_after_a_restart_is_asked_once(flap: Hall) -> None:
    shown(flap, FIVE)
    flap.stop()

    again = flap.restarted()
    again.do("share", step=FLAP, to="yes")

    assert "Kies nog een keer" not in _html(again, Role.PHONE)


def _html(hall: Hall, role: Role) -> str:
    found = hall.host.messages.message(hall.room, Audience(role))["html"]
    return " ".join(re.sub("<[^>]+>", "", found).split())


def test_no_that_cannot_be_stored_is_told_and_not_forgotten_by_half(offered: Hall) -> None:
    phone = offered.phone()
    mend = break_database(offered)
    with pytest.raises(NotSaved):
        say(offered, fine=False, phone=phone)
    mend()

    assert offered.room.record.unwilling == frozenset()
    assert say(offered, fine=False, phone=phone) is None
    assert offered.room.record.unwilling == {FLAP}


def test_stranger_says_nothing(offered: Hall) -> None:
    assert isinstance(say(offered, fine=False, phone=new_token()), Rejected)
    assert stored(offered, "unwilling") == ""


@pytest.mark.parametrize("step", ["stickers", "bestaat-niet"])
def test_no_to_what_can_never_be_shared_stores_nothing(offered: Hall, step: str) -> None:
    assert say(offered, fine=False, step=step) is None
    assert stored(offered, "unwilling") == ""


@pytest.mark.parametrize("damaged", ["kapot", "{}", "[1]", "[["])
def test_nothing_is_shared_when_nobody_can_read_who_objected_to_what(offered: Hall, damaged: str) -> None:
    damage(offered, "UPDATE meeting SET unwilling = ? WHERE id = ?", damaged, offered.meeting)
    offered.host.rooms.forget([offered.meeting])
    all_answer(offered)

    offered.do("close")

    assert stored(offered, "shared") == ""


def test_meeting_in_which_nothing_was_offered_forgets_its_key(flap: Hall) -> None:
    flap.do("close")

    assert stored(flap, "shared_key") == ""


def test_meeting_that_is_opened_again_has_another_key(hall: Hall) -> None:
    first = stored(hall, "shared_key")
    assert hall.host.steering.unopen(hall.meeting)
    assert stored(hall, "shared_key") == ""

    with hall.app.app_context():
        assert hall.host.open_meeting(hall.meeting)

    assert stored(hall, "shared_key") not in ("", first)


def test_sharing_goes_with_the_texts(offered: Hall) -> None:
    all_answer(offered)
    offered.do("close")

    purge(offered.host, meeting_day(offered, 30))
    assert stored(offered, "shared") == OFFERED
    purge(offered.host, meeting_day(offered, 31))

    assert (stored(offered, "shared"), stored(offered, "shared_key")) == ("", "")


def test_key_of_a_meeting_that_shares_nothing_in_the_end_goes_too(flap: Hall) -> None:
    flap.do("share", step=FLAP, to="yes")
    flap.do("close")

    purge(flap.host, meeting_day(flap, 31))

    assert stored(flap, "shared_key") == ""


def test_step_is_taken_back_after_the_end_and_never_before_it(offered: Hall) -> None:
    def taken_back() -> bool:
        with offered.app.app_context():
            return transaction(lambda: take_back(offered.meeting, {FLAP}))

    all_answer(offered)
    assert not taken_back()
    offered.do("close")
    assert stored(offered, "shared") == OFFERED

    assert taken_back()

    assert stored(offered, "shared") == ""
    assert not taken_back()
