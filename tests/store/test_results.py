"""Results: all that is left of what people sent once a step is sealed and the meeting is closed."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.acts import (
    EVALUATION,
    FLAP,
    LINE,
    field_of,
    on_the_wall,
    own_ids,
    sealed,
    sent,
    shown,
    texts,
    withdraw,
)  # fmt: skip
from tests.support.hall import Hall
from trainer.kinds.contract import Submission
from trainer.kinds.disclosure import Kept
from trainer.live.taking import TAKES_SECONDS

FIVE = ("moed", "geduld", "hoop", "lef", "trots")
STICKERS, GAME = "stickers", "diagnose-me"


def kept(hall: Hall, question: str) -> Kept:
    (found,) = (row for row in hall.host.kept(hall.meeting) if row.id == question)
    return found


def tables(hall: Hall) -> dict[str, int]:
    """How many rows each table of a meeting has, and what is in its state, read by somebody else."""
    with closing(sqlite3.connect(hall.folder / "data" / "kwartier.db")) as other:
        counts = {
            name: other.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("post", "participant")
        }
        (state,) = other.execute("SELECT state FROM meeting WHERE id = ?", [hall.meeting]).fetchone()
    plain = json.loads(state)
    return counts | {name: len(plain[name]) for name in ("kinds", "pictures")}


def vote(hall: Hall, *places: str) -> None:
    hall.do("goto", step=LINE)
    for place in places:
        assert hall.post(hall.phone(), LINE, "1", place=place) is None


# What is left


def test_nothing_is_left_of_a_closed_meeting_but_results(flap: Hall) -> None:
    shown(flap, FIVE)
    sent(flap, ["niet-getoond"])
    flap.do("do:group", title="samen")
    vote(flap, *"00000444444")
    flap.do("do:show")
    flap.do("goto", step=STICKERS)
    flap.post(flap.phone(), STICKERS, geel="sticker-geheim")
    flap.do("goto", step=GAME)
    flap.post(flap.phone(), GAME, vulnerability="kaart-geheim", passion="zingen")

    flap.do("close")

    assert tables(flap) == {"post": 0, "participant": 0, "kinds": 0, "pictures": 0}
    assert [(row.id, row.counts, row.texts) for row in flap.host.kept(flap.meeting)] == [
        ("1", (5, None, None, None, 6, None), None),
        ("antwoorden", (), tuple(sorted(FIVE))),
    ]
    written = flap.written()
    assert [word for word in (b"niet-getoond", b"sticker-geheim", b"kaart-geheim") if word in written] == []


def test_results_are_the_same_after_a_restart(flap: Hall) -> None:
    shown(flap, FIVE)
    vote(flap, *"00000444444")
    flap.do("close")

    assert flap.restarted().host.kept(flap.meeting) == flap.host.kept(flap.meeting)


def test_a_step_that_was_sealed_on_the_way_is_in_the_results_once(flap: Hall) -> None:
    shown(flap, FIVE)
    sealed(flap)

    flap.do("close")

    assert texts(flap) == {"antwoorden": tuple(sorted(FIVE))}


def test_a_step_that_nobody_did_has_no_results(hall: Hall) -> None:
    hall.do("goto", step=FLAP)
    hall.do("do:close")
    hall.do("close")

    assert hall.host.kept(hall.meeting) == ()


def test_what_the_trainers_wrote_is_kept_also_without_phones(flap: Hall) -> None:
    flap.do("do:define", text="Ervaring is wat je deelt")
    flap.do("close")

    assert texts(flap) == {"definitie": ("Ervaring is wat je deelt",)}


def test_a_step_that_begins_again_loses_what_is_said_of_its_first_time(flap: Hall) -> None:
    sent(flap, ["moed", "geduld"])
    sealed(flap)
    flap.do("goto", step=FLAP)
    flap.do("restart")
    flap.do("close")

    assert flap.host.kept(flap.meeting) == ()


# Texts


def test_texts_of_five_phones_are_kept_in_alphabetical_order(flap: Hall) -> None:
    shown(flap, FIVE)
    sealed(flap)

    assert texts(flap) == {"antwoorden": ("geduld", "hoop", "lef", "moed", "trots")}


def test_texts_of_four_phones_are_not_kept_and_are_in_no_file(flap: Hall) -> None:
    shown(flap, ["moed-geheim", "geduld-geheim", "hoop-geheim", "lef-geheim"])
    flap.do("close")

    assert texts(flap) == {}
    assert b"-geheim" not in flap.written().replace(b"Geheim-", b"")


def test_many_texts_of_few_phones_are_not_kept(flap: Hall) -> None:
    phones = sent(flap, ["moed", "geduld", "hoop"])
    for number, phone in enumerate(phones.values()):
        flap.post(phone, FLAP, text=f"nog {number}")
    flap.do("do:draw")
    flap.do("do:show-all")
    sealed(flap)

    assert texts(flap) == {}


@pytest.mark.parametrize("phones", [1, 2, 3, 4])
def test_one_to_four_phones_leave_what_no_phone_leaves(
    hall: Hall, prepared: Path, tmp_path: Path, phones: int
) -> None:
    empty = Hall(tmp_path / "empty", prepared)
    for each, number in ((hall, phones), (empty, 0)):
        each.do("goto", step=FLAP)
        each.do("do:define", text="Ervaring is wat je deelt")
        sent(each, FIVE[:number])
        vote(each, *"0000"[:number])
        answered(each, FIVE[:number]).do("close")
    left = [each.host.kept(each.meeting) for each in (hall, empty)]
    empty.stop()

    assert left[0] == left[1] != ()


def test_what_was_held_back_or_not_drawn_is_on_no_wall_and_in_no_file(flap: Hall) -> None:
    phones = sent(flap, [*FIVE, "achter-gehouden"])
    flap.do("do:draw")
    (held,) = own_ids(flap, phones["achter-gehouden"], FLAP)
    flap.do("do:hold", id=held)
    flap.do("do:show-all")
    sent(flap, ["te-laat-gestuurd"])

    sealed(flap)

    assert on_the_wall(flap) == sorted(FIVE)
    assert texts(flap) == {"antwoorden": tuple(sorted(FIVE))}
    written = flap.written()
    assert [word for word in ("achter-gehouden", "te-laat-gestuurd", held) if word.encode() in written] == []


def test_two_who_stay_behind_at_sealing_do_not_stay_on_the_wall(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop"])
    flap.do("goto", step="welkom")
    withdraw(flap, phones["moed"])
    flap.age(TAKES_SECONDS + 1)

    flap.host.sweep()

    assert (flap.state.sealed, on_the_wall(flap)) == ((FLAP,), [])


def test_the_wall_is_for_the_room_and_ends_with_the_meeting(flap: Hall) -> None:
    shown(flap, FIVE)
    sealed(flap)
    assert on_the_wall(flap) == sorted(FIVE)

    flap.do("close")

    assert flap.posts(FLAP) == []


# Counts


def test_small_counts_are_not_even_in_the_database(hall: Hall) -> None:
    vote(hall, *"0001144444444")

    sealed(hall)

    with closing(sqlite3.connect(hall.folder / "data" / "kwartier.db")) as other:
        rows = [json.loads(row) for (row,) in other.execute("SELECT row FROM result ORDER BY place")]
    assert rows[0]["counts"] == [None, None, None, None, 8, None]
    assert rows[0]["answered"] == 13


def test_what_fewer_than_five_changed_after_a_picture_is_kept_as_the_picture_was(hall: Hall) -> None:
    vote(hall, *"0000044444")
    hall.do("do:show")
    vote(hall, *"0004")

    sealed(hall)

    assert kept(hall, "1").counts == (5, None, None, None, 5, None)


def test_a_picture_is_kept_when_its_key_was_lost_for_nobody_knows_what_changed_after_it(hall: Hall) -> None:
    vote(hall, *"0000044444")
    hall.do("do:show")
    vote(hall, *"0004")
    for path in (hall.folder / "keys").glob("*.key"):
        path.unlink()

    again = sealed(hall.restarted())

    assert kept(again, "1").counts == (5, None, None, None, 5, None)


def answered(hall: Hall, phones: Sequence[str], paper: Sequence[str] = ()) -> Hall:
    """An evaluation with these answers to its open question, sealed."""
    hall.do("goto", step=EVALUATION)
    better = field_of(hall, "beter")
    for text in phones:
        assert hall.post(hall.phone(), EVALUATION, **{better: text}) is None
    for text in paper:
        entered = hall.host.posting.enter(hall.meeting, EVALUATION, Submission("", {better: (text,)}))
        assert entered is None
    return sealed(hall)


def test_open_answers_of_five_phones_are_kept_with_those_on_paper(hall: Hall) -> None:
    answered(hall, FIVE, ["papier"])

    found = kept(hall, "beter")
    assert (found.texts, found.paper) == (tuple(sorted([*FIVE, "papier"])), False)


def test_open_answers_of_four_phones_are_not_kept_with_any_number_on_paper(hall: Hall) -> None:
    answered(hall, FIVE[:4], [f"papier {number}" for number in range(5)])

    found = kept(hall, "beter")
    assert (found.texts, found.paper) == (tuple(f"papier {number}" for number in range(5)), True)


def test_open_answers_of_four_phones_and_some_paper_are_not_kept(hall: Hall) -> None:
    answered(hall, FIVE[:4], ["papier"])

    assert "beter" not in texts(hall)
