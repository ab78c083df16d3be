"""What people and trainers do in a hall, for tests of what others see of it."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.support.hall import Hall
from tests.support.server import wait_for
from trainer.kinds.contract import Post, Rejected
from trainer.live.state import MeetingState
from trainer.live.taking import TAKES_SECONDS
from trainer.meetings.room import Room
from trainer.meetings.signals import Signals
from trainer.store.keys import ALL_STEPS

FLAP, LINE, GAME, EVALUATION = "wat-brengt-ervaring", "over-de-lijn", "diagnose-me", "hoe-was-het"


class Told:
    """Listens to what the host says of pages that have something new to see."""

    def __init__(self, hall: Hall) -> None:
        self.at_once: list[frozenset[str]] = []
        self.later = 0
        hall.host.signals = Signals(
            notify=lambda meeting, roles: self.at_once.append(roles), notify_later=self._later
        )

    def _later(self, meeting: str) -> None:
        self.later += 1


def own_ids(hall: Hall, phone: str, step: str) -> list[str]:
    """The ids with which a phone takes its posts back."""
    return [post.id for post in hall.host.posting.own(hall.room, step, phone)]


def sent(hall: Hall, texts: Sequence[str], **form: str) -> dict[str, str]:
    """A phone for each text, by its text."""
    phones = {text: hall.phone() for text in texts}
    for text, phone in phones.items():
        assert hall.post(phone, FLAP, text=text, **form) is None
    return phones


def shown(hall: Hall, texts: Sequence[str], **form: str) -> dict[str, str]:
    """The same, once the trainer has shown what may be shown."""
    phones = sent(hall, texts, **form)
    hall.do("do:draw")
    hall.do("do:show-all")
    return phones


def voted(hall: Hall, *places: str) -> list[str]:
    phones = [hall.phone() for _ in places]
    for phone, place in zip(phones, places, strict=True):
        assert hall.post(phone, LINE, "1", place=place) is None
    return phones


def withdraw(hall: Hall, phone: str, step: str = FLAP, now: bool = False) -> Rejected | None:
    (mine,) = own_ids(hall, phone, step)
    return hall.host.posting.withdraw(hall.meeting, phone, step, mine, warned=True, at_once=now)


def on_the_wall(hall: Hall) -> list[str]:
    return sorted(str(card.payload["text"]) for card in hall.room.seen(FLAP).cards)


def picture(hall: Hall) -> tuple[int, ...]:
    found = hall.room.seen(LINE).picture("1")
    assert found is not None
    return found.counts


def refused(outcome: MeetingState | Rejected | None) -> str:
    assert isinstance(outcome, Rejected), outcome
    return outcome.code


def game(hall: Hall, phones: int = 4) -> list[str]:
    hall.do("goto", step=GAME)
    tokens = [hall.phone() for _ in range(phones)]
    for number, token in enumerate(tokens):
        assert hall.post(token, GAME, vulnerability=f"bang {number}", passion="zingen") is None
    return tokens


def field_of(hall: Hall, question: str) -> str:
    """The name of the form field of a question of the evaluation."""
    step = hall.room.step(EVALUATION)
    assert step is not None
    return next(str(one.name) for one in step.settings.questions if one.id == question)


def sealed(hall: Hall) -> Hall:
    """Ten minutes after the step on screen was left."""
    hall.do("goto", step="welkom")
    hall.age(TAKES_SECONDS + 1)
    hall.host.sweep()
    return hall


def texts(hall: Hall) -> dict[str, tuple[str, ...] | None]:
    """The texts that were kept, by question."""
    return {row.id: row.texts for row in hall.host.kept(hall.meeting) if row.is_open}


def in_one_group(hall: Hall, *asked: Callable[[], Any]) -> list[Any]:
    """What comes of things that are asked one after the other and that the writer does in one transaction."""
    writer, begun, go_on = hall.host.writer, threading.Event(), threading.Event()
    writer.submit_later(lambda changes: begun.set() or go_on.wait(10), lambda outcome: None)
    assert begun.wait(10)
    with ThreadPoolExecutor(len(asked)) as pool:
        asking = []
        for number, ask in enumerate(asked, start=1):
            asking.append(pool.submit(ask))
            wait_for(lambda number=number: len(writer._jobs) == number, "it to be asked")
        go_on.set()
        return [each.result() for each in asking]


def sorted_posts(posts: Sequence[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: post.id)


def known(room: Room) -> Any:
    """All that the gate goes by."""
    steps = [step.id for step in room.part.steps()]
    room.tell_counts()
    return {
        step: (room.seen(step), *map(sorted_posts, (room.gate_posts(step).here, room.gate_posts(step).gone)))
        for step in steps
        if room.ever.get(step)
    }


def keys(hall: Hall) -> list[str]:
    """The steps that have a key."""
    return sorted({step for _, step in hall.host.keys.found()} - {ALL_STEPS})
