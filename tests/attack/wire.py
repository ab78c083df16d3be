"""Somebody on the network, with TLS ended by a proxy: sees sizes and times of all that phones send and get.

And who sits in the room: sees the texts appear on the screen, and how long they are.
"""

import random
import tempfile
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.attack.story import FLAP, QUICK
from tests.support.findings import Finding, most_right
from tests.support.pages import Page, Phone
from tests.support.server import wait_for
from tests.support.tls import PING, Ear, Heard, TlsServer
from tests.support.trainers import Trainer
from trainer.cookies import screen as screen_cookie

LONGEST, LONGEST_PAUSE = 40, 0.02
Traffic = Sequence[Heard]
# What can be read from the traffic of one phone in one round.
FEATURES: Mapping[str, Callable[[Traffic], float]] = {
    "bytes sent": lambda heard: sum(one.size for one in heard if one.upwards),
    "bytes got": lambda heard: sum(one.size for one in heard if not one.upwards),
    "most bytes at once": lambda heard: max(one.size for one in heard),
    "number of pieces": len,
    "when it sent": lambda heard: _sending(heard),
    "when it was answered": lambda heard: _after_sending(heard),
    "how long the answer took": lambda heard: _after_sending(heard) - _sending(heard),
    "when it last got something": lambda heard: max(one.moment for one in heard if not one.upwards),
    "size of the last it got": lambda heard: [one.size for one in heard if not one.upwards][-1],
}  # fmt: skip
# In which order the texts are laid beside the phones.
ORDERS: Mapping[str, Callable[[Sequence[str]], Sequence[str]]] = {
    "their place on the screen": lambda shown: shown,
    "their length": lambda shown: sorted(shown, key=lambda text: len(text.encode())),
    "their length in characters": lambda shown: sorted(shown, key=len),
}


def _sending(heard: Traffic) -> float:
    return next(one.moment for one in heard if one.upwards)


def _after_sending(heard: Traffic) -> float:
    sent = _sending(heard)
    return next((one.moment for one in heard if not one.upwards and one.moment > sent), sent)


@dataclass(frozen=True, slots=True)
class Round:
    """What was heard of each phone, what the screen showed, and (for the judge) what each phone wrote."""

    traffic: tuple[Traffic, ...]
    shown: tuple[str, ...]
    wrote: tuple[str, ...]

    def hits(self, feature: str, order: str, backwards: bool) -> int:
        """How many phones the attacker finds the text of, who lays both in order beside each other."""
        measure = FEATURES[feature]
        phones = sorted(range(len(self.wrote)), key=lambda phone: measure(self.traffic[phone]))
        texts = ORDERS[order](self.shown)
        texts = texts[::-1] if backwards else texts
        return sum(self.wrote[phone] == text for phone, text in zip(phones, texts, strict=True))


def wire(seed: int, quick: bool, batch: int = 10) -> list[Finding]:
    """The attacker tries everything on half of the rounds, and what did best on the other half."""
    # A few rounds say little; they only show that the attack runs.
    played = _play(random.Random(seed), batch, rounds=8 if quick else 60)
    learned, attacked = played[: len(played) // 2], played[len(played) // 2 :]
    ways = list(product(FEATURES, ORDERS, (False, True)))
    best = max(ways, key=lambda way: sum(one.hits(*way) for one in learned))
    rate = sum(one.hits(*best) for one in attacked) / (len(attacked) * batch)
    most = most_right(len(attacked), batch)
    return [
        Finding(
            f"on the wire, a batch of {batch}, {len(attacked)} rounds, best of {len(ways)} ways "
            f"({best[0]}, {best[1]})",
            f"{100 * rate:.1f}%",
            f"at most {100 * most:.0f}%",
            rate <= most,
        )
    ]


def _play(chance: random.Random, batch: int, rounds: int) -> list[Round]:
    with tempfile.TemporaryDirectory() as place:
        server = TlsServer(Path(place), **QUICK).start()
        ears = [server.ear() for _ in range(batch)]
        try:
            trainer = Trainer(server).make_account()
            return [_round(chance, trainer, ears, f"Ronde {number}") for number in range(rounds)]
        finally:
            server.stop()


def _round(chance: random.Random, trainer: Trainer, ears: Sequence[Ear], title: str) -> Round:
    """What everybody wrote in a meeting of its own: what was shown does not begin again."""
    server, meeting = trainer.server, trainer.open_meeting(title)
    with ThreadPoolExecutor(len(ears)) as pool:
        phones = list(pool.map(lambda ear: _joined(server, meeting.secret, ear), ears))
    control, screen = trainer.control(meeting.id), trainer.screen(meeting.id)
    control.go("goto", step=FLAP)
    wait_for(lambda: all(phone.view["key"] == control.view["key"] for phone in phones), "everybody")
    server.until_quiet()
    for ear in ears:
        ear.heard.clear()
    wrote = _write(chance, phones)
    control.go("do:draw")
    control.go("do:show-all")
    wait_for(lambda: all(text in screen.view["html"] for text in wrote), "the texts")
    # Private fragments are sent again after a change, some of them a second later.
    server.until_quiet()
    shown = sorted(wrote, key=screen.view["html"].index)
    heard = tuple(tuple(one for one in ear.heard if one.size > PING) for ear in ears)
    with ThreadPoolExecutor(len(phones) + 2) as pool:
        list(pool.map(lambda page: page.close(), (*phones, control, screen)))
    # A laptop has a cookie for each screen that it opened: four hundred of them are too many for a request.
    trainer.session.cookies.pop(server.cookies.name(screen_cookie(meeting.id)))
    return Round(heard, tuple(shown), tuple(wrote))


def _joined(server: TlsServer, secret: str, ear: Ear) -> Page:
    return Phone(server, secret).another_tab(ear.inside).connect()


def _write(chance: random.Random, phones: Sequence[Page]) -> list[str]:
    """Everybody sends a text, one soon after the other."""
    wrote = [_text(chance) for _ in phones]
    for number in chance.sample(range(len(phones)), len(phones)):
        form = {"text": [wrote[number]]}
        message = {"id": str(uuid.uuid4()), "step": FLAP, "item": "", "form": form}
        phones[number].socket.emit("post", message, callback=lambda answer: None)
        time.sleep(chance.uniform(0, LONGEST_PAUSE))
    _until_own(phones, wrote)
    return wrote


def _text(chance: random.Random) -> str:
    """Somebody's words: short or long, and with letters of one byte or of two."""
    letters = chance.choice(["abcdefghij", "éèëïöüáóúà"])
    return uuid.uuid4().hex[:8] + "".join(chance.choices(letters, k=chance.randrange(LONGEST - 8)))


def _until_own(phones: Sequence[Page], wrote: Sequence[str]) -> None:
    def all_there() -> bool:
        return all(text in phone.own.get("html", "") for phone, text in zip(phones, wrote, strict=True))

    wait_for(all_there, "the private fragments")
