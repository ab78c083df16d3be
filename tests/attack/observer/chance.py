"""Chance held still, so that two runs of a history differ in what was typed alone."""

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from trainer.meetings import posting, steering


class _Chance:
    """Stands in for `secrets` in the host: the n-th seed of every meeting is the same."""

    token_urlsafe = staticmethod(secrets.token_urlsafe)
    seed = 0

    def randbits(self, bits: int) -> int:
        self.seed += 1
        return self.seed

    def uuid4(self) -> uuid.UUID:
        """For cards on paper."""
        return uuid.uuid5(uuid.NAMESPACE_OID, str(self.randbits(0)))


@contextmanager
def still_chance() -> Iterator[None]:
    """With chance held still, so that two runs of a history differ in what was typed alone.

    The ids of posts, in whose order cards lie, are random for whoever does not know a phone's token. Here
    they follow from what was typed: somebody else who types it has the same luck.
    """
    before = posting.Posting.row_id, posting.uuid, steering.secrets
    posting.Posting.row_id = lambda self, room, step_id, author, post_id, place=0: str(
        uuid.uuid5(uuid.UUID(post_id), str(place))
    )
    posting.uuid = steering.secrets = _Chance()
    try:
        yield
    finally:
        posting.Posting.row_id, posting.uuid, steering.secrets = before
