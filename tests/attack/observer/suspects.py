"""Whose can it be? The phones between which somebody who sees everything cannot choose.

The observer sees who presses and when, and all that control, screen, phones and exports show; she may have
pressed every trainer's button herself. What was typed by phone A *can be* of phone B when the same history,
with what A and B typed exchanged, shows exactly the same. That is found out by playing it: nothing here knows
the rules of the gate. The export is looked at by itself, for who reads it elsewhere, and beside all that the
room saw, for who was there.

To save time many are exchanged at once, around a ring; only where that shows, one by one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from operator import eq
from typing import Any

from tests.attack.observer.history import Action, Content
from tests.attack.observer.playing import Contents, Played, Trace, play
from tests.support.hall import Hall

# How far away another finger comes down: in the same of two forms, or of four where that is another item.
FAR = (2, 4)


@dataclass(frozen=True)
class Suspicion:
    """What one phone sent can be from these phones only."""

    exercise: str
    history: tuple[Action, ...]
    sent: int
    phones: frozenset[int]
    needed: int
    exported: bool = False
    contents: Contents = field(default_factory=dict, repr=False, compare=False)

    def __str__(self) -> str:
        lines = [f"  {place + 1}. {action}" for place, action in enumerate(self.history)]
        where = "the export" if self.exported else "what is shown and exported"
        who = ", ".join(str(phone) for phone in sorted(self.phones))
        return "\n".join(
            [f"{self.exercise}: by {where}, action {self.sent + 1} can only be of phone {who}", *lines]
        )


def suspicions(
    hall: Hall, exercise: str, history: Sequence[Action], contents: Contents, room: int, house: int
) -> list[Suspicion]:
    """What can be of fewer than `room` phones by all that was seen, or than `house` by the export."""
    base = play(hall, exercise, history, contents)
    again = play(hall, exercise, history, contents)
    assert (again.room, again.export) == (base.room, base.export), "the same history must show the same"
    found: list[Suspicion] = []
    # What was played for the room is what is played for the export, unless it was not played to its end.
    played, parted = dict[tuple[Content, ...], Played](), dict[tuple[Content, ...], Played]()

    def with_contents(other: Contents, like: Trace = ()) -> Played:
        key = tuple(other[place] for place in sorted(other))
        if key not in played and not (like and key in parted):
            one = play(hall, exercise, history, other, like)
            (played if one.export else parted)[key] = one
        return played.get(key) or parted[key]

    for needed, exported in ((room, False), (house, True)):
        case = _Case(base, contents, needed, exported, with_contents)
        for sent, phones in _few(case).items():
            if sent not in base.chosen and base.phones[sent] not in base.known:
                found.append(
                    Suspicion(exercise, tuple(history), sent, frozenset(phones), needed, exported, contents)
                )
    return found


@dataclass(frozen=True)
class _Case:
    """What was played, who looks at it, and how to play it with other contents."""

    base: Played
    contents: Contents
    needed: int
    exported: bool
    play: Callable[[Contents, Trace], Played]

    def same(self, other: Contents) -> bool:
        """Does it show the same with these contents too?"""
        like = () if self.exported else self.base.room
        return self._view(self.play(other, like)) == self._view(self.base)

    def _view(self, played: Played) -> object:
        return played.export if self.exported else (played.room, played.export)

    def is_nobodys(self, place: int) -> bool:
        """What shows nowhere can be anybody's: then it may be anything else for the same item.

        The room may know for which item somebody sends, such as which sort of leaf. Nor may it tell whether
        it is what that phone had sent before.
        """
        mine = self.contents[place]
        phone = self.base.phones[place]
        sent = [one for one, who in self.base.phones.items() if who == phone and one < place]
        before = {self.contents[one].finger for one in sent}
        others = [*(_another(mine, far) for far in FAR), *(replace(mine, finger=each) for each in before)]
        fitting = [
            other
            for content in others
            if _items(self.play(other := {**self.contents, place: content}, ()), place)
            == _items(self.base, place)
        ]
        return bool(fitting) and all(map(self.same, fitting))


def _items(played: Played, place: int) -> list[object]:
    """What was sent for, at which table."""
    return [value for value in played.groups.get(place, ()) if isinstance(value, tuple)]


def _few(case: _Case) -> dict[int, set[int]]:
    """What was sent that can be of fewer phones than are needed, with those."""
    base, contents = case.base, case.contents
    can_be = {place: {phone} for place, phone in base.phones.items()}
    for turn in range(1, case.needed):
        moved = _turned(base, contents, case.needed, turn)
        if moved and case.same({**contents, **{place: contents[to] for place, to in moved.items()}}):
            for place, to in moved.items():
                can_be[to] |= {base.phones[place]} - base.known
    doubtful = [place for place, phones in can_be.items() if len(phones) < case.needed]
    # Soonest asked of all at once.
    if doubtful and case.same({**contents, **{place: _another(contents[place]) for place in doubtful}}):
        return {}
    return {
        place: phones
        for place in doubtful
        if not case.is_nobodys(place) and len(phones := _one_by_one(case, place)) < case.needed
    }


def _turned(base: Played, contents: Contents, needed: int, turn: int) -> dict[int, int]:
    """Where each content goes when every group with enough phones is turned by `turn` phones."""
    moved: dict[int, int] = {}
    for group in set(base.groups.values()):
        by_phone: dict[int, list[int]] = {}
        places = (place for place, found in base.groups.items() if found == group)
        for place in sorted(place for place in places if base.phones[place] not in base.known):
            by_phone.setdefault(base.phones[place], []).append(place)
        # By phone: whoever sent in two groups goes to the same phone in both.
        rows = [by_phone[phone] for phone in sorted(by_phone)]
        if len(rows) < needed:
            continue
        for depth in range(max(map(len, rows))):
            ring = [row[depth] for row in rows if len(row) > depth]
            for position, place in enumerate(ring):
                moved[place] = ring[(position + turn) % len(ring)]
    return moved


def _one_by_one(case: _Case, place: int) -> set[int]:
    """The phones that `place` can be of, by exchanging it with what each other phone sent."""
    base, contents = case.base, case.contents
    phones = {base.phones[place]}
    # Words that show nowhere are nobody's; what was chosen beside them may still be of somebody.
    unread = case.same({**contents, place: replace(contents[place], word=_another(contents[place]).word)})
    near = sorted(
        base.phones, key=lambda other: (base.groups[other] != base.groups[place], abs(other - place))
    )
    for other in near:
        if len(phones) >= case.needed:
            break
        if base.phones[other] in phones | base.known:
            continue
        ways = [{**contents, place: contents[other], other: contents[place]}]
        everything = [_as_each_other(base, contents, place, other, likeness) for likeness in (sum, _none)]
        ways += [moved for moved in everything if moved[place] != contents[place]]
        if unread:
            ways.append({**contents, **_fingers_exchanged(contents, place, other)})
        if any(map(case.same, ways)):
            phones.add(base.phones[other])
    return phones


def _fingers_exchanged(contents: Contents, place: int, other: int) -> dict[int, Content]:
    """What both chose exchanged, while each keeps the words."""
    one, two = contents[place], contents[other]
    return {place: replace(one, finger=two.finger), other: replace(two, finger=one.finger)}


def _as_each_other(
    base: Played, contents: Contents, place: int, other: int, likeness: Callable[[Iterable[bool]], Any]
) -> dict[int, Content]:
    """All that these two phones sent exchanged: what they sent at other moments may have to go along.

    What is most alike is exchanged, or with `_none` what was sent in the same order.
    """
    mine, theirs = (
        [sent for sent, phone in sorted(base.phones.items()) if phone == base.phones[which]]
        for which in (place, other)
    )
    # First what is most alike in when it was in sight; but what was seen at other moments may go along too.
    groups = base.groups
    alike = {pair: likeness(map(eq, *(groups[sent] for sent in pair))) for pair in product(mine, theirs)}
    pairs = sorted(alike, key=alike.__getitem__, reverse=True)
    moved: dict[int, Content] = {}
    for one, match in pairs:
        if one not in moved and match not in moved:
            moved[one], moved[match] = contents[match], contents[one]
    return {**contents, **moved}


def _none(alike: Iterable[bool]) -> int:
    return 0


def _another(content: Content, far: int = FAR[0]) -> Content:
    """Something else in the same form."""
    return Content(f"anders-{content.word}", content.finger + far)
