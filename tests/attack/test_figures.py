"""The documents say what the last full run measured."""

import shutil
from datetime import date
from pathlib import Path

from tests.attack import figures
from tests.support.findings import Finding


def test_figures_take_the_place_of_earlier_ones(tmp_path: Path) -> None:
    for name in ("threat-model.md", "privacy.md"):
        shutil.copy(figures.DOCS / name, tmp_path / name)
    first = Finding("links", "7", "0", holds=False)
    figures.write([first], date(2027, 1, 12), tmp_path)

    figures.write([Finding("links", "0", "0", holds=True)], date(2027, 2, 1), tmp_path)

    model = (tmp_path / "threat-model.md").read_text("utf-8")
    assert "On 2027-02-01: 1 promises, 0 broken.\n\n" in model
    assert "| links | 0 | 0 |\n<!-- until here -->" in model
    assert "| links | 7 |" not in model
    privacy = (tmp_path / "privacy.md").read_text("utf-8")
    assert "op 1 februari 2027: 1 beloften geprobeerd, 0 gebroken." in privacy
