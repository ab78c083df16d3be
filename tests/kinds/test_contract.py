"""What every kind must do, whatever it is. A new folder in `trainer/kinds` is picked up by itself."""

import copy
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from contract_support import AUTHOR, MARKER, Page, explored, play, pressable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer import kinds
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Command, Distribution, Kind, Rejected, Submission, Texts

NAMES = list(kinds.discover())
POSTING = [name for name, kind in kinds.discover().items() if kind.takes_posts]
FRAGMENTS = [path for kind in kinds.discover().values() for path in sorted(kinds.path(kind).glob("*.html"))]

every_kind = pytest.mark.parametrize("name", NAMES)
every_posting_kind = pytest.mark.parametrize("name", POSTING)
every_fragment = pytest.mark.parametrize(
    "path", FRAGMENTS, ids=lambda path: f"{path.parent.name}/{path.stem}"
)
few_examples = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), database=None)


# The folder


@every_kind
def test_kind_says_what_it_is(name: str) -> None:
    kind = kinds.discover()[name]
    assert (kind.name, bool(kind.title), bool(kind.summary)) == (name, True, True)
    assert kind.retention in ("evaluation", "meeting", "step")


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
    assert [
        selector for selector in selectors(css) if not re.match(rf"\.k-{name}(?![a-z0-9])", selector)
    ] == []


@every_kind
def test_style_uses_tokens_and_relative_sizes(name: str) -> None:
    css = without_comments((kinds.path(kinds.discover()[name]) / "style.css").read_text("utf-8"))
    rules = re.sub(r"@media[^{]*", "", css)
    # One or two pixels draw a hairline; anything larger must grow with the text.
    assert re.findall(r"\b(?:[3-9]|\d\d+)px\b|#[0-9a-f]{3,8}\b|\brgb\w*\(", rules) == []


