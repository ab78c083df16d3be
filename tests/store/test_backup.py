"""After a backup or a lost key nothing begins again: the difference with before would tell an answer."""

from pathlib import Path

import pytest

from tests.store.acts import EVALUATION, FLAP, GAME, field_of, game, refused, sealed, sent, shown
from tests.store.damage import stored
from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.config import load
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
    back_up(load(klein_environment(hall.folder)), target, create_app)
    return target


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


def test_a_step_without_posts_may_begin_after_a_restore(hall: Hall) -> None:
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
