"""A step that begins again: as long as nothing of it was shown or can be kept."""

from tests.store.acts import (
    EVALUATION,
    FLAP,
    GAME,
    LINE,
    field_of,
    game,
    known,
    on_the_wall,
    refused,
    sealed,
    sent,
    shown,
    voted,
    withdraw,
)  # fmt: skip
from tests.support.hall import Hall
from trainer.live.audience import Audience, Role

# Begin again


def filled_in(hall: Hall, phones: int) -> None:
    hall.do("goto", step=EVALUATION)
    for number in range(phones):
        hall.post(hall.phone(), EVALUATION, **{field_of(hall, "veilig"): str(number % 2)})


def test_an_evaluation_whose_totals_were_shown_does_not_begin_again(hall: Hall) -> None:
    filled_in(hall, 10)
    hall.do("do:totals")

    assert refused(hall.ask("restart")) == "final"
    assert refused(hall.ask("do:reopen")) == "final"
    assert refused(hall.restarted().ask("restart")) == "final"
    assert len(hall.posts(EVALUATION)) == 10 * 5


def test_an_evaluation_whose_totals_were_shown_does_not_begin_again_once_sealed(hall: Hall) -> None:
    filled_in(hall, 10)
    hall.do("do:totals")
    hall.do("goto", step="pauze")
    hall.age(3600)
    hall.host.sweep()
    assert EVALUATION in hall.state.sealed
    hall.do("goto", step=EVALUATION)

    assert refused(hall.ask("restart")) == "final"


def test_an_evaluation_that_showed_nothing_may_begin_again(hall: Hall) -> None:
    filled_in(hall, 4)
    assert refused(hall.ask("do:totals")) == "few"

    hall.do("restart")

    assert hall.posts(EVALUATION) == []


def test_an_evaluation_that_is_kept_does_not_begin_again(hall: Hall) -> None:
    filled_in(hall, 10)
    sealed(hall)
    before = hall.host.kept(hall.meeting)
    hall.do("goto", step=EVALUATION)

    assert refused(hall.ask("restart")) == "final"
    assert hall.host.kept(hall.meeting) == before


def test_an_evaluation_of_which_nothing_can_be_kept_may_begin_again(hall: Hall) -> None:
    filled_in(hall, 4)
    sealed(hall)
    hall.do("goto", step=EVALUATION)

    hall.do("restart")

    assert (hall.state.sealed, hall.host.kept(hall.meeting)) == ((), ())


def test_a_step_that_begins_again_has_no_count(line: Hall) -> None:
    voted(line, "0", "0", "4")
    assert line.room.seen(LINE).count("1").phones == 3

    line.do("restart")

    assert (line.room.seen(LINE).pictures, line.room.seen(LINE).count("1").phones) == ({}, 0)
    assert line.restarted().room.seen(LINE) == line.room.seen(LINE)


def test_a_step_of_which_something_was_asked_and_nothing_shown_may_begin_again(flap: Hall) -> None:
    sent(flap, ["moed", "geduld"])
    assert refused(flap.ask("do:draw")) == "few"

    flap.do("restart")

    assert flap.posts(FLAP) == []


def test_cards_that_were_shown_do_not_begin_again_and_stay(flap: Hall) -> None:
    shown(flap, ["moed", "geduld", "hoop"])
    before = known(flap.room), flap.state

    assert refused(flap.ask("restart")) == "final"
    assert (known(flap.room), flap.state) == before


def test_cards_that_only_control_saw_do_not_begin_again(flap: Hall) -> None:
    sent(flap, ["moed", "geduld", "hoop"])
    flap.do("do:draw")

    assert refused(flap.ask("restart")) == "final"


def test_cards_that_were_shown_and_all_taken_back_do_not_begin_again(flap: Hall) -> None:
    for phone in shown(flap, ["moed", "geduld", "hoop"]).values():
        withdraw(flap, phone, now=True)
    assert flap.posts(FLAP) == []

    assert refused(flap.ask("restart")) == "final"
    assert refused(flap.restarted().ask("restart")) == "final"


def test_cards_that_were_shown_do_not_begin_again_once_sealed(flap: Hall) -> None:
    shown(flap, ["moed", "geduld", "hoop"])
    sealed(flap)
    flap.do("goto", step=FLAP)

    assert refused(flap.ask("restart")) == "final"
    assert on_the_wall(flap) == ["geduld", "hoop", "moed"]


def test_a_card_of_which_the_owner_is_known_keeps_a_step_from_beginning_again(flap: Hall) -> None:
    shown(flap, ["alleen"], alone="ja")

    assert refused(flap.ask("restart")) == "final"


def test_votes_that_were_shown_do_not_begin_again_hidden_or_taken_back(line: Hall) -> None:
    phones = voted(line, "0", "0", "4")
    line.do("do:show")
    line.do("do:hide")
    for phone in phones:
        withdraw(line, phone, LINE)

    assert refused(line.ask("restart")) == "final"


def test_personal_cards_that_were_on_the_table_do_not_begin_again_once_sealed(hall: Hall) -> None:
    game(hall)
    hall.do("do:start")
    sealed(hall)
    assert hall.posts(GAME) == []
    hall.do("goto", step=GAME)

    assert refused(hall.ask("restart")) == "final"


def test_what_was_shown_in_a_step_keeps_no_other_from_beginning_again(flap: Hall) -> None:
    shown(flap, ["moed", "geduld", "hoop"])
    flap.do("goto", step=LINE)
    voted(flap, "0", "0", "4")

    flap.do("restart")

    assert (flap.posts(LINE), on_the_wall(flap)) == ([], ["geduld", "hoop", "moed"])


def test_control_offers_to_begin_again_until_something_was_shown(flap: Hall) -> None:
    def offered() -> bool:
        html = flap.host.messages.message(flap.room, Audience(Role.CONTROL))["html"]
        return 'data-command="restart"' in str(html)

    sent(flap, ["moed", "geduld", "hoop"])
    before = offered()
    flap.do("do:draw")

    assert (before, offered()) == (True, False)
