"""The quick form of the observer: two thousand presses, and some faults that she must find."""

import pytest

from tests.attack.observer import is_found_again, watch
from tests.attack.observer.faults import FAULTS

SOON_FOUND = [fault for fault in FAULTS if fault.soon]


def test_nobody_can_be_told_from_fewer_than_three_phones() -> None:
    played, found = watch(seed=7, steps=2000)

    assert played >= 2000
    assert [str(one) for one in found] == []


@pytest.mark.parametrize("fault", SOON_FOUND, ids=lambda fault: fault.name)
def test_a_fault_that_is_put_back_is_found(fault) -> None:
    with fault.put_back():
        _, found = watch(seed=5, steps=1500, only=fault.exercise, first=True, opening=fault.opening)

    assert len(found) == 1
    assert not is_found_again(found[0])
