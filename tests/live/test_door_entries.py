"""A phone that leaves makes no room for another."""

from trainer.live.state import MeetingState
from trainer.meetings.door import AT_ONCE, Answer, Door


def test_who_leaves_and_comes_back_waits_like_anybody_else() -> None:
    door, state = Door(now=lambda: 0.0), MeetingState(expected=5)
    answers = [door.knock(f"telefoon-{number}", state, inside=0, anew=True) for number in range(AT_ONCE)]

    assert answers.count(Answer.IN) == 5
    assert door.entered(inside=0) == 5
