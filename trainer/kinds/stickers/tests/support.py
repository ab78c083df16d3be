"""Stickers of phones that are called after them, each of which has a colour."""

from tests.kinds.stage_support import Stage
from trainer.kinds.contract import Rejected

BODY = "Schrijf stickers.\n\n- Hoe is plakken?\n- Hoe is geplakt worden?"
COLOUR = {"a": "geel", "b": "blauw", "c": "geel", "d": "blauw", "e": "geel", "f": "blauw"}
GONE = Rejected("gone", "Deze kaart is er niet meer.")


def wall(keys: str = "") -> Stage:
    """A wall for which each of these phones wrote a sticker: a, c and e a yellow one, b, d and f
    a blue one."""
    stage = Stage("stickers", BODY)
    for key in keys:
        stick(stage, key)
    return stage


def stick(stage: Stage, key: str) -> None:
    stage.send(key, **{COLOUR[key]: f"tekst {key}"})


def shown(keys: str = "abcdef") -> Stage:
    return wall(keys).press("draw", "show-all")


def on_screen(stage: Stage) -> list[tuple[str, str]]:
    return [(found["word"], found["text"]) for found in stage.view("screen")["stickers"]]


def let_through(stage: Stage) -> list[str]:
    """The texts that the trainer can see."""
    return [found["text"] for found in stage.view("control")["stickers"]]
