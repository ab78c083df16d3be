"""What is under one heading, in units that a form has a field for."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.curriculum.written import FILES, named, read, texts
from trainer.curriculum.editing import section
from trainer.curriculum.filling import (
    add_group,
    add_unit,
    filled,
    move_group,
    move_unit,
    remove_group,
    remove_unit,
)
from trainer.curriculum.pieces import NoSuchPiece, read_pieces
from trainer.curriculum.units import Sort, Unit, groups_of, join, units_of

each_file = pytest.mark.parametrize("path", FILES, ids=named)

STEP = """\
### Waar sta jij? {#lijn werkvorm=over-de-lijn}

Kies je plek.

Verplaatsen mag.

- Eén
- Twee
  gaat door
- Drie

> [!TRAINER]
> **Zeg:** 'Rustig.'
>
> Klaar.
"""
SLIDES = """\
### Dia's {#dias werkvorm=presentatie}

#### Een {indeling=zin}

Tekst een.

---

#### Twee

- Punt

> [!TRAINER]
> Notitie.
"""
TABLE = """\
### Hoe was het? {#hoe werkvorm=evaluatie}

| id | vraag | soort | antwoorden |
| --- | --- | --- | --- |
| cijfer | Welk cijfer? | cijfer | |
| vraag | Wat nog? | open | |
"""


def sections(path: Path) -> list[str]:
    source = read(path)
    return [section(source, piece.id) for piece in read_pieces(source)]


def shown(text: str) -> list[tuple[str, str]]:
    return [(unit.sort.value, unit.value) for unit in units_of(text)[1:]]


# Every file of ours


@each_file
def test_units_together_are_the_text(path: Path) -> None:
    for text in sections(path):
        assert join(units_of(text)) == text


@each_file
def test_a_form_that_is_sent_as_it_was_changes_nothing(path: Path) -> None:
    for text in sections(path):
        values = {at: as_typed(unit) for at, unit in enumerate(units_of(text)) if editable(unit)}
        assert filled(text, values) == text


@each_file
def test_a_value_that_is_changed_and_changed_back_gives_the_same_text(path: Path) -> None:
    for number, text in enumerate(sections(path)):
        units = units_of(text)
        there = [at for at, unit in enumerate(units) if editable(unit)]
        for at in there[number % 5 :: 5]:
            changed = filled(text, {at: [*units[at].cells[:-1], "x"] if units[at].sort is Sort.ROW else "x"})
            assert [n for n, unit in enumerate(units_of(changed)) if unit != units[n]] == [at]
            assert filled(changed, {at: as_typed(units[at])}) == text


@each_file
def test_what_is_added_and_taken_out_leaves_no_trace(path: Path) -> None:
    for text in sections(path):
        for at, unit in enumerate(units_of(text)):
            if unit.sort in (Sort.ITEM, Sort.ROW):
                assert remove_unit(add_unit(text, at, unit.sort), at + 1) == text
        for group in groups_of(units_of(text)):
            longer = add_group(text, group.start, "Nieuw", Sort.ITEM, rule="\n---\n" in text)
            added = groups_of(units_of(longer))[groups_of(units_of(text)).index(group) + 1]
            assert remove_group(longer, added.start) == text


@each_file
def test_what_moves_down_and_up_again_gives_the_same_text(path: Path) -> None:
    for text in sections(path):
        units = units_of(text)
        for at, unit in enumerate(units):
            if unit.sort in (Sort.ITEM, Sort.ROW):
                moved = move_unit(text, at, 1)
                assert moved == text or move_unit(moved, at + 1, -1) == text
        groups = groups_of(units)
        for number, group in enumerate(groups[:-1]):
            moved = move_group(text, group.start, 1)
            assert move_group(moved, groups_of(units_of(moved))[number + 1].start, -1) == text


def editable(unit: Unit) -> bool:
    return unit.sort not in (Sort.HEADING, Sort.FIXED, Sort.RULE)


def as_typed(unit: Unit) -> str | list[str]:
    return list(unit.cells) if unit.sort is Sort.ROW else unit.value.replace("\n", "\r\n")


# Any text


@given(source=texts(), data=st.data())
def test_units_of_any_section_are_that_section(source: str, data: st.DataObject) -> None:
    piece = data.draw(st.sampled_from(list(read_pieces(source))))
    text = section(source, piece.id)
    values = {at: as_typed(unit) for at, unit in enumerate(units_of(text)) if editable(unit)}
    assert join(units_of(text)) == text
    assert filled(text, values) == text


@given(text=st.text("-*>|#`![]{}TRAINER \t\n\rab", max_size=120))
def test_units_of_any_signs_at_all_are_these_signs(text: str) -> None:
    assert join(units_of(text)) == text


# One by one


def test_step_has_a_field_for_each_thing() -> None:
    assert shown(STEP) == [
        ("tekst", "Kies je plek.\n\nVerplaatsen mag."),
        ("punt", "Eén"),
        ("punt", "Twee\n  gaat door"),
        ("punt", "Drie"),
        ("notitie", "**Zeg:** 'Rustig.'\n\nKlaar."),
    ]


def test_statement_gets_other_words() -> None:
    assert filled(STEP, {2: "Ander"}) == STEP.replace("- Eén", "- Ander")


def test_statement_moves_and_white_space_stays() -> None:
    assert move_unit(STEP, 4, -1) == STEP.replace(
        "- Twee\n  gaat door\n- Drie\n", "- Drie\n- Twee\n  gaat door\n"
    )


def test_first_statement_has_nothing_to_move_past() -> None:
    assert move_unit(STEP, 2, -1) == STEP


def test_statement_is_added_between_two() -> None:
    assert add_unit(STEP, 2, Sort.ITEM, "Anderhalf") == STEP.replace("- Eén\n", "- Eén\n- Anderhalf\n")


def test_first_statement_of_all_comes_below_the_text() -> None:
    assert (
        add_unit("### Kop {#kop}\n\nTekst.\n", 1, Sort.ITEM, "Eén") == "### Kop {#kop}\n\nTekst.\n\n- Eén\n"
    )


def test_note_is_written_as_a_note() -> None:
    changed = filled(STEP, {5: "Nieuw.\r\n\r\nEn meer."})
    assert changed.endswith("\n\n> [!TRAINER]\n> Nieuw.\n>\n> En meer.\n")


def test_text_that_is_emptied_is_taken_out() -> None:
    assert filled(STEP, {1: " ", 5: ""}) == STEP.split("Kies")[0] + "- Eén\n- Twee\n  gaat door\n- Drie\n"


def test_layout_of_a_slide_stays_with_another_title() -> None:
    assert filled(SLIDES, {1: "Eén"}) == SLIDES.replace("#### Een {indeling", "#### Eén {indeling")


def test_slides_change_places_with_their_notes() -> None:
    moved = move_group(SLIDES, 1, 1)
    assert [value for sort, value in shown(moved) if sort == "titel"] == ["Twee", "Een"]
    assert moved.index("> Notitie.") < moved.index("---") < moved.index("#### Een {indeling=zin}")


def test_slide_is_added_behind_a_line() -> None:
    longer = add_group(SLIDES, 1, "Tussen", Sort.TEXT, rule=True)
    assert longer.count("\n---\n") == 2
    assert [value for sort, value in shown(longer) if sort == "titel"] == ["Een", "Tussen", "Twee"]


def test_first_slide_is_taken_out_with_the_line_behind_it() -> None:
    assert shown(remove_group(SLIDES, 1)) == [("titel", "Twee"), ("punt", "Punt"), ("notitie", "Notitie.")]


def test_question_of_a_form_keeps_its_other_cells() -> None:
    assert filled(TABLE, {2: ("cijfer", "Welk cijfer geef je?", "cijfer", "")}) == TABLE.replace(
        "Welk cijfer?", "Welk cijfer geef je?"
    )


def test_new_question_gets_an_id_of_its_own() -> None:
    assert units_of(add_unit(TABLE, 2, Sort.ROW))[3].cells == ("vraag-2", "", "", "")


def test_sign_between_cells_is_kept_in_a_cell() -> None:
    changed = filled(TABLE, {2: ("cijfer", "A | B", "cijfer", "")})
    assert units_of(changed)[2].cells == ("cijfer", "A | B", "cijfer", "")


def test_field_of_a_sheet_keeps_its_id_and_a_new_one_gets_one() -> None:
    sheet = "### Blad {#blad werkvorm=werkblad}\n\n- Wat hielp? {#veld}\n"
    assert filled(sheet, {1: "Wie hielp?"}) == sheet.replace("Wat", "Wie")
    assert add_unit(sheet, 1, Sort.ITEM, "Waar?").endswith("- Wat hielp? {#veld}\n- Waar? {#veld-2}\n")


def test_what_looks_like_a_list_in_code_is_text() -> None:
    assert shown("### Kop {#kop}\n\n```\n- geen punt\n\n> [!TRAINER]\n```\n") == [
        ("tekst", "```\n- geen punt\n\n> [!TRAINER]\n```")
    ]


def test_place_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchPiece):
        filled(STEP, {9: "x"})
    with pytest.raises(NoSuchPiece):
        add_unit(STEP, 9, Sort.ITEM)
