"""A whole dagdeel 2 of the training, each option of it too, given as its programme says.

By two trainers with a screen, to twelve phones and two people on paper. Half of the phones are used with a
keyboard alone; one is small, one sleeps, and one loads its page again in every exercise. Afterwards nothing
that was private, or kept from the group, is in any file of the server.
"""

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.dagdeel.giving import NOTHING_PRIVATE, give_whole


def test_whole_dagdeel_2_is_given_and_leaves_nothing_private(tmp_path: Path, browser: Browser) -> None:
    assert give_whole("dagdeel-2", tmp_path, browser) == NOTHING_PRIVATE
