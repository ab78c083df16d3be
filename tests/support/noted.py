"""A part with notes, options and slides, for what trainers do before a meeting."""

from tests.support.site import Site

NOTED = """---
titel: Dagdeel 1
bronnen: [Geschreven voor Kwartier]
---

## Welkom {#welkom minuten=15}

> [!TRAINER]
> **Wie:** trainer 1 opent.
>
> **Klaarleggen:** een bel.
>
> **Kijk vooraf:** is de zaal open?

### Dia's {#dias werkvorm=presentatie}

#### Een weg

Iedereen loopt hem zelf.

> [!TRAINER]
> Vraag trainer 2 om een voorbeeld.

### Samen {#samen optie=1}

Praat met je buur.

### Alleen {#alleen werkvorm=stickers optie=2}

Schrijf het op.

## Afsluiting {#afsluiting minuten=15}

Tot ziens.
"""


def give(site: Site, text: str) -> None:
    """Makes `text` the first part of the site's programme."""
    (site.host.settings.content_dir / "klein" / "dagdeel-1.md").write_text(text, "utf-8")
    site.host.read_curriculum()
