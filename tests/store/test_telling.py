"""Omdenken in the database: that a phone tells is tied to nothing else, and goes with the step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hall import Hall
from tests.support.samples import write_sample
from trainer import kinds

STEP, SHEET = "omdenken", "Dit zagen de anderen in jou"


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path / "hall", content=write_sample(tmp_path / "content", kinds.discover()["omdenken"]))
    hall.do("start")
    hall.do("goto", step=STEP)
    yield hall
    hall.stop()


def give(hall: Hall) -> list[str]:
    """One tells and three listen, in a second round another; the words of both rounds are given."""
    phones = [hall.phone() for _ in range(4)]
    for item, teller in (("1", 0), ("2", 1)):
        for place, phone in enumerate(phones):
            if place == teller:
                assert hall.post(phone, STEP, f"{item}-t", group="1", tells="ja") is None
            else:
                assert hall.post(phone, STEP, item, group="1", word="1") is None
        hall.do("do:hand")
        for _ in range(4):
            hall.do("next")
    return phones


def test_no_author_of_who_tells_is_that_of_anything_else(told: Hall) -> None:
    phones = give(told)

    authors = [post.author for post in told.posts(STEP)]
    assert (len(authors), len(set(authors))) == (len(phones) * 2, len(phones) * 2)


def test_each_teller_has_the_own_sheet_and_the_others_none(told: Hall) -> None:
    phones = give(told)

    assert [SHEET in told.own(phone) for phone in phones] == [True, True, False, False]


def test_after_the_meeting_nothing_is_left_of_who_told(told: Hall) -> None:
    give(told)

    told.do("close")

    assert (told.posts(STEP), told.host.kept(told.meeting), b'"tells"' in told.written()) == ([], (), False)
