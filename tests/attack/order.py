"""Who was first? The order of arrival against every order that the files of a closed meeting have."""

import json
import random
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from tests.attack.story import FLAP, unique
from tests.support.findings import RARE, Finding
from tests.support.hall import Hall
from trainer.live.taking import TAKES_SECONDS

# |rank correlation| of random orders of 25: its mean, and how far from that it usually is.
MEAN, SPREAD = 0.163, 0.123


def order(runs: int, people: int = 25) -> list[Finding]:
    """Nothing tells who came first: arrival against every order that a file has, once a step is sealed."""
    rows: list[float] = []
    pages: list[float] = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as place:
            texts, listed, written = _one_meeting(Path(place), people)
        arrival = list(range(len(texts)))
        rows.append(abs(_correlation(arrival, [listed.index(text) for text in texts])))
        pages.append(abs(_correlation(arrival, [written.index(text.encode()) for text in texts])))
    most = MEAN + RARE * SPREAD / runs**0.5
    return [
        Finding(
            f"order of {name} against arrival, {runs} runs", f"{mean:.2f}", f"under {most:.2f}", mean < most
        )
        for name, mean in (
            ("rows of a sealed step", sum(rows) / runs),
            ("bytes in the file of a closed meeting", sum(pages) / runs),
        )
    ]


def _one_meeting(folder: Path, people: int) -> tuple[list[str], list[str], bytes]:
    """(texts in order of arrival, in order of rows once they are sealed, and all files of the meeting when it
    is over)."""
    hall = Hall(folder)
    hall.do("start")
    hall.do("goto", step=FLAP)
    phones = [hall.phone() for _ in range(people)]
    random.shuffle(phones)
    texts = [unique("tekst") for _ in phones]
    for phone, text in zip(phones, texts, strict=True):
        assert hall.post(phone, FLAP, text=text) is None
    hall.do("do:draw")
    hall.do("do:show-all")
    hall.do("next")
    hall.age(TAKES_SECONDS + 1)
    hall.host.sweep()
    with closing(sqlite3.connect(folder / "data" / "kwartier.db")) as database:
        listed = [json.loads(p)["text"] for (p,) in database.execute("SELECT payload FROM post")]
    hall.do("close")
    hall.stop()
    return texts, listed, hall.written()


def _correlation(one: list[int], other: list[int]) -> float:
    """Spearman's rank correlation."""
    count = len(one)
    ranks: list[dict[int, int]] = [
        {value: rank for rank, value in enumerate(sorted(o))} for o in (one, other)
    ]
    apart = sum((ranks[0][a] - ranks[1][b]) ** 2 for a, b in zip(one, other, strict=True))
    return 1 - 6 * apart / (count * (count**2 - 1))
