"""What is kept of a step that is sealed, in every kind."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import product

import pytest

from tests.kinds.contract_paths import explored, full_wall, late, outcome, paths, press, pressed, presses
from tests.kinds.contract_support import MOST_STATES, Play, Sitting, every_kind, every_posting_kind, play
from trainer.kinds import gate
from trainer.kinds.contract import HOUSE, Command, Picture, Rejected, Texts, Written


@every_kind
def test_report_is_complete_in_itself(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        rows = game.report(sitting)
        assert len({row.id for row in rows}) == len(rows)
        assert [row.id for row in rows if not row.question] == []


@every_posting_kind
def test_something_is_reported_unless_people_write_about_themselves(name: str) -> None:
    game = play(name)
    assert game.report(explored(name)[-1]) or game.kind.intimate(game.settings)


@every_posting_kind
@pytest.mark.parametrize("phones", [1, 2, 3, 4])
def test_nothing_of_fewer_than_five_phones_is_kept(name: str, phones: int) -> None:
    # Not even that there was an answer: one phone leaves what none does.
    game = play(name)
    begun = [game.begin(game.crowd(game.kind.start(game.settings), phones, alike)) for alike in (False, True)]
    for path, each in product(paths(name), begun):
        sitting = pressed(game, each, path)
        assert {row.id for row in game.kept(sitting)} <= written(game, sitting), path


@every_posting_kind
def test_texts_that_were_never_on_the_screen_are_not_kept(name: str) -> None:
    # Other pages, a cloud of words, what lies behind something else.
    game = play(name)
    begun = game.begin(full_wall(game))
    reached = [(begun, words_on_screen(game, begun))]
    for sitting, shown in reached:
        rows = {row.id for row in game.report(sitting) if isinstance(row, Texts)}
        kept = [text for row in game.kept(sitting) if row.id in rows for text in row.texts or ()]
        assert [text for text in kept if text not in shown] == []
        for control in game.controls(sitting) if len(reached) < MOST_STATES else ():
            args = {key: (value,) for key, value in control.args.items()}
            following = outcome(game, sitting, Command(control.name, args, 1))
            if not isinstance(following, Rejected) and following not in [each for each, _ in reached]:
                reached.append((following, shown + words_on_screen(game, following)))


@every_posting_kind
def test_nothing_counts_as_seen_while_the_screen_is_covered(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        behind = replace(sitting, meeting=replace(sitting.meeting, cover=True))
        assert [*game.looked_at(behind).here] == [*sitting.posts.here]


@every_posting_kind
def test_texts_on_the_screen_are_kept_where_a_kind_keeps_any(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        fields = {
            key: row.field for row in game.report(sitting) if isinstance(row, Texts) for key in row.cards
        }
        texts = {
            card.id: str(card.payload[fields[card.id]])
            for card in sitting.seen(game).cards
            if card.id in fields
        }
        # Another card, of another page, may have the same words.
        looked_at = {texts.get(post.id) for post in game.looked_at(sitting).here if gate.was_on_screen(post)}
        shown = words_on_screen(game, sitting)
        assert [text for text in texts.values() if text in shown and text not in looked_at] == []


@every_posting_kind
def test_pictures_that_the_screen_never_drew_do_not_last(name: str) -> None:
    # A picture holds more than anybody saw of it, and what lasts lies in the database.
    game = play(name)
    some_last = any(game.kind.lasting(game.settings, each.inner(game))[1] for each in explored(name))
    begun = game.begin(game.crowd(game.kind.start(game.settings)))
    reached = [(begun, drawn_pictures(game, begun), "")] if some_last else []
    for time in range(3):
        crowded = [(late(game, sitting, HOUSE, time), *rest) for sitting, *rest in reached]
        pressed = [
            (following, drawn, f"{path} {command.name}")
            for sitting, drawn, path in crowded
            for command in presses(name)
            for following in [press(game, sitting, command)]
        ]
        reached = [(sitting, drawn | drawn_pictures(game, sitting), path) for sitting, drawn, path in pressed]
    for sitting, drawn, path in reached:
        _, lasting = game.kind.lasting(game.settings, sitting.inner(game))
        kept = {item: one for item, one in game.pictures(sitting).items() if item in lasting}
        assert kept.items() - drawn == set(), path


def words_on_screen(game: Play, sitting: Sitting) -> str:
    """The text that is on the screen; a word that is set apart in its line stays in that line."""
    html = re.sub(r"</?(?:em|span|strong)\b[^>]*>", "", game.shared("screen", sitting))
    return unescape(re.sub(r"<[^>]*>", "\n", html))


def drawn_pictures(game: Play, sitting: Sitting) -> set[tuple[str, Picture]]:
    """The pictures by item that are on the screen, whole: with any other counts it would look different."""
    pictures = game.pictures(sitting)
    screen = game.shared("screen", sitting)
    return {
        (item, one)
        for item, one in pictures.items()
        if all(
            game.shared("screen", game.with_pictures(sitting, {**pictures, item: other})) != screen
            for other in _others(one)
        )
    }


def _others(picture: Picture) -> Iterator[Picture]:
    """The same of as many phones, one of which gave the next answer."""
    for place, count in enumerate(picture.phones.counts):
        if count:
            counts = list(picture.phones.counts)
            counts[place] -= 1
            counts[place - 1] += 1
            yield replace(picture, phones=replace(picture.phones, counts=tuple(counts)))


def written(game: Play, sitting: Sitting) -> set[str]:
    """The ids of what trainers wrote."""
    return {row.id for row in game.report(sitting) if isinstance(row, Written)}
