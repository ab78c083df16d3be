"""What one phone sends alone shows in nothing that all others do, in every kind."""

import pytest

from tests.kinds.contract_support import Play, every_posting_kind, play
from tests.kinds.contract_walks import OPENING, Walk, filled
from tests.support.thorough import seeds
from trainer.kinds.contract import Rejected, Submission

SEEDS, PRESSES, LATER = 2, 10, 12
ALONE = "wie-alleen-stuurt"


class Alone(Walk):
    """A step in which all but one phone sent something, and others saw all of it."""

    def __init__(self, game: Play, seed: int) -> None:
        super().__init__(game, seed)
        for number in range(OPENING + PRESSES):
            self._sends() if number < OPENING else self._presses()

    @property
    def is_seen(self) -> bool:
        """Does nothing wait that others could see together with what comes now?"""
        return bool(self.sitting.posts.here) and all(post.seen for post in self.sitting.posts.here)

    def send_alone(self, number: int) -> bool:
        """The last phone fills in all that it can, as phone `number` did; was any of it accepted?"""
        before = self.sitting.posts.here
        for form in self.play.forms(self.sitting, ALONE):
            # An owner who lets a card go alone chooses that it shows.
            fields = {name: said for name, said in filled(form, number).items() if name != "alone"}
            item = form.attributes["data-item"]
            asked, own = Submission(item, fields), self.sitting.of(ALONE)
            if not isinstance(self.play.kind.accept(self.play.settings, self.state, asked, own), Rejected):
                self.send(ALONE, item, **fields)
        return self.sitting.posts.here != before

    def go_on(self) -> list[tuple[str, ...]]:
        """What others see while they take back and trainers press."""
        found = []
        for _ in range(LATER):
            self._chance.choice((self._presses, self._takes_back, self._takes_back))()
            found.append(self.play.everything(self.sitting))
        return found


def pairs(name: str) -> list[tuple[Alone, Alone]]:
    """Steps that are the same, but for what one phone sent: what another has there, or something else."""
    found = []
    for seed in seeds(SEEDS):
        same, other = Alone(play(name), seed), Alone(play(name), seed)
        if same.is_seen and same.send_alone(1 + seed) and other.send_alone(1000 + seed):
            found.append((same, other))
    return found


@every_posting_kind
def test_what_one_phone_sent_alone_shows_in_nothing_that_others_do(name: str) -> None:
    for same, other in pairs(name):
        assert same.go_on() == other.go_on()


@pytest.mark.parametrize("name", ["afspraken", "werkvel"])
def test_such_a_phone_is_there_where_people_may_say_the_same(name: str) -> None:
    assert pairs(name) != []
