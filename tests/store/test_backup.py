"""What a backup says of a meeting that goes on, and what begins again after it: nothing that tells of one."""

from pathlib import Path

import pytest

from tests.attack.copied import told_by
from tests.store.acts import (
    EVALUATION,
    FLAP,
    GAME,
    LINE,
    field_of,
    game,
    on_the_wall,
    own_ids,
    picture,
    refused,
    sealed,
    sent,
    shown,
    texts,
    voted,
    withdraw,
)
from tests.store.damage import stored
from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.config import load
from trainer.kinds.flap import Flap
from trainer.live.audience import Audience, Role
from trainer.operating.backups import back_up
from trainer.operating.restoring import restore


def filled_in(hall: Hall, phones: int) -> None:
    hall.do("goto", step=EVALUATION)
    for number in range(phones):
        assert hall.post(hall.phone(), EVALUATION, **{field_of(hall, "veilig"): str(number % 2)}) is None


def put_back(hall: Hall, backup: Path) -> Hall:
    """The meeting as it goes on after a backup of it was put back."""
    restored = load(klein_environment(hall.folder))
    hall.stop()
    restore(restored, backup, create_app, force=True)
    return hall.restarted()


def backed_up(hall: Hall) -> Path:
    target = hall.folder / "kwartier.backup"
    target.unlink(missing_ok=True)
    back_up(load(klein_environment(hall.folder)), target, create_app)
    return target


def test_backup_does_not_tell_that_a_card_is_being_taken_back(flap: Hall) -> None:
    phones = shown(flap, ("geduld", "hoop", "lef", "moed"))
    before = told_by(backed_up(flap))

    assert withdraw(flap, phones["moed"]) is None
    assert on_the_wall(flap) == ["geduld", "hoop", "lef", "moed"]

    assert told_by(backed_up(flap)) == before


def test_backup_does_not_tell_that_a_card_with_which_others_fall_is_being_taken_back(flap: Hall) -> None:
    phones = shown(flap, ("geduld", "hoop", "moed"))
    before = told_by(backed_up(flap))

    assert withdraw(flap, phones["moed"]) is None

    assert told_by(backed_up(flap)) == before


def test_backup_does_not_tell_that_a_card_that_may_be_alone_is_being_taken_back(flap: Hall) -> None:
    sent(flap, ("geduld", "hoop", "moed"))
    phones = shown(flap, ("lef",), alone="ja")
    before = told_by(backed_up(flap))

    assert withdraw(flap, phones["lef"]) is None

    assert told_by(backed_up(flap)) == before


def test_backup_does_not_tell_that_a_line_of_a_pair_is_being_taken_back(hall: Hall) -> None:
    class Agreed(Flap):
        agreed = "text"

    hall.host.kinds = {**hall.host.kinds, Flap.name: Agreed()}
    hall.host.rooms.forget([hall.meeting])
    hall.do("goto", step=FLAP)
    phones = shown(hall, ("geduld", "hoop", "lef", "moed"))
    assert hall.post(hall.phone(), FLAP, text="moed") is None
    before = told_by(backed_up(hall))

    assert withdraw(hall, phones["moed"]) is None

    assert told_by(backed_up(hall)) == before


def test_backup_does_not_tell_that_a_card_on_the_table_is_being_taken_back(hall: Hall) -> None:
    phones = game(hall, 5)
    hall.do("do:start")
    before = told_by(backed_up(hall))

    assert withdraw(hall, phones[0], GAME) is None

    assert told_by(backed_up(hall)) == before


def test_backup_does_not_tell_that_an_answer_was_taken_back(line: Hall) -> None:
    first, *_ = voted(line, "0", "0", "0", "1")
    line.do("do:show")
    before = told_by(backed_up(line))
    dots = picture(line)

    (mine,) = own_ids(line, first, LINE)
    assert line.host.posting.withdraw(line.meeting, first, LINE, mine, warned=True) is None

    assert (told_by(backed_up(line)), picture(line)) == (before, dots)
    assert '"counts":[3,1,0,0,0,0]' in before


def test_backup_does_not_tell_whether_what_the_only_one_sent_is_still_there(flap: Hall) -> None:
    empty = told_by(backed_up(flap))
    phone = sent(flap, ("moed",))["moed"]
    one = told_by(backed_up(flap))

    assert withdraw(flap, phone) is None

    assert (one, told_by(backed_up(flap))) == (empty, empty)


