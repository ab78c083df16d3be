"""The figures of a full run, written into the documents that speak of them: no hand copies them."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.support.findings import Finding

DOCS = Path(__file__).resolve().parents[2] / "docs"
BEGIN, END = "<!-- written by make attack -->", "<!-- until here -->"
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober"),
    *("november", "december"),
)


def write(findings: Sequence[Finding], day: date, docs: Path = DOCS) -> None:
    """Replaces what an earlier run wrote. Raises ValueError when a document has no place for it."""
    broken = sum(not finding.holds for finding in findings)
    rows = "\n".join(
        f"| {found.promise} | {found.measured} | {found.bound} |{'' if found.holds else ' **broken** |'}"
        for found in findings
    )
    _put(
        docs / "threat-model.md",
        f"On {day.isoformat()}: {len(findings)} promises, {broken} broken.\n\n"
        f"| promise | measured | must be |\n| --- | --- | --- |\n{rows}",
    )
    in_words = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    _put(
        docs / "privacy.md",
        f"De laatste keer was op {in_words}: {len(findings)} beloften geprobeerd, {broken} gebroken.",
    )


def _put(path: Path, text: str) -> None:
    before = path.read_text("utf-8")
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(before):
        raise ValueError(f"{path.name} has no place for the figures: {BEGIN} ... {END}")
    path.write_text(pattern.sub(lambda _: f"{BEGIN}\n{text}\n{END}", before), "utf-8")
