"""A meeting that went on while Kwartier was updated: what cannot go on ends, and the meeting does not."""

import sqlite3

import pytest

from tests.store.acts import EVALUATION, FLAP, LINE, field_of, own_ids, refused, sent, texts
from tests.support.hall import Hall
from trainer.kinds import over_de_lijn
from trainer.live.state import SCHEME


def updated(hall: Hall) -> Hall:
    """The same meeting in a new process, as if an older version had stored all of it."""
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        database.execute("UPDATE meeting SET state = json_remove(state, '$.scheme') WHERE state <> ''")
    return hall.restarted()


@pytest.fixture
def older(line: Hall, monkeypatch: pytest.MonkeyPatch) -> tuple[Hall, list[str]]:
    """Six phones on the line, under authors as an older version gave them."""
    phones = [line.phone() for _ in range(6)]
    with monkeypatch.context() as then:
        then.setattr(over_de_lijn.OverDeLijn, "apart", False)
        assert [line.post(phone, LINE, "1", place="0") for phone in phones] == [None] * 6
    return updated(line), phones


@pytest.mark.parametrize("swept", [False, True])
def test_nobody_can_change_what_an_older_version_stored(older: tuple[Hall, list[str]], swept: bool) -> None:
    hall, phones = older
    if swept:
        hall.host.sweep()

    assert (hall.state.sealed, own_ids(hall, phones[0], LINE)) == ((LINE,), [])
    assert refused(hall.post(phones[0], LINE, "1", place="1")) == "late"
    assert "afgesloten" in hall.own(phones[0])


def test_sweep_seals_it_once_and_keeps_nothing_of_it(older: tuple[Hall, list[str]]) -> None:
    hall, _ = older

    hall.host.sweep()

    version = hall.state.version
    assert (hall.posts(LINE), hall.room.results[LINE], hall.state.scheme) == ([], (), SCHEME)
    hall.host.sweep()
    assert hall.state.version == version


def test_texts_of_five_phones_are_not_kept_either(hall: Hall) -> None:
    hall.do("goto", step=EVALUATION)
    better = field_of(hall, "beter")
    for number in range(5):
        assert hall.post(hall.phone(), EVALUATION, **{better: f"geheim {number}"}) is None

    again = updated(hall)
    again.do("close")

    assert not any(texts(again).values())


@pytest.mark.parametrize("swept", [False, True])
def test_exercise_can_begin_again_and_outlasts_the_next_start(
    older: tuple[Hall, list[str]], swept: bool
) -> None:
    hall, phones = older
    if swept:
        hall.host.sweep()

    hall.do("restart")
    assert [hall.post(phone, LINE, "1", place="1") for phone in phones] == [None] * 6
    hall.host.sweep()

    again = hall.restarted()
    again.host.sweep()
    assert (len(again.posts(LINE)), again.state.sealed) == (6, ())
    assert len(own_ids(again, phones[0], LINE)) == 1
    again.do("do:show")


def test_exercise_of_which_others_saw_something_does_not_begin_again(wall: Hall) -> None:
    again = updated(wall)

    assert (again.state.sealed, refused(again.ask("restart"))) == ((FLAP,), "final")


def test_other_exercises_go_on(older: tuple[Hall, list[str]]) -> None:
    hall, _ = older
    hall.do("goto", step=FLAP)
    hall.host.sweep()

    sent(hall, ["moed", "hoop", "lef"])
    again = hall.restarted()

    assert (again.state.sealed, len(again.posts(FLAP))) == ((LINE,), 3)
    again.do("do:draw")
