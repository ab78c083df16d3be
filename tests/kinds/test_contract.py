"""What every kind must do, whatever it is. A new folder in `trainer/kinds` is picked up by itself."""

import copy
import random
import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.contract_paths import explored, pressable
from tests.kinds.contract_support import AUTHOR, MARKER, every_kind, every_posting_kind, few_examples, play
from tests.support.fragments import read_page
from trainer import kinds
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import HOUSE, NOTHING_SEEN, ROOM, Claim, Command, Rejected, Submission

FRAGMENTS = [path for kind in kinds.discover().values() for path in sorted(kinds.path(kind).glob("*.html"))]


# The folder


@every_kind
def test_kind_says_what_it_is(name: str) -> None:
    kind = kinds.discover()[name]
    assert (kind.name, bool(kind.title), bool(kind.summary)) == (name, True, True)
    assert kind.crowd in (ROOM, HOUSE)


@every_kind
def test_sample_parses_without_problems(name: str) -> None:
    problems = Problems()
    data = (kinds.path(kinds.discover()[name]) / "sample.md").read_bytes()
    part = read_part(data, f"{name}.md", kinds.interpret, problems)
    assert problems.sorted() == []
    assert part is not None
    assert [step.kind for step in part.steps()] == [name]


@every_kind
def test_facilitation_says_how_it_goes_without_phones(name: str) -> None:
    text = kinds.facilitation(kinds.discover()[name]).lower()
    assert [word for word in ("doel", "stappen", "let op", "zonder telefoons") if word not in text] == []


@every_kind
def test_style_touches_only_its_own_kind(name: str) -> None:
    path = kinds.path(kinds.discover()[name]) / "style.css"
    css = path.read_text("utf-8")
    # What a phone has of its own stands beside what all phones see, so only the page knows of both.
    own = rf"(#page:has\(#{name}-[a-z-]+\) )?\.k-{name}(?![a-z0-9])"
    assert [selector for selector in selectors(css) if not re.match(own, selector)] == []


@every_kind
def test_style_uses_tokens_and_relative_sizes(name: str) -> None:
    css = without_comments((kinds.path(kinds.discover()[name]) / "style.css").read_text("utf-8"))
    rules = re.sub(r"@media[^{]*", "", css)
    # One or two pixels draw a hairline; anything larger must grow with the text.
    assert re.findall(r"\b(?:[3-9]|\d\d+)px\b|#[0-9a-f]{3,8}\b|\brgb\w*\(", rules) == []


