"""The quick form of what `make attack` does with six hundred texts."""

from tests.attack.hostile import hostile_texts
from tests.attack.shown import PHONES, shown_in
from tests.browser.people import House


def test_hostile_texts_run_nothing_and_break_no_layout(house: House) -> None:
    found = shown_in(house, hostile_texts(7, 600)[::16][: 2 * PHONES])

    assert [finding for finding in found if not finding.holds] == []
