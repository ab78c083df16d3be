"""A step before the gate: what was sent, what was asked, and what may be seen of it."""

from dataclasses import dataclass, field, replace
from typing import Any

from tests.kinds.stage_support import PRIME, put, take_back
from trainer.kinds import gate
from trainer.kinds.contract import HOUSE, Ask, Kind, Post, Rejected
from trainer.kinds.posts import Posts

SIZE = 3


class Room(Kind):
    name = "in-de-zaal"


class House(Kind):
    name = "naar-buiten"
    crowd = HOUSE


@dataclass
class Step:
    """What was sent in a step, and the pictures that were taken of it."""

    posts: Posts = field(default_factory=Posts)
    pictures: gate.Pictures = field(default_factory=dict)
    kind: Kind = field(default_factory=Room)

    def ask(self, seed: int = 0, **what: Any) -> Rejected | None:
        """Asks the gate; what it grants is done."""
        answer = gate.grant(self.kind, self.posts, self.pictures, Ask(None, **what), seed)
        if isinstance(answer, Rejected):
            return answer
        self.pictures = answer.pictures
        self.posts = self.posts.marked(answer.marks)
        return None

    def count(self, item: str = "1") -> Rejected | None:
        return self.ask(count={item: SIZE})

    def vote(self, *posts: Post) -> "Step":
        for post in posts:
            self.posts = put(self.posts, post)
        return self

    def send(self, *cards: Post) -> "Step":
        self.posts = replace(self.posts, here=(*self.posts.here, *cards))
        return self

    def look(self, *ids: str) -> "Step":
        """These cards are on the screen, or all that were let through."""
        there = ids or [post.id for post in self.posts.here]
        self.posts = self.posts.marked(gate.looked(self.posts, there))
        return self

    def withdraw(self, *ids: str) -> "Step":
        for post in [one for one in self.posts.here if one.id.rstrip(PRIME) in ids]:
            self.posts = take_back(self.posts, post)
        return self

    @property
    def cards(self) -> list[str]:
        return [card.id for card in gate.seen(self.posts, self.pictures).cards]

    def phones(self, item: str = "1") -> tuple[int, ...] | None:
        found = self.pictures.get(item)
        return None if found is None else found.phones.counts


def vote(author: str, answer: int, item: str = "1", paper: bool = False) -> Post:
    return Post(f"{item}-{author}", item, author, {"choices": [answer]}, paper)


def card(key: str, item: str = "", author: str = "", **how: bool) -> Post:
    """A card; the first letter of its id is its phone."""
    return Post(key, item, author or key[0], {"text": f"tekst {key}"}, **how)


def cards(*keys: str, **how: bool) -> list[Post]:
    return [card(key, **how) for key in keys]


def code(answer: Rejected | None) -> str:
    return "" if answer is None else answer.code
