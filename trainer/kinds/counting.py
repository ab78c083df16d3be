"""Pictures: the answers to an item, counted at one moment; and when another one may be taken.

A counted vote bears a mark. It tells whether its phone sent something since, and which pictures it was part
of, not what the vote is. Sending the same again counts as a change: if it did not, whether a picture may be
taken would tell whether whoever just pressed had moved.
"""

from dataclasses import replace
from hashlib import blake2b
from typing import NamedTuple

from trainer.kinds.contract import ROOM, Picture, Post, Tally
from trainer.kinds.posts import Posts
from trainer.kinds.tally import tally

# The prefix of a counted vote's mark.
COUNTED = "v"
MARK_LENGTH = 17
# Replaces the mark of an answer for a phone that was counted before and has no answer now.
NO_ANSWER = COUNTED + "0" * (MARK_LENGTH - 1)


class Sides(NamedTuple):
    """The phones whose counted answer went since the last picture, those whose answer came, and, when any
    went, those whose answer stayed. Who sent the same again is in both of the first."""

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

    When too few phones changed, their part of the picture stays as it was. New paper may be seen by itself,
    since the trainer knows it; a first picture of paper alone needs enough paper to be shown alone. Without
    new paper the result is the same whether nobody changed or only a few did.
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
    # Paper only ever decreases when the step ends and everything goes.
    return (replace(before, paper=paper), {}) if paper.answered > before.paper.answered else None


def may_be_counted(posts: Posts, item: str, crowd: int, number: int) -> bool:
    """May a new picture of the phones be seen beside all `number` pictures before it?

    Comparing it with the last one shows what went, what came and what stayed: each must be of nobody or of a
    crowd. Comparing it with earlier ones singles out the phones whose answers were in the same pictures: they
    too must be nobody, or at least three.
    """
    if posts.secret is None and number:
        # Without the secret, votes that were counted can no longer be recognised.
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
    """What has changed since the last picture of an item, as sets of phones."""
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
    """The phones' posts for an item, each with its current mark; '' for what is gone."""
    here = [(post, mark(post, posts.secret)) for post in posts.here if post.item == item and not post.paper]
    return here + [(post, "") for post in posts.gone if post.item == item]


def _counted(post: Post) -> str:
    """The mark of this phone's answer in the last picture; '' when it has none there."""
    found = post.seen[:MARK_LENGTH] if is_counted(post) else ""
    return "" if found == NO_ANSWER else found


def _histories(posts: Posts, item: str, number: int) -> dict[str, str]:
    """The marks by post id once another picture is taken: the counted answer, and its history.

    A history has one letter per picture: `n` sent for it, `s` there from before, `a` absent.
    """
    found: dict[str, str] = {}
    for post, now in _answers(posts, item):
        before = post.seen[MARK_LENGTH:] if is_counted(post) else "a" * number
        letter = "a" if not now else "s" if now == _counted(post) else "n"
        history = before + letter
        found[post.id] = f"{now or NO_ANSWER}{history}" if "n" in history else ""
    return found


def mark(post: Post, secret: bytes | None) -> str:
    """The mark of a counted vote, by its id: what a phone sends later has another one. '' without an answer.

    It is keyed with the step's `secret`: whoever has the rows alone cannot tell who sent again.
    """
    if not any(post.payload.values()):
        return ""
    return COUNTED + blake2b(post.id.encode(), key=secret or b"", digest_size=8).hexdigest()
