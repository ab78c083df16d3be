"""The people of one rehearsal, who follow what happens in it and are gone when it is."""

import logging
from collections.abc import Sequence
from functools import cache

from trainer.meetings.host import Host
from trainer.meetings.room import MeetingUnreadable, Room
from trainer.rehearsing.habits import MOST_PEOPLE, group
from trainer.rehearsing.person import Person, Sight
from trainer.store.health import where
from trainer.store.keys import token_hash

# However fast the clock runs: more would be no room of people, and would keep others from the server.
MOST_DEEDS = 6

log = logging.getLogger(__name__)


class Crowd:
    """`people` who take part in a rehearsal: see `gather` and `found_again`; gone once `live` says so."""

    def __init__(self, host: Host, room: Room, people: Sequence[Person]) -> None:
        self.people = people
        self._host = host
        self._meeting_id = room.id
        # A meeting that is opened again has another one.
        self._secret = room.record.secret
        # Who goes first: each time somebody else, for when there is more to do than may be done.
        self._first = 0
        # Of consecutive failures only the first is logged.
        self._failing = False

    @property
    def present(self) -> int:
        """How many of their phones have a connection."""
        return sum(person.here for person in self.people)

    def live(self) -> bool:
        """Lets everybody do what is due, a few at a time; False once there is no such rehearsal any more."""
        deeds, sight, now = 0, None, 0.0
        for turn in range(len(self.people)):
            room = self._room()
            if room is None:
                return False
            if sight is None:
                # What others may know: looked up once, until somebody does something.
                sight, now = cache(room.seen), self._host.seconds(room)
            person = self.people[(self._first + turn) % len(self.people)]
            if self._try(person, room, now, sight):
                sight, deeds = None, deeds + 1
            if deeds == MOST_DEEDS:
                self._first += turn + 1
                break
        return self._room() is not None

    def _room(self) -> Room | None:
        try:
            room = self._host.room(self._meeting_id)
        except MeetingUnreadable:
            return None
        if room is None or not room.record.rehearsal or room.record.secret != self._secret:
            return None
        return room if room.state.phase != "closed" else None

    def _try(self, person: Person, room: Room, now: float, sight: Sight) -> bool:
        try:
            did = person.live(room, now, sight)
        except Exception as error:
            # The others go on; this one tries again.
            if not self._failing:
                log.error("somebody in a rehearsal could do nothing, and tries again: %s", where(error))
            self._failing = True
            return False
        self._failing &= not did
        return did


def gather(host: Host, room: Room, people: int, *, at_step: bool) -> Crowd:
    """So many people at the door of a rehearsal that was just opened."""
    return Crowd(host, room, _people(host, room, people, at_step=at_step))


def found_again(host: Host, room: Room) -> Crowd | None:
    """The people who were in a rehearsal before the server was restarted; None when there were none.

    Their phones follow from the meeting's key, so they are the same ones, with their posts.
    """
    known = [number for number in range(MOST_PEOPLE) if _hash(host, room, number) in room.participants]
    if not known:
        return None
    people = _people(host, room, known[-1] + 1, at_step=True)
    for person in people:
        person.inside = person.here = person.who.number in known
    return Crowd(host, room, people)


def _people(host: Host, room: Room, number: int, *, at_step: bool) -> list[Person]:
    seed, began = host.keys.pretend(room.id, "seed"), host.seconds(room)
    return [
        Person(host, who, seed, host.keys.pretend(room.id, str(who.number)), began)
        for who in group(seed, min(number, MOST_PEOPLE), at_step=at_step)
    ]


def _hash(host: Host, room: Room, number: int) -> str:
    return token_hash(room.id, host.keys.pretend(room.id, str(number)))
