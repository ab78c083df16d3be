"""A flap with cards, and what of it is on the screen."""

from tests.kinds.stage_support import Stage


def flap(keys: str = "", attributes: str = "", **texts: str) -> Stage:
    """A flap on which each of these phones has a card with its name, or with the text that is given."""
    stage = Stage("flap", "Wat is herstel?", attributes)
    for key in [*keys, *texts]:
        stage.send(key, text=texts.get(key, f"tekst {key}"))
    return stage


def drawn(keys: str = "abc", **texts: str) -> Stage:
    return flap(keys, **texts).press("draw")


def on_screen(stage: Stage) -> list[tuple[str, list[tuple[str, int]]]]:
    sections = stage.view("screen")["sections"]
    return [(part["title"], [(card.text, card.count) for card in part["cards"]]) for part in sections]


def loose(*keys: str) -> list[tuple[str, list[tuple[str, int]]]]:
    """Each of these cards alone, in no group."""
    return [("", [(f"tekst {key}", 1) for key in keys])]
