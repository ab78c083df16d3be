"""A meeting that closes: every step is sealed, every phone forgotten, and nobody comes in any more."""

from tests.store.acts import FLAP, keys
from tests.support.hall import Hall
from trainer.kinds.contract import Command, Rejected
from trainer.meetings.door import Answer
from trainer.meetings.ending import LONGEST_MEETING_SECONDS


def test_closing_seals_every_step_and_forgets_every_phone(wall: Hall) -> None:
    phone = wall.phone()
    wall.do("goto", step="over-de-lijn")
    wall.post(phone, "over-de-lijn", "1", place="2")
    old = [post.author for step in (FLAP, "over-de-lijn") for post in wall.posts(step)]

    wall.do("close")

    assert wall.state.phase == "closed"
    assert wall.state.sealed == ("over-de-lijn", FLAP)
    assert keys(wall) == []
    assert not wall.host.is_participant(wall.meeting, phone)
    written = wall.written()
    assert [author for author in old if author.encode() in written] == []


def test_a_closed_meeting_is_the_same_after_a_restart(wall: Hall) -> None:
    wall.do("do:define", text="Ervaring is wat je deelt")
    wall.do("close")

    again = wall.restarted()

    assert again.state == wall.state
    assert again.host.kept(wall.meeting) == wall.host.kept(wall.meeting)
    assert again.host.kept(wall.meeting) != ()


def test_a_closed_meeting_does_not_say_where_anything_was_shown(wall: Hall) -> None:
    assert wall.state.shown == (FLAP,)

    wall.do("close")

    assert wall.state.shown == ()


def test_the_code_and_the_link_of_a_closed_meeting_lead_nowhere(wall: Hall) -> None:
    assert wall.host.meeting_with_code(wall.code, "") == wall.meeting

    wall.do("close")

    assert wall.host.meeting_with_code(wall.code, "") is None
    assert wall.host.meeting_for(wall.secret) is None


def test_nobody_joins_a_closed_meeting(wall: Hall) -> None:
    wall.do("close")

    assert wall.knock("x" * 43) is Answer.OVER


def test_a_meeting_that_was_forgotten_is_closed_after_twelve_hours(wall: Hall) -> None:
    wall.age(LONGEST_MEETING_SECONDS + 1)
    wall.host.sweep()

    assert wall.state.phase == "closed"
    assert keys(wall) == []


def test_participants_actions_need_an_open_step(wall: Hall) -> None:
    phone = wall.phone()
    wall.do("close")

    outcome = wall.host.steering.act(wall.meeting, phone, "diagnose-me", Command("open", {"card": ("1",)}))

    assert isinstance(outcome, Rejected)
    assert outcome.code == "late"
