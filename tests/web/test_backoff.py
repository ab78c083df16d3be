"""How long a browser waits after wrong passwords."""

import time
from contextlib import ExitStack

import pytest

from tests.support.site import Site
from trainer.web.backoff import (
    FREE_TRIES,
    MOST_AT_ONCE,
    MOST_STRANGERS_AT_ONCE,
    Backoff,
    TooBusy,
)
from trainer.web.forms import LOGIN


def test_backoff_doubles_and_is_forgotten_after_an_hour() -> None:
    now = [0.0]
    backoff = Backoff(lambda: now[0])
    for _ in range(FREE_TRIES + 2):
        backoff.failed("sam")
    waits = [backoff.wait("sam"), backoff.wait("wie")]
    now[0] = 3601.0

    assert (waits, backoff.wait("sam")) == ([4.0, 0.0], 0.0)


def test_backoff_refuses_more_checks_at_once_than_it_may_have() -> None:
    backoff = Backoff()

    with ExitStack() as checks:
        for _ in range(MOST_AT_ONCE):
            checks.enter_context(backoff.checking())
        with pytest.raises(TooBusy):
            checks.enter_context(backoff.checking())


def test_unknown_browsers_leave_room_for_the_others() -> None:
    backoff = Backoff()

    with ExitStack() as checks:
        for _ in range(MOST_STRANGERS_AT_ONCE):
            checks.enter_context(backoff.checking(known=False))
        with pytest.raises(TooBusy):
            checks.enter_context(backoff.checking(known=False))
        checks.enter_context(backoff.checking(known=True))


def test_login_pattern_knows_email_addresses() -> None:
    assert LOGIN.fullmatch("sam.de-vries+werk@wijkteam.example") is not None


def test_a_session_of_an_hour_that_has_yet_to_come_is_good(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 3600)
    visitor = site.logged_in("anna", is_organiser=True)

    monkeypatch.setattr(time, "time", now)

    assert visitor.get("/beheer").status_code == 200
