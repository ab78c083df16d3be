"""Codes that are read on one device and typed on another."""

import pytest

from trainer.meetings.codeguard import WRONG_AT_ONCE
from trainer.meetings.onetime import CODE_SECONDS, OneTimeCodes, WrongCode


class Clock:
    seconds = 0.0

    def now(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def codes(clock: Clock) -> OneTimeCodes[str]:
    return OneTimeCodes(clock.now)


def made(codes: OneTimeCodes[str], purpose: str = "scherm") -> str:
    codes.make(purpose, f"voor {purpose}")
    shown = codes.shown(purpose)
    assert shown is not None
    return shown.text


def test_a_code_gives_what_it_was_made_for_once(codes: OneTimeCodes[str]) -> None:
    code = made(codes)

    assert codes.use(code.lower()) == "voor scherm"
    with pytest.raises(WrongCode):
        codes.use(code)


def test_a_code_works_for_five_minutes(codes: OneTimeCodes[str], clock: Clock) -> None:
    code = made(codes)

    clock.seconds = CODE_SECONDS

    assert codes.shown("scherm") is None
    with pytest.raises(WrongCode):
        codes.use(code)


def test_a_code_says_how_many_minutes_it_works(codes: OneTimeCodes[str], clock: Clock) -> None:
    made(codes)
    clock.seconds = CODE_SECONDS - 61

    shown = codes.shown("scherm")

    assert shown is not None
    assert shown.minutes == 2


def test_after_too_many_wrong_codes_the_longer_one_still_works(codes: OneTimeCodes[str]) -> None:
    short = made(codes)
    for _ in range(WRONG_AT_ONCE + 1):
        with pytest.raises(WrongCode):
            codes.use("AAA AAA")

    shown = codes.shown("scherm")

    assert shown is not None and len(shown.text) == len(short) + 4
    with pytest.raises(WrongCode, match="De code is nu langer"):
        codes.use(short)
    assert codes.use(shown.text) == "voor scherm"


@pytest.mark.parametrize("typed", ["", "AB", "<script>", "A" * 500])
def test_what_cannot_be_a_code_costs_no_guess(codes: OneTimeCodes[str], typed: str) -> None:
    for _ in range(WRONG_AT_ONCE + 1):
        with pytest.raises(WrongCode):
            codes.use(typed)

    assert not codes.guard.longer
