"""What is different between two texts, to be read side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.curriculum.edits import FRONT, anything
from tests.support.effort import effort
from trainer.curriculum.differences import Line, beside, compare, folded

TEXT = (
    FRONT
    + "## Welkom {#welkom minuten=15}\n\nFijn dat je er bent.\n\n## Pauze {#pauze minuten=15}\n\nKoffie.\n"
)


def text_of(lines: tuple[Line, ...]) -> str:
    return "\n".join(line.text for line in lines)


@given(st.text(st.sampled_from("ab \n."), max_size=40), st.text(st.sampled_from("ab \n."), max_size=40))
def test_both_sides_are_there_whole(old: str, new: str) -> None:
    left, right = beside(old, new)

    assert (text_of(left), text_of(right)) == (old, new)


@given(st.text(st.sampled_from("ab \n."), max_size=40), st.text(st.sampled_from("ab \n."), max_size=40))
def test_what_is_not_marked_is_the_same_on_both_sides(old: str, new: str) -> None:
    left, right = (
        [stretch for line in side for stretch, changed in line.stretches if not changed and stretch]
        for side in beside(old, new)
    )

    assert "".join(left) == "".join(right)


@given(anything)
def test_a_text_is_not_different_from_itself(text: str) -> None:
    found = compare(text, text)

    assert (found.differences, found.moved) == ((), False)


def test_words_that_changed_are_marked_within_their_line() -> None:
    [found] = compare(TEXT, TEXT.replace("er bent", "er weer bent")).differences

    assert (found.key, found.title, found.is_new, found.is_gone) == ("welkom", "Welkom", False, False)
    assert (
        found.old[-1] == Line((("Fijn dat je er ", False), ("bent.", False)), True) or found.old[-1].changed
    )
    assert ("weer ", True) in found.new[-1].stretches


def test_of_many_lines_only_what_changed_is_shown_with_what_is_around_it() -> None:
    lines = [f"regel {number}" for number in range(9)]
    old = "\n\n".join(lines)

    shown = folded(beside(old, old.replace("regel 4", "iets heel anders"))[1])

    assert [line if isinstance(line, int) else line.text for line in shown] == [
        3,
        "regel 3",
        "iets heel anders",
        "regel 5",
        3,
    ]


def test_one_line_that_is_the_same_is_shown_and_not_counted() -> None:
    old = "een\ntwee\ndrie"

    shown = folded(beside(old, old.replace("drie", "vier"))[1])

    assert [line if isinstance(line, int) else line.text for line in shown] == ["een", "twee", "vier"]


def test_headings_that_came_and_went_are_told_apart() -> None:
    new = TEXT.replace("## Pauze {#pauze", "## Lunch {#lunch").replace("Koffie", "Brood")

    found = compare(TEXT, new).differences

    assert [(each.title, each.is_new, each.is_gone) for each in found] == [
        ("Lunch", True, False),
        ("Pauze", False, True),
    ]


def test_another_order_is_told() -> None:
    start = TEXT.index("## Pauze")
    moved = FRONT + TEXT[start:] + "\n" + TEXT[len(FRONT) : start]

    found = compare(TEXT, moved)

    assert (found.differences, found.moved) == ((), True)


LONG = {
    "one long line": ("woord " * 800, "woord anders " * 400),
    "the same lines": ("x\n" * 590, "x\ny\n" * 295),
    "words in every line": (("a b " * 60 + "\n") * 590, ("b a " * 60 + "\n") * 590),
}


@pytest.mark.parametrize("name", LONG)
def test_no_two_texts_take_long(name: str) -> None:
    assert effort(lambda: beside(*LONG[name])) < 5_000
