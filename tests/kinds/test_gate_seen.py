"""What of a sealed step the whole group saw, exactly as it is kept: that alone may be shared with it."""

import pytest

from tests.kinds.contract_paths import full_wall
from tests.kinds.contract_support import every_posting_kind, play
from tests.kinds.gate_support import Step, card, cards, vote
from tests.kinds.kept_support import TOTALS, drawn, wall
from trainer.kinds import keeping
from trainer.kinds.contract import Answers, Post, Written
from trainer.kinds.report import Report
from trainer.live.sharing import may_share

ITEM = TOTALS.item


def votes(*answers: int) -> list[Post]:
    return [vote(f"f{number}", answer) for number, answer in enumerate(answers)]


def counted(*answers: int) -> Step:
    """These votes, and the picture of them that the screen shows."""
    step = Step().vote(*votes(*answers))
    assert step.count() is None
    return step


def seen(report: Report, step: Step, *on_screen: str) -> list[bool]:
    return [row.seen for row in keeping.keep(report, step.posts, step.pictures, on_screen)]


@pytest.mark.parametrize(("phones", "expected"), [("abcde", True), ("abcd", False)])
def test_texts_are_seen_when_they_are_kept(phones: str, expected: bool) -> None:
    assert seen((wall(*phones),), drawn(*cards(*phones))) == [expected]


def test_counts_on_the_screen_are_seen() -> None:
    assert seen((TOTALS,), counted(*[0] * 6, *[1] * 7), ITEM) == [True]


def test_counts_that_left_the_screen_are_not_seen() -> None:
    assert seen((TOTALS,), counted(*[0] * 6, *[1] * 7)) == [False]


def test_counts_that_nobody_showed_are_not_seen() -> None:
    assert seen((TOTALS,), Step().vote(*votes(*[0] * 6, *[1] * 7)), ITEM) == [False]


def test_counts_that_changed_after_they_were_shown_are_not_seen() -> None:
    step = counted(*[0] * 6, *[1] * 7)
    step.vote(*(vote(f"laat{number}", 0) for number in range(5)))

    assert seen((TOTALS,), step, ITEM) == [False]


def test_counts_that_few_changed_are_those_that_were_shown() -> None:
    step = counted(*[0] * 6, *[1] * 7).vote(vote("laat", 0))

    assert seen((TOTALS,), step, ITEM) == [True]


def test_paper_that_came_after_the_picture_was_seen_by_nobody() -> None:
    step = counted(*[0] * 6, *[1] * 7).vote(vote("blad", 0, paper=True))

    assert seen((TOTALS,), step, ITEM) == [False]


def test_answers_for_the_organiser_are_not_seen_and_what_trainers_wrote_is() -> None:
    report = (Answers("beter", "Wat kan beter?", ""), Written("definitie", "Onze definitie", "Samen"))

    assert seen(report, Step().send(*(card(key) for key in "abcde"))) == [False, True]


@every_posting_kind
def test_kind_that_is_personal_or_a_form_is_never_shared(name: str) -> None:
    game = play(name)

    assert not (may_share(game.kind, game.step) and (game.kind.is_form or game.kind.intimate(game.settings)))
    # What is kept of the others can be shared, also in a kind of tomorrow.
    keeps = bool(game.report(game.begin(full_wall(game)))) and not game.kind.is_form
    assert may_share(game.kind, game.step) or not keeps
