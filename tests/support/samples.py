"""The sample of each kind as a programme of its own, so that a meeting can be given with it."""

import re
import shutil
from pathlib import Path

from tests.support.sources import ROOT
from trainer import kinds
from trainer.kinds.contract import Kind

PROGRAMME = """---
titel: Voorbeeld van {}
doel: Uitproberen.
delen: [dagdeel-1]
bronnen: [Geschreven voor Kwartier]
---

Om mee te testen.
"""
PICTURE = re.compile(r"!\[[^\]]*\]\(([\w./-]+)\)")


def write_samples(folder: Path) -> Path:
    """A programme for each kind: see `write_sample`."""
    for kind in kinds.discover().values():
        write_sample(folder, kind)
    return folder


def write_sample(folder: Path, kind: Kind) -> Path:
    """A programme `voorbeeld-<kind>` in `folder`, with the pictures that the sample shows.

    These lie in the kind's folder, or in a programme of ours. Raises FileNotFoundError for one that does not.
    """
    programme, sample = folder / f"voorbeeld-{kind.name}", kinds.path(kind) / "sample.md"
    programme.mkdir(parents=True)
    (programme / "programma.md").write_text(PROGRAMME.format(kind.name), "utf-8")
    shutil.copy(sample, programme / "dagdeel-1.md")
    for picture in PICTURE.findall(sample.read_text("utf-8")):
        places = (sample.parent, *(ROOT / "content").iterdir())
        found = [place / picture for place in places if (place / picture).exists()]
        if not found:
            where = f"{sample.parent.name}/sample.md shows {picture}"
            raise FileNotFoundError(f"{where}: put it into that folder, or into a programme in content/")
        (programme / picture).parent.mkdir(exist_ok=True)
        shutil.copy(found[0], programme / picture)
    return folder
