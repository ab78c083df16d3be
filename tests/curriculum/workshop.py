"""A programme of three files in a folder, and what is wrong with it."""

from pathlib import Path

from tests.curriculum.standins import interpret
from trainer.curriculum.parse import read_programme

INDEX = """\
---
titel: Workshop
doel: Kennismaken
delen: [deel]
bijlagen:
  - leeslijst
bronnen: [Een boek]
---

Voor *iedereen*.

![Plaat](plaat.png)
"""
PART = "---\ntitel: Deel\n---\n\n## Welkom {#welkom minuten=15}\n\n![Plaat](plaat.png)\n"
HANDOUT = "---\ntitel: Leeslijst\nbronnen: [Nog een boek]\n---\n\n## Boeken\n\n![Plaat](../plaat.png)\n"


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def problems(content: Path, folder: str = "workshop") -> list[str]:
    programme, found = read_programme(content / folder, interpret, content)
    assert programme is None
    return [str(problem) for problem in found]
