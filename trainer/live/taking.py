"""Which steps accept posts: one rule for posting, taking back, acting and sealing."""

from collections.abc import Callable

from trainer.live.state import MeetingState

# For this long after a step was left, a phone that was out of reach may still send what was written in it.
TAKES_SECONDS = 600


def takes_posts(state: MeetingState, step_id: str, now: Callable[[], float]) -> bool:
    """May posts of this step still come or change? `now` gives the seconds on the meeting's clock.

    The step on screen takes them until it is sealed, even if it was left before. A step that was left takes
    them for ten minutes. One that was never on screen takes none, nor does one that was left in the future:
    the computer's clock was set back, and nobody knows how long ago it was left.
    """
    if state.phase != "live" or step_id in state.sealed:
        return False
    if step_id == state.step:
        return True
    left = state.left.get(step_id)
    return left is not None and 0 <= now() - left <= TAKES_SECONDS


def past_taking(state: MeetingState, now: Callable[[], float]) -> list[str]:
    """The unsealed steps that were left too long ago to take posts: what links those to phones must go."""
    return [step for step in state.left if step not in state.sealed and not takes_posts(state, step, now)]
