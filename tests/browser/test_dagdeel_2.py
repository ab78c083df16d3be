"""A whole dagdeel 2 of the training, each option of it too, given as its programme says.

By two trainers with a screen, to twelve phones and two people on paper. Half of the phones are used with a
keyboard alone; one is small, one sleeps, and one loads its page again in every exercise. Afterwards nothing
that was private, or kept from the group, is in any file of the server.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.dagdeel.giving import close, export, gather, give, has_their_notebook, sitting_of
from tests.browser.dagdeel.ledger import stands_in
from tests.browser.dagdeel.programme import part_of
from tests.browser.people import House
from tests.support.server import RunningServer


@pytest.fixture(scope="module")
def opened_house(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    """A server of its own, so that all that it has on its disk is of this dagdeel."""
    folder = tmp_path_factory.mktemp("dagdeel-2")
    # Pages press and send faster here than people do.
    server = RunningServer(folder, POST_RATE="100", POST_BURST="1000").start()
    yield House(server, browser)
    server.stop()


def test_whole_dagdeel_2_is_given_and_leaves_nothing_private(house: House) -> None:
    part = part_of("dagdeel-2")
    sitting = sitting_of(house, part)
    group = gather(house, sitting)

    give(group, part)

    folder, ledger = house.server.folder, group.ledger
    assert stands_in(folder, ledger.private) == []
    close(group)
    assert all(has_their_notebook(group, phone) for phone in group.phones)
    export(house, sitting)
    assert stands_in(folder, [*ledger.private, *ledger.gone]) == []
    assert stands_in(folder, ledger.kept), "what the group saw is found, so the others would be too"
    assert group.faults == []
