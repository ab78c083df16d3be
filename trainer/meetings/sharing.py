"""What the group shares after closing: everybody may say no to it, and nobody can tell who did.

A step is shared as a whole or not at all. If only the cards of those who said no stayed away, the screen
minus the page would show which these are, and the room saw who pressed.
"""

from dataclasses import dataclass, replace

from trainer.kinds.contract import Rejected
from trainer.meetings.core import Core
from trainer.meetings.posting import LATE
from trainer.meetings.room import Room
from trainer.store.group import Transaction
from trainer.store.sharing import ANY, stored_steps
from trainer.store.statements import HOLD, SAVE_UNWILLING, SHARE_AT_END


@dataclass(frozen=True, slots=True)
class Sharing:
    """Takes what phones say of what their group shares, for the host."""

    core: Core

    def say(self, meeting_id: str, token: str, step_id: str, *, fine: bool) -> Rejected | None:
        """Takes a phone's answer to what is shared of a step; a no stays. Raises NotSaved.

        Both answers write to the database and change no view, so that no clock and no page tells them apart.
        """

        def work(changes: Transaction) -> Rejected | None:
            room = self.core.room(meeting_id)
            if room is None or not self.core.is_participant(meeting_id, token):
                return LATE
            changes.touch(meeting_id)
            unwilling = room.record.unwilling
            if fine or step_id not in room.state.shared or step_id in unwilling:
                changes.add(HOLD, {"meeting_id": meeting_id})
                return None
            room.record = replace(room.record, unwilling=unwilling | {step_id})
            steps = stored_steps(room.record.unwilling)
            changes.add(SAVE_UNWILLING, {"meeting_id": meeting_id, "steps": steps})
            return None

        return self.core.writer.submit(work, meeting_id)


def share_at_end(changes: Transaction, room: Room) -> None:
    """Shares, as its meeting ends, every step that was offered and to which nobody said no."""
    unwilling = room.record.unwilling
    steps = () if ANY in unwilling else [step for step in room.state.shared if step not in unwilling]
    row = {"meeting_id": room.id, "steps": stored_steps(steps), "offered": bool(room.state.shared)}
    changes.add(SHARE_AT_END, row)
