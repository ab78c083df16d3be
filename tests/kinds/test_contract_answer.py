"""What the people of a rehearsal send and do, in every kind: at any moment it is taken."""

import pytest

from tests.kinds.contract_paths import explored
from tests.kinds.contract_support import Play, Sitting, every_posting_kind, play
from tests.support.fragments import read_page
from trainer import kinds
from trainer.kinds.contract import Kind, Rejected

SEEDS = range(13)
every_acting_kind = pytest.mark.parametrize(
    "name", [name for name, kind in kinds.discover().items() if type(kind).deed is not Kind.deed]
)


@every_posting_kind
def test_an_answer_is_taken_at_any_moment(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        for seed in SEEDS:
            form = game.kind.answer(game.settings, sitting.inner(game), sitting.seen(game), seed)
            if form is not None:
                accepted = game.kind.accept(game.settings, sitting.inner(game), form, ())
                assert not isinstance(accepted, Rejected), (form, accepted)


@every_posting_kind
def test_an_answer_has_the_fields_of_a_form_that_is_on_the_page(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        form = game.kind.answer(game.settings, sitting.inner(game), sitting.seen(game), 0)
        if form is not None:
            assert any(form.fields.keys() <= fields for fields in on_the_page(game, sitting)), form


@every_posting_kind
def test_there_is_an_answer_when_the_step_begins(name: str) -> None:
    game = play(name)
    begun = game.begin()
    assert game.kind.answer(game.settings, begun.inner(game), begun.seen(game), 0) is not None


@every_acting_kind
def test_a_deed_is_allowed_at_any_moment(name: str) -> None:
    game, done = play(name), 0
    for sitting in explored(name):
        for author in {post.author for post in sitting.posts.here}:
            own, state, seen = sitting.of(author), sitting.inner(game), sitting.seen(game)
            for seed in SEEDS:
                deed = game.kind.deed(game.settings, state, own, seen, seed)
                if deed is not None:
                    after, done = game.kind.act(game.settings, state, deed, own, seen), done + 1
                    assert not isinstance(after, Rejected), (deed, after)
    assert done > 0


def on_the_page(game: Play, sitting: Sitting) -> list[set[str]]:
    """The fields of each form that a phone has before it that sent nothing, alone or with all others."""
    shared = [form for form in read_page(game.shared("phone", sitting)).forms if form.attributes]
    return [{*form.options, *form.texts} for form in (*game.forms(sitting), *shared)]