@every_fragment
def test_fragment_has_nothing_that_the_content_policy_forbids(path: Any) -> None:
    source = path.read_text("utf-8")
    assert re.findall(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe\b|https?://", source) == []


@every_posting_kind
def test_form_says_where_it_belongs(name: str) -> None:
    game = play(name)
    state = game.kind.start(game.settings)
    item = game.kind.item(game.settings, state)
    places = {(form.attributes["data-step"], form.attributes["data-item"]) for form in game.forms(state)}
    assert places == {(game.step.id, item)}


# The state


@every_kind
def test_state_survives_json(name: str) -> None:
    kind = kinds.discover()[name]
    for state in explored(name)[0]:
        assert kinds.state_from_json(kind, kinds.state_json(kind, state)) == state


@every_kind
def test_forward_and_backward_come_back(name: str) -> None:
    game = play(name)
    kind, states = game.kind, game.forwards()
    state, items = states[-1], [kind.item(game.settings, states[-1])]
    while (earlier := kind.backward(game.settings, state)) is not None:
        state = earlier
        items.append(kind.item(game.settings, state))
    assert items[::-1] == [kind.item(game.settings, each) for each in states]
    assert state == states[0]


@every_kind
def test_forward_and_backward_end_from_every_state(name: str) -> None:
    game = play(name)
    for start in explored(name)[0]:
        for move in (game.kind.forward, game.kind.backward):
            state = start
            for _ in range(500):
                state = move(game.settings, state)
                if state is None:
                    break
            assert state is None


# What a trainer can press


@every_kind
def test_every_button_is_accepted(name: str) -> None:
    game = play(name)
    posts = explored(name)[1]
    refused = [
        (command, answer)
        for state, commands in pressable(name)
        for command in commands
        if isinstance(answer := game.kind.apply(game.settings, state, command, posts), Rejected)
    ]
    assert refused == []


@every_kind
def test_every_button_is_accepted_when_nothing_was_posted(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        for command in game.commands(state, ()):
            assert not isinstance(game.kind.apply(game.settings, state, command, ()), Rejected), command


@every_kind
def test_control_names_differ(name: str) -> None:
    game = play(name)
    states, posts = explored(name)
    for state in states:
        controls = game.kind.controls(game.settings, state, posts)
        assert len({(control.name, *sorted(control.args.items())) for control in controls}) == len(controls)


@every_kind
def test_unknown_command_is_refused(name: str) -> None:
    game = play(name)
    answer = game.kind.apply(game.settings, game.kind.start(game.settings), Command("bestaat-niet"), ())
    assert isinstance(answer, Rejected)


@every_kind
@few_examples
@given(
    args=st.dictionaries(
        st.sampled_from(["id", "number", "text", "group"]), st.text(max_size=9).map(lambda x: (x,))
    )
)
def test_command_with_odd_arguments_never_raises(name: str, args: dict[str, tuple[str]]) -> None:
    game = play(name)
    states, posts = explored(name)
    for command in sorted({command.name for _, commands in pressable(name) for command in commands}):
        game.kind.apply(game.settings, states[0], Command(command, args), posts)


# What a phone sends


@every_posting_kind
@few_examples
@given(data=st.data())
def test_odd_submission_never_raises(name: str, data: st.DataObject) -> None:
    game = play(name)
    state = game.kind.start(game.settings)
    fields = {
        key: st.lists(st.text(), max_size=3)
        for form in game.forms(state)
        for key in form.options | form.texts
    }
    sent = Submission(data.draw(st.text()), data.draw(st.fixed_dictionaries({}, optional=fields)))
    accepted = game.kind.accept(game.settings, state, sent, ())
    assert isinstance(accepted, Rejected) or all(isinstance(item, str) for item in accepted)


@every_posting_kind
def test_empty_submission_is_refused_in_words(name: str) -> None:
    game = play(name)
    state = game.kind.start(game.settings)
    answer = game.kind.accept(game.settings, state, Submission(game.kind.item(game.settings, state), {}), ())
    assert isinstance(answer, Rejected)
    assert answer.message


# What is seen


@every_kind
def test_nothing_posted_is_a_sane_view(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        phone, screen, _, paper = game.everything(state, ())
        game.own(state, "", ())
        assert [visible(html) != "" for html in (phone, screen, paper)] == [True, True, True]


@every_posting_kind
def test_nothing_unrevealed_is_on_the_screen_or_a_phone(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        sent = (game.posts(state), game.posts(state, alike=True))
        seen = [(game.phone(state), game.screen(state, posts)) for posts in sent]
        assert seen[0] == seen[1], "the content of posts can be told from a view"
        assert "MERK" not in "".join(seen[0])


@every_posting_kind
def test_no_author_is_in_any_view(name: str) -> None:
    game = play(name)
    states, posts = explored(name)
    for state in states:
        private = game.own(state, f"{AUTHOR}-0", posts)
        assert AUTHOR not in "".join((*game.everything(state, posts), private))


@every_posting_kind
def test_no_text_of_another_is_in_a_private_view(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        posts = [post for post in game.posts(state) if post.author != f"{AUTHOR}-0"]
        assert "MERK" not in game.own(state, f"{AUTHOR}-0", posts)


@every_posting_kind
def test_hostile_text_is_only_text(name: str) -> None:
    game = play(name)
    states, posts = explored(name)
    for state in states:
        html = "".join((*game.everything(state, posts), game.own(state, f"{AUTHOR}-0", posts)))
        assert "<script" not in html
        assert MARKER not in html


@every_kind
def test_everything_that_can_be_pressed_is_a_button_or_a_field(name: str) -> None:
    game = play(name)
    states, posts = explored(name)
    for state in states:
        html = game.control(state, posts) + game.own(state, f"{AUTHOR}-0", posts)
        pressed = {"data-command", "data-withdraw", "data-act"}
        tags = {tag for tag, attributes in Page(html).elements if pressed & set(attributes)}
        assert tags <= {"button", "form"}


# Posts have no order, and nothing that goes in is changed


@every_posting_kind
@few_examples
@given(chance=st.integers(0, 10_000))
def test_result_does_not_depend_on_the_order_of_posts(name: str, chance: int) -> None:
    game = play(name)
    states, posts = explored(name)
    shuffled = list(posts)
    random.Random(chance).shuffle(shuffled)
    state, commands = pressable(name)[chance % len(states)]
    assert game.everything(state, shuffled) == game.everything(state, posts)
    assert game.kind.controls(game.settings, state, shuffled) == game.kind.controls(
        game.settings, state, posts
    )
    assert game.kind.report(game.settings, state, shuffled) == game.kind.report(game.settings, state, posts)
    for command in commands:
        in_order = game.kind.apply(game.settings, state, command, posts)
        assert game.kind.apply(game.settings, state, command, shuffled) == in_order


@every_kind
def test_inputs_are_not_changed(name: str) -> None:
    game = play(name)
    states, posts = explored(name)
    kept = copy.deepcopy((states, posts, game.settings))
    for state, commands in pressable(name):
        game.everything(state, posts)
        game.own(state, f"{AUTHOR}-0", posts)
        game.kind.report(game.settings, state, posts)
        game.kind.forward(game.settings, state)
        game.kind.backward(game.settings, state)
        for command in commands:
            game.kind.apply(game.settings, state, command, posts)
    assert (states, posts, game.settings) == kept


# What is exported


@every_kind
def test_report_is_complete_in_itself(name: str) -> None:
    game = play(name)
    states, posts = explored(name)
    for sent in (posts, ()):
        rows = game.kind.report(game.settings, states[-1], sent)
        assert len({row.id for row in rows}) == len(rows)
        assert [problem for row in rows for problem in wrong_with(row)] == []


@every_posting_kind
def test_report_is_empty_when_nothing_may_be_kept(name: str) -> None:
    game = play(name)
    states, posts = explored(name)
    rows = game.kind.report(game.settings, states[-1], posts)
    assert bool(rows) == (game.kind.retention != "step")


# Discovery


class _Loose(Kind):
    name = "los-zand"
    title = "Los zand"


def test_two_kinds_with_one_name_fail_at_start() -> None:
    with pytest.raises(kinds.BadKind, match="two kinds are called 'los-zand'"):
        kinds.registry([("los_zand", _Loose()), ("ook_los_zand", _Loose())])


def test_folder_without_kind_fails_at_start() -> None:
    with pytest.raises(kinds.BadKind, match="trainer/kinds/leeg"):
        kinds.registry([("leeg", None)])


def test_kind_in_a_folder_of_another_name_fails_at_start() -> None:
    with pytest.raises(kinds.BadKind, match="must be in trainer/kinds/los_zand"):
        kinds.registry([("ergens_anders", _Loose())])


def test_unknown_kind_is_a_problem_with_a_suggestion() -> None:
    problems = Problems()
    data = b"---\ntitel: x\n---\n\n## Blok {#blok minuten=5 werkvorm=presentatje}\n\ntekst\n"
    assert read_part(data, "x.md", kinds.interpret, problems) is None
    assert [str(problem) for problem in problems.sorted()] == [
        "x.md:5: onbekende werkvorm 'presentatje'; bedoel je 'presentatie'? [step.unknown-kind]"
    ]


def wrong_with(row: Distribution | Texts) -> list[str]:
    if isinstance(row, Texts):
        return [] if row.question else [f"{row.id}: no question"]
    found = [f"{row.id}: no question"] if not row.question else []
    if len(row.options) != len(row.counts):
        found.append(f"{row.id}: as many counts as options")
    if max(row.counts, default=0) > row.answered:
        found.append(f"{row.id}: more counted than answered")
    return found


def visible(html: str) -> str:
    return re.sub(r"<[^>]*>|\s+", "", html)


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def selectors(css: str) -> Iterator[str]:
    """Every selector in a style sheet; those inside `@media` too."""
    for found in re.findall(r"([^{};]+)\{", without_comments(css)):
        if found.strip().startswith("@"):
            continue
        for selector in re.split(r",(?![^(]*\))", found):
            yield selector.strip()
