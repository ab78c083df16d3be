"""The sample of each kind as a programme of its own, so that a meeting can be given with it."""

import re
import shutil
from pathlib import Path

from tests.support.sources import ROOT
from trainer import kinds

PROGRAMME = """---
titel: Voorbeeld van {}
doel: Uitproberen.
delen: [dagdeel-1]
bronnen: [Geschreven voor Kwartier]
---

Om mee te testen.
"""
PICTURE = re.compile(r"!\[[^\]]*\]\(([\w.-]+)\)")


def write_samples(folder: Path) -> Path:
    """A programme `voorbeeld-<kind>` for each kind, with the pictures that its sample shows.

    These lie in the kind's folder, or in a programme of ours.
    """
    for name, kind in kinds.discover().items():
        programme = folder / f"voorbeeld-{name}"
        programme.mkdir(parents=True)
        (programme / "programma.md").write_text(PROGRAMME.format(name), "utf-8")
        shutil.copy(kinds.path(kind) / "sample.md", programme / "dagdeel-1.md")
        for picture in PICTURE.findall((programme / "dagdeel-1.md").read_text("utf-8")):
            places = (kinds.path(kind), *(ROOT / "content").iterdir())
            shutil.copy(next(place / picture for place in places if (place / picture).exists()), programme)
    return folder
