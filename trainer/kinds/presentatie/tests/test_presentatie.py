"""Presentatie: slides cut at lines, each with its own note."""

import pytest

from tests.kinds.material_support import read, settings_of
from trainer.kinds.contract import NOTHING_SEEN, Command, Rejected
from trainer.kinds.presentatie import KIND, SlideState

SLIDES = """#### Een

- punt

> [!TRAINER]
> Noot bij een.

---

#### Twee

> [!TRAINER]
> Noot bij twee.

Tekst."""


def test_slides_have_their_own_title_text_and_note() -> None:
    slides = settings_of("presentatie", SLIDES).slides
    assert [slide.title for slide in slides] == ["Een", "Twee"]
    assert ["punt" in slides[0].html, "Tekst." in slides[1].html] == [True, True]
    assert [slide.notes for slide in slides] == ["<p>Noot bij een.</p>", "<p>Noot bij twee.</p>"]


def test_notes_are_not_in_what_everybody_sees() -> None:
    settings = settings_of("presentatie", SLIDES)
    assert "Noot" not in str(KIND.phone(settings, SlideState(), NOTHING_SEEN)) + str(
        KIND.screen(settings, SlideState(), NOTHING_SEEN)
    )


def test_item_is_the_number_of_the_slide() -> None:
    settings = settings_of("presentatie", SLIDES)
    second = KIND.forward(settings, SlideState())
    assert second is not None
    assert (KIND.item(settings, second), KIND.forward(settings, second)) == ("2", None)


def test_go_to_a_slide_that_is_not_there_is_refused() -> None:
    answer = KIND.apply(
        settings_of("presentatie", SLIDES), SlideState(), Command("go", {"number": ("3",)}), NOTHING_SEEN
    )
    assert isinstance(answer, Rejected)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Tekst zonder titel.", ["9 presentatie.no-title"]),
        ("#### Een\n\ntekst\n\n---\n\n---\n\n#### Drie\n\ntekst", ["14 presentatie.no-title"]),
        ("#### Een\n\n#### Twee\n\ntekst", ["9 presentatie.no-title"]),
        ("#### Een\n\n" + "woord " * 81, ["9 presentatie.too-long"]),
    ],
)
def test_parse_reports_what_is_wrong(body: str, found: list[str]) -> None:
    assert read("presentatie", body) == (None, found)
