"""Buttons of an exercise stand on control in groups, each under its title."""

import re

from tests.support.hall import Hall
from trainer.live.audience import Audience, Role


def likely(hall: Hall) -> list[str]:
    """The buttons of this moment, the likeliest one first."""
    html = hall.host.messages.message(hall.room, Audience(Role.CONTROL))["html"]
    return re.findall(r">([^<>]+)</button>", html.partition('class="c-likely"')[2].partition("</div>")[0])


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

    assert likely(hall) == ["Bekijk nieuwe kaarten", "Toon alles"]
    assert groups(hall) == [
        ("", ["Sluit het insturen"]),
        ("De muur", ["Draai de muur naar geel", "Alle stickers"]),
        ("Het nagesprek", ["Toon de eerste vraag"]),
    ]


def test_buttons_without_a_group_have_no_title(hall: Hall) -> None:
    hall.do("start")
    hall.do("goto", step="over-de-lijn")

    ((title, labels),) = groups(hall)
    assert (title, likely(hall)[0]) == ("", "Toon de stippen")
    assert not set(labels) & set(likely(hall))


def test_a_button_that_cannot_be_pressed_yet_keeps_its_place(hall: Hall) -> None:
    hall.do("start")
    hall.do("goto", step="eens-of-oneens")
    before = likely(hall)
    for _ in range(3):
        assert hall.post(hall.phone(), "eens-of-oneens", item="1/1", choice="0") is None

    assert "3 of meer" in hall.host.messages.message(hall.room, Audience(Role.CONTROL))["html"]
    assert likely(hall) == before
