"""The people of a rehearsal take part as a group would, whatever the trainer does."""

from dataclasses import replace

import pytest

from tests.rehearsing.practice import LONG, PEOPLE, Practice
from tests.store.acts import FLAP, GAME, LINE
from tests.support.hall import Hall
from trainer.kinds.contract import Rejected
from trainer.meetings.door import Answer
from trainer.rehearsing.habits import LATE_SECONDS, group
from trainer.rehearsing.rehearsals import MOST_CROWDS, Opening
from trainer.store.keys import new_token
from trainer.store.models import Meeting, db


@pytest.fixture
def flap(hall: Hall) -> Practice:
    return Practice(hall, step=FLAP)


def test_people_come_in_one_after_the_other_and_some_late(hall: Hall) -> None:
    practice = Practice(hall)
    found = []
    for _ in range(3):
        practice.pass_time(20)
        found.append(practice.inside)
    practice.pass_time(LATE_SECONDS[False][1])

    assert 0 < found[0] < found[1] <= found[2] == PEOPLE - PEOPLE // 6
    assert practice.inside == PEOPLE


def test_people_go_through_the_door_of_the_meeting(hall: Hall) -> None:
    practice = Practice(hall)
    hall.do("door", to="shut")
    practice.pass_time(LATE_SECONDS[False][0] - 5)

    assert practice.inside == 0
    words, more = hall.room.door.words(hall.state)
    assert len(words) + more == PEOPLE - PEOPLE // 6


def test_most_people_send_something_and_never_the_silent_ones(flap: Practice) -> None:
    flap.pass_time(LONG)
    seed = flap.hall.host.keys.pretend(flap.hall.meeting, "seed")
    silent = sum(each.silent for each in group(seed, PEOPLE, at_step=True))

    assert PEOPLE - 4 <= flap.senders <= PEOPLE - silent


def test_people_answer_each_statement(hall: Hall) -> None:
    practice, items = Practice(hall, step=LINE), set()
    for _ in range(2):
        practice.pass_time(60)
        items |= {post.item for post in hall.room.step_posts(LINE)}
        hall.do("next")

    assert items == {"1", "2"}


def test_people_follow_to_another_step(flap: Practice) -> None:
    flap.pass_time(60)
    flap.hall.do("goto", step=LINE)
    flap.pass_time(60)

    assert flap.senders >= PEOPLE - 4


def test_real_phones_may_take_part(flap: Practice) -> None:
    phone = flap.hall.phone()
    flap.pass_time(60)

    assert flap.hall.post(phone, FLAP, text="van mezelf") is None
    assert flap.inside > PEOPLE - PEOPLE // 6


def test_cards_are_opened_and_claimed_by_the_people_themselves(hall: Hall) -> None:
    practice = Practice(hall, step=GAME)
    practice.pass_time(LONG)
    hall.do("do:start")
    opened = claimed = 0
    for _ in range(8):
        practice.pass_time(LONG, until=lambda: hall.room.kind_state(hall.room.here()).open)
        opened += bool(hall.room.kind_state(hall.room.here()).open)
        practice.pass_time(30, until=lambda: hall.room.kind_state(hall.room.here()).claimed)
        state = hall.room.kind_state(hall.room.here())
        claimed += state.claimed
        if not state.claimed:
            hall.ask("do:silent")

    assert opened == 8
    assert claimed >= 2


def test_people_wait_until_the_trainer_opens_what_others_may_overhear(hall: Hall) -> None:
    hall.host.settings = replace(hall.host.settings, base_url="http://10.0.0.5:8000")
    practice = Practice(hall, step=GAME)
    practice.pass_time(LONG)
    assert (practice.inside, practice.senders) == (PEOPLE, 0)

    hall.do("accept-plain")
    practice.pass_time(LONG)

    assert practice.senders >= PEOPLE - 4


def test_who_drops_out_is_missed_and_comes_back(flap: Practice) -> None:
    present = set()
    flap.pass_time(300, until=lambda: present.add(flap.hall.host.pretended.get(flap.hall.meeting, 0)))

    assert {PEOPLE - 1, PEOPLE} <= present
    assert flap.hall.host.pretended[flap.hall.meeting] == PEOPLE


def test_a_faster_clock_makes_everybody_faster(flap: Practice) -> None:
    flap.hall.do("pace", to="16")
    before = flap.hall.host.clock.seconds()
    flap.pass_time(LONG)

    assert flap.senders >= PEOPLE - 4
    assert flap.hall.host.clock.seconds() - before < LONG / 10


def test_only_a_rehearsal_lets_in_phones_that_nobody_holds(hall: Hall) -> None:
    assert hall.host.joining.knock(hall.meeting, new_token(), anew=True, rehearsing=True) is Answer.OVER
    assert len(hall.room.participants) == 0


def test_a_meeting_that_waits_in_its_lobby_is_taken_back_and_rehearsed(hall: Hall) -> None:
    with hall.app.app_context():
        assert db.session.get_one(Meeting, hall.meeting).phase == "lobby"
        opening = hall.app.extensions["rehearsals"].open(hall.meeting, PEOPLE)

    assert opening is Opening.OPEN
    assert (hall.room.record.rehearsal, hall.room.record.secret != hall.secret) == (True, True)


def test_a_meeting_with_phones_in_it_is_not_rehearsed(hall: Hall) -> None:
    hall.phone()
    with hall.app.app_context():
        opening = hall.app.extensions["rehearsals"].open(hall.meeting, PEOPLE)

    assert opening is Opening.EARNEST
    assert (hall.room.record.rehearsal, len(hall.room.participants)) == (False, 1)


def test_only_so_many_rehearsals_go_on_at_once(hall: Hall) -> None:
    rehearsals = hall.app.extensions["rehearsals"]
    with hall.app.app_context():
        opened = [rehearsals.open(hall.another().meeting, 1) for _ in range(MOST_CROWDS + 1)]

    assert opened == [Opening.OPEN] * MOST_CROWDS + [Opening.BUSY]


def test_the_people_of_before_a_restart_are_there_again(flap: Practice) -> None:
    flap.pass_time(60)
    before = set(flap.hall.room.participants)
    again = flap.hall.restarted()
    rehearsals = again.app.extensions["rehearsals"]
    assert again.room.participants == before
    for _ in range(4):
        again.age(20)
        rehearsals.live()

    assert again.host.pretended[again.meeting] >= len(before) - 1
    again.stop()


def test_nobody_does_anything_once_the_server_stops(flap: Practice) -> None:
    flap.rehearsals.stop()
    flap.pass_time(60)

    assert (flap.inside, flap.hall.host.pretended) == (0, {})


def test_only_a_rehearsal_has_another_clock(hall: Hall) -> None:
    refused = hall.ask("pace", to="16")

    assert isinstance(refused, Rejected)
    assert hall.state.pace.factor == 1
