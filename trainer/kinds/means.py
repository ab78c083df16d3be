"""The mean of marks, where it gives no hidden count away.

A mean says something of every mark behind it. It is told only where each hidden count may still be zero and
may still be more, for a reader who knows the rule, all that is shown, and what is on paper. So of few people
a mean near either end stays hidden: it would tell that nobody gave the marks at the other end. That a mean is
not told must say as little, so where the hidden ones would give something away, more of them are hidden.
"""

from collections.abc import Sequence
from fractions import Fraction

from trainer.kinds.values import HOUSE, ROOM, Tally

# The mean is told in halves.
PARTS = 2


def mean(
    marks: Sequence[int], shown: Sequence[bool], phones: Tally, paper: Tally, doubles: int
) -> float | None:
    """The mean of `phones` and `paper` in halves, or None where it might tell a hidden count of the phones.

    `marks` has the number that each option stands for, `shown` which counts of the phones may be known, and
    `doubles` is as in `disclosure.shown_cells`.
    """
    both = phones + paper
    halves = _halves(_sum(marks, both.counts), both.answered)
    people = phones.answered - sum(count for count, known in zip(phones.counts, shown, strict=True) if known)
    hidden = [mark for mark, known in zip(marks, shown, strict=True) if not known]
    if people and not _usual(people, len(hidden), HOUSE + doubles):
        return None
    known = [count if is_known else 0 for count, is_known in zip(phones.counts, shown, strict=True)]
    seen = _sum(marks, known) + _sum(marks, paper.counts)
    if people and halves not in _told(hidden, people, seen, both.answered):
        return None
    return float(Fraction(halves, PARTS))


def _usual(people: int, options: int, least: int) -> bool:
    """Can the hidden counts all be small? Otherwise they were hidden for another reason than their size."""
    return options > 1 and least - HOUSE + ROOM <= people < (least - 1) * options


def _sum(marks: Sequence[int], counts: Sequence[int]) -> int:
    return sum(mark * count for mark, count in zip(marks, counts, strict=False))


def _halves(total: int, people: int) -> int:
    """The number of halves nearest to a mean, upwards from the middle."""
    return int(Fraction(total * PARTS, people) + Fraction(1, 2))


def _told(hidden: Sequence[int], people: int, seen: int, answered: int) -> set[int]:
    """The means, in halves, that are told when so many people gave one of these hidden marks.

    `seen` is the sum of all other marks, `answered` the number of all people: what a reader knows already.
    """
    sums: dict[int, int] = {}
    for each in range(people * min(hidden), people * max(hidden) + 1):
        halves = _halves(each + seen, answered)
        sums[halves] = sums.get(halves, 0) | 1 << each
    ways = _ways(hidden, people)
    told = {halves for halves, bits in sums.items() if all(bits & way for way in ways)}
    middle = Fraction(PARTS * (people * (min(hidden) + max(hidden)) + 2 * seen), 2 * answered)
    while told:
        untold = sum(bits for halves, bits in sums.items() if halves not in told)
        if not untold or all(untold & way for way in ways):
            break
        furthest = max(abs(halves - middle) for halves in told)
        told = {halves for halves in told if abs(halves - middle) < furthest}
    return told


def _ways(hidden: Sequence[int], people: int) -> list[int]:
    """For each hidden mark, the sums that are possible when nobody gave it, and when somebody did."""
    few = range(HOUSE)
    found = []
    for place, mark in enumerate(hidden):
        others = [(other, few) for number, other in enumerate(hidden) if number != place]
        found += [_sums(others, people), _sums([*others, (mark, few[1:])], people)]
    return found


def _sums(often: Sequence[tuple[int, range]], people: int) -> int:
    """The sums of so many people who gave these marks, each as often as its range says: bit `n` for `n`."""
    reached = [1, *[0] * people]
    for mark, counts in often:
        after = [0] * (people + 1)
        for there, bits in enumerate(reached):
            for more in counts:
                if bits and there + more <= people:
                    after[there + more] |= bits << mark * more
        reached = after
    return reached[people]
