"""After a deal nothing that a phone chose can be read from what another is dealt, in each dealing kind."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.kinds.contract_paths import explored, press
from tests.kinds.contract_support import Play, Sitting, filled, play
from tests.kinds.stage_support import Stage
from trainer import kinds
from trainer.kinds.contract import Submission

every_dealing_kind = pytest.mark.parametrize(
    "name", [name for name, kind in kinds.discover().items() if kind.deals]
)


class Dealt(Stage):
    """A step at a moment at which phones have been dealt something."""

    def __init__(self, game: Play, sitting: Sitting) -> None:
        self.play, self.sitting, self.phones, self._seen = game, sitting, {}, None

    @property
    def choices(self) -> list[Submission]:
        """What a phone that sent nothing may choose."""
        return [
            Submission(form.attributes["data-item"], filled(form, number))
            for form in self.play.forms(self.sitting)
            for number in range(max(map(len, form.options.values()), default=1))
        ]

    def come(self, author: str, choice: Submission) -> None:
        self.send(author, choice.item, **choice.fields)

    def leave(self, author: str) -> None:
        for post in self.sitting.of(author):
            self.withdraw(post.id)

    def drawn(self, author: str) -> str:
        return self.play.own(self.sitting, author)


def moments(name: str) -> Iterator[Dealt]:
    game = play(name)
    for sitting in explored(name):
        if not game.kind.mixes(game.settings, sitting.inner(game)):
            yield Dealt(game, sitting)


@every_dealing_kind
def test_there_are_moments_with_something_to_choose_after_a_deal(name: str) -> None:
    assert [len(stage.choices) > 1 for stage in moments(name)].count(True) > 1


@every_dealing_kind
@pytest.mark.parametrize("watcher", ["new", "back"])
def test_what_a_phone_is_dealt_after_a_deal_is_the_same_whatever_it_and_the_one_before_chose(
    name: str, watcher: str
) -> None:
    for moment in moments(name):
        here = sorted({post.author for post in moment.sitting.posts.here})
        seen = set()
        for other in moment.choices:
            for mine in moment.choices:
                stage, phone = Dealt(moment.play, moment.sitting), "new" if watcher == "new" else here[0]
                stage.leave(phone)
                stage.come("other", other)
                stage.come(phone, mine)
                seen.add((stage.drawn("other"), stage.drawn(phone)))
        assert len(seen) == 1


@every_dealing_kind
def test_however_often_something_is_dealt_choices_decide_it_once_in_a_meeting(name: str) -> None:
    game, most = play(name), 0
    for phones in range(0, 60, 3):
        sitting = game.begin()
        sitting = replace(
            sitting, posts=replace(sitting.posts, ever={game.kind.item(game.settings, None): phones})
        )
        for _ in range(3):
            for command in [each for each in game.commands(sitting) if each.name in game.kind.redeals]:
                sitting = press(game, sitting, command)
        most = max(most, sitting.meeting.dealt)
    assert most == 1


@every_dealing_kind
def test_whoever_comes_or_leaves_after_a_deal_moves_nobody(name: str) -> None:
    for moment in moments(name):
        here = sorted({post.author for post in moment.sitting.posts.here})
        before = [moment.drawn(author) for author in here[1:]]
        for choice in moment.choices:
            stage = Dealt(moment.play, moment.sitting)
            stage.leave(here[0])
            stage.come("other", choice)
            assert [stage.drawn(author) for author in here[1:]] == before
