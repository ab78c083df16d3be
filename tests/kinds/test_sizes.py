"""Whatever a phone sends or sees of its own in an exercise has one size: nothing may be larger than that."""

import uuid
from functools import partial
from operator import mul

import pytest
from markupsafe import escape

from tests.kinds.contract_paths import explored
from tests.kinds.contract_support import Play, play
from tests.kinds.sizes_support import (
    POSTING,
    own_bytes,
    real_games,
    sample_sizes,
    sent_by_one,
    sizes,
)
from tests.support.thorough import some
from trainer import kinds, wire
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Rejected
from trainer.kinds.sizes import EXPENSIVE, Sizes
from trainer.kinds.text import clean

every_posting_kind = pytest.mark.parametrize("name", POSTING)


def too_large(game: Play, bound: Sizes) -> list[str]:
    found: list[str] = []
    for character in EXPENSIVE:
        sent, own = sent_by_one(game, character)
        assert sent, "nothing that the form can say is accepted"
        for submission in sent:
            message = {
                "id": own[0].id, "step": game.step.id, "item": submission.item, "form": submission.fields,
            }  # fmt: skip
            size = len(wire.event("post", message, number=99_999).encode())
            found += [f"sent: {size}"] if size > bound.sent else []
        for state in game.forwards():
            size = own_bytes(game, game.begin(own, state))
            found += [f"own: {size}"] if size > bound.own else []
    return found


@every_posting_kind
def test_largest_form_is_told_and_accepted(name: str) -> None:
    game = play(name)
    for character in EXPENSIVE:
        forms = game.kind.largest(game.settings, partial(mul, character))
        start = game.kind.start(game.settings)
        assert forms
        assert not isinstance(game.kind.accept(game.settings, start, forms[0], ()), Rejected)


@every_posting_kind
def test_nothing_that_a_phone_does_is_larger_than_the_size(name: str) -> None:
    assert too_large(play(name), sample_sizes(name)) == []


@every_posting_kind
def test_no_private_fragment_is_larger_in_any_state(name: str) -> None:
    game, bound = play(name), sample_sizes(name)
    assert [size for sitting in explored(name) if (size := own_bytes(game, sitting)) > bound.own] == []


def test_nothing_is_larger_in_exercises_that_are_really_given() -> None:
    for name, game in some(list(real_games().items()), 24):
        bound = sizes(game)
        message = {"step": game.step.id, "id": str(uuid.UUID(int=0)), "warned": False, "now": False}
        taking_back = len(wire.event("withdraw", message, number=99_999).encode())

        assert too_large(game, bound) == [], name
        assert taking_back <= bound.sent, name
        assert bound.sent < wire.LARGEST_MESSAGE, f"{name}: no server lets it in"


@every_posting_kind
def test_sizes_are_the_same_each_time(name: str) -> None:
    assert sizes(play(name)) == sample_sizes(name)


def test_no_character_takes_more_room_than_those_that_are_counted_with() -> None:
    def as_own(character: str) -> int:
        return len(wire.event("", str(escape(character))).encode())

    def as_sent(character: str) -> float:
        counted = len(character.encode("utf-16-le")) / 2  # as a browser counts what is typed
        return (len(wire.event("", character).encode()) - len(wire.event("", ""))) / counted

    visible = {each for code in range(0x3000) for each in clean(chr(code))}
    some = [*visible, "字", "\U0001f600", "\U0010fffd", "\U000e0001"]
    assert max(map(as_own, some)) == max(map(as_own, EXPENSIVE))
    assert max(map(as_sent, some)) == max(map(as_sent, EXPENSIVE))


@pytest.mark.parametrize(
    ("form", "questions", "fits"),
    [("open", 8, True), ("open", 9, False), ("cijfer", wire.MOST_FIELDS, True), ("cijfer", 61, False)],
)
def test_a_form_that_no_phone_could_send_is_a_problem(form: str, questions: int, fits: bool) -> None:
    rows = "".join(f"| vraag-{number} | Wat vond je? | {form} | |\n" for number in range(questions))
    text = (
        "---\ntitel: Deel\ndoel: Proberen.\n---\n\n## Hoe was het? {#hoe minuten=5 werkvorm=evaluatie}\n\n"
        f"| id | vraag | soort | antwoorden |\n| --- | --- | --- | --- |\n{rows}"
    )
    problems = Problems()
    part = read_part(text.encode(), "deel.md", kinds.interpret, problems)
    codes = [problem.code for problem in problems.sorted()]
    assert (part is not None, codes) == ((True, []) if fits else (False, ["step.too-large"]))
