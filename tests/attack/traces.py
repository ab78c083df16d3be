"""Somebody on the network, with TLS ended by a proxy, who compares what a phone does with what it might do.

For each exercise phones do different things, one after the other, while an ear hears the encrypted records.
What is heard must be the same, whatever was done: directions and bytes, of all that follows.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import requests

from tests.attack.deeds import SCENES, post
from tests.attack.story import FLAP, QUICK, VOTE
from tests.support.findings import RARE, Finding
from tests.support.pages import Control, Page, Phone
from tests.support.server import wait_for
from tests.support.tls import Ear, TlsServer
from tests.support.trainers import Trainer
from trainer.cookies import PHONE

Trace = tuple[tuple[str, int], ...]
Heard = list[tuple[str, Trace]]


# So many meetings go on at once, each with phones of its own: nobody in one hears what is done in another.
MEETINGS = 4


@dataclass(frozen=True, slots=True)
class Listened:
    """A phone that is listened to."""

    page: Page
    ear: Ear
    token: str


@dataclass(frozen=True, slots=True)
class Overheard:
    """A meeting of which all phones are listened to."""

    server: TlsServer
    control: Control
    phones: Sequence[Listened]

    def begin(self, step: str) -> None:
        for command, args in (("goto", {"step": step}), ("restart", {}), ("timer-reset", {})):
            self.control.go(command, **args)
        key = self.control.view["key"]
        wait_for(lambda: all(each.page.view["key"] == key for each in self.phones), step)

    def until_quiet(self, seconds: float = 0.3) -> None:
        self.server.until_quiet(seconds, [each.ear for each in self.phones])


# What is done in a meeting, and found there.
Work = Callable[[Overheard], Finding]


def traces(seed: int, quick: bool) -> Iterator[list[Finding]]:
    """Everything that can be done in every exercise; and can a vote be guessed from what is heard?"""
    works: list[Work] = [
        *(partial(_scene, name) for name in SCENES),
        _reloaded,
        partial(_guessed, random.Random(seed), 6 if quick else 24),
    ]
    with tempfile.TemporaryDirectory() as place:
        server = TlsServer(Path(place), **QUICK).start()
        try:
            trainer = Trainer(server).make_account()
            meetings = [_overheard(trainer) for _ in range(MEETINGS)]
            with ThreadPoolExecutor(MEETINGS) as pool:
                shares = [works[number::MEETINGS] for number in range(MEETINGS)]
                found = list(pool.map(_all_of, meetings, shares))
            yield from ([found[number % MEETINGS][number // MEETINGS]] for number in range(len(works)))
        finally:
            server.stop()


def _all_of(meeting: Overheard, works: Sequence[Work]) -> list[Finding]:
    return [work(meeting) for work in works]


def _overheard(trainer: Trainer) -> Overheard:
    opened = trainer.open_meeting("Voorbeeldtraject")
    people = max(len(deeds) for _, _, deeds in SCENES.values())
    ears = [trainer.server.ear() for _ in range(people)]
    with ThreadPoolExecutor(people) as pool:
        phones = list(pool.map(lambda ear: _listened(trainer.server, opened.secret, ear), ears))
    control = trainer.control(opened.id)
    _stand_still(control)
    return Overheard(trainer.server, control, phones)


def _listened(server: TlsServer, secret: str, ear: Ear) -> Listened:
    phone = Phone(server, secret)
    return Listened(phone.another_tab(ear.inside).connect(), ear, phone.token)


def _stand_still(control: Control) -> None:
    """What a clock or a counter takes more or less is no matter here: it is the same for everybody."""
    for _ in range(10):
        control.go("cover", to="yes")
        control.go("cover", to="no")


def _scene(name: str, meeting: Overheard) -> Finding:
    """Whatever phones do in an exercise sounds the same."""
    step, command, deeds = SCENES[name]
    meeting.begin(step)
    for phone, deed in zip(meeting.phones, deeds, strict=False):
        for each in deed.before:
            assert each(phone.page) == {"ok": True}, deed.name
    if command:
        meeting.control.go(command)
    meeting.until_quiet(1.5)
    found: Heard = []
    for phone, deed in zip(meeting.phones, deeds, strict=False):
        phone.ear.heard.clear()
        owns = len(phone.page.owns)
        answer = deed.act(phone.page)
        assert deed.accepted in (None, answer["ok"]), (deed.name, answer)
        wait_for(lambda page=phone.page, owns=owns: len(page.owns) > owns, "what follows")
        meeting.until_quiet()
        found.append((f"{deed.name} ({'accepted' if answer['ok'] else answer['code']})", phone.ear.trace))
    return _same(f"on the wire, {name}", found)


def _reloaded(meeting: Overheard) -> Finding:
    """A phone that loads the page again sounds the same when it has sent nothing, something and much."""
    meeting.begin(FLAP)
    server, phone = meeting.server, meeting.phones[0]
    found: Heard = []
    for name in ("nothing", "one card", "two cards", "three cards"):
        if name != "nothing":
            assert post(FLAP, text="\U0001f9e1" * 20)(phone.page) == {"ok": True}
        meeting.until_quiet(1.5)
        phone.ear.heard.clear()
        cookies = {server.cookies.name(PHONE): phone.token}
        assert requests.get(f"{phone.ear.url}/m/{phone.page.meeting}", cookies=cookies).ok
        again = phone.page.again()
        wait_for(lambda again=again: again.own, "what is its own")
        meeting.until_quiet()
        found.append((f"{name} sent", phone.ear.totals))
        again.close()
    return _same("on the wire, a page that is loaded again", found)


def _same(promise: str, found: Heard) -> Finding:
    usual = Counter(trace for _, trace in found).most_common(1)[0][0]
    others = [f"{name}: {trace}" for name, trace in found if trace != usual]
    measured = f"{len(others)} of {len(found)} differ" + "".join(f"; {each}" for each in others[:3])
    return Finding(f"{promise}: {_written(usual)}", measured, "0", not others)


def _written(trace: Trace) -> str:
    return ", ".join(f"{size} {way}" for way, size in trace)


def _guessed(chance: random.Random, rounds: int, meeting: Overheard) -> Finding:
    """Votes by chance, and somebody who knows half of them and looks for the most alike among those."""
    meeting.begin(VOTE)
    phones = meeting.phones
    votes: list[tuple[Mapping[str, float], int]] = []
    for _ in range(rounds):
        owns = [len(each.page.owns) for each in phones]
        for each in phones:
            each.ear.heard.clear()
        chosen = [chance.randrange(3) for _ in phones]
        for phone, choice in zip(phones, chosen, strict=True):
            assert post(VOTE, "1/1", choice=str(choice))(phone.page) == {"ok": True}
        wait_for(
            lambda owns=owns: all(len(p.page.owns) > n for p, n in zip(phones, owns, strict=True)), "all owns"
        )
        meeting.until_quiet()
        votes += [(_features(each.ear.trace), choice) for each, choice in zip(phones, chosen, strict=True)]
    chance.shuffle(votes)
    known, asked = votes[: len(votes) // 2], votes[len(votes) // 2 :]
    best = max(known[0][0], key=lambda feature: _hits(feature, known, known[::-1]))
    hits = _hits(best, known, asked)
    bound = len(asked) / 3 + RARE * (len(asked) * 2 / 9) ** 0.5
    return Finding(
        f"on the wire, which of 3 answers, nearest by the best of {len(known[0][0])} measures ({best})",
        f"{hits} of {len(asked)}", f"{len(asked) / 3:.0f} by chance, at most {bound:.0f}", hits <= bound,
    )  # fmt: skip


def _features(trace: Trace) -> dict[str, float]:
    up, down = ([size for way, size in trace if way == each] for each in ("up", "down"))
    return {
        "bytes sent": sum(up), "bytes got": sum(down), "all bytes": sum(up) + sum(down),
        "largest sent": max(up), "largest got": max(down), "pieces": len(trace),
    }  # fmt: skip


def _hits(
    feature: str,
    known: Sequence[tuple[Mapping[str, float], int]],
    asked: Sequence[tuple[Mapping[str, float], int]],
) -> int:
    """How many votes are right when each is guessed to be that of the nearest other vote that is known."""

    def guess(one: tuple[Mapping[str, float], int]) -> int:
        others = [each for each in known if each is not one]
        return min(others, key=lambda each: abs(each[0][feature] - one[0][feature]))[1]

    return sum(guess(one) == one[1] for one in asked)
