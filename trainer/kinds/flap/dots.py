"""Dots on a flap: everybody gives a few to the groups and loose cards that are shown.

What can get a dot is fixed when the dots are opened, and the layout with it until they are taken away: a dot
was given to what stood there. Each time is a round with an item of its own, so that a ballot that comes in
late counts for nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from trainer.kinds.contract import Ask, Control, Payload, Post, Rejected, Seen, Submission, Tally, Totals
from trainer.kinds.flap import cards as table
from trainer.kinds.flap.cards import Card, Order
from trainer.kinds.tally import parse_choices

# With more, what a phone shows of its own ballot would be larger than the form for cards in its place.
MOST = 5
# As many fit on a screen, and more is no choice any more.
MOST_OPTIONS = 20
# A round has two digits, so that every ballot is as long.
MOST_ROUNDS = 99
ITEM = "stippen-"
# What the buttons are about, on control.
DOTS = "Stippen"
# The trainer's commands that change what the dots were given to.
FIXED = frozenset({
    "draw", "show-all", "show", "open", "close", "cards", "cloud", "same", "merge", "split", "move",
    "group", "rename", "ungroup",
})  # fmt: skip
# When everybody saw the counts, and none can have changed since.
REPORTED = frozenset({"shown", "hidden"})
COMMANDS = ("dots-open", "dots-show", "dots-hide", "dots-clear")
# What one phone added would be the difference between the counts of two rounds.
TOLD = Rejected("told", "Iedereen zag de stippen al. Hier kun je geen nieuwe stippen laten geven.")
LOCKED = Rejected("locked", "De indeling ligt vast door de stippen. Haal eerst de stippen weg.")


@dataclass(frozen=True, slots=True)
class Dots:
    """`options` are ids of groups and of loose cards, by their number on the screen; `hidden` is closed.

    `told`: everybody saw counts of this round or one before.
    """

    phase: Literal["none", "open", "shown", "hidden"] = "none"
    round: int = 0
    options: tuple[str, ...] = ()
    told: bool = False

    @property
    def item(self) -> str:
        """The item of this round's ballots."""
        return f"{ITEM}{self.round:02}"

    @property
    def lie(self) -> bool:
        """Are dots being given, or were they?"""
        return self.phase != "none"


def options(order: Order, shown: Sequence[Card]) -> tuple[str, ...]:
    """What can get a dot when these cards are on the screen: the groups with cards, then the loose cards."""
    filled = {card.group for card in shown}
    groups = (group.id for group in order.groups if group.id in filled)
    return (*groups, *(card.id for card in shown if not card.group))


def may_open(found: Sequence[str]) -> bool:
    """Can dots be given to these?"""
    return 2 <= len(found) <= MOST_OPTIONS


def is_ballot(submission: Submission) -> bool:
    """Was this sent for dots, of whichever round?"""
    return submission.item.startswith(ITEM)


def accept(dots: Dots, most: int, submission: Submission) -> dict[str, Payload] | Rejected:
    """The ballot of a phone, at most one dot for each option; it replaces an earlier one."""
    if dots.phase != "open" or submission.item != dots.item:
        return Rejected("closed", "De stippen zijn gesloten.")
    chosen = parse_choices(submission.all("dot"), len(dots.options))
    if chosen is None:
        return Rejected("invalid", "Dit kan geen stip krijgen. Kies opnieuw.")
    if len(chosen) > most:
        return Rejected("many", f"Je koos er {len(chosen)}. Je hebt {of_dots(most)}. Haal er een paar weg.")
    if not chosen:
        return Rejected("empty", "Kies eerst waar je stip komt.")
    return {dots.item: {"choices": list(chosen)}}


def example(dots: Dots, most: int, seed: int) -> Submission:
    """A ballot that somebody could send while dots are given."""
    numbers = {(seed + place * place) % len(dots.options) for place in range(most)}
    return Submission(dots.item, {"dot": tuple(map(str, sorted(numbers)))})


def apply(dots: Dots, name: str, found: Sequence[str]) -> Dots | Rejected:
    """The dots after a trainer's command that asks nothing of the gate."""
    match name:
        case "dots-open" if dots.lie:
            return replace(dots, phase="open")
        case "dots-open" if dots.told:
            return TOLD
        case "dots-open" if not may_open(found):
            return Rejected("options", f"Stippen kunnen bij 2 tot {MOST_OPTIONS} groepen en losse kaarten.")
        case "dots-open" if dots.round == MOST_ROUNDS:
            return Rejected("full", "Vaker kun je hier geen stippen laten geven.")
        case "dots-open":
            return Dots("open", dots.round + 1, tuple(found))
        case "dots-hide" if dots.phase == "shown":
            return replace(dots, phase="hidden")
        case "dots-clear" if dots.lie:
            return Dots(round=dots.round, told=dots.told)
    return Rejected("unknown", "Deze knop bestaat hier niet.")


