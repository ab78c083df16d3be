"""What a proof found: a promise, what was measured, what it had to be, and whether it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Standard deviations from what chance gives. Chance alone comes further in one of a hundred thousand runs.
RARE = 5


@dataclass(frozen=True, slots=True)
class Finding:
    promise: str
    measured: str
    bound: str
    holds: bool
    # It also says how fast the machine is, so it counts in the full form only, with nothing else running.
    clock: bool = False


def most_right(rounds: int, batch: int) -> float:
    """The share of a batch that may be guessed right. By chance it is one text a round, give or take one."""
    return (rounds + RARE * rounds**0.5) / (rounds * batch)


def broken(found: Iterable[Sequence[Finding]]) -> list[Finding]:
    """The promises that do not hold, of all that were tried."""
    return [finding for some in found for finding in some if not finding.holds]


def table(findings: Sequence[Finding]) -> str:
    """The findings as a table for a terminal."""
    rows = [(f.promise, f.measured, f.bound, "holds" if f.holds else "BROKEN") for f in findings]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join(text.ljust(w) for text, w in zip(row, [*widths, 0], strict=True)) for row in rows
    )
