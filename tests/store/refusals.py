"""Meetings of one process that the writer serves in one group, and ways to have the rows of one refused."""

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.store.acts import FLAP, in_one_group
from tests.store.damage import stranger
from tests.support.hall import Hall
from trainer.kinds.contract import Post
from trainer.store.group import Transaction
from trainer.store.rows import post_row

ID = "00000000-0000-4000-8000-000000000001"


def three(hall: Hall) -> list[Hall]:
    """Three meetings, each at an exercise that takes texts."""
    found = [hall, hall.another(), hall.another()]
    for each in found:
        each.do("goto", step=FLAP)
    return found


def delete(hall: Hall) -> None:
    """From now on the foreign key of every post of this meeting is refused."""
    other = stranger(hall)
    other.execute("PRAGMA foreign_keys=ON")
    other.execute("DELETE FROM meeting WHERE id = ?", [hall.meeting])


def overtake(hall: Hall) -> None:
    """Another process changes this meeting: the next state of this process is refused."""
    other = hall.restarted()
    other.do("cover", to="yes")
    other.stop()


def stored(hall: Hall) -> list[str]:
    """The texts of a meeting in the database."""
    rows = stranger(hall).execute(
        "SELECT json_extract(payload, '$.text') FROM post WHERE meeting_id = ?", [hall.meeting]
    )
    return sorted(text for (text,) in rows)


def posting(hall: Hall, text: str, post_id: str = "") -> Callable[[], object]:
    return partial(hall.post, hall.phone(), FLAP, post_id=post_id, text=text)


def working(hall: Hall, work: Callable[[Transaction], object], about: str | None = None) -> Callable[[], Any]:
    return partial(hall.host.writer.submit, work, about)


def outcomes(hall: Hall, *asked: Callable[[], Any]) -> list[Any]:
    """What comes of things that the writer does in one group; what is raised counts as an outcome."""

    def caught(ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except Exception as error:
            return type(error)

    return in_one_group(hall, *(partial(caught, ask) for ask in asked))


def row(hall: Hall, text: str) -> dict[str, Any]:
    return post_row(hall.meeting, FLAP, Post(ID, "", "somebody", {"text": text}), ID)


def screens(hall: Hall) -> int:
    """How often the screens of a meeting were closed."""
    found = stranger(hall).execute("SELECT screens FROM meeting WHERE id = ?", [hall.meeting]).fetchone()
    return int(found[0])
