"""A part with one exercise: for some kinds with all that may be set in it, for every other one its sample."""

import re

from trainer import kinds
from trainer.kinds.contract import Kind

SOURCE = """---
titel: Proef
doel: Alles proberen.
---

## Eerst {#eerst minuten=5}

Nog niets.

## Het onderdeel {#blok minuten=60}

### Proef {#proef werkvorm=%s}

%s

## Daarna {#daarna minuten=5}

Klaar.
"""
BODIES = {
    "stelling": ("stelling rondes=2", "- Iets om te kiezen.\n- Nog iets."),
    "over-de-lijn": ("over-de-lijn", "- Waar sta je?\n- En hier?"),
    "flap": ("flap max=9 definitie=ja", "Wat is het?"),
    "flap with dots": ("flap max=9 stippen=2", "Wat is het?"),
    "personal flap": ("flap max=9 persoonlijk=ja", "Wat is het voor jou?"),
    "stickers": ("stickers max=9", "- Wat valt op?"),
    "diagnose-me": ("diagnose-me", "- Wat viel op?"),
    "evaluatie": (
        "evaluatie",
        "| id | vraag | soort | antwoorden |\n| --- | --- | --- | --- |\n"
        "| veilig | Veilig? | schaal privé | nee; ja |\n| tempo | Tempo? | keuze | laag; goed; hoog |\n"
        "| veel | Wat? | meerkeuze | dit; dat |\n| open | Nog iets? | open | |\n| punt | Punt? | cijfer | |",
    ),
    "omdenken": ("omdenken groepen=1 rondes=2", "Kijk mee.\n\n#### Woorden\n\n- moed\n- rust\n- humor"),
    "omdenken in groups": (
        "omdenken groepen=3 rondes=3",
        "Kijk mee.\n\n#### Woorden\n\n- moed\n- rust\n- humor\n\n#### Samen\n\n- steun",
    ),
    "kaal": ("kaal", "Alles."),
    "tafels": ("tafels", "#### Micro\n\n- Eens?\n- En dit?\n\n#### Meso\n\n- Eens?"),
}
STEP = re.compile(r"^### .*\{#[\w-]+ werkvorm=([^}]*)\}\n(.*?)(?=^##? |\Z)", re.MULTILINE | re.DOTALL)


def _sample(kind: Kind) -> tuple[str, str]:
    """The settings and the body of the step in a kind's sample."""
    found = STEP.search((kinds.path(kind) / "sample.md").read_text("utf-8"))
    assert found is not None, f"the sample of {kind.name} has no step that the observer can read"
    return found[1], found[2]


def _every_kind() -> dict[str, tuple[str, str]]:
    """Also a kind that is written tomorrow."""
    named = {settings.split()[0] for settings, _ in BODIES.values()}
    posting = [kind for kind in kinds.discover().values() if kind.takes_posts and kind.name not in named]
    return BODIES | {kind.name: _sample(kind) for kind in posting}


SOURCES = {name: SOURCE % body for name, body in _every_kind().items()}
