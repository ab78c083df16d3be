"""A process that starts again in the middle: what others may see is afterwards what it was."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tests.store.acts import (
    GAME,
    LINE,
    game,
    known,
    on_the_wall,
    picture,
    refused,
    sent,
    shown,
    voted,
    withdraw,
)  # fmt: skip
from tests.support.hall import Hall
from tests.support.loopback import TIMER
from trainer.live.audience import Audience, Role

CLOCK = re.compile(r"\d\d:\d\d")


def pages(hall: Hall, phones: Sequence[str]) -> list[str]:
    """What pages that open now show, but for what the time changes in it."""
    roles = [str(hall.host.messages.message(hall.room, Audience(role))["html"]) for role in Role]
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


def test_a_view_of_what_could_not_be_stored_is_not_the_newest_for_ever(hall: Hall) -> None:
    room = hall.room
    # A change whose commit fails while somebody makes a view of it.
    room.state = replace(room.state, version=room.state.version + 1)
    hall.host.forget({hall.meeting})
    assert hall.room is not room
    late = hall.host.messages.message(room, Audience(Role.CONTROL))

    after = hall.host.messages.message(hall.room, Audience(Role.CONTROL))

    assert after["version"] > late["version"]
