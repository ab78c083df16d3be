"""A phone has another author for each item, where nothing needs to count phones behind several of them."""

from collections import Counter
from collections.abc import Sequence

import pytest

from tests.store.acts import EVALUATION, LINE, own_ids, refused
from tests.support.hall import Hall
from trainer.kinds import over_de_lijn

ITEMS = ("1", "2")


def stand(hall: Hall, phones: Sequence[str], *items: str) -> None:
    """Every phone says 'eens' to these statements, each while it is on the screen."""
    for place, item in enumerate(items):
        if place:
            hall.do("next")
        for phone in phones:
            assert hall.post(phone, LINE, item, place="0") is None


def authors_in_two_items(hall: Hall, step: str) -> list[str]:
    items = Counter(author for author, _ in {(post.author, post.item) for post in hall.posts(step)})
    return [author for author, number in items.items() if number > 1]


def test_posts_of_one_phone_for_two_statements_have_no_author_in_common(line: Hall) -> None:
    stand(line, [line.phone() for _ in range(4)], *ITEMS)

    assert len(line.posts(LINE)) == 8
    assert authors_in_two_items(line, LINE) == []


def test_kind_that_is_not_apart_ties_them(line: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(over_de_lijn.OverDeLijn, "apart", False)
    stand(line, [line.phone() for _ in range(4)], *ITEMS)

    assert len(authors_in_two_items(line, LINE)) == 4


def test_answers_of_an_evaluation_are_not_tied_to_each_other(hall: Hall) -> None:
    hall.do("goto", step=EVALUATION)
    room, step = hall.room, hall.room.step(EVALUATION)
    assert step is not None
    kind = room.kind(step)
    for seed in range(3):
        form = kind.example(step.settings, seed)
        assert hall.post(hall.phone(), EVALUATION, form.item, **dict(form.fields)) is None

    assert len({post.item for post in hall.posts(EVALUATION)}) > 1
    assert authors_in_two_items(hall, EVALUATION) == []


def test_phone_finds_changes_and_takes_back_all_of_its_own_after_a_restart(line: Hall) -> None:
    phone, other = line.phone(), line.phone()
    stand(line, [phone, other], *ITEMS)
    again = line.restarted()

    assert sorted(post.item for post in again.host.posting.own(again.room, LINE, phone)) == list(ITEMS)
    assert again.post(phone, LINE, "2", place="1") is None
    assert len(again.posts(LINE)) == 4
    (mine, *_) = own_ids(again, phone, LINE)
    withdraw = again.host.posting.withdraw
    assert refused(withdraw(again.meeting, other, LINE, mine)) == "not-yours"
    assert withdraw(again.meeting, phone, LINE, mine) is None
    assert len(again.posts(LINE)) == 3


def test_phone_that_comes_back_as_another_is_known_to_be_able_to_at_every_statement(line: Hall) -> None:
    phones = [line.phone() for _ in range(3)]
    stand(line, phones, *ITEMS)
    line.host.leave(line.meeting, phones[0])
    newcomer = line.phone()
    for item in ITEMS:
        assert line.post(newcomer, LINE, item, place="1") is None
        posts = line.room.gate_posts(LINE)
        phones_there = {post.author for post in posts.here if post.item == item}
        assert (len(phones_there), posts.doubles.among(phones_there)) == (4, 1)
