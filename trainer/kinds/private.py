"""What one phone sees of its own posts: the same for all phones whose posts say the same."""

from collections.abc import Sequence
from typing import Any

from trainer.kinds.contract import Card, Kind, Post, Seen, View
from trainer.kinds.gate import FALLEN, emptied, has_fallen, is_card


def given_to(kind: Kind, own: Sequence[Post]) -> Sequence[Post]:
    """What a kind gets of the posts of a phone: no word of what it took back, and seldom that it had it."""
    if kind.outlasts:
        return [emptied(post) if post.leaving else post for post in own]
    return [post for post in own if not post.leaving]


def private_view(
    kind: Kind, settings: Any, state: Any, own: Sequence[Post], seen: Seen
) -> tuple[View, tuple[str, ...]]:
    """The view of a phone with these posts, and the ids that go with it.

    Unless the kind is `personal`, the view has the place of each post among these ids in place of its id, so
    that no HTML holds an id; the browser puts the ids in (`static/js/morph.js`).
    """
    if kind.personal:
        return kind.own(settings, state, own, seen), ()
    placed = [_placed(str(place), post) for place, post in enumerate(own)]
    cards = (
        Card(each.id, each.item, each.payload)
        for each, post in zip(placed, own, strict=True)
        if is_card(post)
    )
    return kind.own(settings, state, placed, Seen(tuple(cards))), tuple(post.id for post in own)


def _placed(place: str, post: Post) -> Post:
    return Post(place, post.item, "", post.payload, seen=FALLEN if has_fallen(post) else "")
