"""Schrift: a kind that works with the notebook. No kind of ours: it stands for those that come."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trainer.kinds.contract import (
    Ask,
    Command,
    Control,
    Kind,
    NoState,
    Payload,
    Post,
    Rejected,
    Seen,
    Submission,
    View,
)

MOST, LENGTH = 3, 200


class Schrift(Kind):
    name = "schrift"
    title = "Schrift"
    private = True
    shares = True
    takes_posts = True
    paper = False

    def multiple(self, item: str) -> bool:
        return True

    def accept(
        self, settings: Any, state: Any, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        texts = [text.strip() for text in submission.all("shared") if text.strip()]
        if not texts or len(own) >= MOST:
            return Rejected("empty", "Kies eerst wat je wilt delen.")
        return {"": {"text": "\n".join(texts)[:LENGTH]}}

    def largest(self, settings: Any, fill: Callable[[int], str]) -> Sequence[Submission]:
        return (Submission("", {"shared": (fill(LENGTH),)}),) * MOST

    def example(self, settings: Any, seed: int) -> Submission:
        return Submission("", {"shared": (f"Een huisje met {seed} kamers",)})

    def controls(self, settings: Any, state: Any, seen: Seen) -> tuple[Control, ...]:
        return (Control("show", "Toon wat gedeeld is", "primary"),)

    def apply(self, settings: Any, state: Any, command: Command, seen: Seen) -> Ask | Rejected:
        return Ask(NoState(), draw=("",))

    def own(self, settings: Any, state: Any, own: Sequence[Post], seen: Seen) -> View:
        return {"texts": [post.payload["text"] for post in own]}

    def screen(self, settings: Any, state: Any, seen: Seen) -> View:
        return {"texts": [card.payload["text"] for card in seen.cards]}

    def on_screen(self, settings: Any, state: Any, seen: Seen) -> Sequence[str]:
        return [card.id for card in seen.cards]


KIND = Schrift()
