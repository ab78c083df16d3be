"""What two people changed in one text comes together: nothing of either is lost, nothing is missed."""

import pytest
from hypothesis import example, given

from tests.curriculum.edits import FRONT, anything, lines_of, threes
from tests.support.effort import effort
from trainer.curriculum.merging import Merge, merge, minutes, split, with_sum

TEXT = """---
titel: Dagdeel 1
doel: Leren
minuten: 30
---

## Welkom {#welkom minuten=15}

Fijn dat je er bent.

We beginnen zo.

## Pauze {#pauze minuten=15}

### Koffie {#koffie}

Met koek.
"""


def keys(found: Merge) -> list[str]:
    return [each.key for each in found.conflicts]


@given(anything)
def test_the_pieces_of_any_text_are_together_that_text(text: str) -> None:
    assert "".join(piece.text + piece.tail for piece in split(text)) == text


@given(anything)
def test_no_two_pieces_have_one_key(text: str) -> None:
    found = [piece.key for piece in split(text)]

    assert len(found) == len(set(found))


@given(anything, anything)
@example("## A {#a}\n## B {#b}", "## A {#a}\n### B {#b}")
@example("---\n---\n## A {#a minuten=5}", "")
@example("---\nminuten: 5\n---", "---\nminuten: 5\n## A {#a minuten=5}\n---")
def test_what_one_person_changed_is_kept_as_it_is(base: str, text: str) -> None:
    assert merge(base, text, base).text() == text
    assert merge(base, base, text).text() == text
    assert merge(base, text, text).text() == text


@given(anything, anything, anything)
@example("## A {#a}\n## B {#b}", "## A {#a}\n### B {#b}", "## B {#b}\n### A {#a}")
def test_every_piece_of_any_three_texts_is_there_once(base: str, ours: str, theirs: str) -> None:
    found = [each.key for each in merge(base, ours, theirs).pieces]

    assert sorted(found) == sorted({piece.key for text in (base, ours, theirs) for piece in split(text)})


