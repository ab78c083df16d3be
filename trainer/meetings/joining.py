"""Coming in: what a phone at the door is told, and what a trainer decides about the phones waiting there."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from trainer.kinds.contract import Rejected
from trainer.meetings.core import Core
from trainer.meetings.door import Answer
from trainer.meetings.room import Room
from trainer.meetings.signals import CONTROL_ALONE
from trainer.store.group import Transaction
from trainer.store.keys import token_hash
from trainer.store.statements import ADD_PARTICIPANT, COUNT_RETURNED

GONE = Rejected("gone", "Deze telefoon wacht niet meer.")


@dataclass(frozen=True, slots=True)
class Joining:
    """Lets phones in, for the host."""

    core: Core

    def knock(self, meeting_id: str, token: str, *, anew: bool = False, rehearsing: bool = False) -> Answer:
        """Lets a phone in, or says why not; one that is in may come back as often as it likes.

        `anew`: somebody pressed the button. A page may ask by itself only for a phone on which somebody did:
        nobody comes in without having read what is kept. `rehearsing`: nobody holds this phone, and only a
        rehearsal lets it in. The writer does all of it, so that nobody slips through once the door is shut.
        Raises NotSaved.
        """

        def work(changes: Transaction) -> Answer:
            room = self.core.room(meeting_id)
            if room is None or room.state.phase == "closed":
                return Answer.OVER
            if rehearsing and not room.record.rehearsal:
                return Answer.OVER
            phone = token_hash(meeting_id, token)
            if phone in room.participants:
                return Answer.IN
            if not anew and not room.door.knows(phone):
                return Answer.UNKNOWN
            answer = room.door.knock(phone, room.state, len(room.participants), anew=anew)
            if answer is Answer.IN:
                _let_in(changes, room, [phone])
            return answer

        answer = self.core.writer.submit(work, meeting_id)
        self._tell(meeting_id)
        return answer

    def admit(self, meeting_id: str, words: Collection[str]) -> Rejected | None:
        """Lets in the phones that show these words, for a trainer; GONE when none waits any more.

        Raises NotSaved.
        """
        return self._say(meeting_id, words, _let_in)

    def refuse(self, meeting_id: str, words: Collection[str]) -> Rejected | None:
        """Turns these phones away, for a trainer; they are told, and may ask again. GONE as for `admit`.

        Raises NotSaved.
        """
        return self._say(meeting_id, words, _turn_away)

    def _say(
        self,
        meeting_id: str,
        words: Collection[str],
        say: Callable[[Transaction, Room, Collection[str]], None],
    ) -> Rejected | None:
        def work(changes: Transaction) -> Rejected | None:
            room = self.core.room(meeting_id)
            phones = room.door.take_out(words) if room and room.state.phase != "closed" else []
            if room is None or not phones:
                return GONE
            say(changes, room, phones)
            return None

        outcome = self.core.writer.submit(work, meeting_id)
        self._tell(meeting_id)
        return outcome

    def waits(self, room: Room, token: str) -> bool:
        """Has this phone asked to come in, without being in yet?"""
        return room.door.knows(token_hash(room.id, token))

    def word(self, room: Room, token: str) -> str:
        """The word on a phone that waits for a trainer; '' while the door is open."""
        return room.door.word(token_hash(room.id, token)) if room.state.door_shut else ""

    def _tell(self, meeting_id: str) -> None:
        room = self.core.room(meeting_id)
        if room is not None and room.door.news:
            room.door.news = False
            self.core.signals.notify(meeting_id, CONTROL_ALONE)


def _let_in(changes: Transaction, room: Room, phones: Collection[str]) -> None:
    changes.touch(room.id)
    for phone in phones:
        returned = room.let_in(phone)
        room.door.came_in(phone)
        changes.add(ADD_PARTICIPANT, {"meeting_id": room.id, "token_hash": phone})
        if returned:
            changes.add(COUNT_RETURNED, {"meeting_id": room.id})


def _turn_away(changes: Transaction, room: Room, phones: Collection[str]) -> None:
    room.door.refuse(phones)
