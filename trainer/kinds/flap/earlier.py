"""The flap of an earlier meeting, as far as it was kept: read only, on the screen before or between."""

from collections.abc import Sequence
from typing import Any

from trainer.curriculum.model import EarlierStep
from trainer.kinds.contract import Control, Kept
from trainer.kinds.flap.cards import Card, same_key
from trainer.kinds.material import plain
from trainer.kinds.wall import Page, paginate, prose_height

# The ids of the rows that a flap reports.
ANSWERS, DEFINITION = "antwoorden", "definitie"
# What the buttons are about, on control.
EARLIER = "Van eerder"
NAME_HEIGHT = 2.5
WHY = {
    "none": "Daarvan is niets bewaard. Sluit eerst die bijeenkomst. Is dat al gebeurd? "
    "Dan deden er te weinig telefoons mee.",
    "few": "Er deden te weinig telefoons mee om kaarten te bewaren.",
    "purged": "De teksten zijn gewist: de bewaartermijn is om.",
    "kept": "",
}


def name_of(step: EarlierStep) -> str:
    """The part that it comes from, for people: 'dagdeel 1'."""
    return step.part.replace("-", " ")


def status_of(kept: Sequence[Kept]) -> str:
    """Is there something to show ('kept'), or why not."""
    rows = [row for row in kept if row.id in (ANSWERS, DEFINITION)]
    if any(row.texts for row in rows):
        return "kept"
    return "none" if not rows else "few" if any(row.few for row in rows) else "purged"


def controls(step: EarlierStep, kept: Sequence[Kept], fetched: bool) -> tuple[Control, ...]:
    """The button that fetches it, or that puts it away again."""
    if fetched:
        return (Control("put-away", "Terug naar de flap van nu", "primary", group=EARLIER),)
    there = status_of(kept) == "kept"
    return (Control("fetch", f"Haal de flap van {name_of(step)}", enabled=there, group=EARLIER),)


def page_of(kept: Sequence[Kept], number: int) -> Page:
    """The page of its cards that is on the screen."""
    cards = _cards(kept)
    titles = len({card.group for card in cards} - {""})
    taken = prose_height(_question(kept), 2.0) + prose_height(_definition(kept), 1.45) + titles + NAME_HEIGHT
    return paginate([card.text for card in cards], number, taken=taken)


def view_of(step: EarlierStep, kept: Sequence[Kept], number: int) -> dict[str, Any]:
    """What the screen shows of it, in place of the same of the flap of now."""
    page = page_of(kept, number)
    cards = _cards(kept)[page.start : page.end]
    titles = dict.fromkeys(card.group for card in cards)
    return {
        "earlier": name_of(step),
        "why": WHY[status_of(kept)],
        "question": plain(_question(kept)),
        "sections": [
            {"id": "", "title": title, "cards": [card for card in cards if card.group == title]}
            for title in titles
        ],
        "definition": _definition(kept),
        "size": page.size,
        "page": page.number + 1,
        "pages": page.total,
    }


def _row(kept: Sequence[Kept], row_id: str) -> Kept | None:
    return next((row for row in kept if row.id == row_id), None)


def _question(kept: Sequence[Kept]) -> str:
    answers = _row(kept, ANSWERS)
    return answers.question if answers else ""


def _definition(kept: Sequence[Kept]) -> str:
    row = _row(kept, DEFINITION)
    return "".join(row.texts or ()) if row else ""


def _cards(kept: Sequence[Kept]) -> tuple[Card, ...]:
    """The texts by group, those in none last; what says the same lies on one pile."""
    answers = _row(kept, ANSWERS)
    piles: dict[tuple[str, str], list[str]] = {}
    titled = answers.titled if answers else ()
    for text, group in sorted(titled, key=lambda one: (not one[1], one[1].casefold())):
        piles.setdefault((group, same_key(text)), []).append(text)
    return tuple(Card("", texts[0], len(texts), group) for (group, _), texts in piles.items())
