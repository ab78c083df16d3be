"""What cannot be stored is as if it never was: no answer, not in memory, on no page, in no log."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.store.acts import FLAP
from tests.store.damage import break_database, stranger
from tests.support.hall import Hall
from tests.support.loopback import Loopback, phone_cookie
from tests.support.server import wait_for
from trainer.kinds.contract import Command, Rejected
from trainer.live.audience import Audience, Role
from trainer.meetings.signals import Signals
from trainer.store.writer import NotSaved


def test_a_post_that_cannot_be_stored_gets_no_ok(flap: Hall) -> None:
    phone = flap.phone()
    break_database(flap)

    with pytest.raises(NotSaved):
        flap.post(phone, FLAP, text="moed")


def test_what_could_not_be_stored_is_not_in_memory_either(flap: Hall) -> None:
    phone = flap.phone()
    flap.post(phone, FLAP, text="moed")
    mend = break_database(flap)
    with pytest.raises(NotSaved):
        flap.post(phone, FLAP, text="lef")
    with pytest.raises(NotSaved):
        flap.ask("next")

    assert [post.payload["text"] for post in flap.posts(FLAP)] == ["moed"]
    assert flap.state.step == FLAP

    mend()
    assert flap.post(phone, FLAP, text="lef") is None
    assert flap.do("next").step == "huiswerk"


def test_after_a_failed_change_every_page_is_told(flap: Hall) -> None:
    told: list[tuple[str, frozenset[str]]] = []
    phone = flap.phone()
    flap.host.signals = Signals(notify=lambda meeting, roles: told.append((meeting, roles)))
    break_database(flap)

    with pytest.raises(NotSaved):
        flap.post(phone, FLAP, text="moed")

    assert told == [(flap.meeting, frozenset({"phone", "control", "screen"}))]


def test_after_a_failed_change_views_have_higher_numbers_than_those_of_what_failed(flap: Hall) -> None:
    mend = break_database(flap)
    seen: list[dict[str, object]] = []
    # A page may be sent the new state while its commit is still under way.
    commit, flap.host.writer._offload = flap.host.writer._offload, lambda *work: (
        seen.append(flap.host.messages.message(flap.room, Audience(Role.PHONE))), commit(*work)
    )[-1]  # fmt: skip
    with pytest.raises(NotSaved):
        flap.ask("next")
    flap.host.writer._offload = commit

    fresh = flap.host.messages.message(flap.room, Audience(Role.PHONE))

    assert (seen[0]["key"], fresh["key"]) == ("huiswerk/", f"{FLAP}/")
    assert fresh["version"] > seen[0]["version"]
    mend()
    assert flap.do("next").step == "huiswerk"


def test_who_saw_what_failed_is_refused_as_stale(flap: Hall) -> None:
    mend = break_database(flap)
    failed_version = flap.state.version + 1
    flap.host.messages.message(flap.room, Audience(Role.CONTROL))
    commit, flap.host.writer._offload = flap.host.writer._offload, lambda *work: (
        flap.host.messages.message(flap.room, Audience(Role.CONTROL)), commit(*work)
    )[-1]  # fmt: skip
    with pytest.raises(NotSaved):
        flap.ask("next")
    flap.host.writer._offload = commit
    mend()

    outcome = flap.host.steering.command(flap.meeting, Command("back"), failed_version)

    assert isinstance(outcome, Rejected)
    assert outcome.code == "stale"


def test_nobody_sees_what_is_not_stored_and_is_forgotten_after_all(flap: Hall) -> None:
    for text in ("moed", "geduld", "hoop"):
        flap.post(flap.phone(), FLAP, text=text)
    room, other = flap.room, stranger(flap)
    other.execute("BEGIN IMMEDIATE")

    with ThreadPoolExecutor(2) as pool:
        pressed = pool.submit(flap.ask, "do:draw")
        wait_for(lambda: not room.stored.is_set(), "the cards to be drawn")
        looked = pool.submit(flap.host.shown, flap.meeting)
        with pytest.raises(NotSaved):
            pressed.result(10)
        seen = looked.result(10)
    other.execute("ROLLBACK")

    assert len(room.seen(FLAP).cards) == 3
    assert seen is not None
    assert seen is not room
    assert seen.seen(FLAP).cards == ()


def by_socket(hall: Hall, cookie: str) -> str:
    return Loopback(hall.app, hall.meeting, "phone", cookie).shown


def by_http(hall: Hall, cookie: str) -> str:
    client = hall.app.test_client(use_cookies=False)
    return client.get(f"/m/{hall.meeting}", headers={"Cookie": cookie}).text


@pytest.mark.parametrize("look", [by_socket, by_http])
def test_a_page_that_opens_waits_for_what_is_not_stored_yet(
    flap: Hall, look: Callable[[Hall, str], str]
) -> None:
    cookie = phone_cookie(flap.phone())
    flap.room.stored.clear()

    with ThreadPoolExecutor(1) as pool:
        opened = pool.submit(look, flap, cookie)
        time.sleep(0.3)
        waited = not opened.done()
        flap.room.stored.set()
        page = opened.result(10)

    assert waited
    assert FLAP in page


def test_everybody_sees_what_is_stored(flap: Hall) -> None:
    for text in ("moed", "geduld", "hoop"):
        flap.post(flap.phone(), FLAP, text=text)

    flap.do("do:draw")

    assert flap.host.shown(flap.meeting) is flap.room
    assert len(flap.room.seen(FLAP).cards) == 3


def test_nothing_that_anybody_wrote_is_logged(
    flap: Hall, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    phone = flap.phone()
    break_database(flap)

    with pytest.raises(NotSaved):
        flap.post(phone, FLAP, text="zeer-persoonlijk")

    assert "not saved" in caplog.text
    assert "zeer-persoonlijk" not in caplog.text
