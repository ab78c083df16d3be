"""Votes and counts: what others see of them moves for three phones at once, or not at all."""

import re

import pytest

from tests.store.acts import (
    EVALUATION,
    FLAP,
    GAME,
    LINE,
    Told,
    field_of,
    picture,
    refused,
    sealed,
    sent,
    voted,
    withdraw,
)
from tests.support.hall import Hall
from trainer.kinds import counting
from trainer.kinds.contract import Count, Submission
from trainer.live.audience import Audience, Role

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


def test_a_vote_that_changes_after_it_was_counted_changes_nothing_that_others_see(line: Hall) -> None:
    phones = voted(line, "0", "0", "4")
    line.do("do:show")

    line.post(phones[0], LINE, "1", place="4")

    assert picture(line)[:5] == (2, 0, 0, 0, 1)
    assert refused(line.ask("do:show")) == "few"
    assert picture(line)[:5] == (2, 0, 0, 0, 1)


def test_asking_again_is_refused_alike_whether_nobody_changed_or_somebody_did(line: Hall) -> None:
    phones = voted(line, "0", "0", "4")
    line.do("do:show")
    before = line.ask("do:show")

    line.post(phones[0], LINE, "1", place="4")

    assert refused(before) == "few"
    assert line.ask("do:show") == before


def test_three_pictures_do_not_leave_one_phone_alone_between_them(line: Hall) -> None:
    phones = voted(line, "1", "2", "4", "2")
    line.do("do:show")
    later = voted(line, "0", "1", "3")
    line.do("do:show")
    before = picture(line)

    for phone in (*later, phones[2]):
        withdraw(line, phone, LINE)

    # Of the four that go, three were in one picture and one in two: the third picture less the first is hers.
    assert refused(line.ask("do:show")) == "few"
    assert picture(line) == before


def test_pictures_go_on_when_those_who_were_together_go_together(line: Hall) -> None:
    voted(line, "1", "2", "4", "2")
    line.do("do:show")
    later = voted(line, "0", "1", "3")
    line.do("do:show")

    for phone in later:
        withdraw(line, phone, LINE)
    line.do("do:show")

    assert picture(line)[:5] == (0, 1, 2, 0, 1)


def test_a_vote_that_changes_back_is_as_if_it_never_changed(line: Hall) -> None:
    phones = voted(line, "0", "0", "4")
    line.do("do:show")
    for phone in phones[:2]:
        line.post(phone, LINE, "1", place="3")
    line.post(phones[0], LINE, "1", place="0")

    line.post(line.phone(), LINE, "1", place="2")

    assert refused(line.ask("do:show")) == "few"


def test_when_three_changed_the_picture_follows(line: Hall) -> None:
    phones = voted(line, "0", "0", "4")
    line.do("do:show")
    for phone in phones:
        line.post(phone, LINE, "1", place="3")

    line.do("do:show")

    assert picture(line)[:5] == (0, 0, 0, 3, 0)


def test_a_counted_vote_that_is_taken_back_and_given_again_is_one_that_changed(line: Hall) -> None:
    phones = voted(line, "0", "0", "4")
    line.do("do:show")
    withdraw(line, phones[0], LINE)
    line.post(phones[0], LINE, "1", place="3")

    for phone in phones[1:]:
        assert refused(line.ask("do:show")) == "few"
        line.post(phone, LINE, "1", place="3")
    line.do("do:show")

    assert picture(line)[:5] == (0, 0, 0, 3, 0)


def test_who_only_takes_back_is_not_seen_to(line: Hall) -> None:
    phones = voted(line, "0", "0", "4")
    line.do("do:show")

    withdraw(line, phones[2], LINE)

    assert refused(line.ask("do:show")) == "few"
    assert picture(line)[:5] == (2, 0, 0, 0, 1)


def test_paper_may_grow_by_itself(line: Hall) -> None:
    voted(line, "0", "0", "4")
    line.do("do:show")
    line.host.posting.enter(line.meeting, LINE, Submission("1", {"place": ("2",)}))

    line.do("do:show")

    assert picture(line)[:5] == (2, 0, 1, 0, 1)


def test_a_sealed_step_keeps_its_picture_also_that_of_paper(line: Hall) -> None:
    voted(line, "0", "0", "4")
    line.host.posting.enter(line.meeting, LINE, Submission("1", {"place": ("2",)}))
    line.do("do:show")
    line.do("next")
    line.do("next")
    line.age(3600)
    line.host.sweep()
    assert line.state.sealed == (LINE,)
    line.do("goto", step=LINE)
    line.do("do:go", number="1")

    line.ask("do:show")

    assert picture(line)[:5] == (2, 0, 1, 0, 1)


def test_marks_of_the_same_votes_differ_with_the_key_of_their_step(line: Hall) -> None:
    voted(line, "1", "2", "3")
    line.do("do:show")

    votes = line.posts(LINE)

    secret = line.host.keys.secret(line.meeting, LINE)
    assert [post.seen.startswith(counting.mark(post, secret)) for post in votes] == [True] * 3
    assert [post.seen.startswith(counting.mark(post, b"")) for post in votes] == [False] * 3


# Counts


def test_a_count_moves_with_every_third_phone_and_pages_tell_it_at_the_next_tick(flap: Hall) -> None:
    phones = [flap.phone() for _ in range(7)]
    told, counts = Told(flap), []
    for number, phone in enumerate(phones):
        flap.post(phone, FLAP, text=str(number))
        counts.append((flap.room.seen(FLAP).count("").phones, told.later))
        flap.host.tell_counts(flap.meeting)

    # Whatever page is made or loaded before the tick tells what the last one did.
    assert counts == [(0, 0), (0, 0), (0, 1), (3, 1), (3, 1), (3, 2), (6, 2)]
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
    assert (told.at_once, told.later) == ([], 0)


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

    assert (before, dict(flap.room.seen(FLAP).counts)) == ({"": Count(3, 2)}, {})
