"""A dagdeel that really happens: phones that write, change and take back, and the truth about who did what.

The truth is for the judge. An attacker gets what such a person could have: files, frames, exports.
"""

import uuid
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.klein import PROGRAMMES
from tests.support.pages import Control, Page, Phone
from tests.support.server import RunningServer, wait_for
from tests.support.trainers import Trainer

# What a phone's request says of it: nobody may find this anywhere.
BROWSER = "Herkenbare-Browser/7.1 (toestel-van-deelnemer)"
ADDRESS = "203.0.113.77"
QUICK = {"CONTENT_DIR": str(PROGRAMMES), "POST_RATE": "10000", "POST_BURST": "10000"}
FLAP, STICKERS, GAME = "wat-brengt-ervaring", "stickers", "diagnose-me"
LINE, VOTE, EVALUATION = "over-de-lijn", "eens-of-oneens", "hoe-was-het"
PLACES, ANSWERS = 5, 3


@dataclass
class Truth:
    """What only the phones know: tokens, who wrote which text, and what is no more."""

    tokens: list[str] = field(default_factory=list)
    # By step: the texts in the order in which they were sent, with the phone that sent each.
    texts: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    def wrote(self, step: str, phone: int, text: str) -> str:
        self.texts.setdefault(step, []).append((phone, text))
        return text


class Story:
    """A server, its trainer with two pages and a screen, and `people` phones."""

    def __init__(self, folder: Path, people: int) -> None:
        self.server = RunningServer(folder, fresh=True, **QUICK).start()
        self.truth = Truth()
        self.phones = [self._join() for _ in range(people)]
        self.trainer = Trainer(self.server).make_account()
        self.meeting = self.phones[0].meeting
        self.control = self.trainer.control(self.meeting)
        self.second: Control = self.trainer.control(self.meeting)
        self.screen = self.trainer.screen(self.meeting)
        self.control.go("start")

    def _join(self) -> Phone:
        phone = Phone(self.server, browser=BROWSER, address=ADDRESS)
        phone.connect()
        self.truth.tokens.append(phone.token)
        return phone

    @property
    def trainers_pages(self) -> tuple[Page, ...]:
        return self.control, self.second, self.screen

    def vote(self) -> None:
        """Places on a line and votes, some of them changed."""
        self.control.go("goto", step=LINE)
        for number, phone in enumerate(self.phones):
            ok(phone.post(LINE, item="1", place=str(number % PLACES)))
        ok(self.phones[0].post(LINE, item="1", place="4"))
        self.control.go("next")
        for number, phone in enumerate(self.phones[1:]):
            ok(phone.post(LINE, item="2", place=str(number % PLACES)))
        self.control.go("goto", step=VOTE)
        for number, phone in enumerate(self.phones):
            ok(phone.post(VOTE, item="1/1", choice=str(number % ANSWERS)))

    def write(self) -> None:
        """Texts on a flap: one is taken back, then all are shown, and then another is taken back."""
        self.control.go("goto", step=FLAP)
        for number, phone in enumerate(self.phones):
            ok(phone.post(FLAP, text=self.truth.wrote(FLAP, number, unique("flap"))))
        self._take_back(1)
        self.control.go("do:draw")
        self.control.go("do:show-all")
        self.screen.shows(self.truth.texts[FLAP][0][1])
        self._take_back(2)
        self.control.go("timer-plus")

    def stick(self) -> None:
        """Stickers, of which nothing is kept."""
        self.control.go("goto", step=STICKERS)
        for number, phone in enumerate(self.phones):
            ok(phone.post(STICKERS, geel=self._kept_by_nobody(STICKERS, number)))

    def play(self) -> None:
        """Cards of 'Diagnose me!', one of them written anew; nothing is kept."""
        self.control.go("goto", step=GAME)
        for number, phone in enumerate(self.phones):
            ok(phone.post(GAME, vulnerability=self._kept_by_nobody(GAME, number), passion="lezen"))
        ok(self.phones[2].post(GAME, vulnerability=self._kept_by_nobody(GAME, 2), passion="lezen"))
        self.control.go("do:start")

    def evaluate(self) -> None:
        """An evaluation; one phone changes its answer."""
        self.control.go("goto", step=EVALUATION)
        for number, phone in enumerate(self.phones):
            ok(phone.post(EVALUATION, **self._answers(number)))
        self.truth.gone.append(self.truth.texts[EVALUATION].pop(0)[1])
        ok(self.phones[0].post(EVALUATION, **self._answers(0)))

    def close(self) -> None:
        self.control.go("close")
        wait_for(lambda: "Dank" in self.phones[0].view["html"], "the end")

    def stop(self) -> None:
        for page in (*self.phones, *self.trainers_pages):
            page.close()
        self.server.stop()

    def _answers(self, number: int) -> dict[str, str]:
        text = self.truth.wrote(EVALUATION, number, unique("evaluatie"))
        # All alike would be everybody's answer: that is hidden.
        return {"vraag-veilig": str(number % 2), "vraag-tempo": "1", "vraag-beter": text}

    def _kept_by_nobody(self, step: str, number: int) -> str:
        text = self.truth.wrote(step, number, unique(step))
        self.truth.gone.append(text)
        return text

    def _take_back(self, number: int) -> None:
        """One phone takes back its text on the flap."""
        phone = self.phones[number]
        (mine,) = (each for each in self.truth.texts[FLAP] if each[0] == number)
        # What its page shows may be of just before the cards were shown.
        ok(phone.take_back(FLAP, mine[1], warned=True))
        self.truth.texts[FLAP].remove(mine)
        self.truth.gone.append(mine[1])


def unique(word: str) -> str:
    """A text that can stand in one place only."""
    return f"{word} {uuid.uuid4().hex[:12]}"


def ok(answer: dict[str, object]) -> None:
    assert answer == {"ok": True}, answer
