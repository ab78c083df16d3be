"""The decisions, by number: each is there, and is meant where it is named."""

import re

from tests.support.sources import ROOT

DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
LINK = re.compile(r"\[decision (\d+)\]\([^)]*?(\d{4})-[^)]*\)")


def test_numbers_of_decisions_have_no_gap_and_no_double() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_heading_of_a_decision_has_the_number_of_its_file() -> None:
    headings = {path: path.read_text("utf-8").partition(".")[0] for path in DECISIONS}

    assert [path.name for path in DECISIONS if headings[path] != f"# {int(path.name[:4])}"] == []


def test_link_to_a_decision_says_its_number() -> None:
    links = [each for path in DOCS.rglob("*.md") for each in LINK.findall(path.read_text("utf-8"))]

    assert links
    assert [(said, file) for said, file in links if int(said) != int(file)] == []
