"""Turns in the database: each of one phone, in an order of chance until something is dealt by them."""

import base64
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import hall as halls
from tests.support.hall import Hall
from tests.support.samples import write_sample
from trainer.kinds import discover, groepjes
from trainer.live.audience import Audience, Role

STEP = "zoek-je-groepje"
ROLES = ("teamlid", "ervaring")
PHONES = 24


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """A meeting that is about to go into small groups."""
    monkeypatch.setattr(halls, "PROGRAMMES", write_sample(tmp_path / "content", discover()["groepjes"]))
    hall = Hall(tmp_path / "house")
    hall.do("start")
    hall.do("goto", step=STEP)
    yield hall
    hall.stop()


def come(hall: Hall, number: int, role: str = ROLES[0]) -> list[str]:
    """Phones that take part, in this order."""
    phones = [hall.phone() for _ in range(number)]
    assert [hall.post(phone, STEP, role=role) for phone in phones] == [None] * number
    return phones


def turns(hall: Hall, phones: list[str]) -> list[int]:
    """The turn of each of these phones."""
    return [
        next(iter(hall.host.posting.own(hall.room, STEP, phone)[0].payload["turns"].values()))
        for phone in phones
    ]


def test_turns_are_a_shuffle_of_the_phones_and_outlast_a_restart(apart: Hall) -> None:
    phones = come(apart, PHONES)

    found = turns(apart, phones)

    assert sorted(found) == list(range(PHONES))
    assert found != sorted(found)
    assert turns(apart.restarted(), phones) == found


def test_who_comes_after_the_deal_changes_turns_with_nobody(apart: Hall) -> None:
    phones = come(apart, PHONES - 2)
    apart.do("do:deal", people=str(PHONES), without="0")
    before = turns(apart, phones)

    later = come(apart, 2)

    assert (turns(apart, phones), turns(apart, later)) == (before, [PHONES - 2, PHONES - 1])


def test_phone_that_goes_leaves_its_turn_to_who_comes(apart: Hall) -> None:
    phones = come(apart, 3)
    apart.do("do:deal", people="4", without="0")
    (gone,) = turns(apart, phones[:1])
    mine = apart.host.posting.own(apart.room, STEP, phones[0])[0]
    assert apart.host.posting.withdraw(apart.meeting, phones[0], STEP, mine.id) is None

    assert turns(apart, come(apart, 1)) == [gone]


def test_each_phone_shows_its_own_group_and_nothing_of_it_is_kept(apart: Hall) -> None:
    teams, experts = come(apart, 3, ROLES[0]), come(apart, 3, ROLES[1])
    # As at every tick: before that nobody may know how many phones take part, and chance deals.
    apart.host.tell_counts(apart.meeting)
    apart.do("do:deal", people="6", without="0")

    shown = {phone: apart.own(phone) for phone in (*teams, *experts)}
    groups = {phone: 1 + ('data-my-group="2"' in html) for phone, html in shown.items()}

    assert sorted(groups.values()) == [1, 1, 1, 2, 2, 2]
    assert {groups[phone] for phone in teams} == {groups[phone] for phone in experts} == {1, 2}
    apart.do("close")
    assert apart.posts(STEP) == []


def stored(hall: Hall) -> dict[str, str]:
    """What the database holds of what phones sent, by row."""
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        return dict(database.execute("SELECT id, payload FROM post WHERE step = ?", (STEP,)))


def test_database_holds_no_role_no_turn_and_no_group(apart: Hall) -> None:
    phones = [*come(apart, 3, ROLES[0]), *come(apart, 3, ROLES[1])]
    apart.do("do:deal", people="6", without="0")
    assert apart.post(phones[0], STEP, other="ja") is None

    rows = stored(apart).values()

    assert len(rows) == len(set(rows)) == len(phones)
    assert {(*json.loads(row), len(row)) for row in rows} == {("veil", len(next(iter(rows))))}
    written = apart.written()
    assert [word for word in (b"lane", b"turns", b'voor"', b'achter"') if word in written] == []


def test_what_is_stored_again_is_stored_under_another_stream(apart: Hall) -> None:
    come(apart, 2)
    apart.do("do:deal", people="4", without="0")
    before = stored(apart)

    apart.do("do:shuffle")

    after = stored(apart)
    assert before.keys() == after.keys()
    assert all(hidden(before[key])[:16] != hidden(after[key])[:16] for key in before)


def hidden(row: str) -> bytes:
    """The bytes of a stored row; the first say under which stream they are."""
    return base64.b64decode(json.loads(row)["veil"])


def test_without_the_key_of_the_step_nothing_of_it_can_be_read_and_the_meeting_goes_on(apart: Hall) -> None:
    phones = come(apart, 3)
    apart.do("do:deal", people="3", without="0")
    apart.host.keys.destroy(apart.meeting, STEP)

    again = apart.restarted()

    assert [post.payload for post in again.posts(STEP)] == [{}] * len(phones)
    assert not again.do("do:dissolve").kinds[STEP].sizes


def test_each_deal_shuffles_the_turns_also_of_who_came_late_and_outlasts_a_restart(apart: Hall) -> None:
    apart.do("do:deal", people=str(PHONES), without="0")
    phones = come(apart, PHONES)
    before = turns(apart, phones)

    apart.do("do:shuffle")

    found = turns(apart, phones)
    assert (sorted(before), sorted(found)) == (list(range(PHONES)), list(range(PHONES)))
    assert before == sorted(before) and found != before
    shown = [apart.own(phone) for phone in phones]
    again = apart.restarted()
    assert (turns(again, phones), [again.own(phone) for phone in phones]) == (found, shown)
    assert again.room.lanes[STEP].next()["voor"] == PHONES


def test_what_was_stored_under_a_key_that_was_lost_cannot_be_read_with_the_next(apart: Hall) -> None:
    phones = come(apart, 3)
    apart.host.keys.destroy(apart.meeting, STEP)
    apart.host.keys.make(apart.meeting, STEP)

    again = apart.restarted()

    assert [post.payload for post in again.posts(STEP)] == [{}] * len(phones)
    assert again.do("do:deal", people="4", without="0").kinds[STEP].sizes == (2, 2)


def test_groups_of_an_older_version_without_a_lane_for_all_end_and_are_dealt_anew(
    apart: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(groepjes, "ALL", groepjes.FRONT)
        phones = come(apart, 3)
        apart.do("do:deal", people="6", without="0")
    with sqlite3.connect(apart.folder / "data" / "kwartier.db") as database:
        plain = "json_remove(state, '$.scheme', '$.dealt')"
        database.execute(f"UPDATE meeting SET state = {plain} WHERE state <> ''")
    again = apart.restarted()
    for role in Role:
        again.host.messages.message(again.room, Audience(role))

    assert ["data-my-group" in again.own(phone) for phone in phones] == [False] * 3
    assert again.post(phones[0], STEP, other="ja") is not None
    again.do("restart")
    again.host.sweep()
    assert [again.post(phone, STEP, role=ROLES[0]) for phone in phones] == [None] * 3
    again.host.tell_counts(again.meeting)
    # The groups before may have followed from roles: once is enough.
    assert not again.do("do:deal", people="6", without="0").kinds[STEP].by_role
    assert ["data-my-group" in again.own(phone) for phone in phones] == [True] * 3
