"""The id of a row: the same for the same post, and no way from an id on a phone to what it sent."""

import uuid

from tests.store.acts import FLAP
from tests.support.hall import Hall


def test_id_of_a_row_cannot_be_made_from_what_phone_and_database_hold(hall: Hall) -> None:
    hall.do("goto", step=FLAP)
    phone, post_id = hall.phone(), str(uuid.uuid4())
    assert hall.post(phone, FLAP, post_id=post_id, text="moed") is None
    (post,) = hall.posts(FLAP)
    row = hall.host.posting.row_id

    same = row(hall.room, FLAP, post.author, post_id)
    hall.host.keys.destroy(hall.meeting, FLAP)
    without = row(hall.room, FLAP, post.author, post_id)

    assert same == post.id
    assert without != post.id
