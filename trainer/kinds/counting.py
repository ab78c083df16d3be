"""Pictures: the answers to an item, counted at one moment. When may there be another one?

A vote that was counted bears a mark. It says whether the vote is still the same, and of which pictures it was
a part; not what the vote is.
"""

from dataclasses import replace
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from trainer.kinds.contract import ROOM, Picture, Post, Tally
from trainer.kinds.posts import Posts
from trainer.kinds.tally import tally

# The beginning of the mark of a vote that was counted.
COUNTED = "v"
MARK_LENGTH = 17
# In place of the mark of an answer, for a phone of which one was counted before and none is now.
NO_ANSWER = COUNTED + "0" * (MARK_LENGTH - 1)


class Sides(NamedTuple):
    """The phones whose counted answer went since the last picture, whose answer came, and, when any went, of
    which the answer stayed."""

    went: set[str]
    came: set[str]
    stayed: set[str]


def is_counted(post: Post) -> bool:
    """Is this vote in a picture?"""
    return post.seen.startswith(COUNTED)


def count(
    posts: Posts, before: Picture | None, item: str, size: int, crowd: int
) -> tuple[Picture, dict[str, str]] | None:
    """The picture of an item now, with the marks of what was counted; None when it must wait.

    When too few phones changed, their part of the picture stays as it was. New paper may be seen by itself:
    the trainer knows it; alone it is enough where it would be shown alone. Without new paper the answer is
    the same whether nobody changed or a few did: else it would tell of each who pressed whether they did.
    """
    here = [post for post in posts.here if post.item == item]
    paper = tally((post for post in here if post.paper), item, size)
    number = before.number if before else 0
    if may_be_counted(posts, item, crowd, number):
        phones = [post for post in here if not post.paper]
        marks = _histories(posts, item, number)
        doubles = posts.doubles.among({post.author for post in phones})
        return Picture(tally(phones, item, size), paper, number + 1, doubles), marks
    if before is None:
        enough = paper.answered >= (1 if crowd == ROOM else crowd)
        return (Picture(Tally((0,) * size), paper), {}) if enough else None
    # Paper never gets less, but for the end of the step: then it is gone with all the rest.
    return (replace(before, paper=paper), {}) if paper.answered > before.paper.answered else None


def may_be_counted(posts: Posts, item: str, crowd: int, number: int) -> bool:
    """May a new picture of the phones be seen beside all `number` pictures before it?

    Who compares it with the last one sees what went, what came and what stayed. Each of these is of nobody or
    of a crowd. Who compares it with earlier ones learns of those whose answers were in the same pictures
    together: they are nobody, or at least three, too.
    """
    if posts.secret is None and number:
        # Nobody can tell any more which votes are still the same.
        return False
    found = sides(posts, item)
    if not (found.went or found.came) or any(posts.is_few(side, crowd) for side in found):
        return False
    marks = _histories(posts, item, number)
    alike: dict[str, set[str]] = {}
    for post in (*posts.here, *posts.gone):
        if marks.get(post.id):
            alike.setdefault(marks[post.id][MARK_LENGTH:], set()).add(post.author)
    return all(posts.is_crowd(phones, ROOM) for phones in alike.values())


def sides(posts: Posts, item: str) -> Sides:
    """What has changed since the last picture of an item, by phones."""
    went, came, stayed = set[str](), set[str](), set[str]()
    for post, now in _answers(posts, item):
        then = _counted(post)
        if now == then:
            stayed |= {post.author} if now else set()
            continue
        went |= {post.author} if then else set()
        came |= {post.author} if now else set()
    return Sides(went, came, stayed if went else set())


def _answers(posts: Posts, item: str) -> list[tuple[Post, str]]:
    """What phones sent for an item, with the mark that its answer has now; '' for what is gone."""
    here = [(post, mark(post, posts.secret)) for post in posts.here if post.item == item and not post.paper]
    return here + [(post, "") for post in posts.gone if post.item == item]


def _counted(post: Post) -> str:
    """The mark of the answer that is in the last picture; '' when none is."""
    found = post.seen[:MARK_LENGTH] if is_counted(post) else ""
    return "" if found == NO_ANSWER else found


def _histories(posts: Posts, item: str, number: int) -> dict[str, str]:
    """The marks by post once there is another picture: what is counted, and its history.

    A history has a letter for each picture: `n` a new answer, `s` the same as before, `a` none.
    """
    found: dict[str, str] = {}
    for post, now in _answers(posts, item):
        before = post.seen[MARK_LENGTH:] if is_counted(post) else "a" * number
        letter = "a" if not now else "s" if now == _counted(post) else "n"
        history = before + letter
        found[post.id] = f"{now or NO_ANSWER}{history}" if "n" in history else ""
    return found


def mark(post: Post, secret: bytes | None) -> str:
    """The mark of a vote that was counted: it tells whether the vote is still the same.

    Without the `secret` of the step nobody can try which answer it was. A vote without an answer is nothing
    to count.
    """
    if not any(post.payload.values()):
        return ""
    content = msgspec.json.encode((post.author, post.payload))
    return COUNTED + blake2b(content, key=secret or b"", digest_size=8).hexdigest()
