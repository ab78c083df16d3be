"""Which steps take posts: one rule for posting, taking back, acting and sealing."""

from trainer.live.state import MeetingState

# So long after a step was left: a phone that was out of reach may still send what was written in it.
TAKES_SECONDS = 600


def takes_posts(state: MeetingState, step_id: str, now: float) -> bool:
    """May posts of this step still come or change? `now` is in seconds on the meeting's clock.

    The step on screen takes them until it is sealed, however long ago it was left before. One that was left
    takes them for ten minutes. One that was never on screen takes none, nor does one that is to be left yet:
    the computer's clock was put back, and nobody knows how long ago it was.
    """
    if state.phase != "live" or step_id in state.sealed:
        return False
    if step_id == state.step:
        return True
    left = state.left.get(step_id)
    return left is not None and 0 <= now - left <= TAKES_SECONDS


def past_taking(state: MeetingState, now: float) -> list[str]:
    """The steps that were left too long ago to take posts: what ties theirs to phones is to end."""
    return [step for step in state.left if step not in state.sealed and not takes_posts(state, step, now)]
