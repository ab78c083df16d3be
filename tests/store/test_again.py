"""A process that starts again in the middle, and a step that begins again."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.store.acts import (
    EVALUATION,
    FLAP,
    GAME,
    LINE,
    field_of,
    game,
    on_the_wall,
    picture,
    refused,
    sealed,
    sent,
    shown,
    voted,
    withdraw,
)  # fmt: skip
from tests.support.klein import Hall
from tests.support.loopback import TIMER
from trainer.kinds.contract import Post
from trainer.meetings.room import Room

CLOCK = re.compile(r"\d\d:\d\d")


@pytest.fixture
def flap(hall: Hall) -> Hall:
    hall.do("goto", step=FLAP)
    return hall


@pytest.fixture
def line(hall: Hall) -> Hall:
    hall.do("goto", step=LINE)
    return hall


def sorted_posts(posts: Sequence[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: post.id)


def known(room: Room) -> Any:
    """All that the gate goes by."""
    steps = [step.id for step in room.part.steps()]
    room.tell_counts()
    return {
        step: (room.seen(step), *map(sorted_posts, (room.gate_posts(step).here, room.gate_posts(step).gone)))
        for step in steps
        if room.ever.get(step)
    }


def pages(hall: Hall, phones: Sequence[str]) -> list[str]:
    """What pages that open now show, but for what the time changes in it."""
    roles = [
        str(hall.host.messages.message(hall.room, role)["html"]) for role in ("phone", "screen", "control")
    ]
    owns = [hall.own(phone) for phone in phones]
    return [CLOCK.sub("", TIMER.sub("", html)) for html in (*roles, *owns)]


def test_cards_are_after_a_restart_what_they_were(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop", "lef"])
    phones |= sent(flap, ["alleen"], alone="ja")
    withdraw(flap, phones["lef"])
    phones |= sent(flap, ["weg"])
    withdraw(flap, phones["weg"])
    before = known(flap.room), pages(flap, list(phones.values()))

    again = flap.restarted()

    assert (known(again.room), pages(again, list(phones.values()))) == before
    again.do("do:draw")
    assert on_the_wall(again) == ["alleen", "geduld", "hoop", "moed"]


def test_cards_that_fell_do_not_rise_after_a_restart(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop"])
    withdraw(flap, phones["moed"], now=True)

    again = flap.restarted()

    assert known(again.room) == known(flap.room)
    shown(again, ["lef", "trots", "rust"])
    assert on_the_wall(again) == ["lef", "rust", "trots"]


def test_votes_are_after_a_restart_counted_or_changed_as_they_were(line: Hall) -> None:
    phones = voted(line, "0", "0", "4", "4", "4")
    line.do("do:show")
    line.post(phones[0], LINE, "1", place="3")
    withdraw(line, phones[1], LINE)
    before = known(line.room), pages(line, phones)

    again = line.restarted()

    assert (known(again.room), pages(again, phones)) == before
    assert refused(again.ask("do:show")) == "few"


def test_votes_that_were_let_go_after_a_picture_are_let_go_after_a_restart(line: Hall) -> None:
    phones = voted(line, *"0000444")
    line.do("do:show")
    for phone in phones[:3]:
        withdraw(line, phone, LINE)
    line.do("do:show")
    assert picture(line)[:5] == (1, 0, 0, 0, 3)

    again = line.restarted()

    assert known(again.room) == known(line.room)
    # They are nobody's answer now; which pictures they were in is remembered, for those that come.
    assert {post.seen[17:] for post in again.room.gate_posts(LINE).gone} == {"na"}


def test_a_card_in_place_of_one_that_was_taken_back_is_a_new_one_after_a_restart(hall: Hall) -> None:
    phones = game(hall)
    withdraw(hall, phones[0], GAME)
    hall.post(phones[0], GAME, vulnerability="moe", passion="vissen")

    again = hall.restarted()

    assert known(again.room) == known(hall.room)
    again.do("do:start")
    assert len(again.room.seen(GAME).cards) == len(phones)


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
        return 'data-command="restart"' in str(flap.host.messages.message(flap.room, "control")["html"])

    sent(flap, ["moed", "geduld", "hoop"])
    before = offered()
    flap.do("do:draw")

    assert (before, offered()) == (True, False)


def test_a_view_of_what_could_not_be_stored_is_not_the_newest_for_ever(hall: Hall) -> None:
    room = hall.room
    # A change whose commit fails while somebody makes a view of it.
    room.state = replace(room.state, version=room.state.version + 1)
    hall.host.forget({hall.meeting})
    assert hall.room is not room
    late = hall.host.messages.message(room, "control")

    after = hall.host.messages.message(hall.room, "control")

    assert after["version"] > late["version"]
