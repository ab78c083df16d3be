"""Somebody on the network, with TLS ended by a proxy, who compares what a phone does with what it might do.

For each exercise phones do different things, one after the other, while an ear hears the encrypted records.
What is heard must be the same, whatever was done: directions and bytes, of all that follows.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.attack.deeds import SCENES, Deed, post
from tests.attack.story import FLAP, QUICK, VOTE
from tests.support.findings import RARE, Finding
from tests.support.pages import Control, Page, Phone
from tests.support.server import wait_for
from tests.support.tls import Ear, TlsServer
from tests.support.trainers import Trainer
from trainer.cookies import PHONE

Trace = tuple[tuple[str, int], ...]
Heard = list[tuple[str, Trace]]


@dataclass(frozen=True, slots=True)
class Listened:
    """A phone that is listened to."""

    page: Page
    ear: Ear
    token: str


def traces(seed: int, quick: bool) -> Iterator[list[Finding]]:
    """Everything that can be done in every exercise; and can a vote be guessed from what is heard?"""
    with tempfile.TemporaryDirectory() as place:
        server = TlsServer(Path(place), **QUICK).start()
        try:
            phones = [_listened(server) for _ in range(max(len(deeds) for _, _, deeds in SCENES.values()))]
            control = Trainer(server).make_account().control(phones[0].page.meeting)
            _stand_still(control)
            for name, (step, command, deeds) in SCENES.items():
                _begin(control, phones, step)
                yield [_same(f"on the wire, {name}", _heard(server, control, phones, command, deeds))]
            _begin(control, phones, FLAP)
            yield [_same("on the wire, a page that is loaded again", _reloaded(server, phones[0]))]
            _begin(control, phones, VOTE)
            yield [_guessed(server, phones, random.Random(seed), 6 if quick else 24)]
        finally:
            server.stop()


def _listened(server: TlsServer) -> Listened:
    ear, phone = server.ear(), Phone(server)
    return Listened(phone.another_tab(ear.inside).connect(), ear, phone.token)


def _stand_still(control: Control) -> None:
    """What a clock or a counter takes more or less is no matter here: it is the same for everybody."""
    for _ in range(10):
        control.go("cover", to="yes")
        control.go("cover", to="no")


def _begin(control: Control, phones: Sequence[Listened], step: str) -> None:
    control.go("goto", step=step)
    control.go("restart")
    control.go("timer-reset")
    wait_for(lambda: all(each.page.view["key"] == control.view["key"] for each in phones), step)


def _heard(
    server: TlsServer, control: Control, phones: Sequence[Listened], command: str, deeds: Sequence[Deed]
) -> Heard:
    """What was heard of each deed, with its name."""
    for phone, deed in zip(phones, deeds, strict=False):
        for each in deed.before:
            assert each(phone.page) == {"ok": True}, deed.name
    if command:
        control.go(command)
    server.until_quiet(1.5)
    found: Heard = []
    for phone, deed in zip(phones, deeds, strict=False):
        phone.ear.heard.clear()
        owns = len(phone.page.owns)
        answer = deed.act(phone.page)
        assert deed.accepted in (None, answer["ok"]), (deed.name, answer)
        wait_for(lambda page=phone.page, owns=owns: len(page.owns) > owns, "what follows")
        server.until_quiet()
        found.append((f"{deed.name} ({'accepted' if answer['ok'] else answer['code']})", phone.ear.trace))
    return found


def _reloaded(server: TlsServer, phone: Listened) -> Heard:
    """What is heard when a phone loads the page again, when it has sent nothing, something and much."""
    found: Heard = []
    for name in ("nothing", "one card", "two cards", "three cards"):
        if name != "nothing":
            assert post(FLAP, text="\U0001f9e1" * 20)(phone.page) == {"ok": True}
        server.until_quiet(1.5)
        phone.ear.heard.clear()
        cookies = {server.cookies.name(PHONE): phone.token}
        assert requests.get(f"{phone.ear.url}/m/{phone.page.meeting}", cookies=cookies).ok
        again = phone.page.again()
        wait_for(lambda again=again: again.own, "what is its own")
        server.until_quiet()
        found.append((f"{name} sent", phone.ear.totals))
        again.close()
    return found


def _same(promise: str, found: Heard) -> Finding:
    usual = Counter(trace for _, trace in found).most_common(1)[0][0]
    others = [f"{name}: {trace}" for name, trace in found if trace != usual]
    measured = f"{len(others)} of {len(found)} differ" + "".join(f"; {each}" for each in others[:3])
    return Finding(f"{promise}: {_written(usual)}", measured, "0", not others)


def _written(trace: Trace) -> str:
    return ", ".join(f"{size} {way}" for way, size in trace)


def _guessed(server: TlsServer, phones: Sequence[Listened], chance: random.Random, rounds: int) -> Finding:
    """Votes by chance, and somebody who knows half of them and looks for the most alike among those."""
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
        server.until_quiet()
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
