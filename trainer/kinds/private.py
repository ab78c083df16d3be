"""What one phone sees of its own posts."""

from collections.abc import Sequence
from typing import Any

from trainer.kinds.contract import Card, Kind, Post, Seen, View
from trainer.kinds.gate import FALLEN, emptied, has_fallen, is_card


def given_to(kind: Kind, own: Sequence[Post]) -> Sequence[Post]:
    """What a kind gets of the posts of a phone: no word of what it took back, and seldom that it had it."""
    if kind.outlasts:
        return [emptied(post) if post.leaving else post for post in own]
    return [post for post in own if not post.leaving]


def private_view(kind: Kind, settings: Any, state: Any, own: Sequence[Post], seen: Seen) -> View:
    """The view of a phone with these posts.

    Unless the kind is `personal`, it follows from what these posts say and whether others saw them: nothing
    that another phone does brings this one a new fragment.
    """
    if kind.personal:
        return kind.own(settings, state, own, seen)
    cards = tuple(Card(post.id, post.item, post.payload) for post in own if is_card(post))
    return kind.own(settings, state, [_plain(post) for post in own], Seen(cards))


def _plain(post: Post) -> Post:
    return Post(post.id, post.item, "", post.payload, seen=FALLEN if has_fallen(post) else "")
