"""A kind as careless as can be: it asks for everything, and shows whatever it gets to everybody.

No kind of ours. It stands for the one that is written tomorrow, by somebody who never heard of the gate.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from trainer.kinds.contract import (
    Answers,
    Ask,
    Command,
    Control,
    Kind,
    NoState,
    Payload,
    Post,
    Rejected,
    Report,
    Seen,
    Submission,
    Texts,
    Totals,
    View,
)

ITEMS = ("kaart", "stem")
OPTIONS = ("nul", "een", "twee")


class Kaal(Kind):
    name = "kaal"
    title = "Kaal"
    takes_posts = True

    def multiple(self, item: str) -> bool:
        return True

    def accept(
        self, settings: Any, state: Any, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        choice = submission.one("choice")
        if choice.isdecimal():
            return {"stem": {"choices": [int(choice) % len(OPTIONS)]}}
        return {"kaart": {"leaf": submission.one("leaf")}}

    def controls(self, settings: Any, state: Any, seen: Seen) -> tuple[Control, ...]:
        return (Control("draw", "Alles"), Control("count", "Tel"), Control("both", "Beide"))

    def apply(self, settings: Any, state: Any, command: Command, seen: Seen) -> Any | Ask | Rejected:
        draw = ITEMS[:1] if command.name in ("draw", "both") else ()
        count = {"stem": len(OPTIONS)} if command.name in ("count", "both") else {}
        return Ask(NoState(), draw=draw, count_if_possible=count)

    def screen(self, settings: Any, state: Any, seen: Seen) -> View:
        return {
            "everything": repr(sorted(card.payload["leaf"] for card in seen.cards)),
            "pictures": repr(sorted(seen.pictures.items())),
        }

    def phone(self, settings: Any, state: Any, seen: Seen) -> View:
        return self.screen(settings, state, seen)

    def control(self, settings: Any, state: Any, seen: Seen) -> View:
        return {
            **self.screen(settings, state, seen),
            "cards": seen.cards,
            "counts": repr(sorted(seen.counts)),
        }

    def report(self, settings: Any, state: Any) -> Report:
        return (
            Totals("stem", "Wat koos je?", "stem", OPTIONS),
            Answers("blad", "Wat schreef je?", "kaart", "leaf"),
            Texts("kaarten", "Wat was te zien?", (), "leaf"),
        )


KIND = Kaal()
