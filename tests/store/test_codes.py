"""Join codes that people read from a beamer and type on a phone."""

import pytest

from trainer.store.codes import ALPHABET, LENGTH, TAIL, new_code, read_code, show_code, tail_of


def test_codes_have_six_characters_that_cannot_be_mistaken() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert {len(code) for code in codes} == {LENGTH}
    assert set("".join(codes)) & set("O0I1L2Z5S8B") == set()


@pytest.mark.parametrize("typed", ["ACD679", "acd679", " ACD 679 ", "acd-679", "A C D 6 7 9", "acd\t679\n"])
def test_a_code_may_be_typed_in_any_way(typed: str) -> None:
    assert read_code(typed) == ("ACD679", "")


@pytest.mark.parametrize(
    "typed", ["", "ACD67", "ACD6799", "ACD6799999", "ACD67O", "ACD67é", "ACD67\x00", "٦٧٩٦٧٩"]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_a_longer_code_is_read_in_two_parts() -> None:
    assert read_code("acd 679 hjk") == ("ACD679", "HJK")


def test_a_code_grows_by_what_its_secret_says() -> None:
    tails = {tail_of(f"geheim {number}") for number in range(200)}

    assert {len(tail) for tail in tails} == {TAIL}
    assert len(tails) > 100
    assert show_code("ACD679", "geheim", longer=True) == f"ACD 679 {tail_of('geheim')}"
    assert show_code("ACD679", "geheim", longer=False) == "ACD 679"


def test_there_are_enough_codes() -> None:
    assert len(set(ALPHABET)) ** LENGTH > 200_000_000
