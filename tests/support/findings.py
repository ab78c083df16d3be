"""What a proof found: a promise, what was measured, what it had to be, and whether it holds."""

from collections.abc import Sequence
from dataclasses import dataclass

# The short form of a proof runs beside other tests, on a machine that is busy with them.
BUSY_MACHINE = 4


@dataclass(frozen=True, slots=True)
class Finding:
    promise: str
    measured: str
    bound: str
    holds: bool


def table(findings: Sequence[Finding]) -> str:
    """The findings as a table for a terminal."""
    rows = [(f.promise, f.measured, f.bound, "holds" if f.holds else "BROKEN") for f in findings]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join(text.ljust(w) for text, w in zip(row, [*widths, 0], strict=True)) for row in rows
    )
