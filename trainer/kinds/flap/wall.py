"""What of a flap is on the screen: cards, words or counts of dots, page by page."""

from collections.abc import Sequence
from typing import Any

from trainer.kinds.contract import Control, Seen
from trainer.kinds.flap import dots, earlier
from trainer.kinds.flap.cards import Card
from trainer.kinds.flap.moves import FlapState, in_reading_order
from trainer.kinds.flap.words import Word, cloud
from trainer.kinds.wall import WIDTH, Page, Size, paginate, prose_height

# What the buttons that follow those of the cards are about, on control.
WALL = "Op het scherm"
# The counts of dots: lists of one or two columns, of which the words have not quite half the width.
LISTS = (
    Size("size-xl", 1.6, 1, padding=0.4),
    Size("size-l", 1.25, 1, padding=0.3),
    Size("size-m", 1.0, 2, padding=0.3),
)
WORDS = 0.4 * WIDTH
# The line that asks for dots, below the wall.
INVITATION = 2.5


def words_of(state: FlapState, seen: Seen) -> tuple[Word, ...]:
    """The words that replace the cards; none when the cards are shown."""
    if state.mode != "cloud":
        return ()
    return cloud((card.text, card.count) for card in in_reading_order(state, seen))


def in_full(words: Sequence[Word], cards: Sequence[Card]) -> list[Card]:
    """The cards of which the whole text is in the cloud, as it was written."""
    shown = {word.text for word in words}
    return [card for card in cards if card.text in shown]


def dotted(state: FlapState, seen: Seen) -> dict[str, Any]:
    """What everybody may see of the dots: what can get one, and the counts once they are shown."""
    rows = dots.rows(state.dots, state.order, in_reading_order(state, seen))
    tally = seen.picture(state.dots.item) if state.dots.phase == "shown" else None
    counted = dots.counted(rows, tally) if tally else ()
    return {
        "phase": state.dots.phase,
        "item": state.dots.item,
        "rows": rows,
        "numbers": {row["card"] or row["id"]: row["number"] for row in rows},
        "counted": counted,
        "most": max((row["count"] for row in counted), default=0),
        "given": seen.count(state.dots.item),
    }


def page_of(question: str, state: FlapState, seen: Seen) -> Page:
    """The page of cards or counts that is on the screen, below the question."""
    if state.fetched:
        return earlier.page_of(seen.earlier, state.page)
    taken = prose_height(question, 2.0) + prose_height(state.definition, 1.45)
    if counted := dotted(state, seen)["counted"]:
        labels = [row["label"] for row in counted]
        return paginate(labels, state.page, taken=taken, width=WORDS, sizes=LISTS)
    ordered = in_reading_order(state, seen)
    titles = len({card.group for card in ordered} - {""})
    taken += titles + (INVITATION if state.dots.lie else 0)
    return paginate([card.text for card in ordered], state.page, taken=taken)


def turning(page: Page, state: FlapState) -> tuple[Control, ...]:
    """The buttons to other pages, when there are any."""
    if page.total == 1 or state.mode == "cloud":
        return ()
    earlier, later = str(page.number - 1), str(page.number + 1)
    return (
        Control("page", "Vorige kaarten", args={"number": earlier}, enabled=page.number > 0, group=WALL),
        Control(
            "page",
            "Volgende kaarten",
            args={"number": later},
            enabled=page.number + 1 < page.total,
            group=WALL,
        ),
    )
