"""What phones say openly, in every kind where they do: with it goes nothing that others may not know."""

import pytest

from tests.kinds.contract_support import every_posting_kind, play
from tests.kinds.contract_walks import walked
from tests.kinds.stage_support import put
from trainer import kinds
from trainer.kinds import gate
from trainer.kinds.contract import Post
from trainer.kinds.posts import Posts

OPEN = [kind.name for kind in kinds.discover().values() if kind.openly]


def said(phone: str, yes: bool = True, item: str = "1-t") -> Post:
    return Post(f"{phone} {item}", item, phone, {"tells": yes})


@pytest.mark.parametrize("name", OPEN)
def test_post_that_says_it_says_nothing_else(name: str) -> None:
    field = play(name).kind.openly
    posts = [post for sitting in walked(name) for post in sitting.posts.here if post.payload.get(field)]

    assert posts
    assert [post.payload for post in posts if post.payload != {field: True}] == []


@every_posting_kind
def test_only_what_the_kind_names_is_counted_openly(name: str) -> None:
    counted = [sitting.seen(play(name)).openly for sitting in walked(name)]

    assert any(counted) == (name in OPEN)


def test_who_says_it_is_counted_exactly_and_no_longer_who_took_it_back() -> None:
    here = (said("a"), said("b"), said("a", item="2-t"), Post("v", "1", "c", {"choices": [1]}))
    posts = Posts(here, openly="tells")

    after = put(posts, said("b", yes=False))

    assert gate.seen(posts, {}).openly == {"1-t": 2, "2-t": 1}
    assert gate.seen(after, {}).openly == {"1-t": 1, "2-t": 1}


def test_nothing_is_counted_of_a_sealed_step_or_without_a_name() -> None:
    sealed = Posts((said("a"),), openly="tells", sealed=True)

    assert [gate.seen(posts, {}).openly for posts in (sealed, Posts((said("a"),)))] == [{}, {}]
