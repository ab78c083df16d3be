"""Who gets the database or a backup, and looks for what the screen hid, and for when things were done."""

import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.attack.stolen import none
from tests.attack.story import EVALUATION
from tests.support.findings import Finding
from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.config import load
from trainer.live.taking import TAKES_SECONDS
from trainer.operating.backups import back_up

LINE, PEOPLE = "over-de-lijn", 7
DAY = 24 * 3600


def outlasting(folder: Path) -> list[Finding]:
    """A meeting in which all gave the same answers: in its backup, once it is sealed, and once it is over."""
    hall = Hall(folder)
    places = {"backup": hall.folder / "kwartier.backup", "sealed": database(hall), "over": database(hall)}
    pictures, times = {}, {}
    for place, path in places.items():
        if place == "backup":
            _same_answers(hall)
            back_up(load(klein_environment(hall.folder)), path, create_app)
        elif place == "sealed":
            hall.do("goto", step="welkom")
            hall.age(TAKES_SECONDS + 1)
            hall.host.sweep()
        else:
            hall.do("close")
        pictures[place], times[place] = len(stored_pictures(path)), len(moments(path))
    hall.stop()
    return [
        none("counts that the screen hid: in a backup", pictures["backup"]),
        none("the same, in the database, once they were sealed", pictures["sealed"]),
        none("the same, once the meeting was over", pictures["over"]),
        none("times finer than a day: in a backup of a meeting that goes on", times["backup"]),
        none("the same, in the database, once the meeting was over", times["over"]),
    ]


def _same_answers(hall: Hall) -> None:
    phones = [hall.phone() for _ in range(PEOPLE)]
    for step, item, form, press in (
        (LINE, "1", {"place": "0"}, "do:summary"),
        (EVALUATION, "", {"vraag-tempo": "0"}, "do:totals"),
    ):
        hall.do("goto", step=step)
        for phone in phones:
            assert hall.post(phone, step, item, **form) is None
        hall.do(press)


def database(hall: Hall) -> Path:
    return hall.folder / "data" / "kwartier.db"


def stored_pictures(path: Path) -> dict[str, object]:
    """The steps of which pictures lie in a database, with them."""
    with closing(sqlite3.connect(path)) as opened:
        states = opened.execute("SELECT state FROM meeting WHERE state <> ''").fetchall()
    found = (json.loads(state)["pictures"] for (state,) in states)
    return {step: pictures for each in found for step, pictures in each.items() if pictures}


def moments(path: Path) -> list[str]:
    """Every number in a database that is a time of these days, in seconds."""
    now = time.time()
    return [number for number in _numbers(path) if abs(float(number) - now) < 2 * DAY]


def _numbers(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(path)) as opened:
        for (table,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in opened.execute(f"SELECT * FROM {table}"):
                yield from re.findall(r"\d{9,11}(?:\.\d+)?", " ".join(map(str, row)))
