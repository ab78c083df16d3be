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


def laid_out(title: str, body: str) -> tuple[str, str, str, str]:
    slide = settings_of("presentatie", f"#### {title}\n\n{body}").slides[0]
    return slide.title, slide.layout, slide.text, slide.beside


def test_slide_without_a_layout_is_one_text() -> None:
    assert laid_out("Een", "tekst") == ("Een", "", "<p>tekst</p>", "")


def test_picture_stands_beside_the_text_wherever_it_is_written() -> None:
    title, layout, text, beside = laid_out("Een {indeling=naast}", "![Een pad](pad.png)\n\ntekst")

    assert (title, layout, text) == ("Een", "naast", "<p>tekst</p>")
    assert 'alt="Een pad"' in beside


def test_columns_begin_with_a_bold_line() -> None:
    _, _, text, beside = laid_out("Een {indeling=kolommen}", "**Links**\n\n- a\n\n**Rechts**\n\n- b")

    assert ("Links" in text, "Rechts" in text, "Rechts" in beside) == (True, False, True)


def test_phones_and_paper_have_the_whole_text_below_each_other() -> None:
    settings = settings_of("presentatie", "#### Een {indeling=naast}\n\ntekst\n\n![Een pad](pad.png)")

    html = str(KIND.phone(settings, SlideState(), NOTHING_SEEN)["html"])

    assert ("tekst" in html, "Een pad" in html, "indeling" in html) == (True, True, False)


def test_description_of_a_picture_is_not_counted_as_words_to_read() -> None:
    _, found = read("presentatie", f"#### Een\n\n![{'woord ' * 81}](pad.png)\n\ntekst")
    assert found == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("#### Een {indeling=scheef}\n\ntekst", 9),
        ("#### Een {naast}\n\ntekst", 9),
        ("#### Een {indeling=naast}\n\ntekst", 9),
        ("#### Een {indeling=naast}\n\n![a](a.png)", 9),
        ("#### Een {indeling=naast}\n\ntekst\n\n![a](a.png)\n\n![b](b.png)", 15),
        ("#### Een {indeling=kolommen}\n\ntekst\n\n**Links**\n\n**Rechts**", 9),
        ("#### Een {indeling=kolommen}\n\n**Links**\n\ntekst", 9),
        ("#### Een {indeling=kolommen}\n\n**Links**\n\n**Rechts**\n\n**Onder**", 15),
        ("#### Een {indeling=zin}\n\n- punt", 9),
        ("#### Een {indeling=zin}\n\neen\n\ntwee", 9),
        ("#### Een {indeling=zin}", 9),
        ("#### Een {indeling=zin}\n\n" + "woord " * 21, 9),
    ],
)
def test_slide_that_has_not_what_its_layout_needs_is_reported(body: str, line: int) -> None:
    assert read("presentatie", body) == (None, [f"{line} presentatie.layout"])
