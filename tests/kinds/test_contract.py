"""What every kind must do, whatever it is. A new folder in `trainer/kinds` is picked up by itself."""

import copy
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

import pytest
from contract_support import (
    AUTHOR,
    MARKER,
    MOST_STATES,
    PHONES,
    Page,
    Play,
    Sitting,
    explored,
    play,
    pressable,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer import kinds
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds import gate
from trainer.kinds.contract import HOUSE, ROOM, Claim, Command, Kind, Rejected, Submission, Texts, Written
from trainer.kinds.gate import is_card
from trainer.kinds.text import clean
from trainer.live.stored import POST_ID

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
    sitting = game.begin()
    item = game.kind.item(game.settings, sitting.inner(game))
    places = {(form.attributes["data-step"], form.attributes["data-item"]) for form in game.forms(sitting)}
    assert places == {(game.step.id, item)}


# The state


@every_kind
def test_state_survives_json(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        state = sitting.inner(game)
        assert kinds.state_from_json(game.kind, kinds.state_json(game.kind, state)) == state


@every_kind
def test_state_holds_nothing_that_was_sent(name: str) -> None:
    # It would stay when a card is taken back, and could be kept as what trainers wrote.
    game = play(name)
    for sitting in explored(name):
        assert b"MERK" not in kinds.state_json(game.kind, sitting.inner(game))


@every_posting_kind
def test_state_holds_nothing_that_was_typed_with_a_press_of_a_phone(name: str) -> None:
    # Whatever is typed is a post: in the state all would see it at the moment of the press.
    game = play(name)
    for sitting in explored(name):
        seen, own = sitting.seen(game), sitting.of(f"{AUTHOR}-0")
        for button in Page(game.own(sitting, f"{AUTHOR}-0")).buttons:
            args = {key.removeprefix("data-arg-"): (MARKER,) for key in button if key.startswith("data-arg-")}
            typed = Command(button.get("data-act", ""), {**args, "name": (MARKER,), "text": (MARKER,)})
            after = game.kind.act(game.settings, sitting.inner(game), typed, own, seen)
            state = after.state if isinstance(after, Claim) else after
            assert isinstance(state, Rejected) or b"MERK" not in kinds.state_json(game.kind, state)


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
    for sitting in explored(name):
        for move in (game.kind.forward, game.kind.backward):
            state = sitting.inner(game)
            for _ in range(500):
                state = move(game.settings, state)
                if state is None:
                    break
            assert state is None


# What a trainer can press


@every_kind
def test_every_button_is_accepted_when_everybody_posted(name: str) -> None:
    game = play(name)
    refused = [
        (command, answer)
        for sitting, commands in pressable(name)
        for command in commands
        if isinstance(answer := game.press(sitting, command), Rejected) and answer.code != "few"
    ]
    assert refused == []


@every_kind
def test_every_button_is_accepted_or_must_wait_when_nothing_was_posted(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        sitting = game.begin(state=state)
        answers = [game.press(sitting, command) for command in game.commands(sitting)]
        assert {answer.code for answer in answers if isinstance(answer, Rejected)} <= {"few"}


@every_posting_kind
def test_nothing_that_cannot_be_seen_is_in_what_a_phone_sent(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        for form in game.forms(game.begin(state=state)):
            chosen = {field: (values[0],) for field, values in form.options.items()}
            typed = {field: (f"a\x00\u202e\u200b\x1bb{field}"[:most],) for field, most in form.texts.items()}
            asked = Submission(form.attributes["data-item"], chosen | typed)
            accepted = game.kind.accept(game.settings, state, asked, ())
            assert not isinstance(accepted, Rejected)
            texts = [text for payload in accepted.values() for text in _texts(payload)]
            assert texts == [clean(text) for text in texts]


@every_kind
def test_nothing_that_cannot_be_seen_is_in_what_a_trainer_typed(name: str) -> None:
    game, hostile = play(name), "a\x00\u202e\u200b\x1bb"
    for sitting in explored(name):
        for form in Page(game.shared("control", sitting)).forms:
            args = {
                key[9:]: (value,) for key, value in form.attributes.items() if key.startswith("data-arg-")
            }
            typed = args | dict.fromkeys(form.texts, (hostile,))
            command = Command(form.attributes["data-command"].removeprefix("do:"), typed)
            after = game.press(sitting, command)
            if not isinstance(after, Rejected):
                assert [text for text in _texts(after.meeting.kinds) if hostile in text] == []
                assert "\u202e" not in "".join(game.everything(after))


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)
    elif is_dataclass(value):
        yield from _texts(tuple(getattr(value, field.name) for field in fields(value)))


# A phone may show for a second what is of before: see `docs/adding-a-kind.md`


@every_posting_kind
def test_button_that_takes_back_asks_when_others_saw_it_and_only_then(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        shown = {post.id: is_card(post) for post in sitting.of(f"{AUTHOR}-0")}
        for button in Page(game.own(sitting, f"{AUTHOR}-0")).buttons:
            if "data-withdraw" in button:
                assert ("data-confirm" in button) is shown[button["data-withdraw"]]


@every_posting_kind
def test_press_of_a_button_that_is_not_there_any_more_is_refused(name: str) -> None:
    game = play(name)
    pages = [(sitting, _acts(game, sitting)) for sitting in explored(name)]
    offered = {act for _, acts in pages for act in acts}
    for sitting, acts in pages:
        own = sitting.of(f"{AUTHOR}-0")
        for pressed in offered - acts:
            action = Command(pressed[0], {key: (value,) for key, value in pressed[1:]})
            state = sitting.inner(game)
            after = game.kind.act(game.settings, state, action, own, sitting.seen(game))
            if isinstance(after, Claim):
                after = gate.claim(sitting.posts, after.card, own)
            assert isinstance(after, Rejected) or after in (state, {}), pressed


def _acts(game: Play, sitting: Sitting) -> set[tuple[Any, ...]]:
    """What a phone can press: names, with their arguments."""
    return {
        (
            button["data-act"],
            *((key[9:], value) for key, value in button.items() if key.startswith("data-arg-")),
        )
        for button in Page(game.own(sitting, f"{AUTHOR}-0")).buttons
        if "data-act" in button
    }


@every_posting_kind
def test_owners_are_told_only_where_a_phone_has_one_card(name: str) -> None:
    # Once a known card is taken back, nothing says that the other cards of that phone protect nobody.
    game = play(name)
    asked = [
        game.kind.apply(game.settings, sitting.inner(game), command, sitting.seen(game))
        for sitting, commands in pressable(name)
        for command in commands
    ]
    assert not (game.kind.multiple and any(isinstance(each, Claim) for each in asked))


@every_kind
def test_control_names_differ(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        controls = game.controls(sitting)
        assert len({(control.name, *sorted(control.args.items())) for control in controls}) == len(controls)


@every_kind
def test_unknown_command_is_refused(name: str) -> None:
    game = play(name)
    assert isinstance(game.press(game.begin(), Command("bestaat-niet")), Rejected)


@every_kind
@few_examples
@given(
    args=st.dictionaries(
        st.sampled_from(["id", "number", "text", "group"]), st.text(max_size=9).map(lambda x: (x,))
    )
)
def test_command_with_odd_arguments_never_raises(name: str, args: dict[str, tuple[str]]) -> None:
    game = play(name)
    for command in sorted({command.name for _, commands in pressable(name) for command in commands}):
        game.press(explored(name)[0], Command(command, args))


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


# What is seen


@every_kind
def test_nothing_posted_is_a_sane_view(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        sitting = game.begin(state=state)
        phone, screen, _, paper = game.everything(sitting)
        game.own(sitting, "")
        assert [visible(html) != "" for html in (phone, screen, paper)] == [True, True, True]


@every_posting_kind
def test_nothing_unrevealed_is_in_any_view(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        sent = (game.crowd(state), game.crowd(state, alike=True))
        views = [game.everything(game.begin(posts, state)) for posts in sent]
        assert views[0] == views[1], "the content of posts can be told from a view"
        assert "MERK" not in "".join(views[0])


@every_posting_kind
@pytest.mark.parametrize("phones", [1, 2])
def test_no_button_shows_anything_of_one_or_two_phones(name: str, phones: int) -> None:
    game = play(name)
    sent = [game.crowd(game.kind.start(game.settings), phones, alike) for alike in (False, True)]
    for path in paths(name):
        views = [game.everything(pressed(game, game.begin(posts), path)) for posts in sent]
        assert views[0] == views[1], path
        assert "MERK" not in "".join(views[0])


@every_posting_kind
def test_no_button_shows_what_one_or_two_phones_sent_later(name: str) -> None:
    game = play(name)
    begun = game.begin(game.crowd(game.kind.start(game.settings)))
    for path in paths(name):
        before = pressed(game, begun, path)
        expected = game.everything(pressed(game, before, path))
        assert game.everything(pressed(game, late(game, before, phones=2), path)) == expected, path


@every_posting_kind
def test_no_author_is_in_any_view(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        private = game.own(sitting, f"{AUTHOR}-0")
        assert AUTHOR not in "".join((*game.everything(sitting), private))


@every_posting_kind
def test_no_text_of_another_is_in_a_private_view(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        posts = [post for post in game.crowd(state) if post.author != f"{AUTHOR}-0"]
        assert "MERK" not in game.own(game.begin(posts, state), f"{AUTHOR}-0")


@every_posting_kind
def test_no_button_of_a_trainer_marks_a_phone(name: str) -> None:
    # All sent the same: whatever phones show differently would tell, at a glance, whose card it is.
    game = play(name)
    for sitting in explored(name, alike=True):
        sitting = with_nobodys_turn(game, sitting)
        pages = [game.own(sitting, f"{AUTHOR}-{number}") for number in range(PHONES)]
        assert {POST_ID.sub("id", page) for page in pages} == {POST_ID.sub("id", pages[0])}


@every_posting_kind
def test_hostile_text_is_only_text(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        html = "".join((*game.everything(sitting), game.own(sitting, f"{AUTHOR}-0")))
        assert "<script" not in html
        assert MARKER not in html


@every_kind
def test_everything_that_can_be_pressed_is_a_button_or_a_field(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        html = game.shared("control", sitting) + game.own(sitting, f"{AUTHOR}-0")
        pressed = {"data-command", "data-withdraw", "data-act"}
        tags = {tag for tag, attributes in Page(html).elements if pressed & set(attributes)}
        assert tags <= {"button", "form"}


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
    kept = copy.deepcopy((sittings, game.settings))
    for sitting, commands in pressable(name):
        game.everything(sitting)
        game.own(sitting, f"{AUTHOR}-0")
        game.kept(sitting)
        game.kind.forward(game.settings, sitting.inner(game))
        game.kind.backward(game.settings, sitting.inner(game))
        for command in commands:
            game.press(sitting, command)
    assert (sittings, game.settings) == kept


# What is kept


@every_kind
def test_report_is_complete_in_itself(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        rows = game.report(sitting)
        assert len({row.id for row in rows}) == len(rows)
        assert [row.id for row in rows if not row.question] == []


@every_posting_kind
def test_nothing_is_kept_where_people_write_about_themselves(name: str) -> None:
    game = play(name)
    rows = game.kept(explored(name)[-1])
    assert bool(rows) != game.kind.intimate(game.settings)


@every_posting_kind
@pytest.mark.parametrize("phones", [1, 2, 3, 4])
def test_nothing_of_fewer_than_five_phones_is_kept(name: str, phones: int) -> None:
    game = play(name)
    for path in paths(name):
        kept = []
        for alike in (False, True):
            sitting = pressed(
                game, game.begin(game.crowd(game.kind.start(game.settings), phones, alike)), path
            )
            kept.append([row for row in game.kept(sitting) if row.id not in written(game, sitting)])
        assert kept[0] == kept[1], path
        assert [row for row in kept[0] if row.texts or row.answered or any(row.counts)] == []


@every_posting_kind
def test_texts_that_were_never_on_the_screen_are_not_kept(name: str) -> None:
    # Other pages, a cloud of words, what lies behind something else.
    game = play(name)
    begun = game.begin(game.full_wall())
    reached = [(begun, game.words_on_screen(begun))]
    for sitting, shown in reached:
        rows = {row.id for row in game.report(sitting) if isinstance(row, Texts)}
        kept = [text for row in game.kept(sitting) if row.id in rows for text in row.texts or ()]
        assert [text for text in kept if text not in shown] == []
        for control in game.controls(sitting) if len(reached) < MOST_STATES else ():
            args = {key: (value,) for key, value in control.args.items()}
            after = game.press(sitting, Command(control.name, args, 1))
            if not isinstance(after, Rejected) and after not in [each for each, _ in reached]:
                reached.append((after, shown + game.words_on_screen(after)))


@every_posting_kind
@pytest.mark.parametrize("over", ["cover", "join_shown"])
def test_nothing_counts_as_seen_while_something_lies_over_the_screen(name: str, over: str) -> None:
    game = play(name)
    for sitting in explored(name):
        behind = replace(sitting, meeting=replace(sitting.meeting, **{over: True}))
        assert [*game.looked_at(behind).here] == [*sitting.posts.here]


@every_posting_kind
def test_texts_on_the_screen_are_kept_where_a_kind_keeps_any(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        fields = {
            key: row.field for row in game.report(sitting) if isinstance(row, Texts) for key in row.cards
        }
        there = [
            card.id
            for card in sitting.seen(game).cards
            if card.id in fields and str(card.payload[fields[card.id]]) in game.words_on_screen(sitting)
        ]
        looked_at = {post.id for post in game.looked_at(sitting).here if gate.was_on_screen(post)}
        assert [key for key in there if key not in looked_at] == []


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


@cache
def paths(name: str) -> tuple[tuple[Command, ...], ...]:
    """Ways of two presses through the buttons of a kind, found where everybody had posted."""
    first = {
        command.name: command for _, commands in pressable(name) for command in commands if not command.args
    }
    return tuple((one, other) for one in first.values() for other in first.values())


def pressed(game: Play, sitting: Sitting, path: Sequence[Command]) -> Sitting:
    """What is reached by pressing these, whatever is refused on the way."""
    for command in path:
        after = game.press(sitting, command)
        sitting = sitting if isinstance(after, Rejected) else after
    return sitting


def late(game: Play, sitting: Sitting, phones: int) -> Sitting:
    """The same with what a few late phones sent; how many there are by now is not told."""
    chance = random.Random(11)
    sent = [game.sent(sitting, f"laat-{number}", number, chance, gently=True) for number in range(phones)]
    here = (*sitting.posts.here, *(post for posts in sent for post in posts))
    return replace(sitting, posts=replace(sitting.posts, here=here))


def with_nobodys_turn(game: Play, sitting: Sitting) -> Sitting:
    """The same while it is the turn of no phone: the room sees whose it is, and a lot gave it."""
    inner = sitting.inner(game)
    if not hasattr(inner, "turn"):
        return sitting
    kinds_ = {**sitting.meeting.kinds, game.step.id: replace(inner, turn="")}
    return replace(sitting, meeting=replace(sitting.meeting, kinds=kinds_))


def written(game: Play, sitting: Sitting) -> set[str]:
    """The ids of what trainers wrote."""
    return {row.id for row in game.report(sitting) if isinstance(row, Written)}


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
