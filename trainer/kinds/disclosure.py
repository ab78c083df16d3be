"""Which counts of one distribution may be shown.

The rule:

1. A question that fewer than `MINIMUM` people answered shows nothing, not even how many they were.
2. Otherwise the total is shown, and every count of `MINIMUM` or more. A smaller count, zero included,
   becomes 'te weinig antwoorden'. (Showing zeros would reveal too much about the other cells.) So does an
   answer that all gave, or all but one or two: it would tell everybody's answer to the others.
3. The hidden counts must not follow from the total and the shown ones. They would when only one count is
   hidden (total minus the rest), or when the remainder is so large that every hidden count must be
   `MINIMUM - 1`. Nor may the remainder be only one or two people: that all the others gave one of the shown
   answers is the unanimity of rule 2 again. In these cases the smallest shown counts are hidden too: *all*
   that equal the smallest, so that the choice reveals nothing about the order of the options.
4. When there is no shown count left to hide beside them, the total is hidden as well.

The rule looks only at the values, never at the position of an option. So swapping two hidden counts gives
the same output, and even somebody who knows the rule cannot compute a count of 1 to 4. The tests verify this
by listing every table that gives the same output.

It holds for single choice (the counts add up to the total) and for multiple choice (they may exceed it).
"""

from collections.abc import Sequence

from trainer.kinds.report import Totals
from trainer.kinds.values import HOUSE, ROOM, Kept, Picture

__all__ = ["MINIMUM", "Kept", "protected", "shown_cells"]

MINIMUM = HOUSE


def protected(row: Totals, picture: Picture) -> Kept:
    """A picture as it may be seen outside the room, and on the screen of an evaluation.

    A trainer knows what is on paper, so the phones alone decide which cells may be shown. Where the phones
    may show nothing, for any reason, only the paper is shown: a sum would tell how many phones there were.
    """
    phones = picture.phones
    total, cells = picture.all, shown_cells(phones.counts, phones.answered, picture.doubles)
    only_paper = cells is None
    if cells is None:
        total, cells = picture.paper, shown_cells(picture.paper.counts, picture.paper.answered)
    if cells is None:
        return Kept(row.id, row.question, row.options, (None,) * len(row.options))
    counts = tuple(count if shown else None for count, shown in zip(total.counts, cells, strict=True))
    return Kept(row.id, row.question, row.options, counts, total.answered, only_paper)


def shown_cells(counts: Sequence[int], answered: int, doubles: int = 0) -> tuple[bool, ...] | None:
    """For each count, whether it may be shown; None when the total must be hidden as well.

    `doubles`: how many of those who answered may be the same person as another of them.
    """
    least = MINIMUM + doubles
    if answered < least:
        return None
    shown = [least <= count <= answered - ROOM - doubles for count in counts]
    while not all(shown) and _can_be_computed(counts, shown, answered, least):
        if not any(shown):
            return None
        smallest = min(count for count, visible in zip(counts, shown, strict=True) if visible)
        shown = [visible and count > smallest for count, visible in zip(counts, shown, strict=True)]
    return tuple(shown)


def _can_be_computed(counts: Sequence[int], shown: Sequence[bool], answered: int, least: int) -> bool:
    """Do the hidden counts follow from the rest, given that each is known to be less than `least`?

    Once a larger count is hidden too, that is no longer known.
    """
    hidden = [count for count, visible in zip(counts, shown, strict=True) if not visible]
    if any(count >= least for count in hidden):
        return False
    left_over = answered - sum(count for count, visible in zip(counts, shown, strict=True) if visible)
    # A remainder of one or two people may not even be known to have given one of the hidden answers.
    if 0 < left_over < least - MINIMUM + ROOM:
        return True
    return len(hidden) == 1 or left_over >= (least - 1) * len(hidden)
