"""The sample of each kind as a programme of its own, so that a meeting can be given with it."""

import shutil
from pathlib import Path

from trainer import kinds

PROGRAMME = """---
titel: Voorbeeld van {}
doel: Uitproberen.
delen: [dagdeel-1]
bronnen: [Geschreven voor Kwartier]
---

Om mee te testen.
"""
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".svg", ".gif"}


def write_samples(folder: Path) -> Path:
    """A programme `voorbeeld-<kind>` for each kind; the pictures in a kind's folder come along."""
    for name, kind in kinds.discover().items():
        programme = folder / f"voorbeeld-{name}"
        programme.mkdir(parents=True)
        (programme / "programma.md").write_text(PROGRAMME.format(name), "utf-8")
        shutil.copy(kinds.path(kind) / "sample.md", programme / "dagdeel-1.md")
        for path in kinds.path(kind).iterdir():
            if path.suffix in PICTURES:
                shutil.copy(path, programme)
    return folder
