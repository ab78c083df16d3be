"""Who is connected, and how much each may send: counted in memory alone."""

import time

import pytest

from trainer.bucket import TokenBucket
from trainer.live.audience import Audience, Role
from trainer.sockets.connections import Connections
from trainer.sockets.protocol import GENERATED, javascript
from trainer.store.access import Right

PHONE = Audience(Role.PHONE)


@pytest.fixture
def connections() -> Connections:
    return Connections(rate=5, burst=20)


def test_a_screen_that_control_shows_small_is_none_in_the_room(connections: Connections) -> None:
    right = Right("m", 1, True, "proof")
    connections.add("a", Audience(Role.SCREEN), "m", right=right, small=True)
    assert not connections.has_screen("m")

    connections.add("b", Audience(Role.SCREEN), "m", right=right)
    assert connections.has_screen("m")


def test_tabs_of_one_phone_draw_from_one_bucket(connections: Connections) -> None:
    first = connections.add("a", PHONE, "m", token="phone")
    second = connections.add("b", PHONE, "m", token="phone")
    other = connections.add("c", PHONE, "m", token="other")

    assert first.bucket is second.bucket
    assert first.bucket is not other.bucket


def test_a_phone_that_left_and_came_back_is_found_by_its_pages(connections: Connections) -> None:
    connections.add("a", PHONE, "m", token="phone")
    connections.remove("a")
    back = connections.add("b", PHONE, "m", token="phone")

    assert connections.tabs("m", "phone") == [back]
    assert connections.of("m", Role.PHONE) == [back]


def test_a_connection_that_was_never_there_is_removed_in_peace(connections: Connections) -> None:
    assert connections.remove("a") is None


def test_leaving_and_coming_back_does_not_fill_the_bucket(connections: Connections) -> None:
    first = connections.add("a", PHONE, "m", token="phone")
    assert [first.bucket.take() for _ in range(20)] == [True] * 20
    connections.remove("a")

    back = connections.add("b", PHONE, "m", token="phone")

    assert back.bucket.take() is False


def test_of_those_who_left_nothing_is_remembered_once_their_bucket_is_full_again() -> None:
    connections = Connections(rate=1000, burst=1)
    for number in range(50):
        connections.add(str(number), PHONE, "m", token=f"departed {number}")
    for number in range(50):
        connections.remove(str(number))

    time.sleep(0.01)
    connections.add("new", PHONE, "n", token="somebody")

    assert connections.of("m", Role.PHONE) == []
    assert "departed" not in repr(vars(connections))


def test_a_bucket_allows_a_burst_and_then_a_rate() -> None:
    bucket = TokenBucket(rate=5, burst=20)

    assert [bucket.take() for _ in range(21)] == [True] * 20 + [False]

    bucket.filled -= 1
    assert [bucket.take() for _ in range(6)] == [True] * 5 + [False]


def test_a_bucket_never_holds_more_than_a_burst() -> None:
    bucket = TokenBucket(rate=5, burst=2)
    bucket.filled -= 3600

    assert [bucket.take() for _ in range(3)] == [True, True, False]


def test_the_names_in_the_browser_are_those_of_the_server() -> None:
    assert GENERATED.read_text(encoding="utf-8") == javascript()
