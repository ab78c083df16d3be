"""A part with one exercise, for each kind and what may be set in it."""

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
    "personal flap": ("flap max=9 persoonlijk=ja", "Wat is het voor jou?"),
    "stickers": ("stickers max=9", "- Wat valt op?"),
    "diagnose-me": ("diagnose-me", "- Wat viel op?"),
    "evaluatie": (
        "evaluatie",
        "| id | vraag | soort | antwoorden |\n| --- | --- | --- | --- |\n"
        "| veilig | Veilig? | schaal privé | nee; ja |\n| tempo | Tempo? | keuze | laag; goed; hoog |\n"
        "| veel | Wat? | meerkeuze | dit; dat |\n| open | Nog iets? | open | |",
    ),
    "kaal": ("kaal", "Alles."),
}
