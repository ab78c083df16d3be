"""What was sent in a step, as the gate gets it, and how many people at the least sent it."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import msgspec

from trainer.kinds.contract import ROOM, Post
from trainer.kinds.text import words_of


@dataclass(frozen=True, slots=True)
class Doubles:
    """Which phones may belong to one person: whoever left may be anybody who came in later.

    By author: `left` is a phone's place in the order of leaving, from 1, and `late` how many had left when a
    phone came in. `more` left before the meeting was last loaded; which ones is no longer known.
    """

    left: Mapping[str, int] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)
    more: int = 0

    def among(self, phones: Set[str]) -> int:
        """How many of these phones, at most, belong to somebody who has another among them."""
        left = sorted(self.left[phone] for phone in phones & self.left.keys())
        matched = 0
        for gone_before in sorted(self.late[phone] for phone in phones & self.late.keys()):
            matched += matched < len(left) and left[matched] <= gone_before
        return matched + self.more


NO_DOUBLES = Doubles()


@dataclass(frozen=True, slots=True)
class Posts:
    """What was sent in a step. `gone`: votes that were taken back after they were counted. `ever`: by item,
    how many phones had ever sent something at the last tick, taken back or not; it only grows. `secret` is
    the key of the marks of votes; it ends with the step, and None means that it was lost. `sealed`: nothing
    is accepted any more, and what is left on the wall says nothing of how many took part. `crowd`: how many
    must change at once before others see it. `noted`: what `visible` returns, when known beforehand.
    `agreed`: the field whose words two phones may have from each other (`Kind.agreed`). `openly`: the field
    of what everybody may know of a phone (`Kind.openly`)."""

    here: Sequence[Post] = ()
    gone: Sequence[Post] = ()
    ever: Mapping[str, int] = field(default_factory=dict)
    doubles: Doubles = NO_DOUBLES
    secret: bytes | None = b""
    sealed: bool = False
    crowd: int = ROOM
    noted: Sequence[Post] | None = None
    agreed: str = ""
    openly: str = ""

    @property
    def visible(self) -> Sequence[Post]:
        """At least all posts of which others can see more than a count: cards, and what is on paper."""
        return self.here if self.noted is None else self.noted

    def only(self, here: Sequence[Post]) -> "Posts":
        """The same step with these posts in it."""
        return replace(self, here=here, noted=None)

    def is_crowd(self, phones: Set[str], crowd: int) -> bool:
        """Do these phones, given by author, certainly belong to at least `crowd` people?"""
        return len(phones) - self._doubles_among(phones) >= crowd

    def _doubles_among(self, phones: Set[str]) -> int:
        """How many of these phones may be of somebody who has another here, or says something openly."""
        if not self.openly:
            return self.doubles.among(phones)
        # What is counted here goes to them: nobody hides behind a phone that was theirs.
        known = (post.author for post in self.here if post.payload.get(self.openly))
        return self.doubles.among({*phones, *known})

    def have_crowd(self, cards: Sequence[Post], crowd: int) -> bool:
        """Do these cards certainly come from `crowd` people who wrote theirs apart from each other?"""
        phones = {post.author for post in cards}
        return len(set(self.apart(cards).values())) - self._doubles_among(phones) >= crowd

    def apart(self, cards: Iterable[Post]) -> dict[str, str]:
        """The phones of these cards, by author: to each the one that stands for all that wrote with it.

        Where people agree on words, those whose cards say the same are known to be together, by those who saw
        them agree: what they wrote is then hidden by others alone.
        """
        found: dict[str, str] = {}
        said: dict[str, str] = {}
        for post in cards:
            found.setdefault(post.author, post.author)
            for words in self._words_on(post):
                mine, theirs = found[post.author], found[said.setdefault(words, post.author)]
                if mine != theirs:
                    found = {phone: mine if first == theirs else first for phone, first in found.items()}
        return found

    def firsts(self, cards: Iterable[Post]) -> dict[str, Post]:
        """To each card, by id, the first of these that says the same for the same item, or itself."""
        found: dict[str, Post] = {}
        said: dict[tuple[str, str], Post] = {}
        for post in cards:
            places = [(post.item, words) for words in self._words_on(post)]
            first = next((said[place] for place in places if place in said), post)
            said |= {place: first for place in places if place not in said}
            found[post.id] = first
        return found

    def _words_on(self, post: Post) -> frozenset[str]:
        text = str(post.payload.get(self.agreed, "")) if self.agreed else ""
        return words_of(text) if text else frozenset()

    def is_few(self, phones: Set[str], crowd: int) -> bool:
        """Do they belong to somebody, but possibly to fewer than `crowd` people?"""
        return bool(phones) and not self.is_crowd(phones, crowd)

    def marked(self, marks: Mapping[str, str]) -> "Posts":
        """The posts with the new `marks`, which are by post id."""
        if not marks:
            return self

        def again(post: Post) -> Post:
            return msgspec.structs.replace(post, seen=marks[post.id]) if post.id in marks else post

        return replace(self.only([*map(again, self.here)]), gone=[*map(again, self.gone)])
