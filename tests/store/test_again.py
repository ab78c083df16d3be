"""A process that starts again in the middle, and a step that begins again."""

import re
from collections.abc import Sequence
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
    sent,
    shown,
    voted,
    withdraw,
)  # fmt: skip
from tests.support.klein import Hall
from tests.support.loopback import TIMER
from trainer.kinds.contract import Post
from trainer.room import Room

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
    roles = [str(hall.host.views.message(hall.room, role)["html"]) for role in ("phone", "screen", "control")]
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


def test_a_step_that_begins_again_has_no_picture_no_count_and_no_results(line: Hall) -> None:
    voted(line, "0", "0", "4")
    line.do("do:show")

    line.do("restart")

    assert (line.room.seen(LINE).pictures, line.room.seen(LINE).count("1").phones) == ({}, 0)
    assert line.restarted().room.seen(LINE) == line.room.seen(LINE)
