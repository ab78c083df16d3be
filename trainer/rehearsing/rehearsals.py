"""All rehearsals of this process: opened by trainers, kept going by a clock, and gone at once.

Nothing of them is stored but what real phones would leave, and that goes when the rehearsal ends. The people
do not survive a restart of the server, but who they are follows from the meeting's key: a rehearsal that is
looked at again has the same people again. So a trainer who rehearses loses nothing by a restart, and the
database holds nothing that says who was made up.
"""

import logging
from enum import StrEnum

from trainer.kinds.contract import Command, Rejected
from trainer.meetings.host import Host
from trainer.meetings.room import MeetingUnreadable, Room
from trainer.meetings.signals import TRAINERS_ROLES
from trainer.rehearsing.crowd import Crowd, found_again, gather
from trainer.store.health import where
from trainer.store.models import db

# On one server at the same time; a rehearsal without people counts for nothing.
MOST_CROWDS = 12
# How often `live` must be called.
SECONDS = 0.5

log = logging.getLogger(__name__)


class Opening(StrEnum):
    """What became of a wish to rehearse."""

    OPEN = "open"
    EARNEST = "earnest"
    OVER = "over"
    BUSY = "busy"
    UNREADABLE = "unreadable"


class Rehearsals:
    """Opens rehearsals, lets their people live, and ends them."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._crowds: dict[str, Crowd] = {}
        self._stopped = False

    def open(self, meeting_id: str, people: int, step: str = "", *, who: str = "") -> Opening:
        """Opens a meeting as a rehearsal with so many people, at `step` or, for '', at its door.

        One that was opened in earnest, and that no phone has joined yet, is taken back first, by `who`.
        Raises NotSaved.
        """
        room = self._host.room(meeting_id)
        if room is not None and room.record.rehearsal:
            return Opening.OPEN
        if room is not None and room.state.phase == "closed":
            return Opening.OVER
        if people and len(self._crowds) >= MOST_CROWDS:
            return Opening.BUSY
        if room is not None and (room.participants or not self._host.steering.unopen(meeting_id, who=who)):
            return Opening.EARNEST
        # The writer may have changed what this request read.
        db.session.rollback()
        if not self._host.open_meeting(meeting_id, rehearsal=True):
            return Opening.UNREADABLE
        room = self._host.room(meeting_id)
        if room is None or not room.record.rehearsal:
            # Somebody opened it meanwhile.
            return Opening.EARNEST
        self._begin(room, people, step)
        return Opening.OPEN

    def _begin(self, room: Room, people: int, step: str) -> None:
        if step:
            wish = Command("goto", {"step": (step,)})
            self._host.steering.command(room.id, wish, room.state.version_at())
        if people:
            self._crowds[room.id] = gather(self._host, room, people, at_step=bool(step))

    def end(self, meeting_id: str) -> bool:
        """Ends a rehearsal, whatever anybody is doing in it; False when there is none. Raises NotSaved."""
        room = self._host.room(meeting_id)
        if room is None or not room.record.rehearsal:
            return False
        closed = self._host.steering.command(meeting_id, Command("close"), room.state.version_at())
        self._forget(meeting_id)
        return not isinstance(closed, Rejected)

    def live(self) -> None:
        """Lets the people of all rehearsals do what is due; to be called every `SECONDS`."""
        if self._stopped:
            return
        self._find()
        for meeting_id, crowd in list(self._crowds.items()):
            try:
                lives = crowd.live()
            except Exception as error:
                log.error("a rehearsal stood still, and goes on: %s", where(error))
                continue
            if not lives:
                self._forget(meeting_id)
            elif self._host.pretended.get(meeting_id) != crowd.present:
                self._host.pretended[meeting_id] = crowd.present
                self._host.signals.notify(meeting_id, TRAINERS_ROLES)

    def stop(self) -> None:
        """Nobody does anything any more: the server stops."""
        self._stopped = True
        for meeting_id in list(self._crowds):
            self._forget(meeting_id)

    def _find(self) -> None:
        """Finds the people of rehearsals that this process did not open, once somebody looks at those."""
        for meeting_id in self._host.rooms.ids():
            if meeting_id in self._crowds or len(self._crowds) >= MOST_CROWDS:
                continue
            try:
                room = self._host.room(meeting_id)
            except MeetingUnreadable:
                continue
            if room is not None and room.record.rehearsal and room.state.phase != "closed":
                crowd = found_again(self._host, room) if room.participants else None
                if crowd is not None:
                    self._crowds[meeting_id] = crowd

    def _forget(self, meeting_id: str) -> None:
        self._crowds.pop(meeting_id, None)
        self._host.pretended.pop(meeting_id, None)
