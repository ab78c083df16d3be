"""Who gets backups of a meeting that goes on, saw the screen, and saw who pressed: who takes back what?"""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.attack.stolen import none
from tests.attack.story import FLAP
from tests.support.findings import Finding
from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.config import load
from trainer.live.stored import POST_ID
from trainer.live.taking import TAKES_SECONDS
from trainer.operating.backups import back_up

# By what is taken back, while the screen goes on showing it: the others, and how the owner sent it.
CARDS: dict[str, tuple[Sequence[str], dict[str, str]]] = {
    "a card of four": (("geduld", "hoop", "lef"), {}),
    "a card with which others fall": (("geduld", "hoop"), {}),
    "a card that may be alone": (("geduld", "hoop", "lef"), {"alone": "ja"}),
}
# So many send eight cards together.
PEOPLE, WRITTEN = (6, 7, 8), 8


def copied(folder: Path) -> list[Finding]:
    """Backups from before and after somebody takes back, and of meetings with more people and fewer."""
    findings = []
    for number, (what, (others, form)) in enumerate(CARDS.items()):
        before, after = _taking_back(folder / f"card {number}", others, form)
        texts = sum(f'"{word}"' in told for told in (before, after) for word in (*others, "moed"))
        findings += [
            none(f"backups that differ once somebody takes back {what}", int(before != after)),
            none(f"{what} is taken back: texts of the exercise in the backups", texts),
        ]
    told = {_sealed(folder / f"people {people}", people) for people in PEOPLE}
    findings.append(
        Finding("backups of a wall that six, seven or eight people wrote", f"{len(told)} alike", "1 alike",
                len(told) == 1)
    )  # fmt: skip
    return findings


def _taking_back(folder: Path, others: Sequence[str], form: dict[str, str]) -> tuple[str, str]:
    hall = Hall(folder)
    hall.do("goto", step=FLAP)
    for text in others:
        assert hall.post(hall.phone(), FLAP, text=text) is None
    owner = hall.phone()
    assert hall.post(owner, FLAP, text="moed", **form) is None
    for press in ("do:draw", "do:show-all"):
        hall.do(press)
    before = _told(hall, "before")
    (mine,) = (post.id for post in hall.host.posting.own(hall.room, FLAP, owner))
    assert hall.host.posting.withdraw(hall.meeting, owner, FLAP, mine, warned=True) is None
    assert "moed" in {str(card.payload["text"]) for card in hall.room.seen(FLAP).cards}
    after = _told(hall, "after")
    hall.stop()
    return before, after


def _sealed(folder: Path, people: int) -> str:
    """What a backup says of a sealed wall of as many cards, whoever wrote several."""
    hall = Hall(folder)
    hall.do("goto", step=FLAP)
    phones = [hall.phone() for _ in range(people)]
    for number in range(WRITTEN):
        assert hall.post(phones[number % people], FLAP, text=f"woord {number}") is None
    for press in ("do:draw", "do:show-all", "next"):
        hall.do(press)
    hall.age(TAKES_SECONDS + 1)
    hall.host.sweep()
    told = _told(hall, "sealed")
    hall.stop()
    return told


def _told(hall: Hall, name: str) -> str:
    target = hall.folder / f"{name}.backup"
    back_up(load(klein_environment(hall.folder)), target, create_app)
    return told_by(target)


def told_by(backup: Path) -> str:
    """All that a backup says of what people sent, without what is random or of the machine alone."""
    with closing(sqlite3.connect(backup)) as opened:
        rows = [
            *opened.execute("SELECT phase, version, departed, returned, state, unwilling FROM meeting"),
            *opened.execute("SELECT step, item, slot <> '', payload, paper, alone, leaving, seen FROM post"),
            *opened.execute("SELECT * FROM result"),
            *opened.execute("SELECT * FROM participant"),
        ]
    said = sorted(POST_ID.sub("id", repr(row)) for row in rows)
    return re.sub(r'"origin":{[^}]*}', "", "\n".join(said))
