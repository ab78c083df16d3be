"""Votes: what others see of them moves for three phones at once, or not at all."""

import pytest

from tests.store.acts import (
    LINE,
    picture,
    refused,
    sealed,
    voted,
    withdraw,
)
from tests.support.hall import Hall
from trainer.kinds import counting
from trainer.kinds.contract import Submission


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


@pytest.mark.parametrize("again", ["0", "4"])
def test_asking_beside_newcomers_is_refused_alike_whether_who_pressed_again_moved_or_not(
    line: Hall, again: str
) -> None:
    phones = voted(line, "0", "0", "0", "0")
    line.do("do:show")

    voted(line, "2", "3", "4")
    line.post(phones[0], LINE, "1", place=again)

    assert refused(line.ask("do:show")) == "few"
    assert picture(line)[:5] == (4, 0, 0, 0, 0)


@pytest.mark.parametrize("again", ["0", "4"])
def test_what_is_kept_beside_newcomers_is_alike_whether_who_pressed_again_moved_or_not(
    line: Hall, again: str
) -> None:
    phones = voted(line, *"000000")
    line.do("do:show")
    voted(line, *"22334")
    line.post(phones[0], LINE, "1", place=again)

    kept = sealed(line).host.kept(line.meeting)[0]

    assert kept.answered == 6


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
