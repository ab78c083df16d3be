"""Texts of any kind are anonymised, kept and wiped, whatever the kind calls its fields."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from tests.store.acts import FLAP, sealed, shown, texts
from tests.support.hall import Hall
from trainer.kinds.contract import Payload, Post, Rejected, Report, Submission, Texts
from trainer.kinds.flap import Flap, FlapState, Settings
from trainer.meetings.retention import purge

LEAF = "leaf"
WORDS = tuple(sorted(f"{word}-geheim" for word in ("moed", "geduld", "hoop", "lef", "trots")))


class Leaves(Flap):
    """A flap that calls its text otherwise."""

    def accept(
        self, settings: Settings, state: FlapState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        accepted = super().accept(settings, state, submission, own)
        if isinstance(accepted, Rejected):
            return accepted
        return {item: {LEAF: payload["text"]} for item, payload in accepted.items()}

    def report(self, settings: Settings, state: FlapState) -> Report:
        return (Texts("blaadjes", "Wat valt er?", state.batches.shown, LEAF),)


@pytest.fixture
def leaves(hall: Hall) -> Hall:
    """Five leaves on the wall."""
    hall.host.kinds = {**hall.host.kinds, Flap.name: Leaves()}
    hall.host.rooms.forget([hall.meeting])
    hall.do("goto", step=FLAP)
    shown(hall, WORDS)
    return hall


def test_texts_in_a_field_of_any_name_are_kept_and_wiped_when_their_time_is_over(leaves: Hall) -> None:
    leaves.do("close")
    assert texts(leaves) == {"blaadjes": WORDS}
    assert b"moed-geheim" in leaves.written()

    purge(leaves.host, leaves.host.clock.now().date() + timedelta(days=365))

    assert texts(leaves) == {"blaadjes": None}
    assert b"-geheim" not in leaves.written().replace(b"Geheim-", b"")


def test_a_field_of_any_name_is_anonymised_on_the_wall(leaves: Hall) -> None:
    before = {post.id for post in leaves.posts(FLAP)} | {post.author for post in leaves.posts(FLAP)}

    sealed(leaves)

    assert sorted(post.payload[LEAF] for post in leaves.posts(FLAP)) == list(WORDS)
    assert (
        before & ({post.id for post in leaves.posts(FLAP)} | {post.author for post in leaves.posts(FLAP)})
        == set()
    )