@given(threes())
def test_nothing_new_of_either_is_lost(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    found = merge(base, ours, theirs)

    shown = lines_of(found.text())
    for each in found.conflicts:
        shown |= lines_of(each.ours) | lines_of(each.theirs)

    assert (lines_of(ours) | lines_of(theirs)) - lines_of(base) - shown == set()


@given(threes())
def test_nothing_that_either_took_away_comes_back(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    found = merge(base, ours, theirs)
    undecided = {line for each in found.conflicts for line in lines_of(each.base)}

    gone = lines_of(base) - (lines_of(ours) & lines_of(theirs)) - undecided

    assert lines_of(found.text()) & gone == set()


@given(threes())
def test_a_heading_is_never_there_twice(texts: tuple[str, str, str]) -> None:
    text = merge(*texts).text()

    found = [piece.key for piece in split(text)]
    assert [key for key in found if key.endswith(" 2")] == []


@given(threes())
def test_it_makes_no_difference_who_of_the_two_is_asked(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)

    assert one.reordered == other.reordered
    if not one.reordered:
        assert sorted(keys(one)) == sorted(keys(other))


@given(threes())
def test_a_new_step_stays_in_the_block_that_it_was_written_for(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    found = merge(base, ours, theirs)
    before = {piece.key for piece in split(base)}
    of, now = blocks(ours), blocks(found.text())
    if found.clean:
        new = {key for key in of if key not in before}
        assert {key: now[key] for key in new} == {key: of[key] for key in new}


def blocks(text: str) -> dict[str, str]:
    """For each step the block that it is in."""
    found, block = {}, ""
    for piece in split(text):
        if piece.level == 3:
            found[piece.key] = block
        elif piece.level == 2:
            block = piece.key
    return found


@given(threes())
def test_what_was_decided_once_is_not_asked_again(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    text = merge(base, ours, theirs).text()

    again = merge(theirs, text, theirs)

    assert (again.clean, again.text()) == (True, text)


def test_changes_under_different_headings_and_in_one_paragraph_each_come_together() -> None:
    ours = TEXT.replace("Fijn dat je er bent.", "Hallo.").replace("titel: Dagdeel 1", "titel: Oost")
    theirs = TEXT.replace("We beginnen zo.", "We beginnen om half tien.").replace("Leren", "Oefenen")

    found = merge(TEXT, ours, theirs)

    assert found.clean
    assert found.text() == (
        ours.replace("We beginnen zo.", "We beginnen om half tien.").replace("Leren", "Oefenen")
    )
    assert [(each.key, each.by_us, each.by_them) for each in found.changes] == [
        ("--- titel", True, False),
        ("--- doel", False, True),
        ("welkom", True, True),
    ]


def test_two_changes_of_the_same_line_are_to_be_decided() -> None:
    found = merge(TEXT, TEXT.replace("koek", "taart"), TEXT.replace("koek", "fruit"))

    [conflict] = found.conflicts
    assert (conflict.key, conflict.title, conflict.level) == ("koffie", "Koffie", 3)
    assert [conflict.base, conflict.ours, conflict.theirs] == [
        f"### Koffie {{#koffie}}\n\nMet {what}." for what in ("koek", "taart", "fruit")
    ]


def test_what_is_decided_replaces_the_piece() -> None:
    found = merge(TEXT, TEXT.replace("koek", "taart"), TEXT.replace("koek", "fruit"))

    both = found.conflicts[0].ours.replace("taart", "taart en fruit")

    assert found.text({"koffie": both}) == TEXT.replace("koek", "taart en fruit")
    assert found.text({"koffie": ""}) == TEXT[: TEXT.index("### Koffie")]


def test_a_heading_that_one_removed_and_the_other_changed_is_to_be_decided() -> None:
    without = TEXT[: TEXT.index("### Koffie")] + "Zonder iets.\n"
    changed = TEXT.replace("koek", "taart")

    assert keys(merge(TEXT, without, changed)) == ["koffie"]
    assert keys(merge(TEXT, changed, without)) == ["koffie"]


def test_a_block_that_one_removed_and_the_other_added_to_is_to_be_decided() -> None:
    without = TEXT[: TEXT.index("## Pauze")]
    added = TEXT + "\n### Wandelen {#wandelen}\n\nNaar buiten.\n"

    found = merge(TEXT, added, without)

    assert [(each.key, each.removal) for each in found.conflicts] == [("pauze", True)]
    assert "### Wandelen" in found.text()


def test_a_block_that_one_moved_goes_there_with_what_the_other_changed_in_it() -> None:
    start = TEXT.index("## Welkom")
    end = TEXT.index("## Pauze")
    moved = TEXT[:start] + TEXT[end:] + "\n" + TEXT[start:end]
    changed = TEXT.replace("koek", "fruit")

    found = merge(TEXT, changed, moved)

    assert found.clean
    assert found.text() == moved.replace("koek", "fruit")


ORDERS = (0, 1, 2), (1, 0, 2), (0, 2, 1)


def test_two_who_move_differently_are_asked_for_the_order() -> None:
    parts = [f"## Blok {{#{key} minuten=5}}\n\n{key}\n\n" for key in "abc"]
    base, ours, theirs = (FRONT + "".join(parts[at] for at in order) for order in ORDERS)

    found = merge(base, ours, theirs)

    assert (found.reordered, found.clean, found.conflicts) == (True, False, ())
    assert found.text() == with_sum(ours)


def test_what_both_add_in_one_place_is_there_twice_and_in_its_own_block() -> None:
    block = TEXT + "\n## Afscheid {#afscheid minuten=5}\n\nTot ziens.\n"
    step = TEXT + "\n### Thee {#thee}\n\nMet melk.\n"

    for one, other in ((block, step), (step, block)):
        found = merge(TEXT, one, other)
        assert found.clean
        assert blocks(found.text()) == {"koffie": "pauze", "thee": "pauze"}


def test_the_number_of_minutes_above_a_text_is_that_of_the_merged_blocks() -> None:
    ours = TEXT.replace("#welkom minuten=15", "#welkom minuten=20").replace("minuten: 30", "minuten: 35")
    theirs = TEXT.replace("#pauze minuten=15", "#pauze minuten=5").replace("minuten: 30", "minuten: 20")

    found = merge(TEXT, ours, theirs)

    assert found.clean
    assert (minutes(found.text()), "minuten: 25\n" in found.text()) == (25, True)


def test_a_heading_in_code_or_in_the_front_matter_is_no_heading() -> None:
    text = "---\ntitel: a\n## b\n---\n\n```\n## c {#c}\n```\n\n## d {#d}\n"

    assert [piece.key for piece in split(text)] == ["", "--- titel", "--- ", "d"]


# The longest texts that are saved: see MOST_LINES and MOST_BYTES.
HOSTILE = {
    "headings without an id": "## a\n" * 3_000,
    "one id": "## a {#a}\n" * 3_000,
    "different ids": "".join(f"## a {{#{at}}}\n" for at in range(3_000)),
    "the same lines": "## a {#a}\n" + "x\n" * 2_990,
    "some of the same lines": "".join(f"## a {{#{at}}}\n" + "x\n" * 590 for at in range(5)),
    "names like counted ones": "".join(f"## a {at}\n" for at in range(1_500)) + "## a\n" * 1_500,
    "entries": "---\n" + "a: b\n" * 2_990 + "---\n",
    "long lines": "## a {#a}\n" + ("x" * 4_000 + "\n") * 64,
    "braces": "".join("## a {" + "{#" * 190 + "\n" for _ in range(600)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    text = HOSTILE[name]
    ours, theirs = text.replace("x", "y").replace("a", "b"), text.replace("x\nx", "x")

    def work() -> None:
        assert merge(text, ours, theirs).pieces

    assert effort(work) < 5_000
