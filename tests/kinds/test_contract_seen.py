"""What others see of what is sent, in every kind."""

import re
from dataclasses import replace

import pytest

from tests.kinds.contract_paths import explored, late, paths, pressed
from tests.kinds.contract_support import (
    AUTHOR,
    MARKER,
    PHONES,
    Play,
    Sitting,
    every_kind,
    every_posting_kind,
    play,
)
from tests.support.fragments import read_page
from trainer.live.stored import POST_ID


@every_kind
def test_nothing_posted_is_a_sane_view(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        sitting = game.begin(state=state)
        phone, screen, _, paper = game.everything(sitting)
        game.own(sitting, "")
        fragments = {"phone.html": phone, "screen.html": screen, "print.html": paper}
        blank = [file for file, html in fragments.items() if not visible(html)]
        assert blank == [], "these fragments are missing, or show nothing while nobody has posted"


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
    # Where people choose what they write for, leftovers of another choice would come with what is sent later.
    begun = game.begin(game.crowd(game.kind.start(game.settings), alike=bool(game.kind.chosen)))
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
        tags = {tag for tag, attributes in read_page(html).elements if pressed & set(attributes)}
        assert tags <= {"button", "form"}


def with_nobodys_turn(game: Play, sitting: Sitting) -> Sitting:
    """The same while it is the turn of no phone: the room sees whose it is, and a lot gave it."""
    inner = sitting.inner(game)
    if not hasattr(inner, "turn"):
        return sitting
    kinds_ = {**sitting.meeting.kinds, game.step.id: replace(inner, turn="")}
    return replace(sitting, meeting=replace(sitting.meeting, kinds=kinds_))


def visible(html: str) -> str:
    return re.sub(r"<[^>]*>|\s+", "", html)
