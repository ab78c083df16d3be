"""What the name of a trainer may be, which names look alike, and what others see of names from before."""

import pytest

from trainer import names
from trainer.names import NO_LETTERS, OTHER_CHARACTERS, TAKEN, TOO_LONG, NameRefused, likeness, read, shown


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Anna", "Anna"),
        ("  Anna \t de\u00a0Vries ", "Anna de Vries"),
        ("Zoë van 't Hof-Çelik", "Zoë van 't Hof-Çelik"),
        ("Zoe\u0308", "Zoë"),
        ("Siobhán O’Brien", "Siobhán O'Brien"),
        ("Anne–Marie", "Anne-Marie"),
        ("J.P. Nguyễn", "J.P. Nguyễn"),
        ("Łukasz Sørensen Weiß", "Łukasz Sørensen Weiß"),
        ("Adẹ́", "Adẹ́"),
        ("Ａｎｎａ ２", "Anna 2"),
    ],
)
def test_a_name_is_stored_in_one_writing(typed: str, name: str) -> None:
    assert read(typed) == name


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", NO_LETTERS),
        (" \u3000", NO_LETTERS),
        ("\u200b\u2800\u3164", OTHER_CHARACTERS),
        ("\u200b\u2800", NO_LETTERS),
        ("12", NO_LETTERS),
        ("'.-", NO_LETTERS),
        ("\u0301", NO_LETTERS),
        ("Anna\u200b", OTHER_CHARACTERS),
        ("Anna\u034f", OTHER_CHARACTERS),
        ("Anna\ufe0f", OTHER_CHARACTERS),
        ("Anna\u00ad", OTHER_CHARACTERS),
        ("\u202eannA", OTHER_CHARACTERS),
        ("\u2066Anna\u2069", OTHER_CHARACTERS),
        ("Anna\x00", OTHER_CHARACTERS),
        ("Anna\x1b[2J", OTHER_CHARACTERS),
        ("Anna\U000e0041", OTHER_CHARACTERS),
        ("Anna\ue000", OTHER_CHARACTERS),
        ("\u0410nna", OTHER_CHARACTERS),
        ("\u0391nna", OTHER_CHARACTERS),
        ("Ann\u0251", OTHER_CHARACTERS),
        ("A\u0274\u0274a", OTHER_CHARACTERS),
        ("Pau\u01c0", OTHER_CHARACTERS),
        ("Anna, Bram", OTHER_CHARACTERS),
        ("Anna (trainer)", OTHER_CHARACTERS),
        ("<b>Anna</b>", OTHER_CHARACTERS),
        ("Anna 🙂", OTHER_CHARACTERS),
        ("A" + "\u0301" * 4, OTHER_CHARACTERS),
        ("Anna \u0301", OTHER_CHARACTERS),
        ("A" * (names.LONGEST + 1), TOO_LONG),
        ("\ufdfa" * 3, TOO_LONG),
        ("Het Scherm", TAKEN),
        ("Hetscherrn", TAKEN),
    ],
)
def test_a_name_that_hides_or_pretends_is_refused(typed: str, why: str) -> None:
    with pytest.raises(NameRefused) as refused:
        read(typed)

    assert str(refused.value) == why


@pytest.mark.parametrize(
    "other",
    [
        "anna de vries",
        "ANNA DE VRIES",
        "Annadevries",
        "Anna-de-Vries",
        "Ánna dë Vríes",
        "Anna de Vries.",
        "Anna de Vrles",
        "Anna de Vr1es",
    ],
)
def test_names_that_look_alike_are_the_same(other: str) -> None:
    assert likeness(read(other)) == likeness("Anna de Vries")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Marnix", "Mamix"), ("Bo", "B0"), ("Wim", "VVim"), ("Weiß", "Weiss"), ("Søren", "Soren")],
)
def test_letters_that_are_easily_misread_are_the_same(one: str, other: str) -> None:
    assert likeness(read(one)) == likeness(read(other))


@pytest.mark.parametrize("other", ["Anna", "Anna de Vos", "Hanna de Vries", "Anna de Vries 2", "Bram"])
def test_other_names_are_other_names(other: str) -> None:
    assert likeness(other) != likeness("Anna de Vries")


def test_names_that_are_proper_and_of_one_alone_are_shown_as_they_are() -> None:
    assert shown([(1, "anna", "Anna"), (2, "bram", "Bram")]) == {1: "Anna", 2: "Bram"}


def test_names_of_before_that_look_alike_are_shown_with_the_login_of_each() -> None:
    people = [(1, "anna@oost.example", "Anna"), (2, "piet", "ANNA "), (3, "bram", "Bram")]

    assert shown(people) == {1: "Anna (anna@oost.example)", 2: "ANNA (piet)", 3: "Bram"}


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("\u200b\u2800", "(piet)"),
        ("\u202emarB", "marB (piet)"),
        ("\u0410nna", "nna (piet)"),
        ("Anna, Bram", "Anna Bram (piet)"),
        ("A" * 80, f"{'A' * names.LONGEST} (piet)"),
    ],
)
def test_a_name_of_before_that_would_be_refused_now_is_shown_with_the_login(stored: str, seen: str) -> None:
    assert shown([(1, "anna", "Anna"), (2, "piet", stored)]) == {1: "Anna", 2: seen}
