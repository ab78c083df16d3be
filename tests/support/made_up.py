"""Kwartier with one more kind of exercise, as somebody might write it tomorrow without thinking of forms."""

import shutil
from pathlib import Path

from tests.support.server import ROOT, RunningServer

LINKED = ("templates", "static", "content", "docs", "node_modules")
KIND = '''"""Vergeten: a kind whose forms nobody thought about."""

from trainer.kinds.contract import Kind


class Vergeten(Kind):
    name = "vergeten"
    title = "Vergeten"
    summary = "Formulieren die niemand afmaakte."
    takes_posts = True


KIND = Vergeten()
'''
# One field, so that Enter sends it; a button that insists on an address; a form that is sent by the browser.
FORMS = """
<form><label>Geheim <input name="geheim"></label></form>
<form method="get" action="/m/elders">
  <label>Verborgen <input name="verborgen"></label><button>Stuur</button>
</form>
<form method="dialog"><label>Stil <input name="stil"></label><button formmethod="get">Toch</button></form>
"""
PART = """---
titel: Dagdeel 1
doel: Uitproberen.
bronnen: [Geschreven voor Kwartier]
---

## Begin {#begin minuten=15}

Welkom.

## Vergeten {#vergeten minuten=15 werkvorm=vergeten}

Vul in.
"""
PROGRAMME = """---
titel: Vergeten formulieren
doel: Uitproberen.
delen: [dagdeel-1]
bronnen: [Geschreven voor Kwartier]
---

Om mee te testen.
"""


def copied_house(folder: Path) -> Path:
    """A copy of Kwartier in `folder`, to which a kind can be added."""
    root = folder / "house"
    shutil.copytree(ROOT / "trainer", root / "trainer", ignore=shutil.ignore_patterns("__pycache__"))
    for name in LINKED:
        (root / name).symlink_to(ROOT / name)
    return root


class MadeUpServer(RunningServer):
    """A copy of Kwartier in `folder` to which the folder of the kind was added, and nothing else."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.root = copied_house(folder)
        kind = self.root / "trainer" / "kinds" / "vergeten"
        kind.mkdir()
        (kind / "__init__.py").write_text(KIND)
        (kind / "begeleiding.md").write_text("Doel, stappen, let op, zonder telefoons.")
        for fragment in ("own", "control", "screen"):
            (kind / f"{fragment}.html").write_text(FORMS)
        programme = folder / "content" / "vergeten"
        programme.mkdir(parents=True)
        (programme / "programma.md").write_text(PROGRAMME)
        (programme / "dagdeel-1.md").write_text(PART)
        super().__init__(folder, CONTENT_DIR=str(folder / "content"), **environment)
