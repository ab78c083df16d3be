"""The short form of every proof of `make faults`, on real servers. What also says how fast the machine
is counts in the full form only."""

from collections.abc import Callable

import pytest

from tests.faults import abuse, clock, crowd, damage, lost, storage, traces
from tests.support.findings import Finding, table

SEED = 1


@pytest.mark.parametrize(
    "prove",
    [lost.prove, storage.prove, damage.prove, traces.prove, clock.prove, abuse.prove, crowd.prove],
    ids=["lost", "storage", "damage", "traces", "clock", "abuse", "crowd"],
)
def test_what_breaks_breaks_no_promise(prove: Callable[[bool, int], list[Finding]]) -> None:
    findings = prove(True, SEED)

    broken = [finding for finding in findings if not finding.holds and not finding.clock]
    assert not broken, table(broken)
