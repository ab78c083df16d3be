"""The form that a kind gives as an example, in every kind that phones take part in."""

from functools import partial
from itertools import pairwise
from operator import mul

from tests.kinds.contract_support import every_posting_kind, play
from trainer import wire
from trainer.kinds.contract import Rejected, Submission
from trainer.kinds.sizes import EXPENSIVE

SEEDS = range(40)


@every_posting_kind
def test_every_example_is_accepted_when_the_step_begins(name: str) -> None:
    game = play(name)
    start = game.kind.start(game.settings)
    for seed in (*SEEDS, 2**127 + 1):
        form = game.kind.example(game.settings, seed)
        assert not isinstance(game.kind.accept(game.settings, start, form, ()), Rejected), form


@every_posting_kind
def test_example_is_the_same_for_a_seed_and_another_for_the_next(name: str) -> None:
    game = play(name)
    forms = [game.kind.example(game.settings, seed) for seed in SEEDS]
    assert forms == [game.kind.example(game.settings, seed) for seed in SEEDS]
    assert [one for one, following in pairwise(forms) if one == following] == []


@every_posting_kind
def test_example_is_no_larger_than_the_largest_form(name: str) -> None:
    game = play(name)
    largest = game.kind.largest(game.settings, partial(mul, EXPENSIVE[-1]))
    most = max(size(form) for form in largest)
    assert max(size(game.kind.example(game.settings, seed)) for seed in SEEDS) <= most


@every_posting_kind
def test_example_has_the_fields_of_the_form(name: str) -> None:
    game = play(name)
    fields = {field for form in game.forms(game.begin()) for field in (*form.options, *form.texts)}
    for seed in SEEDS:
        assert game.kind.example(game.settings, seed).fields.keys() - fields == set()


def size(form: Submission) -> int:
    return len(wire.event("post", {"item": form.item, "form": form.fields}).encode())
