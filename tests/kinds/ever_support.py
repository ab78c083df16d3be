"""How many phones ever sent something, as a room in memory counts them."""

from collections.abc import Sequence

from trainer.kinds.contract import Post
from trainer.kinds.values import ANY


def ever_of(posts: Sequence[Post]) -> dict[str, int]:
    """By item, and of all items together; what is on paper is of no phone."""
    phones: dict[str, set[str]] = {}
    for post in (each for each in posts if not each.paper):
        phones.setdefault(post.item, set()).add(post.author)
    return {item: len(authors) for item, authors in phones.items()} | {
        ANY: len(set().union(*phones.values()))
    }
