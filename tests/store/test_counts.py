"""Counts: how many took part, as far as others may know, and when pages tell it."""

import re

import pytest

from tests.store.acts import (
    EVALUATION,
    FLAP,
    GAME,
    LINE,
    Told,
    field_of,
    refused,
    sealed,
    sent,
    withdraw,
)
from tests.support.hall import Hall
from trainer.kinds.contract import Count, Submission
from trainer.kinds.values import ANY
from trainer.live.audience import PHONES, Audience, Role

FORMS = {
    FLAP: ("", {"text": "moed"}),
    LINE: ("1", {"place": "2"}),
    "eens-of-oneens": ("1/1", {"choice": "1"}),
    "stickers": ("", {"geel": "lui"}),
    GAME: ("", {"vulnerability": "bang", "passion": "zingen"}),
    EVALUATION: ("", {}),
}
A_COUNT = re.compile(r"nog geen drie<|of meer<|(?:Antwoorden|stuurden|plakten|binnen|Ingevuld):")


def page(hall: Hall, role: str) -> str:
    return str(hall.host.messages.message(hall.room, Audience(Role(role)))["html"])


def test_a_count_moves_with_every_third_phone_and_pages_follow_every_press_at_the_next_tick(
    flap: Hall,
) -> None:
    phones = [flap.phone() for _ in range(7)]
    told, counts = Told(flap), []
    for number, phone in enumerate(phones):
        flap.post(phone, FLAP, text=str(number))
        counts.append((flap.room.seen(FLAP).count("").phones, told.later))
        flap.host.tell_counts(flap.meeting)

    # Whatever page is made or loaded before the tick tells what the last one did. That pages follow tells
    # nothing of what was sent.
    assert counts == [(0, 1), (0, 2), (0, 3), (3, 4), (3, 5), (3, 6), (6, 7)]
    assert told.at_once == []


def test_a_page_that_is_loaded_between_two_ticks_tells_what_the_others_do(flap: Hall) -> None:
    Told(flap)
    before = str(flap.host.messages.control_values(flap.room)["kind_html"])

    sent(flap, ["moed", "geduld", "hoop"])

    assert str(flap.host.messages.control_values(flap.room)["kind_html"]) == before
    flap.host.tell_counts(flap.meeting)
    assert "3 of meer" in str(flap.host.messages.control_values(flap.room)["kind_html"])


def test_a_count_does_not_go_down_and_nobody_counts_twice(flap: Hall) -> None:
    phones = sent(flap, ["moed", "geduld", "hoop"])
    told = Told(flap)

    withdraw(flap, phones["moed"])
    for text in ("een", "twee", "drie"):
        flap.post(phones["moed"], FLAP, text=text)
    flap.host.tell_counts(flap.meeting)

    assert flap.room.seen(FLAP).count("").phones == 3
    assert (told.at_once, told.later) == ([], 3)


def test_pages_follow_at_the_next_tick_also_what_was_refused(flap: Hall) -> None:
    phone = flap.phone()
    told = Told(flap)

    refusal = flap.post(phone, FLAP, text="")

    assert refused(refusal) == "empty"
    assert (told.at_once, told.later) == ([], 1)


def test_numbers_of_views_of_phones_tell_nothing_of_those_of_control_and_screen(flap: Hall) -> None:
    messages = flap.host.messages
    before = messages.message(flap.room, PHONES)["version"]

    for role in (Role.CONTROL, Role.SCREEN, Role.SCREEN):
        messages.message(flap.room, Audience(role))

    assert messages.message(flap.room, PHONES)["version"] == before + 1


def test_a_paper_card_counts_exactly_and_is_told_at_once(flap: Hall) -> None:
    told = Told(flap)

    flap.host.posting.enter(flap.meeting, FLAP, Submission("", {"text": ("van papier",)}))

    assert (flap.room.seen(FLAP).count("").phones, flap.room.seen(FLAP).count("").paper) == (0, 1)
    assert told.at_once == [frozenset({"control", "screen"})]


@pytest.mark.parametrize("step", sorted(FORMS))
def test_a_sealed_step_shows_no_count(hall: Hall, step: str) -> None:
    item, form = FORMS[step]
    if step == EVALUATION:
        form = {field_of(hall, "beter"): "meer pauze"}
    hall.do("goto", step=step)
    for _ in range(3):
        assert hall.post(hall.phone(), step, item, **form) is None
    paper = Submission(item, {name: (value,) for name, value in form.items()})
    assert hall.host.posting.enter(hall.meeting, step, paper) is None
    assert A_COUNT.search(page(hall, "control"))

    sealed(hall)
    hall.do("goto", step=step)

    assert [A_COUNT.findall(page(hall, role)) for role in ("control", "screen", "phone")] == [[], [], []]


def test_the_paper_that_stays_on_a_sealed_wall_is_not_counted(flap: Hall) -> None:
    sent(flap, ("moed", "geduld", "hoop"))
    flap.host.posting.enter(flap.meeting, FLAP, Submission("", {"text": ("trots",)}))
    flap.host.posting.enter(flap.meeting, FLAP, Submission("", {"text": ("rust",)}))
    flap.do("do:draw")
    flap.do("do:show-all")
    before = dict(flap.room.seen(FLAP).counts)

    sealed(flap)

    assert before == {"": Count(3, 2), ANY: Count(3, 2)}
    assert flap.room.seen(FLAP).counts == {}
