"""Changes to the text of a part: one thing changes, and everything else stays as it was, byte for byte."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.curriculum.written import FILES, edges, named, read, runs, texts
from tests.support.thorough import some
from trainer import kinds
from trainer.curriculum.editing import (
    BadEdit,
    add_block,
    add_option,
    add_step,
    bring_back,
    fresh_id,
    leave_out,
    move,
    section,
    set_minutes,
    set_setting,
    set_title,
    with_section,
)
from trainer.curriculum.parse import read_part
from trainer.curriculum.pieces import NoSuchPiece, read_pieces
from trainer.curriculum.problems import Problems

# Of each file; the longest have forty.
PIECES = 8
each_file = pytest.mark.parametrize("path", FILES, ids=named)

PART = """\
---
titel: Deel
minuten: 45
---

## Welkom {#welkom minuten=15}

Dag.

## Stigma {#stigma minuten=30}

> [!TRAINER]
> Rustig.

### Stickers {#stickers werkvorm=uitleg optie=1 minuten=20}

Plak.

### Gesprek {#gesprek optie=2}

Praat.

### Slot {#slot}

Klaar.
"""


def ids(source: str) -> list[str]:
    return [piece.id for piece in read_pieces(source)]


def codes(source: str) -> list[str]:
    problems = Problems()
    read_part(source.encode(), "deel.md", kinds.interpret, problems)
    return [problem.code for problem in problems.sorted()]


# Every file of ours


@each_file
def test_minutes_set_and_set_back_give_the_same_file(path: Path) -> None:
    source = read(path)
    for piece in some(list(read_pieces(source)), PIECES):
        minutes = piece.heading.attributes.get("minuten")
        changed = set_minutes(source, piece.id, 77)

        assert read_pieces(changed).find(piece.id).heading.attributes["minuten"] == "77"
        assert set_minutes(changed, piece.id, int(minutes) if minutes else None) == source


@each_file
def test_title_set_and_set_back_gives_the_same_file(path: Path) -> None:
    source = read(path)
    for piece in some(list(read_pieces(source)), PIECES):
        changed = set_title(source, piece.id, "Een andere titel")
        assert read_pieces(changed).find(piece.id).heading.title == "Een andere titel"
        assert set_title(changed, piece.id, piece.heading.title) == source


@each_file
def test_what_moves_down_and_up_again_gives_the_same_file(path: Path) -> None:
    source = read(path)
    for piece in some(list(read_pieces(source)), PIECES):
        first, last = edges(source, piece.id)
        moved = move(source, last, 1)
        assert moved == source or move(moved, first, -1) == source


@each_file
def test_what_is_left_out_and_brought_back_gives_the_same_file(path: Path) -> None:
    source = read(path)
    for piece in some(list(read_pieces(source)), PIECES):
        left = leave_out(source, piece.id)
        assert piece.id not in ids(left)
        assert bring_back(left, piece.id, source) == source


@each_file
def test_much_that_is_changed_at_once_is_still_a_part(path: Path) -> None:
    source = read(path)
    for piece in some(list(read_pieces(source)), PIECES):
        source = move(set_title(source, piece.id, "Anders"), piece.id, 1)
    for block in read_pieces(source).blocks:
        source = set_minutes(source, block.id, 10)
        for step in block.steps[:1]:
            source = leave_out(source, step.id)
    assert codes(source) == []


@each_file
def test_what_is_added_and_left_out_gives_the_same_file(path: Path) -> None:
    source = read(path)
    for block in some(read_pieces(source).blocks, PIECES // 2):
        longer = add_block(source, "## Nieuw {#nieuw minuten=5}\n\nTekst.\n", block.id)
        assert leave_out(longer, "nieuw") == source
        for after in ("", block.id, *(step.id for step in block.steps)):
            longer = add_step(source, block.id, "### Nieuw {#nieuw}\n\nTekst.\n", after)
            assert leave_out(longer, "nieuw") == source


# Any text


@given(source=texts(), data=st.data())
def test_a_change_touches_no_other_line(source: str, data: st.DataObject) -> None:
    piece = data.draw(st.sampled_from(list(read_pieces(source))))
    lines = read_pieces(source).lines

    for changed in (
        set_minutes(source, piece.id, 9),
        set_title(source, piece.id, "Anders"),
        set_setting(source, piece.id, "max", "een twee"),
    ):
        now = read_pieces(changed).lines
        assert len(now) == len(lines)
        assert [at for at, line in enumerate(lines) if line != now[at]] in ([piece.first], [])


@given(source=texts(), data=st.data())
def test_a_setting_that_is_added_and_taken_away_leaves_no_trace(source: str, data: st.DataObject) -> None:
    piece = data.draw(st.sampled_from(list(read_pieces(source))))
    changed = set_setting(source, piece.id, "tekens", "40")
    assert read_pieces(changed).find(piece.id).heading.attributes["tekens"] == "40"
    assert set_setting(changed, piece.id, "tekens", None) == source


@given(source=texts(), data=st.data())
def test_any_piece_moves_down_and_up_again(source: str, data: st.DataObject) -> None:
    piece = data.draw(st.sampled_from(list(read_pieces(source))))
    first, last = edges(source, piece.id)
    moved = move(source, last, 1)
    # Options that come to stand beside others belong with these from then on.
    assume(runs(moved, piece.id) == runs(source, piece.id))
    assert moved == source or move(moved, first, -1) == source


@given(source=texts(), data=st.data())
def test_any_piece_is_left_out_and_brought_back(source: str, data: st.DataObject) -> None:
    piece = data.draw(st.sampled_from(list(read_pieces(source))))
    if piece.option is not None:
        # An option that stands alone in the file becomes none when another is left out: see below.
        source = set_setting(source, piece.id, "optie", None)
    assert bring_back(leave_out(source, piece.id), piece.id, source) == source


@given(source=texts(), data=st.data())
def test_a_section_is_exchanged_without_its_white_space(source: str, data: st.DataObject) -> None:
    piece = data.draw(st.sampled_from(list(read_pieces(source))))
    assert with_section(source, piece.id, section(source, piece.id)) == source
    assert with_section(source, piece.id, section(source, piece.id) + "\n\n\n") == source


@given(source=st.text(max_size=200))
def test_any_text_at_all_has_pieces_that_are_that_text(source: str) -> None:
    pieces = read_pieces(source)
    assert pieces.text(0, len(pieces.lines)) == source


# One by one


def test_minutes_of_the_part_follow_those_of_its_blocks() -> None:
    changed = set_minutes(PART, "welkom", 20)
    assert changed == PART.replace("minuten: 45", "minuten: 50").replace(
        "#welkom minuten=15", "#welkom minuten=20"
    )
    assert codes(changed) == []


def test_minutes_of_the_part_stay_when_they_were_no_sum() -> None:
    wrong = PART.replace("minuten: 45", "minuten: 60")
    assert "minuten: 60" in set_minutes(wrong, "welkom", 20)


def test_minutes_of_a_step_can_be_taken_away() -> None:
    assert set_minutes(PART, "stickers", None) == PART.replace(" optie=1 minuten=20", " optie=1")


def test_option_that_is_left_alone_is_none_any_more() -> None:
    left = leave_out(PART, "gesprek")
    assert "optie" not in left
    assert codes(left) == []
    assert bring_back(left, "gesprek", PART) == PART


def test_options_move_together_and_are_not_parted() -> None:
    assert ids(move(PART, "slot", -1)) == ["welkom", "stigma", "slot", "stickers", "gesprek"]
    assert ids(move(PART, "gesprek", 1)) == ["welkom", "stigma", "slot", "stickers", "gesprek"]
    assert ids(move(PART, "gesprek", -1)) == ["welkom", "stigma", "gesprek", "stickers", "slot"]


def test_block_moves_with_its_steps() -> None:
    assert ids(move(PART, "stigma", -1)) == ["stigma", "stickers", "gesprek", "slot", "welkom"]


def test_alternative_is_put_next_to_a_step() -> None:
    with_option = add_option(PART, "slot", "### Anders {#anders}\n\nOf zo.\n")
    assert codes(with_option) == []
    assert ids(with_option)[-2:] == ["slot", "anders"]
    steps = {piece.id: piece.option for piece in read_pieces(with_option)}
    assert steps["anders"] == "3" or (steps["slot"], steps["anders"]) == ("1", "2")


def test_a_third_option_is_put_behind_the_others() -> None:
    with_option = add_option(PART, "stickers", "### Anders {#anders}\n\nOf zo.\n")
    assert [(piece.id, piece.option) for piece in read_pieces(with_option).blocks[1].steps] == [
        ("stickers", "1"),
        ("gesprek", "2"),
        ("anders", "3"),
        ("slot", None),
    ]


def test_local_step_goes_behind_the_text_of_its_block() -> None:
    assert ids(add_step(PART, "welkom", "### Nieuw {#nieuw}", "welkom")) == [
        "welkom", "nieuw", "stigma", "stickers", "gesprek", "slot",
    ]  # fmt: skip


def test_first_block_is_brought_back_to_the_front() -> None:
    assert bring_back(leave_out(PART, "welkom"), "welkom", PART) == PART


def test_new_lines_end_as_those_of_the_file() -> None:
    source = PART.replace("\n", "\r\n")
    longer = add_block(source, "## Nieuw {#nieuw minuten=5}\n\nTekst.")
    assert "\n" not in longer.replace("\r\n", "")


@pytest.mark.parametrize("title", ["", "Wat { zeg je", "# Kop", "Kop ##"])
def test_title_that_cannot_be_written_is_refused(title: str) -> None:
    with pytest.raises(BadEdit):
        set_title(PART, "welkom", title)


def test_value_with_a_quotation_mark_is_refused() -> None:
    with pytest.raises(BadEdit):
        set_setting(PART, "welkom", "naar", 'de "groep"')


def test_unknown_heading_is_no_piece() -> None:
    for change in (
        lambda: leave_out(PART, "weg"),
        lambda: move(PART, "weg", 1),
        lambda: section(PART, "weg"),
    ):
        with pytest.raises(NoSuchPiece):
            change()


def test_fresh_id_is_made_of_the_title() -> None:
    assert fresh_id("Wat hélpt ons?", ()) == "wat-helpt-ons"
    assert fresh_id("Wat helpt?", {"wat-helpt", "wat-helpt-2"}) == "wat-helpt-3"
    assert fresh_id("???", ()) == "onderdeel"