def test_backup_has_no_text_of_a_step_that_goes_on(flap: Hall) -> None:
    shown(flap, ("geduld", "hoop", "moed"))

    backup = backed_up(flap)
    again = put_back(flap, backup)

    assert [word for word in ("geduld", "hoop", "moed") if word.encode() in backup.read_bytes()] == []
    assert (again.posts(FLAP), again.state.sealed, again.state.step) == ([], (FLAP,), FLAP)
    for role in (Role.SCREEN, Role.CONTROL):
        assert "moed" not in again.host.messages.message(again.room, Audience(role))["html"]


def test_backup_has_the_wall_and_the_results_of_a_step_that_was_sealed(flap: Hall) -> None:
    words = ("durf", "geduld", "hoop", "lef", "moed")
    shown(flap, words)
    sealed(flap)

    again = put_back(flap, backed_up(flap))

    assert (on_the_wall(again), texts(again)) == ([*words], {"antwoorden": words})


@pytest.mark.parametrize("people", [6, 7, 8])
def test_backup_says_no_more_of_how_many_wrote_than_the_room_was_told(flap: Hall, people: int) -> None:
    shown(flap, [f"woord {number}" for number in range(people)])
    sealed(flap)

    assert put_back(flap, backed_up(flap)).state.spare == {FLAP: {"antwoorden": 1}}


def test_backup_does_not_say_how_many_of_those_counted_may_have_come_back(line: Hall) -> None:
    first, *_ = voted(line, "0", "0", "0", "0", "1", "1", "1")
    line.host.leave(line.meeting, first)
    voted(line, "1", "1", "1")
    line.do("do:show")
    assert [each.doubles for each in line.state.pictures[LINE].values()] == [1]

    again = put_back(line, backed_up(line))

    assert [each.doubles for each in again.state.pictures[LINE].values()] == [0]


def test_a_step_that_was_empty_does_not_begin_again_after_a_restore(flap: Hall) -> None:
    # Otherwise that it may would tell of the only one who pressed that it was taken back.
    again = put_back(flap, backed_up(flap))

    assert (again.state.sealed, again.state.shown, refused(again.ask("restart"))) == (
        (FLAP,),
        (FLAP,),
        "final",
    )


def test_a_step_that_had_posts_does_not_begin_again_after_a_restore(hall: Hall) -> None:
    # Its totals are shown after the backup: those of the next run would tell the answer of a newcomer.
    filled_in(hall, 10)
    backup = backed_up(hall)
    hall.do("do:totals")

    again = put_back(hall, backup)

    assert (again.state.step, refused(again.ask("restart"))) == (EVALUATION, "final")
    assert EVALUATION in again.restarted().state.shown


@pytest.mark.parametrize("fine", [True, False])
def test_backup_does_not_know_whether_somebody_would_rather_not_share(flap: Hall, fine: bool) -> None:
    shown(flap, ("geduld", "hoop", "lef", "moed", "trots"))
    flap.do("share", step=FLAP, to="yes")
    for _ in range(5):
        assert flap.host.sharing.say(flap.meeting, flap.phone(), FLAP, fine=fine) is None

    again = put_back(flap, backed_up(flap))
    found = stored(again, "unwilling"), stored(again, "shared_key")
    again.do("close")

    assert (found, stored(again, "shared")) == (("*", ""), "")


def test_a_step_that_was_sealed_with_nothing_to_keep_does_not_begin_again_after_a_restore(hall: Hall) -> None:
    # It may have begun again, and been shown, after the backup.
    filled_in(hall, 4)
    sealed(hall)
    assert EVALUATION not in hall.state.shown

    again = put_back(hall, backed_up(hall))

    again.do("goto", step=EVALUATION)
    assert refused(again.ask("restart")) == "final"


def test_personal_cards_of_which_none_was_shown_do_not_begin_again_after_a_restore(hall: Hall) -> None:
    game(hall)

    again = put_back(hall, backed_up(hall))

    assert (again.state.step, refused(again.ask("restart"))) == (GAME, "final")


def test_a_step_that_was_not_begun_may_begin_after_a_restore(hall: Hall) -> None:
    filled_in(hall, 4)

    again = put_back(hall, backed_up(hall))

    again.do("goto", step=FLAP)
    sent(again, ["moed"])
    again.do("restart")
    assert (again.posts(FLAP), again.state.shown) == ([], (EVALUATION,))


@pytest.mark.parametrize("swept", [False, True])
def test_a_step_whose_key_was_lost_does_not_begin_again(hall: Hall, swept: bool) -> None:
    filled_in(hall, 4)
    for path in (hall.folder / "keys").glob("*.key"):
        path.unlink()

    again = hall.restarted()
    if swept:
        again.host.sweep()
        again = again.restarted()

    assert (again.state.sealed, again.state.shown) == ((EVALUATION,), (EVALUATION,))
    assert refused(again.ask("restart")) == "final"
