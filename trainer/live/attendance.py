"""Commands on who may come in: how many people there are, and whether the door is open."""

from dataclasses import replace

from trainer.kinds.contract import Command, Rejected
from trainer.live.bounds import PEOPLE
from trainer.live.state import MeetingState

BAD_NUMBER = Rejected("bad-number", f"Vul een aantal mensen in van {PEOPLE[0]} tot {PEOPLE[-1]}.")
NO_SUCH_DOOR = Rejected("not-now", "Dat kan nu niet.")
NUMBERS = {str(number): number for number in PEOPLE} | {"": 0}


def expect(context: object, state: MeetingState, command: Command) -> MeetingState | Rejected:
    """Sets how many people there are ('We zijn met … mensen'); empty means unknown."""
    people = NUMBERS.get(command.one("people"))
    return BAD_NUMBER if people is None else replace(state, expected=people)


def door(context: object, state: MeetingState, command: Command) -> MeetingState | Rejected:
    """Sets the door instead of toggling it: two trainers who both shut it do not open it."""
    shut = {"shut": True, "open": False}.get(command.one("to"))
    return NO_SUCH_DOOR if shut is None else replace(state, door_shut=shut)
