"""What notes say under a label."""

import pytest

from trainer.curriculum.render import render
from trainer.exports.notes import READY, WHO, said, without

NOTES = render(
    "**Doel:** rust.\n\n**Klaarleggen:** een bel, *twee* pennen.\n\n**Wie:** trainer 1.\n\n"
    "**Optie 1** past bij mensen die praten.\n\n**Stappen**\n\n1. Vertel."
)


@pytest.mark.parametrize(
    ("label", "found"),
    [(READY, ["een bel, <em>twee</em> pennen."]), (WHO, ["trainer 1."]), ("Optie", []), ("Stappen", [])],
)
def test_text_under_a_label_is_found(label: str, found: list[str]) -> None:
    assert [each.text for each in said(NOTES, label)] == found


def test_label_may_say_more_than_its_first_word() -> None:
    found = list(said(render("**Klaarleggen voor de zaal:** een lijn van tape."), READY))

    assert [(each.label, each.text) for each in found] == [("Klaarleggen voor de zaal", "een lijn van tape.")]


def test_list_below_a_label_belongs_to_it() -> None:
    (found,) = said(render("**Klaarleggen:**\n\n- koffie\n- **drie** pennen\n\nEn dan?"), READY)

    assert found.items == ("koffie", "<strong>drie</strong> pennen")
    assert found.html == "koffie, <strong>drie</strong> pennen"


def test_notes_without_labels_keep_everything_else() -> None:
    left = without(NOTES, (READY, WHO))

    assert [each for each in ("Klaarleggen", "Wie") if each in left] == []
    assert [each for each in ("Doel", "Optie 1", "<li>Vertel.</li>") if each not in left] == []


def test_notes_without_what_they_do_not_have_are_the_same() -> None:
    assert without(NOTES, ("Tempo",)) == NOTES
