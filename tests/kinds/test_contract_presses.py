"""What can be pressed, in every kind: buttons of trainers and of phones."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.contract_paths import explored, outcome, pressable
from tests.kinds.contract_support import (
    AUTHOR,
    Play,
    Sitting,
    every_kind,
    every_posting_kind,
    few_examples,
    play,
)
from tests.support.fragments import read_page
from trainer.kinds import gate
from trainer.kinds.contract import Claim, Command, Rejected, Submission
from trainer.kinds.gate import is_card
from trainer.kinds.text import clean


@every_kind
def test_every_button_is_accepted_when_everybody_posted(name: str) -> None:
    game = play(name)
    refused = [
        (command, answer)
        for sitting, commands in pressable(name)
        for command in commands
        if isinstance(answer := outcome(game, sitting, command), Rejected) and answer.code != "few"
    ]
    assert refused == []


@every_kind
def test_every_button_is_accepted_or_must_wait_when_nothing_was_posted(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        sitting = game.begin(state=state)
        answers = [outcome(game, sitting, command) for command in game.commands(sitting)]
        assert {answer.code for answer in answers if isinstance(answer, Rejected)} <= {"few"}


@every_kind
def test_button_that_cannot_be_pressed_changes_nothing_when_it_is_pressed_all_the_same(name: str) -> None:
    game = play(name)
    quiet = [game.begin(state=state) for state in game.forwards()]
    for sitting in (*explored(name), *explored(name, alike=True), *quiet):
        for control in game.controls(sitting):
            if not control.enabled:
                args = {key: (value,) for key, value in control.args.items()}
                after = outcome(game, sitting, Command(control.name, args))
                if isinstance(after, Rejected):
                    assert after.code and after.message, control
                else:
                    assert after.inner(game) == sitting.inner(game), control


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
        for form in read_page(game.shared("control", sitting)).forms:
            args = {
                key[9:]: (value,) for key, value in form.attributes.items() if key.startswith("data-arg-")
            }
            typed = args | dict.fromkeys(form.texts, (hostile,))
            command = Command(form.attributes["data-command"].removeprefix("do:"), typed)
            after = outcome(game, sitting, command)
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
        for button in read_page(game.own(sitting, f"{AUTHOR}-0")).buttons:
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
        for button in read_page(game.own(sitting, f"{AUTHOR}-0")).buttons
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
    cards = {card.id: card.item for sitting in explored(name) for card in sitting.seen(game).cards}
    claimed = [cards[each.card] for each in asked if isinstance(each, Claim)]
    assert [item for item in claimed if game.kind.multiple(item)] == []


@every_kind
def test_control_names_differ(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        controls = game.controls(sitting)
        assert len({(control.name, *sorted(control.args.items())) for control in controls}) == len(controls)


@every_kind
def test_unknown_command_is_refused(name: str) -> None:
    game = play(name)
    assert isinstance(outcome(game, game.begin(), Command("bestaat-niet")), Rejected)


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
        outcome(game, explored(name)[0], Command(command, args))
