"""A card can name another card, in its payload or as its item: it still does once its step is sealed."""

from collections.abc import Mapping, Sequence

import pytest

from tests.store.acts import FLAP, own_ids, sealed
from tests.support.hall import Hall
from trainer.kinds.contract import Payload, Post, Rejected, Submission
from trainer.kinds.flap import Flap, FlapState, Settings
from trainer.live.stored import with_ids

ROOTS = ("moed", "geduld", "hoop")
GONE = "11111111-1111-4111-8111-111111111111"


class Tree(Flap):
    """A flap on which a card may hang under another."""

    def accept(
        self, settings: Settings, state: FlapState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        accepted = super().accept(settings, state, submission, own)
        if isinstance(accepted, Rejected):
            return accepted
        return {item: {**payload, "under": submission.one("under")} for item, payload in accepted.items()}


@pytest.fixture
def tree(hall: Hall) -> Hall:
    """Three cards on the wall, and one under each."""
    hall.host.kinds = {**hall.host.kinds, Flap.name: Tree()}
    hall.host.rooms.forget([hall.meeting])
    hall.do("goto", step=FLAP)
    for root in ROOTS:
        phone = hall.phone()
        assert hall.post(phone, FLAP, text=root) is None
        assert hall.post(phone, FLAP, text=f"bij {root}", under=own_ids(hall, phone, FLAP)[0]) is None
    hall.do("do:draw")
    hall.do("do:show-all")
    return hall


def test_a_card_under_another_is_still_there_once_its_step_is_sealed(tree: Hall) -> None:
    before = {post.id for post in tree.posts(FLAP)}

    sealed(tree)

    texts = {post.id: post.payload["text"] for post in tree.posts(FLAP)}
    under = {str(post.payload["text"]): texts.get(post.payload["under"]) for post in tree.posts(FLAP)}
    assert under == {**dict.fromkeys(ROOTS), **{f"bij {root}": root for root in ROOTS}}
    assert before & {*texts, *(str(post.payload["under"]) for post in tree.posts(FLAP))} == set()


def test_a_card_under_another_is_still_there_after_a_restart(tree: Hall) -> None:
    sealed(tree)
    before = tree.posts(FLAP)

    again = tree.restarted()

    assert [(post.id, post.payload) for post in again.posts(FLAP)] == [
        (each.id, each.payload) for each in before
    ]


def test_the_id_of_a_card_that_is_gone_names_nothing_any_more(tree: Hall) -> None:
    assert tree.post(tree.phone(), FLAP, text="los", under=GONE) is None

    sealed(tree)

    assert GONE not in repr(tree.posts(FLAP))


def test_ids_are_renamed_wherever_they_stand_in_a_value() -> None:
    value = {GONE: [GONE, f"kaart/{GONE}", "los", 3, None, True, {"under": (GONE,)}]}

    assert with_ids(value, lambda _: "nieuw") == {
        "nieuw": ["nieuw", "kaart/nieuw", "los", 3, None, True, {"under": ["nieuw"]}]
    }
