"""Every kind on paper: for any number of people, and as often as they need it."""

import re

from tests.kinds.contract_support import Play, every_kind, play
from tests.kinds.template_support import template_of
from trainer import kinds

PEOPLE = (1, 2, 7, 25, 60)


def drawn(game: Play, name: str, people: int) -> str:
    template = template_of(game.kind, name)
    assert template is not None
    state = game.kind.start(game.settings)
    values = {"step": game.step, "settings": game.settings, "state": state, "view": {}}
    item = game.kind.item(game.settings, state)
    return template.render(**values, item=item, sealed=False, paper=False, people=people)


@every_kind
def test_more_people_need_no_fewer_copies(name: str) -> None:
    game = play(name)
    copies = [game.kind.copies(game.settings, people) for people in PEOPLE]

    assert copies == sorted(copies)
    assert min(copies) >= 1


@every_kind
def test_one_print_for_all_is_larger_for_more_people(name: str) -> None:
    game = play(name)
    sizes = [len(drawn(game, "print", people)) for people in PEOPLE]

    assert sizes == sorted(sizes)


@every_kind
def test_copies_on_one_page_have_no_ids_that_would_be_there_twice(name: str) -> None:
    game = play(name)

    assert re.findall(r'\sid="[^"]*"', drawn(game, "print", 7)) == []


@every_kind
def test_poster_is_there_when_a_kind_says_so(name: str) -> None:
    kind = kinds.discover()[name]

    assert (kinds.path(kind) / "poster.html").exists() is kind.has_poster
    if kind.has_poster:
        assert drawn(play(name), "poster", 0).strip()
