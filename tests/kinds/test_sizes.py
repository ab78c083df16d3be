"""Whatever a phone sends or sees of its own in an exercise has one size: nothing may be larger than that."""

import random
import re
import uuid
from collections.abc import Iterator
from functools import cache, partial
from operator import mul
from pathlib import Path

import pytest
from markupsafe import escape

from tests.kinds.contract_paths import explored
from tests.kinds.contract_support import AUTHOR, Play, Sitting, play
from tests.support.fragments import Form
from trainer import kinds, wire
from trainer.curriculum.model import Step
from trainer.curriculum.parse import read_library
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Post, Rejected, Submission
from trainer.kinds.private import private_view
from trainer.kinds.sizes import EXPENSIVE, Sizes, sizes_of
from trainer.kinds.text import clean

ROOT = Path(__file__).resolve().parents[2]
POSTING = [name for name, kind in kinds.discover().items() if kind.takes_posts]
FORMS = 40

every_posting_kind = pytest.mark.parametrize("name", POSTING)


def real_steps() -> Iterator[tuple[str, Step]]:
    """The exercises of the programmes that are really given."""
    library, _ = read_library(ROOT / "content", kinds.interpret)
    for programme in library.values():
        for part in programme.parts:
            yield from ((f"{part.id}/{step.id}", step) for step in part.steps() if step.kind in POSTING)


REAL = dict(real_steps())
every_real_step = pytest.mark.parametrize("step", list(REAL.values()), ids=list(REAL))


def played(step: Step) -> Play:
    """A step of a real programme; its part is not needed where nothing is pressed."""
    return Play(kinds.discover()[step.kind], step, play(step.kind).part)


def sizes(game: Play) -> Sizes:
    return sizes_of(game.step, game.kind, partial(game.fragment, "own"))


@cache
def sample_sizes(name: str) -> Sizes:
    return sizes(play(name))


@cache
def real_sizes(step: Step) -> Sizes:
    return sizes(played(step))


def filled(form: Form, character: str, several: set[str]) -> Submission:
    texts = {name: (character * most,) for name, most in form.texts.items()}
    chosen = {
        name: tuple(values if name in several else values[-1:]) for name, values in form.options.items()
    }
    return Submission(form.attributes["data-item"], texts | chosen)


def sent_by_one(game: Play, character: str) -> tuple[list[Submission], list[Post]]:
    """All that the forms of a phone can say, with the character in every text; and what is kept of it."""
    sent: list[Submission] = []
    own: list[Post] = []
    chance = random.Random(7)
    for state in game.forwards():
        sitting = game.begin(state=state)
        several = set(re.findall(r'type="checkbox" name="([^"]+)"', game.own(sitting, "")))
        for form in game.forms(sitting) * FORMS:
            submission = filled(form, character, several)
            accepted = game.kind.accept(game.settings, state, submission, own)
            if isinstance(accepted, Rejected):
                continue
            sent.append(submission)
            replaced = [item for item in accepted if not game.kind.multiple(item)]
            own = [post for post in own if post.item not in replaced]
            for item, payload in accepted.items():
                id_ = str(uuid.UUID(int=chance.getrandbits(128), version=4))
                own.append(Post(id_, item, f"{AUTHOR}-0", payload))
    return sent, own


def own_bytes(game: Play, sitting: Sitting, author: str = f"{AUTHOR}-0") -> int:
    state, own = sitting.inner(game), sitting.of(author)
    view, ids = private_view(game.kind, game.settings, state, own, sitting.seen(game))
    html = game.fragment("own", state, view)
    item = game.kind.item(game.settings, state)
    return len(wire.event("own", {"key": f"{game.step.id}/{item}#12", "html": html, "ids": ids}).encode())


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


@every_real_step
def test_nothing_is_larger_in_an_exercise_that_is_really_given(step: Step) -> None:
    game = played(step)
    assert too_large(game, real_sizes(step)) == []


@every_real_step
def test_taking_back_is_not_larger_than_sending(step: Step) -> None:
    message = {"step": step.id, "id": str(uuid.UUID(int=0)), "warned": False, "now": False}
    assert len(wire.event("withdraw", message, number=99_999).encode()) <= real_sizes(step).sent


@every_real_step
def test_every_message_of_a_real_exercise_is_let_in(step: Step) -> None:
    assert real_sizes(step).sent < wire.LARGEST_MESSAGE


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
