"""Arranging the answers on a flap: piles of duplicates, and groups with a title.

Groups and piles hold post ids. The id of a post that was taken back stays where it is and is ignored; the
pile then shows another card on top.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from trainer.kinds import contract

MOST_GROUPS = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Cards that belong together, under the trainer's title."""

    id: str
    title: str
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """How the cards are arranged: in `groups`, and on `piles` of cards that say the same."""

    groups: tuple[Group, ...] = ()
    piles: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A card as displayed: `count` is the number of posts on its pile; `group` is '' when it is loose."""

    id: str
    text: str
    count: int
    group: str


def text_of(post: contract.Card | contract.Post) -> str:
    """What is written on a card; '' when there is nothing."""
    return str(post.payload.get("text", ""))


def pile(order: Order, post_id: str) -> tuple[str, ...]:
    """The ids on the same pile as `post_id`, itself included."""
    return next((found for found in order.piles if post_id in found), (post_id,))


def group_of(order: Order, post_id: str) -> str:
    """The id of a card's group; '' when it is loose."""
    return next((group.id for group in order.groups if post_id in group.cards), "")


def add_group(order: Order, title: str) -> Order:
    """Adds an empty group at the end."""
    number = 1 + max((int(group.id[1:]) for group in order.groups), default=0)
    return replace(order, groups=(*order.groups, Group(f"g{number}", title)))


def rename_group(order: Order, group_id: str, title: str) -> Order:
    """Gives a group another title; does nothing when there is no such group."""
    groups = (replace(group, title=title) if group.id == group_id else group for group in order.groups)
    return replace(order, groups=tuple(groups))


def drop_group(order: Order, group_id: str) -> Order:
    """Removes a group, leaving its cards loose."""
    return replace(order, groups=tuple(group for group in order.groups if group.id != group_id))


def move(order: Order, post_id: str, group_id: str) -> Order:
    """Moves a card, with its whole pile, to a group; '' takes it out of every group."""
    moved = pile(order, post_id)
    groups: list[Group] = []
    for group in order.groups:
        cards = tuple(key for key in group.cards if key not in moved)
        groups.append(replace(group, cards=(*cards, *moved) if group.id == group_id else cards))
    return replace(order, groups=tuple(groups))


def merge(order: Order, post_id: str, into: str) -> Order:
    """Puts one pile under another; the pile of `into` stays on top and keeps its group."""
    below, above = pile(order, post_id), pile(order, into)
    if below == above:
        return order
    others = tuple(found for found in order.piles if found not in (below, above))
    merged = replace(order, piles=(*others, (*above, *below)))
    return move(merged, into, group_of(order, into))


def split(order: Order, post_id: str) -> Order:
    """Takes a pile apart; the cards stay in their group."""
    return replace(order, piles=tuple(found for found in order.piles if post_id not in found))


def merge_same(order: Order, cards: Sequence[Card]) -> Order:
    """Merges the cards that say the same, ignoring case and punctuation at the ends."""
    first: dict[str, str] = {}
    for card in cards:
        said = same_key(card.text)
        if said in first:
            order = merge(order, card.id, first[said])
        else:
            first[said] = card.id
    return order


def same_key(text: str) -> str:
    """A key that two cards share when they say the same."""
    return text.casefold().strip(" .,;:!?'\"-") or text


def faces(order: Order, posts: Iterable[contract.Card]) -> tuple[Card, ...]:
    """The cards as displayed when only `posts` exist: one per pile, in the order of `posts`."""
    texts = {post.id: text_of(post) for post in posts}
    on_top: dict[str, Card] = {}
    for key in texts:
        lying = [other for other in pile(order, key) if other in texts]
        face = lying[0]
        on_top.setdefault(face, Card(face, texts[face], len(lying), group_of(order, face)))
    return tuple(on_top.values())


def sections(order: Order, cards: Sequence[Card]) -> tuple[tuple[Group, tuple[Card, ...]], ...]:
    """The cards by group, in the order of the groups; loose cards last, in a group without id."""
    by_group = [(group, tuple(card for card in cards if card.group == group.id)) for group in order.groups]
    return (*by_group, (Group("", ""), tuple(card for card in cards if not card.group)))
