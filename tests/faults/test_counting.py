"""A proof that finds something counts it, and goes on."""

from tests.faults.__main__ import counted
from tests.support.findings import Finding


def test_findings_of_a_proof_are_what_it_found() -> None:
    found = [Finding("kept", "0", "0", True)]

    assert counted("proof", lambda: found) == found


def test_proof_that_cannot_go_on_is_a_broken_promise() -> None:
    def stops() -> list[Finding]:
        raise AssertionError("the text is not there\nand more")

    assert counted("proof", stops) == [
        Finding("proof: comes to its end", "AssertionError: the text is not there", "yes", False)
    ]
