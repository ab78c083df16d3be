"""The tests of the contract look at steps in which phones have sent something, and go on doing so."""

from tests.kinds.contract_paths import outcome
from tests.kinds.contract_support import PHONES, every_posting_kind, play
from tests.kinds.contract_walks import walked
from trainer.kinds.contract import Rejected


@every_posting_kind
def test_phones_with_posts_are_there_at_most_moments(name: str) -> None:
    moments = [len({post.author for post in sitting.posts.here}) for sitting in walked(name)]
    assert len([phones for phones in moments if phones >= PHONES / 2]) > len(moments) / 2


@every_posting_kind
def test_others_see_something_of_it_at_some_moment_or_never_where_phones_are_dealt_something(
    name: str,
) -> None:
    game = play(name)
    seen = [sitting.seen(game) for sitting in walked(name)]
    shown = [each for each in seen if each.cards or any(map(each.picture, each.pictures))]
    assert bool(shown) != game.kind.deals


@every_posting_kind
def test_whatever_a_trainer_can_press_is_done_or_must_wait_for_phones(name: str) -> None:
    game = play(name)
    answers = [
        outcome(game, sitting, command) for sitting in walked(name) for command in game.commands(sitting)
    ]
    assert {answer.code for answer in answers if isinstance(answer, Rejected)} <= {"few"}
