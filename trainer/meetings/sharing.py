"""What the group shares after closing: everybody may say no to it, and nobody can tell who did.

A step is shared as a whole or not at all. If only the cards of those who said no stayed away, the screen
minus the page would show which these are, and the room saw who pressed. Silence is no yes: with fewer than
five phones that answered, whoever answered would be known from whether it was shared.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from trainer.kinds.contract import Rejected
from trainer.kinds.posts import NO_DOUBLES, Posts
from trainer.kinds.values import HOUSE
from trainer.live.order import find
from trainer.live.sharing import may_share
from trainer.meetings.core import Core
from trainer.meetings.posting import LATE
from trainer.meetings.room import Room
from trainer.store.group import Transaction
from trainer.store.keys import token_hash
from trainer.store.sharing import ANY, stored_steps
from trainer.store.statements import HOLD, SAVE_UNWILLING, SHARE_AT_END

# What a room has the phones that answered under, beside those of its steps: no step has this id.
SHARING = "*"


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
            unwilling, found = room.record.unwilling, find(room.part, step_id)
            shareable = found is not None and may_share(room.kind(found[1]), found[1])
            if shareable:
                phone = token_hash(meeting_id, token)
                room.came_late(SHARING, phone, phone)
                answered = room.record.answered | {(step_id, phone)}
                room.record = replace(room.record, answered=answered)
            # A no to an offer that was taken back meanwhile stays too: it may be offered again.
            if fine or not shareable or step_id in unwilling:
                changes.add(HOLD, {"meeting_id": meeting_id})
                return None
            room.record = replace(room.record, unwilling=unwilling | {step_id})
            steps = stored_steps(room.record.unwilling)
            changes.add(SAVE_UNWILLING, {"meeting_id": meeting_id, "steps": steps})
            return None

        return self.core.writer.submit(work, meeting_id)


def share_at_end(changes: Transaction, room: Room) -> None:
    """Shares, as its meeting ends, every step that was offered, that five answered, and nobody said no to."""
    unwilling = room.record.unwilling
    # Somebody who leaves and comes back answers once.
    people, answers = Posts(doubles=room.doubles.get(SHARING, NO_DOUBLES)), defaultdict[str, set[str]](set)
    for step, phone in room.record.answered:
        answers[step].add(phone)
    willing = [
        step for step in room.state.shared if people.is_crowd(answers[step], HOUSE) and step not in unwilling
    ]
    steps = () if ANY in unwilling else willing
    row = {"meeting_id": room.id, "steps": stored_steps(steps), "offered": bool(room.state.shared)}
    changes.add(SHARE_AT_END, row)
