"""Buttons of an exercise stand on control in groups, each under its title."""

import re

from tests.support.hall import Hall
from trainer.live.audience import Audience, Role


def groups(hall: Hall) -> list[tuple[str, list[str]]]:
    """The title of each group, with the labels of its buttons."""
    html = hall.host.messages.message(hall.room, Audience(Role.CONTROL))["html"]
    found = []
    controls = html.partition('class="c-controls"')[2].partition('class="c-kind')[0]
    for part in controls.split('class="c-group row"')[1:]:
        title = re.search(r'class="c-group-title">([^<]*)<', part)
        found.append((title[1] if title else "", re.findall(r">([^<>]+)</button>", part)))
    return found


def test_what_belongs_together_stands_together_in_the_order_of_the_kind(hall: Hall) -> None:
    hall.do("start")
    hall.do("goto", step="stickers")

    assert groups(hall) == [
        ("", ["Toon alles", "Bekijk nieuwe kaarten", "Sluit het insturen"]),
        ("De muur", ["Draai de muur naar geel", "Alle stickers"]),
        ("Het nagesprek", ["Toon de eerste vraag"]),
    ]


def test_buttons_without_a_group_have_no_title(hall: Hall) -> None:
    hall.do("start")
    hall.do("goto", step="over-de-lijn")

    ((title, labels),) = groups(hall)
    assert (title, labels[0]) == ("", "Toon de stippen")
