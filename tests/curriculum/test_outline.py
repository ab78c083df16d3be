"""A programme as JSON."""

import json
from dataclasses import dataclass

from markupsafe import Markup

from trainer.curriculum.model import Block, Part, Programme, Step, Text
from trainer.curriculum.outline import outline
from trainer.curriculum.render import inline
from trainer.kinds.settings import setting


@dataclass(frozen=True, slots=True)
class Settings:
    question: Text
    statements: tuple[Text, ...]
    words: dict[str, Markup]
    most: int = setting("max", "Max", default=5)
    chosen: str | None = None


def test_outline_of_programme() -> None:
    statements = (inline("**A**"), inline("B"))
    settings = Settings(inline("Wat is *dit*?"), statements, {"x": Markup("<p>Y &amp; Z</p>")})
    steps = (
        Step("stap", "Stap", "flap", Markup("<p>x</p>"), Markup("geheim"), option=1, settings=settings),
        Step("uitleg", "Uitleg", "uitleg", Markup(""), Markup("")),
    )
    blocks = (Block("blok", "Blok", 15, Markup(""), steps), Block("pauze", "Pauze", 10, Markup(""), ()))
    part = Part("dagdeel-1", "Dagdeel 1", "", (), blocks)

    found = outline(Programme("training", "Training", "", Markup(""), (), (part,)))

    assert json.loads(json.dumps(found)) == {
        "id": "training",
        "title": "Training",
        "parts": [
            {
                "id": "dagdeel-1",
                "title": "Dagdeel 1",
                "minutes": 25,
                "blocks": [
                    {
                        "id": "blok",
                        "title": "Blok",
                        "minutes": 15,
                        "steps": [
                            {
                                "id": "stap",
                                "title": "Stap",
                                "kind": "flap",
                                "option": 1,
                                "settings": {
                                    "question": "Wat is dit?",
                                    "statements": ["A", "B"],
                                    "words": {"x": "Y & Z"},
                                    "max": 5,
                                    "chosen": None,
                                },
                            },
                            {
                                "id": "uitleg",
                                "title": "Uitleg",
                                "kind": "uitleg",
                                "option": None,
                                "settings": {},
                            },
                        ],
                    },
                    {"id": "pauze", "title": "Pauze", "minutes": 10, "steps": []},
                ],
            }
        ],
    }
