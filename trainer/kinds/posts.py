"""What was sent in a step, as the gate gets it, and how many people that is of at least."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import msgspec

from trainer.kinds.contract import ROOM, Post


@dataclass(frozen=True, slots=True)
class Doubles:
    """Which phones may be one person's: who left may be any of those that came in later.

    By author: `left` says after how many others a phone left, itself included, and `late` how many had left
    when a phone came in. `more` left before the server was started again: nobody knows any more which.
    """

    left: Mapping[str, int] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)
    more: int = 0

    def among(self, phones: Set[str]) -> int:
        """How many of these phones, at most, are of somebody who has another among them."""
        left = sorted(self.left[phone] for phone in phones & self.left.keys())
        matched = 0
        for gone_before in sorted(self.late[phone] for phone in phones & self.late.keys()):
            matched += matched < len(left) and left[matched] <= gone_before
        return matched + self.more


NO_DOUBLES = Doubles()


@dataclass(frozen=True, slots=True)
class Posts:
    """What was sent in a step. `gone`: votes that were taken back after they were counted. `ever`: by item,
    how many phones had ever sent something at the last tick, taken back or not; that only grows. `secret` is
    what nobody can make the marks of votes without; it ends with the step, and None says that it was lost.
    `sealed`: nothing comes any more, and what is left on the wall says nothing of how many took part.
    `crowd`: by how many at once what others see of the kind changes. `noted`: what `visible` gives, where
    that is known beforehand."""

    here: Sequence[Post] = ()
    gone: Sequence[Post] = ()
    ever: Mapping[str, int] = field(default_factory=dict)
    doubles: Doubles = NO_DOUBLES
    secret: bytes | None = b""
    sealed: bool = False
    crowd: int = ROOM
    noted: Sequence[Post] | None = None

    @property
    def visible(self) -> Sequence[Post]:
        """Among others all posts of which more can be seen than a count: cards, and what is on paper."""
        return self.here if self.noted is None else self.noted

    def only(self, here: Sequence[Post]) -> "Posts":
        """The same step with these posts in it."""
        return replace(self, here=here, noted=None)

    def is_crowd(self, phones: Set[str], crowd: int) -> bool:
        """Are these phones, by their authors, certainly of `crowd` people?"""
        return len(phones) - self.doubles.among(phones) >= crowd

    def is_few(self, phones: Set[str], crowd: int) -> bool:
        """Are they of somebody, and maybe of fewer than `crowd` people?"""
        return bool(phones) and not self.is_crowd(phones, crowd)

    def marked(self, marks: Mapping[str, str]) -> "Posts":
        """The posts with their new marks, by id."""
        if not marks:
            return self

        def again(post: Post) -> Post:
            return msgspec.structs.replace(post, seen=marks[post.id]) if post.id in marks else post

        return replace(self.only([*map(again, self.here)]), gone=[*map(again, self.gone)])
