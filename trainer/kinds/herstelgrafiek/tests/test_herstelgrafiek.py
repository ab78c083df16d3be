"""Herstelgrafiek: an invented example on the screen, and nothing of anybody's own line."""

import re

import pytest

from tests.kinds.material_support import read, settings_of
from tests.kinds.stage_support import Stage, ask

EXAMPLE = "- 2012: 6 Werk\n- 2014: 2 Verhuisd\n- 2020: 8 Een tuin *buren*"
BODY = f"Teken een lijn.\n\n1. Kies.\n\n{EXAMPLE}"


def test_example_is_read_from_the_bullets() -> None:
    settings = settings_of("herstelgrafiek", BODY)

    assert [(point.when, point.height, point.word, point.helped) for point in settings.example] == [
        (2012, 6, "Werk", ""),
        (2014, 2, "Verhuisd", ""),
        (2020, 8, "Een tuin", "buren"),
    ]
    assert settings.text.plain == "Teken een lijn. Kies."


def test_example_is_drawn_from_left_to_right_with_words_beside_the_line() -> None:
    drawn = settings_of("herstelgrafiek", BODY).spots()

    assert [(spot.x, spot.y, spot.above) for spot in drawn] == [
        (10.0, 42.8, True),
        (30.0, 67.6, False),
        (90.0, 30.4, True),
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Teken.", ["7 herstelgrafiek.no-example"]),
        ("- 2012: 6 Werk", ["7 herstelgrafiek.no-example"]),
        ("- 2012: 6 Werk\n- later: 2 Verhuisd", ["10 herstelgrafiek.bad-point"]),
        ("- 2012: 6 Werk\n- 2012: 2 Verhuisd", ["10 herstelgrafiek.bad-point"]),
        ("- 2012: 11 Werk\n- 2014: 2 Verhuisd", ["9 herstelgrafiek.bad-point"]),
        (f"- 2012: 6 {'w' * 31}\n- 2014: 2 Verhuisd", ["9 herstelgrafiek.bad-point"]),
    ],
)
def test_parse_reports_what_is_wrong(body: str, found: list[str]) -> None:
    assert read("herstelgrafiek", body) == (None, found)


def test_trainer_shows_the_example_point_by_point_and_hides_it() -> None:
    stage = Stage("herstelgrafiek", BODY)
    assert stage.view("screen") == {"spots": (), "segments": ()}

    stage.press(ask("example", number="1"), ask("example", number="2"))

    assert [len(stage.view("screen")[part]) for part in ("spots", "segments")] == [2, 1]
    assert "Een bedacht voorbeeld." in stage.play.shared("screen", stage.sitting)
    stage.press(ask("example", number="0"))
    assert stage.view("screen") == {"spots": (), "segments": ()}


def test_telling_shows_the_rules_and_has_the_same_line_on_the_phone() -> None:
    drawing, telling = Stage("herstelgrafiek", BODY), Stage("herstelgrafiek", "- Luister.", "vorm=delen")
    kept = [
        re.findall('data-keep="([^"]+)"', each.play.shared("phone", each.sitting))
        for each in (drawing, telling)
    ]

    assert kept[0] == kept[1]
    assert "Zeg niets over de inhoud." in telling.play.shared("screen", telling.sitting)
    assert telling.controls == ()


def test_nothing_of_it_can_be_sent_or_shared() -> None:
    kind = Stage("herstelgrafiek", BODY).play.kind

    assert (kind.private, kind.takes_posts, kind.shares) == (True, False, False)