def test_no_fragment_has_anything_that_the_content_policy_forbids() -> None:
    forbidden = re.compile(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe\b|https?://")
    found = {path: forbidden.findall(path.read_text("utf-8")) for path in FRAGMENTS}
    assert {path: each for path, each in found.items() if each} == {}


@every_posting_kind
def test_form_says_where_it_belongs(name: str) -> None:
    game = play(name)
    sitting = game.begin()
    item = game.kind.item(game.settings, sitting.inner(game))
    places = [
        (form.attributes["data-step"], form.attributes["data-item"], game.kind.openly in form.options)
        for form in game.forms(sitting)
    ]
    # A page finds a form again by these two: what is said openly beside it has an item of its own.
    assert {place[:2] for place in places if not place[2]} == {(game.step.id, item)}
    assert {step for step, _, _ in places} == {game.step.id}
    assert item not in {place[1] for place in places if place[2]}


@every_kind
def test_settings_can_be_hashed(name: str) -> None:
    assert hash(play(name).step) == hash(replace(play(name).step))


# The state


@every_kind
def test_state_survives_json(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        state = sitting.inner(game)
        assert msgspec.json.decode(msgspec.json.encode(state), type=game.kind.State) == state


@every_kind
def test_state_holds_nothing_that_was_sent(name: str) -> None:
    # It would stay when a card is taken back, and could be kept as what trainers wrote.
    game = play(name)
    for sitting in explored(name):
        assert b"MERK" not in msgspec.json.encode(sitting.inner(game))


@every_posting_kind
def test_state_holds_nothing_that_was_typed_with_a_press_of_a_phone(name: str) -> None:
    # Whatever is typed is a post: in the state all would see it at the moment of the press.
    game = play(name)
    for sitting in explored(name):
        seen, own = sitting.seen(game), sitting.of(f"{AUTHOR}-0")
        for button in read_page(game.own(sitting, f"{AUTHOR}-0")).buttons:
            args = {key.removeprefix("data-arg-"): (MARKER,) for key in button if key.startswith("data-arg-")}
            typed = Command(button.get("data-act", ""), {**args, "name": (MARKER,), "text": (MARKER,)})
            after = game.kind.act(game.settings, sitting.inner(game), typed, own, seen)
            state = after.state if isinstance(after, Claim) else after
            assert isinstance(state, Rejected) or b"MERK" not in msgspec.json.encode(state)


@every_kind
def test_forward_and_backward_come_back(name: str) -> None:
    game = play(name)
    kind, states = game.kind, game.forwards()
    state, items = states[-1], [kind.item(game.settings, states[-1])]
    while (earlier := kind.backward(game.settings, state)) is not None:
        state = earlier
        items.append(kind.item(game.settings, state))
    assert items[::-1] == [kind.item(game.settings, each) for each in states]
    # The state may know what the group had before it: everybody sees what they saw at first.
    back, first = (
        [view(game.settings, each, NOTHING_SEEN) for view in (kind.phone, kind.control, kind.screen)]
        for each in (state, states[0])
    )
    assert back == first


@every_kind
def test_forward_and_backward_end_from_every_state(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        for move in (game.kind.forward, game.kind.backward):
            state = sitting.inner(game)
            for _ in range(500):
                state = move(game.settings, state)
                if state is None:
                    break
            assert state is None


# What a phone sends


@every_posting_kind
@few_examples
@given(data=st.data())
def test_odd_submission_never_raises(name: str, data: st.DataObject) -> None:
    game = play(name)
    sitting = game.begin()
    fields = {
        key: st.lists(st.text(), max_size=3)
        for form in game.forms(sitting)
        for key in form.options | form.texts
    }
    sent = Submission(data.draw(st.text()), data.draw(st.fixed_dictionaries({}, optional=fields)))
    accepted = game.kind.accept(game.settings, sitting.inner(game), sent, ())
    assert isinstance(accepted, Rejected) or all(isinstance(item, str) for item in accepted)


@every_posting_kind
def test_empty_submission_is_refused_in_words(name: str) -> None:
    game = play(name)
    state = game.kind.start(game.settings)
    answer = game.kind.accept(game.settings, state, Submission(game.kind.item(game.settings, state), {}), ())
    assert isinstance(answer, Rejected)
    assert answer.message


# Posts have no order, and nothing that goes in is changed


@every_posting_kind
@few_examples
@given(chance=st.integers(0, 10_000))
def test_result_does_not_depend_on_the_order_of_posts(name: str, chance: int) -> None:
    game = play(name)
    sitting, commands = pressable(name)[chance % len(explored(name))]
    mixed = list(sitting.posts.here)
    random.Random(chance).shuffle(mixed)
    shuffled = replace(sitting, posts=replace(sitting.posts, here=tuple(mixed)))
    assert game.everything(shuffled) == game.everything(sitting)
    assert game.controls(shuffled) == game.controls(sitting)
    assert game.kept(shuffled) == game.kept(sitting)
    for command in commands:
        answers = [game.press(each, command) for each in (sitting, shuffled)]
        meetings = [answer if isinstance(answer, Rejected) else answer.meeting for answer in answers]
        assert meetings[0] == meetings[1]


@every_kind
def test_inputs_are_not_changed(name: str) -> None:
    game = play(name)
    sittings = explored(name)
    inputs = [(each.meeting, each.posts) for each in sittings], game.settings
    kept = copy.deepcopy(inputs)
    for sitting, commands in pressable(name):
        game.everything(sitting)
        game.own(sitting, f"{AUTHOR}-0")
        game.kept(sitting)
        game.kind.forward(game.settings, sitting.inner(game))
        game.kind.backward(game.settings, sitting.inner(game))
        for command in commands:
            game.press(sitting, command)
    assert inputs == kept


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def selectors(css: str) -> Iterator[str]:
    """Every selector in a style sheet; those inside `@media` too."""
    for found in re.findall(r"([^{};]+)\{", without_comments(css)):
        if found.strip().startswith("@"):
            continue
        for selector in re.split(r",(?![^(]*\))", found):
            yield selector.strip()
