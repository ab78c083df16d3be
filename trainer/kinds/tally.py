"""Counting answers: pure functions shared by several kinds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from trainer.kinds.contract import Post, Tally

# By what a form sends; no question has more answers.
_NUMBERS = {str(number): number for number in range(1000)}


def tally(posts: Iterable[Post], item: str, size: int) -> Tally:
    """Counts the posts for `item` whose payload is `{"choices": [index, ...]}`, with indexes below `size`.

    A post without choices was skipped and does not count as answered.
    """
    counts = [0] * size
    answered = 0
    # A thousand phones choose among a few answers, so equal ones are counted together.
    alike = Counter(tuple(post.payload.get("choices") or ()) for post in posts if post.item == item)
    for given, times in alike.items():
        chosen = {index for index in given if isinstance(index, int) and 0 <= index < size}
        answered += times if chosen else 0
        for index in chosen:
            counts[index] += times
    return Tally(tuple(counts), answered)


def percent(part: int, whole: int) -> int:
    """`part` of `whole` as a whole percentage, halves rounded up; 0 of 0 is 0."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def bars(labels: Sequence[str], result: Tally) -> tuple[dict[str, Any], ...]:
    """One row per answer for a view: `label`, `count`, and `percent` of those who answered."""
    return tuple(
        {"label": label, "count": count, "percent": percent(count, result.answered)}
        for label, count in zip(labels, result.counts, strict=True)
    )


def people(count: int) -> str:
    """'1 mens' or '4 mensen': a count for everybody to read."""
    return f"{count} mens" if count == 1 else f"{count} mensen"


def parse_choices(values: Iterable[str], size: int) -> tuple[int, ...] | None:
    """Form values as sorted indexes without duplicates; None when any is not an answer on offer."""
    found = set()
    for value in values:
        number = _NUMBERS.get(value, size)
        if number >= size:
            return None
        found.add(number)
    return tuple(sorted(found))
