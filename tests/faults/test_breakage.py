"""What breaks on the machine: the short form of four proofs, on real servers."""

from collections.abc import Callable

import pytest

from tests.faults import abuse, clock, damage, storage
from tests.support.findings import Finding, table

SEED = 1


@pytest.mark.parametrize(
    "prove",
    [storage.prove, damage.prove, clock.prove, abuse.prove],
    ids=["storage", "damage", "clock", "abuse"],
)
def test_what_breaks_on_the_machine_breaks_no_promise(prove: Callable[[bool, int], list[Finding]]) -> None:
    findings = prove(True, SEED)

    broken = [finding for finding in findings if not finding.holds]
    assert not broken, table(broken)