def shown(dots: Dots, state: Any, seen: Seen) -> Ask:
    """Asks for the counts; those that everybody saw come back as they were when no new ones may be taken."""
    size = {dots.item: len(dots.options)}
    if dots.item in seen.pictures:
        return Ask(state, count_if_possible=size)
    return Ask(state, count=size)


def controls(dots: Dots, found: Sequence[str]) -> tuple[Control, ...]:
    """The buttons about dots, in the order in which they are used."""
    if not dots.lie:
        return (
            Control("dots-open", "Laat stippen geven", enabled=may_open(found) and not dots.told, group=DOTS),
        )
    clear = "De stippen gaan dan weg. Ze komen niet in het verslag."
    if dots.told:
        clear += " Nieuwe stippen geven kan hier daarna niet meer."
    away = Control("dots-clear", "Haal de stippen weg", "quiet", confirm=clear, group=DOTS)
    if dots.phase == "open":
        return (Control("dots-show", "Sluit en toon de stippen", "primary", group=DOTS), away)
    again = "Iedereen kan de stippen dan weer verplaatsen. Ze gaan zolang van het scherm."
    reopen = Control("dots-open", "Laat opnieuw stippen geven", confirm=again, group=DOTS)
    if dots.phase == "shown":
        return (Control("dots-hide", "Verberg de stippen", group=DOTS), reopen, away)
    return (Control("dots-show", "Toon de stippen", "primary", group=DOTS), reopen, away)


def rows(dots: Dots, order: Order, shown: Sequence[Card]) -> tuple[dict[str, Any], ...]:
    """What can get a dot: number, label, and the card on top; no label for a card that is not shown now."""
    titles = {group.id: group.title for group in order.groups}
    found = []
    for number, key in enumerate(dots.options, start=1):
        face = None if key in titles else next((c for c in shown if c.id in table.pile(order, key)), None)
        label = titles.get(key) or (face.text if face else "")
        found.append(
            {
                "id": key,
                "number": number,
                "label": label,
                "loose": key not in titles,
                "card": face.id if face else "",
            }
        )
    return tuple(found)


def counted(found: Sequence[dict[str, Any]], tally: Tally) -> tuple[dict[str, Any], ...]:
    """The rows with their dots, most first; `tie` where another has as many."""
    most = max(tally.counts, default=0)
    with_dots = [
        {
            **row,
            "count": count,
            "words": of_dots(count),
            "share": 100 * count // most if most else 0,
            "tie": count > 0 and tally.counts.count(count) > 1,
        }
        for row, count in zip(found, tally.counts, strict=True)
    ]
    return tuple(sorted(with_dots, key=lambda row: (-int(row["count"]), int(row["number"]))))


def given(dots: Dots, own: Sequence[Post]) -> dict[str, Any]:
    """What one phone gave in this round: the numbers on the screen, and the id of its ballot."""
    mine = next((post for post in own if post.item == dots.item), None) if dots.lie else None
    chosen = mine.payload.get("choices") or () if mine else ()
    return {"post": mine.id if mine else "", "numbers": tuple(index + 1 for index in chosen)}


def titles(dots: Dots, order: Order) -> dict[str, str]:
    """The title of its group for each card; with the number that `report` gives the group, if any."""
    kept = dots.options if dots.phase in REPORTED else ()
    numbers = {key: f"{number}. " for number, key in enumerate(kept, start=1)}
    return {key: f"{numbers.get(group.id, '')}{group.title}" for group in order.groups for key in group.cards}


def report(dots: Dots, order: Order, question: str) -> tuple[Totals, ...]:
    """The totals that everybody saw, by number: these stay when what people typed is wiped."""
    if dots.phase not in REPORTED:
        return ()
    groups = {group.id for group in order.groups}
    labels = [
        f"{'Groep' if key in groups else 'Losse kaart'} {number}"
        for number, key in enumerate(dots.options, start=1)
    ]
    return (Totals("stippen", f"Stippen: {question}", dots.item, tuple(labels)),)


def of_dots(count: int) -> str:
    """'1 stip' or '4 stippen'."""
    return f"{count} stip" if count == 1 else f"{count} stippen"
