"""The dots that everybody gave: what each group got, and which got the most."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.kinds.contract import Card, Seen, Tally
from trainer.kinds.groups import Group
from trainer.kinds.tally import percent
from trainer.kinds.werkvel.sheet import DOTS, Settings, SheetState
from trainer.kinds.werkvel.sight import present, shown, text_of

QUESTION = "Waarmee willen we beginnen?"
# The most of a text that stands beside a group; more is cut off.
HEADLINE = 36


@dataclass(frozen=True, slots=True)
class Row:
    """A group, and what it is told by: what it wrote in the first field of which something is to be seen,
    shortened. `count` are its dots, of which `percent` is the share of the most."""

    group: Group
    card: Card | None
    text: str
    count: int
    percent: int


def counted(state: SheetState, seen: Seen) -> Tally | None:
    """The dots, once they are shown."""
    return seen.picture(DOTS) if state.dots == "shown" else None


def rows(settings: Settings, state: SheetState, seen: Seen) -> tuple[Row, ...]:
    """The groups among which dots are given; before that, those of which everybody may see something."""
    asked = set(state.asked) or {group.number for group in present(settings, state, seen)}
    tally = counted(state, seen) or Tally((0,) * settings.number)
    most = max(tally.counts)
    return tuple(
        _row(settings, state, seen, group, count, most)
        for group, count in zip(settings.groups, tally.counts, strict=True)
        if count or group.number in asked
    )


def _row(settings: Settings, state: SheetState, seen: Seen, group: Group, count: int, most: int) -> Row:
    fields = range(1, len(settings.fields) + 1)
    card = next((card for number in fields for card in shown(state, seen, number, group.number)), None)
    text = text_of(card) if card else ""
    if len(text) > HEADLINE:
        text = f"{text[: HEADLINE - 1].rstrip()}…"
    return Row(group, card, text, count, percent(count, most))


def best(found: Sequence[Row]) -> str:
    """Which group got the most dots, in words; a tie is called a tie."""
    most = max((row.count for row in found), default=0)
    names = [f"groep {row.group.number}" for row in found if row.count == most]
    dots = "1 stip" if most == 1 else f"{most} stippen"
    if not most:
        return ""
    if len(names) == 1:
        return f"De meeste stippen: {names[0]}, met {dots}."
    return f"Gelijk: {', '.join(names[:-1])} en {names[-1]}, elk met {dots}."
