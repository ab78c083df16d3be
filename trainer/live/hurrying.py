"""How fast the clock of a rehearsal runs: what trainers may change, in a rehearsal alone."""

from dataclasses import replace

from trainer.kinds.contract import Command, Rejected
from trainer.live.context import Context
from trainer.live.pace import FACTORS
from trainer.live.state import MeetingState

BAD_PACE = Rejected("not-now", "De klok loopt alleen in een oefening sneller.")


def hurry(context: Context, state: MeetingState, command: Command) -> MeetingState | Rejected:
    """Sets the speed (`to=`, one of FACTORS) at which the meeting's clock goes on from now."""
    factor = next((each for each in FACTORS if str(each) == command.one("to")), None)
    if factor is None or not context.rehearsal or state.phase == "closed":
        return BAD_PACE
    return replace(state, pace=state.pace.turned(factor, context.clock))
